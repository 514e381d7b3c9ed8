"""The printed rules of a page: gray image -> Rulings, and the page with its rules taken off.

A rule is long, straight and thin with paper on both sides. Pieces are found by opening with a long thin kernel, joined
over breaks when they lie on one slightly bent path, and kept when long enough.
Units are pixels of the image that was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, binarise

Bits = NDArray[np.uint8]

MILLIMETRES_PER_INCH = 25.4

SHORTEST_PIECE = 1.5
SEED_PIECE = 4.0
WORN_SEED_PIECE = 12.0
SHORTEST_RULE = 7.0
LONGEST_BREAK = 12.0
"""Millimetres: what is looked at; what a rule starts from, in plain ink and in worn; what counts as one; its breaks."""

TALLEST_LETTER, CLOSE_DASHES = 6.5, 0.8
"""Millimetres of print with its marks, in any size that a table is set in; the share of a dashed rule that has ink.

Strokes of the same letter in line after line ("Tỷ lệ ...") stand on one path, each shorter, with white between.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight stretch of ink along an axis: from (start, at_start) to (end, at_end), along and across the rule.

    worn: too faint or grainy to be ink pixel by pixel.
    """

    start: float
    end: float
    at_start: float
    at_end: float
    thickness: float
    worn: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a piece runs forward: {self}")

    @property
    def length(self) -> float:
        return self.end - self.start

    def at(self, along: float) -> float:
        """Place across at a place along, on the straight line through both ends."""
        if self.end == self.start:
            return self.at_start
        return self.at_start + (self.at_end - self.at_start) * (along - self.start) / (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One printed rule, across the page (horizontal) or down it: pieces in order with breaks between them."""

    horizontal: bool
    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        if not self.pieces:
            raise ValueError("a rule has at least one piece")

    @property
    def start(self) -> float:
        return self.pieces[0].start

    @property
    def end(self) -> float:
        return self.pieces[-1].end

    @property
    def middle(self) -> float:
        """Mean place across."""
        return self.at((self.start + self.end) / 2)

    @property
    def thickness(self) -> float:
        return sum(p.thickness * max(p.length, 1) for p in self.pieces) / sum(max(p.length, 1) for p in self.pieces)

    def at(self, along: float) -> float:
        """Place across at a place along: on the pieces, straight between them, level beyond the ends."""
        knots = [(p.start, p.at_start) for p in self.pieces] + [(p.end, p.at_end) for p in self.pieces]
        knots.sort()
        return float(np.interp(along, [k[0] for k in knots], [k[1] for k in knots]))

    def covered(self, start: float, end: float) -> float:
        """Share of the stretch from start to end that has ink."""
        if end <= start:
            return 0.0
        ink = sum(max(0.0, min(p.end, end) - max(p.start, start)) for p in self.pieces)
        return min(1.0, ink / (end - start))


def find_rulings(gray: Gray, dpi: float) -> tuple[Ruling, ...]:
    """All printed rules of an upright page that is straight within about half a degree, across first, then down."""
    factor = max(1, round(dpi / 150))
    small, ink, dpi = _shrunk(gray, factor), shrunk_ink(gray, factor), dpi / factor
    across = pieces_to_rulings(pieces_of(small, ink, dpi), dpi, horizontal=True)
    small, ink = np.ascontiguousarray(small.T), np.ascontiguousarray(ink.T)
    down = pieces_to_rulings(pieces_of(small, ink, dpi), dpi, horizontal=False)
    return tuple(scaled(r, factor) for r in (*across, *down))


def pieces_of(small: Gray, ink: Bits, dpi: float) -> tuple[Piece, ...]:
    """Pieces in plain ink, and worn ones where there are none."""
    plain = ink_to_pieces(ink, dpi)
    worn = runs_to_pieces(faint_runs(small, ink, dpi), ink, dpi / MILLIMETRES_PER_INCH)
    return (*plain, *(replace(p, worn=True) for p in worn))


def shrunk_ink(gray: Gray, factor: int) -> Bits:
    """1 where there is ink, at about 150 dpi: a cell of factor x factor pixels is inked by its darkest pixel."""
    return binarise(_shrunk(gray, factor), window_inches=0.15, contrast=25).astype(np.uint8)


def _shrunk(gray: Gray, factor: int) -> Gray:
    if factor == 1:
        return gray
    darkest = cv2.erode(gray, np.ones((factor, factor), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(darkest[::factor, ::factor], np.uint8)


def faint_runs(small: Gray, ink: Bits, dpi: float) -> Bits:
    """1 along worn, grainy rules: 1.5 mm of a row darker in the mean than paper 0.7 mm above and below.

    Only between the places where plain ink makes a run already; at least 2.5 mm long.
    """
    millimetre = dpi / MILLIMETRES_PER_INCH
    along = cv2.blur(small, (round(1.5 * millimetre) | 1, 1))
    away = round(0.7 * millimetre)
    beside = np.zeros_like(small)
    beside[away:-away] = cv2.min(along[: -2 * away], along[2 * away :])
    faint = ((cv2.subtract(beside, along) > 14) & (beside > 222)).astype(np.uint8)
    plain = cv2.dilate(_runs(ink, SHORTEST_PIECE * millimetre), np.ones((3, 3), np.uint8))
    fat = cv2.dilate(np.asarray(cv2.subtract(faint, plain), np.uint8), np.ones((3, 1), np.uint8))
    return _runs(np.asarray(fat, np.uint8), 2.5 * millimetre)


def ink_to_pieces(ink: Bits, dpi: float) -> tuple[Piece, ...]:
    """Thin stretches of ink across the image that stand free above and below.

    Long ones first (SEED_PIECE: strokes of letters that touch a rule do not come along), then short ones between them.
    """
    millimetre = dpi / MILLIMETRES_PER_INCH
    # One row of fattening carries a thin rule over the steps that a slight slope makes in it.
    fat = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), np.uint8)
    long = _runs(fat, SEED_PIECE * millimetre)
    apart = cv2.dilate(long, np.ones((3, 3), np.uint8))
    short = np.asarray(cv2.subtract(_runs(fat, SHORTEST_PIECE * millimetre), apart), np.uint8)
    return (*runs_to_pieces(long, ink, millimetre), *runs_to_pieces(short, ink, millimetre))


def _runs(ink: Bits, length: float) -> Bits:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(5, round(length))), np.uint8)), np.uint8)


def runs_to_pieces(runs: Bits, ink: Bits, millimetre: float) -> tuple[Piece, ...]:
    """The thin and free-standing among the connected runs."""
    _, labels, found, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    stats = np.asarray(found[1:], np.int32)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    thickness = area / np.maximum(1, width) - 2
    thin = (thickness <= 1.5 * millimetre) & (height <= 1.5 * millimetre + 0.02 * width)
    keep = np.nonzero(thin & (width >= millimetre) & stands_free(ink, stats, millimetre))[0]
    marks = np.asarray(labels, np.int32)
    return tuple(_piece(marks, int(i) + 1, stats[i], max(1.0, float(thickness[i]))) for i in keep)


def stands_free(ink: Bits, stats: NDArray[np.int32], millimetre: float) -> NDArray[np.bool_]:
    """For each component, whether there is paper 0.4 to 1.0 mm above it and below it, or a second rule.

    Strokes of letters and rows of serifs have letters over or under them. Text may
    hug one side of a longer one, and very long ones need no such proof.
    """
    x, y, width, height = (stats[:, k].astype(np.int64) for k in range(4))
    total = cv2.integral(ink, sdepth=cv2.CV_32S)
    near, far = round(0.4 * millimetre), round(1.0 * millimetre)
    density = np.zeros((2, len(stats)))
    for side, (above, below) in enumerate(((y - far, y - near), (y + height + near, y + height + far))):
        top, bottom = np.clip(above, 0, ink.shape[0]), np.clip(below, 0, ink.shape[0])
        inked = total[bottom, x + width] - total[top, x + width] - total[bottom, x] + total[top, x]
        density[side] = inked / np.maximum(1, (bottom - top) * width)
    free = (density < 0.34) | ((density > 0.9) & (width > 4 * millimetre))
    one_side = free.any(axis=0) & (width > 10 * millimetre)
    return np.asarray(free.all(axis=0) | one_side | (width > 25 * millimetre))


def _piece(labels: NDArray[np.int32], label: int, stats: NDArray[np.int32], thickness: float) -> Piece:
    """The stretch through the mean heights of the first and last fifth of a component."""
    x, y, width, height = (int(v) for v in stats[:4])
    mask = labels[y : y + height, x : x + width] == label
    end = max(1, width // 5)
    first, last = float(np.nonzero(mask[:, :end])[0].mean()), float(np.nonzero(mask[:, -end:])[0].mean())
    return Piece(x, x + width, y + first + 0.5, y + last + 0.5, thickness)


def pieces_to_rulings(pieces: Sequence[Piece], dpi: float, *, horizontal: bool) -> tuple[Ruling, ...]:
    """Long pieces, carried on at both ends by pieces of any length that lie on their path; at least 7 mm in all.

    As in edge detection with two thresholds: a worn rule leaves short pieces, but some long one to start from.
    """
    millimetre = dpi / MILLIMETRES_PER_INCH
    if not pieces:
        return ()
    table = np.array([(p.start, p.end, p.at_start, p.at_end) for p in pieces])
    free = np.ones(len(pieces), np.bool_)
    rulings = []
    for seed in sorted(range(len(pieces)), key=lambda i: -pieces[i].length):
        shortest = WORN_SEED_PIECE if pieces[seed].worn else SEED_PIECE
        if not free[seed] or pieces[seed].length < shortest * millimetre:
            continue
        chain = _chain(seed, table, free, millimetre)
        free[chain] = False
        rulings.append(Ruling(horizontal, tuple(pieces[i] for i in chain)))
    printed = (
        r for r in rulings if r.end - r.start >= SHORTEST_RULE * millimetre and not _is_of_letters(r, millimetre)
    )
    return tuple(sorted(printed, key=lambda r: (r.middle, r.start)))


def _is_of_letters(ruling: Ruling, millimetre: float) -> bool:
    """Whether strokes of letters that stand one below another make up the rule: no piece of it is longer than those."""
    longest = max(p.length for p in ruling.pieces)
    dashed = ruling.covered(ruling.start, ruling.end) >= CLOSE_DASHES
    return not ruling.horizontal and longest < TALLEST_LETTER * millimetre and not dashed


def _chain(seed: int, table: NDArray[np.float64], free: NDArray[np.bool_], millimetre: float) -> list[int]:
    """Indices of the pieces that lie on one path with the seed, in order."""
    chain = [seed]
    for forward in (True, False):
        while (following := _next(chain, table, free, millimetre, forward=forward)) is not None:
            chain.insert(len(chain) if forward else 0, following)
    return chain


def _next(
    chain: list[int], table: NDArray[np.float64], free: NDArray[np.bool_], millimetre: float, *, forward: bool
) -> int | None:
    """The nearest free piece beyond the chain's end, over a break of up to LONGEST_BREAK, that lies on its path."""
    start, end, at_start, at_end = table.T
    last = chain[-1] if forward else chain[0]
    gap = start - end[last] if forward else start[last] - end
    place = start if forward else end
    expected = _path(chain, table, place, millimetre, forward=forward)
    off = np.abs((at_start if forward else at_end) - expected)
    fits = free & (gap > -1.0 * millimetre) & (gap <= LONGEST_BREAK * millimetre)
    fits &= off <= 0.35 * millimetre + 0.01 * np.maximum(gap, 0)
    fits &= (end > end[last]) if forward else (start < start[last])
    fits[chain] = False
    found = np.nonzero(fits)[0]
    return int(found[np.argmin(gap[found] + 4 * off[found])]) if len(found) else None


def _path(
    chain: list[int], table: NDArray[np.float64], place: NDArray[np.float64], millimetre: float, *, forward: bool
) -> NDArray[np.float64]:
    """Where the chain would stand at each place beyond its end: by its last 30 mm, level if it is short."""
    near = chain[-6:] if forward else chain[:6]
    along, at = table[near][:, :2].ravel(), table[near][:, 2:].ravel()
    tip = along.max() if forward else along.min()
    close = np.abs(along - tip) <= 30 * millimetre
    at_tip = float(at[np.argmax(along)] if forward else at[np.argmin(along)])
    if close.sum() < 2 or np.ptp(along[close]) < 10 * millimetre:
        return np.full(len(place), at_tip)
    slope, level = np.polyfit(along[close] - tip, at[close], 1)
    return np.asarray(float(np.clip(slope, -0.02, 0.02)) * (place - tip) + level)


def scaled(ruling: Ruling, factor: float) -> Ruling:
    """The rule in an image that is larger by the factor."""
    return Ruling(ruling.horizontal, tuple(_scaled_piece(p, factor) for p in ruling.pieces))


def _scaled_piece(p: Piece, factor: float) -> Piece:
    ends = (p.start * factor, p.end * factor, p.at_start * factor, p.at_end * factor)
    return Piece(*ends, p.thickness * factor, p.worn)


def erase_rules(gray: Gray, rulings: Sequence[Ruling]) -> Gray:
    """The page with these rules made white; strokes of letters that cross a rule keep their ink outside it."""
    result = gray.copy()
    for ruling in rulings:
        for piece in ruling.pieces:
            width = max(3, round(piece.thickness) + 4)
            ends = (piece.start, piece.at_start), (piece.end, piece.at_end)
            points = [(round(a), round(b)) if ruling.horizontal else (round(b), round(a)) for a, b in ends]
            cv2.line(result, points[0], points[1], 255, width)
    return result
