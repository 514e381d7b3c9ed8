"""Pages drawn with tables whose truth is known exactly, whole and damaged: for tests and for the table benchmark.

A page is made of a seed and a damage level alone. What counts is where ink lies, so the letters need no marks.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.worn_sheets import LEVELS, Damage, Gray, Pen, scanned
from extract.page import Box, Word

Span = tuple[int, int, int, int]
"""row, col, rowspan, colspan"""

HEADERS = ("Noi dung", "Co quan chu tri", "Phoi hop", "Thoi gian", "San pham", "Kinh phi", "Ghi chu")
_SENTENCE = "Ra soat thu tuc hanh chinh cap xa theo quy dinh UBND bao cao Van phong nam 2025 ho so tiep nhan ket qua"
WORDS = tuple(_SENTENCE.split(" "))


class Rules(StrEnum):
    """Which rules of a table are printed."""

    ALL = "all"
    OPEN = "open"  # no rule at the left and right
    DOUBLE = "double"  # the frame and the header's lower rule are double
    ACROSS = "across"  # only rules across
    HEADER = "header"  # only the header's rules across
    NONE = "none"


@dataclass(frozen=True)
class DrawnTable:
    """The truth of one table: its spans and, in the same order, the words of each cell as drawn (undamaged pixels)."""

    n_rows: int
    n_cols: int
    n_header: int
    spans: tuple[Span, ...]
    words: tuple[tuple[Word, ...], ...]
    box: Box

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(" ".join(w.text for w in ws) for ws in self.words)


@dataclass(frozen=True)
class DrawnPage:
    """A page in gray, what is on it, and the degrees clockwise by which it is askew."""

    image: Gray
    dpi: int
    skew: float
    table: DrawnTable
    outside: tuple[Word, ...]


def draw_page(
    seed: int, level: str | Damage = "light", rules: Rules = Rules.ALL, *, shape: str | None = None
) -> DrawnPage:
    """A page of running text and one table. shape: "plain", "merged", "sections", "tall" or None for one by chance."""
    rng = np.random.default_rng(seed)
    damage = LEVELS[level] if isinstance(level, str) else level
    dpi = int(rng.choice(damage.dpi))
    long, short = round(11.69 * dpi), round(8.27 * dpi)
    landscape = rng.random() < 0.5
    sheet = np.full((short, long) if landscape else (long, short), 255, np.uint8)
    pen = Pen(sheet, dpi, damage, rng)
    left, right = pen.mm(25), sheet.shape[1] - pen.mm(18)
    outside, y = _paragraph(pen, left, right, pen.mm(22), int(rng.integers(1, 5)))
    table = _table(pen, left, right, y + pen.mm(6), rules, shape or str(rng.choice(SHAPES)))
    more, _ = _paragraph(pen, left, right, table.box.bottom + pen.mm(8), int(rng.integers(0, 3)))
    skew = float(rng.uniform(-damage.skew, damage.skew))
    return DrawnPage(scanned(pen, skew), dpi, skew, table, (*outside, *more))


SHAPES = ("plain", "merged", "sections", "tall")


def _text(pen: Pen, text: str, x: float, baseline: float, millimetres: float = 2.3) -> Word:
    """One word with letters of this height; its box."""
    scale = pen.mm(millimetres) / 21
    weight = max(1, round(pen.dpi / 120))
    (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_COMPLEX, scale, weight)
    cv2.putText(pen.sheet, text, (round(x), round(baseline)), cv2.FONT_HERSHEY_COMPLEX, scale, 20, weight, cv2.LINE_AA)
    return Word(text, Box(x, baseline - height, x + width, baseline + below / 2), 0.95)


def _flow(pen: Pen, words: list[str], x0: float, x1: float, baseline: float) -> tuple[list[Word], float]:
    """Words set from x0 to x1, line under line; the words and the baseline of the last line."""
    x, done = x0, []
    for text in words:
        word = _text(pen, text, x, baseline)
        assert word.box is not None
        if word.box.x1 > x1 and x > x0:
            _wipe(pen, word.box)
            x, baseline = x0, baseline + pen.mm(5)
            word = _text(pen, text, x, baseline)
        assert word.box is not None
        x = word.box.x1 + pen.mm(1.4)
        done.append(word)
    return done, baseline


def _wipe(pen: Pen, box: Box) -> None:
    pen.sheet[int(box.top) - 3 : int(box.bottom) + 6, int(box.x0) - 2 : int(box.x1) + 6] = 255


def _paragraph(pen: Pen, left: float, right: float, top: float, lines: int) -> tuple[tuple[Word, ...], float]:
    words: list[Word] = []
    y = top
    for _ in range(lines):
        if y > pen.sheet.shape[0] - pen.mm(15):
            break
        line, y = _flow(pen, _some(pen, int((right - left) / pen.mm(16))), left, right, y + pen.mm(5))
        words.extend(line)
    return tuple(words), y


def _some(pen: Pen, count: int) -> list[str]:
    return [str(w) for w in pen.rng.choice(WORDS, count)]


def _table(pen: Pen, left: float, right: float, top: float, rules: Rules, shape: str) -> DrawnTable:
    rng = pen.rng
    n_cols = int(rng.integers(3, 8))
    n_rows = int(rng.integers(3, 9))
    n_header, spans = _spans(rng, n_rows, n_cols, shape)
    weights = rng.uniform(0.7, 2.0, n_cols - 1)
    first = pen.mm(14)
    rest = np.cumsum(weights / weights.sum()) * (right - left - first)
    x = left + np.concatenate([[0, first], first + rest])
    y, words = _rows(pen, spans, x, top, n_rows, n_header)
    n_rows = len(y) - 1
    kept = [(r, c, min(h, n_rows - r), w) for r, c, h, w in spans if r < n_rows]
    order = [s for s in spans if s[0] < n_rows]
    _rule(pen, x, np.array(y), kept, n_header, rules)
    return DrawnTable(
        n_rows,
        n_cols,
        n_header,
        tuple(kept),
        tuple(words[s] for s in order),
        Box(float(x[0]), y[0], float(x[-1]), y[-1]),
    )


def _rows(
    pen: Pen, spans: tuple[Span, ...], x: NDArray[np.float64], top: float, n_rows: int, n_header: int
) -> tuple[list[float], dict[Span, tuple[Word, ...]]]:
    """The rows that the sheet has room for, written: where they begin and the last one ends, and the words of cells."""
    y = [top]
    limit = pen.sheet.shape[0] - pen.mm(22)
    contents: dict[Span, list[str]] = {s: _content(pen, s, n_header, x) for s in spans}
    words: dict[Span, tuple[Word, ...]] = {}
    for row in range(n_rows):
        bottom = y[-1] + pen.mm(8)
        for span in (s for s in spans if s[0] == row):
            pad = pen.mm(0.3 if pen.rng.random() < pen.damage.touching else 1.5)
            set_, last = _flow(pen, contents[span], x[span[1]] + pad, x[span[1] + span[3]] - pad, y[-1] + pen.mm(4.6))
            words[span] = tuple(set_)
            bottom = max(bottom, last + pen.mm(2.4)) if span[2] == 1 else bottom
        y.append(bottom)
        if bottom > limit and row >= max(2, n_header):
            break
    return y, words


def _content(pen: Pen, span: Span, n_header: int, x: NDArray[np.float64]) -> list[str]:
    row, col, rowspan, colspan = span
    if row < n_header:
        return ["STT"] if col == 0 else HEADERS[(col + row) % len(HEADERS)].split(" ")
    if col == 0 and colspan == 1:
        return [str(row)]
    width = (x[col + colspan] - x[col]) / pen.mm(14)
    if pen.rng.random() < 0.08 and colspan == 1 and rowspan == 1:
        return []
    return _some(pen, int(pen.rng.integers(1, max(3, min(14, 3 * width)))))


def _spans(rng: Generator, n_rows: int, n_cols: int, shape: str) -> tuple[int, tuple[Span, ...]]:
    """(header rows, cells in reading order) of a table of the named shape."""
    merged: list[Span] = []
    n_header = 1
    if shape == "merged" and n_cols >= 4:
        n_header = 2
        first = int(rng.integers(1, n_cols - 1))
        merged.append((0, first, 1, 2))
        merged += [(0, c, 2, 1) for c in range(n_cols) if not first <= c < first + 2]
    if shape == "sections":
        merged += [(r, 0, 1, n_cols) for r in range(1, n_rows) if rng.random() < 0.3]
    if shape == "tall" and n_rows >= 4:
        row, col = int(rng.integers(1, n_rows - 1)), int(rng.integers(0, n_cols - 1))
        merged.append((row, col, int(rng.integers(2, min(4, n_rows - row) + 1)), 1))
    taken = {(r, c) for r0, c0, h, w in merged for r in range(r0, r0 + h) for c in range(c0, c0 + w)}
    single = [(r, c, 1, 1) for r in range(max(n_rows, n_header + 1)) for c in range(n_cols) if (r, c) not in taken]
    return n_header, tuple(sorted(merged + single))


def _rule(
    pen: Pen, x: NDArray[np.float64], y: NDArray[np.float64], spans: list[Span], n_header: int, rules: Rules
) -> None:
    """The rules round the cells; a side shared by two cells is drawn once."""
    sides = set()
    for row, col, rowspan, colspan in spans:
        for i in (row, row + rowspan):
            sides |= {("across", i, c) for c in range(col, col + colspan)}
        for j in (col, col + colspan):
            sides |= {("down", j, r) for r in range(row, row + rowspan)}
    weight = int(pen.rng.integers(1, 4)) * pen.dpi / 300
    n_rows, n_cols = len(y) - 1, len(x) - 1
    for way, edge, cell in sorted(sides):
        if not _printed(rules, way, edge, n_header, n_rows, n_cols):
            continue
        double = rules is Rules.DOUBLE and edge in ((0, n_header, n_rows) if way == "across" else (0, n_cols))
        for shift in (0.0, pen.mm(0.7)) if double else (0.0,):
            if way == "across":
                _stroke(pen, (x[cell], y[edge] + shift), (x[cell + 1], y[edge] + shift), weight)
            else:
                _stroke(pen, (x[edge] + shift, y[cell]), (x[edge] + shift, y[cell + 1]), weight)


def _printed(rules: Rules, way: str, edge: int, n_header: int, n_rows: int, n_cols: int) -> bool:
    if rules is Rules.NONE:
        return False
    if rules is Rules.HEADER:
        return way == "across" and edge in (0, n_header, n_rows)
    if rules is Rules.ACROSS:
        return way == "across"
    return not (rules is Rules.OPEN and way == "down" and edge in (0, n_cols))


def _stroke(pen: Pen, start: tuple[float, float], end: tuple[float, float], weight: float) -> None:
    """One side of a cell, with its breaks."""
    a, b = np.array(start), np.array(end)
    cv2.line(pen.sheet, tuple(map(round, start)), tuple(map(round, end)), pen.damage.rule_gray, max(1, round(weight)))
    metres = float(np.hypot(*(b - a))) / pen.mm(1000)
    for _ in range(pen.rng.poisson(pen.damage.breaks_per_metre * metres)):
        middle = a + (b - a) * pen.rng.random()
        half = (
            (b - a) / max(1.0, float(np.hypot(*(b - a)))) * pen.mm(pen.rng.uniform(0.3, pen.damage.longest_break) / 2)
        )
        ends = [tuple(int(v) for v in np.clip(middle + s * half, np.minimum(a, b), np.maximum(a, b))) for s in (-1, 1)]
        cv2.line(pen.sheet, ends[0], ends[1], 255, max(1, round(weight)) + 1)
