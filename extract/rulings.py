"""The printed rules of a page: gray image -> Rulings, and the page with its rules taken off.

A rule is long, straight and thin. Pieces are found by opening with a long thin kernel, joined over breaks when they lie
on one slightly bent path, and kept when long enough. Units are pixels of the image that was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import Gray, binarise

Bits = NDArray[np.uint8]

MILLIMETRES_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight stretch of ink along an axis: from (start, at_start) to (end, at_end), along and across the rule."""

    start: float
    end: float
    at_start: float
    at_end: float
    thickness: float

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
    ink = shrunk_ink(gray, factor)
    across = pieces_to_rulings(ink_to_pieces(ink, dpi / factor), dpi / factor, horizontal=True)
    down = pieces_to_rulings(ink_to_pieces(np.ascontiguousarray(ink.T), dpi / factor), dpi / factor, horizontal=False)
    return tuple(scaled(r, factor) for r in (*across, *down))


def shrunk_ink(gray: Gray, factor: int) -> Bits:
    """1 where there is ink, at about 150 dpi: a cell of factor x factor pixels is inked by its darkest pixel."""
    if factor > 1:
        darkest = cv2.erode(gray, np.ones((factor, factor), np.uint8), anchor=(0, 0))
        gray = np.ascontiguousarray(darkest[::factor, ::factor], np.uint8)
    return binarise(gray, window_inches=0.15, contrast=25).astype(np.uint8)


def ink_to_pieces(ink: Bits, dpi: float) -> tuple[Piece, ...]:
    """Stretches of ink across the image, at least 4 mm long and thin."""
    millimetre = dpi / MILLIMETRES_PER_INCH
    # One row of fattening carries a thin rule over the steps that a slight slope makes in it.
    fat = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(fat, cv2.MORPH_OPEN, np.ones((1, max(5, round(4 * millimetre))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    pieces = []
    for label in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[label])
        thickness = area / width - 2
        if thickness > 1.6 * millimetre or height > 3 * millimetre + 0.02 * width:
            continue
        pieces.append(_piece(labels[y : y + height, x : x + width] == label, x, y, max(1.0, thickness)))
    return tuple(pieces)


def _piece(mask: NDArray[np.bool_], x: int, y: int, thickness: float) -> Piece:
    """The stretch through the mean heights of the first and last fifth of a component."""
    width = mask.shape[1]
    end = max(1, width // 5)
    first, last = float(np.nonzero(mask[:, :end])[0].mean()), float(np.nonzero(mask[:, -end:])[0].mean())
    return Piece(x, x + width, y + first + 0.5, y + last + 0.5, thickness)


def pieces_to_rulings(pieces: Sequence[Piece], dpi: float, *, horizontal: bool) -> tuple[Ruling, ...]:
    """Pieces that carry each other on, joined over breaks of up to 12 mm; what stays under 7 mm is no rule."""
    millimetre = dpi / MILLIMETRES_PER_INCH
    chains: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        fitting = [c for c in chains if _carries_on(c[-1], piece, millimetre)]
        if fitting:
            min(fitting, key=lambda c: abs(_expected(c[-1], piece) - piece.at_start)).append(piece)
        else:
            chains.append([piece])
    rulings = (Ruling(horizontal, tuple(chain)) for chain in chains)
    return tuple(sorted((r for r in rulings if r.end - r.start >= 7 * millimetre), key=lambda r: (r.middle, r.start)))


def _expected(last: Piece, piece: Piece) -> float:
    """Where `last` would stand at the start of `piece`: by its own slope when it is long enough to have one."""
    return last.at(piece.start) if last.length > 150 else last.at_end


def _carries_on(last: Piece, piece: Piece, millimetre: float) -> bool:
    gap = piece.start - last.end
    return (
        -2 * millimetre <= gap <= 12 * millimetre and abs(_expected(last, piece) - piece.at_start) <= 0.5 * millimetre
    )


def scaled(ruling: Ruling, factor: float) -> Ruling:
    """The rule in an image that is larger by the factor."""
    return Ruling(
        ruling.horizontal,
        tuple(
            Piece(p.start * factor, p.end * factor, p.at_start * factor, p.at_end * factor, p.thickness * factor)
            for p in ruling.pieces
        ),
    )


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
