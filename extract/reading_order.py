"""Words -> printed lines -> the order in which they are read.

An administrative page is one column, save where two blocks stand side by side: the letterhead (issuer | national
motto) and its end ("Nơi nhận" | signature). There the left block is read before the right one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.page import Box, Line, Word, union_of

# A gap wider than this many line heights parts two blocks: within a justified line gaps stay well below it.
COLUMN_GAP = 2.0
# Side-by-side blocks may come as near as this (line heights) in single lines of a band whose gutter is known.
GUTTER = 0.8


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of one printed line without a wide gap."""

    words: tuple[Word, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Row:
    """Segments at one height, left to right."""

    segments: tuple[Segment, ...]

    @property
    def box(self) -> Box:
        box = union_of([segment.box for segment in self.segments])
        assert box is not None
        return box


def lines_in_order(groups: Sequence[Sequence[Word]]) -> tuple[Line, ...]:
    """The lines of a page or cell in reading order. groups: words that the engine put on one line each."""
    segments = [part for group in groups for part in segments_of(group)]
    rows = rows_of(segments)
    return tuple(line_of(segment) for segment in ordered(rows))


def line_of(segment: Segment) -> Line:
    """The segment as a Line: words joined by blanks, confidence that of the words weighted by their length."""
    letters = sum(len(word.text) for word in segment.words)
    confidence = sum(word.confidence * len(word.text) for word in segment.words) / max(letters, 1)
    text = " ".join(word.text for word in segment.words)
    return Line(text, segment.box, min(max(confidence, 0.0), 1.0), segment.words)


def segments_of(words: Sequence[Word]) -> list[Segment]:
    """One engine line cut at gaps that no justified line has. Words without a box are left out."""
    boxed = sorted((word for word in words if word.box is not None), key=_left)
    if not boxed:
        return []
    height = median(_box(word).height for word in boxed)
    parts: list[list[Word]] = [[boxed[0]]]
    for word in boxed[1:]:
        if _box(word).x0 - max(_box(w).x1 for w in parts[-1]) > COLUMN_GAP * height:
            parts.append([])
        parts[-1].append(word)
    return [Segment(tuple(part), _hull(part)) for part in parts]


def _box(word: Word) -> Box:
    assert word.box is not None
    return word.box


def _left(word: Word) -> float:
    return _box(word).x0


def _hull(words: Sequence[Word]) -> Box:
    box = union_of([_box(word) for word in words])
    assert box is not None
    return box


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """Segments whose heights overlap by more than half of the lower one, side by side, form a row; rows top down."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.box.centre[1], s.box.x0)):
        if rows and any(_same_height(segment.box, other.box) for other in rows[-1]):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [Row(tuple(_joined(sorted(row, key=lambda s: s.box.x0)))) for row in rows]


def _same_height(one: Box, other: Box) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.height, other.height)


def _joined(row: Sequence[Segment]) -> list[Segment]:
    """Neighbours that the engine put on two lines though hardly a gap parts them, made one again."""
    parts: list[Segment] = []
    for segment in row:
        gap = COLUMN_GAP * min(segment.box.height, parts[-1].box.height) if parts else 0.0
        if parts and segment.box.x0 - parts[-1].box.x1 < gap:
            words = (*parts[-1].words, *segment.words)
            parts[-1] = Segment(words, _hull(words))
        else:
            parts.append(segment)
    return parts


def ordered(rows: Sequence[Row]) -> list[Segment]:
    """The segments of the rows in reading order: bands of side-by-side blocks column by column, the rest row by row."""
    result: list[Segment] = []
    at = 0
    while at < len(rows):
        band = band_at(rows, at)
        if band is None:
            result.extend(rows[at].segments)
            at += 1
            continue
        end, gutter = band
        inside = [segment for row in rows[at:end] for segment in row.segments]
        result.extend(segment for segment in inside if segment.box.centre[0] < gutter)
        result.extend(segment for segment in inside if segment.box.centre[0] >= gutter)
        at = end
    return result


def band_at(rows: Sequence[Row], start: int) -> tuple[int, float] | None:
    """(row after the last, x of the gutter) of the side-by-side blocks that begin at this row; None for one column.

    A row right of the gutter may lead (the motto often stands higher); a row left of it may end the band.
    """
    low, high, end, pairs = float("-inf"), float("inf"), start, 0
    for at in range(start, len(rows)):
        row = rows[at]
        if len(row.segments) > 2 or (at > start and _far_below(rows[at - 1], row)):
            break
        new_low, new_high = _narrowed(row, low, high)
        if new_high - new_low < GUTTER * row.box.height:
            break
        low, high = new_low, new_high
        pairs += len(row.segments) == 2
        if len(row.segments) == 2 or pairs:
            end = at + 1
    if not pairs or low == float("-inf") or high == float("inf"):
        return None
    return end, (low + high) / 2


def _far_below(upper: Row, lower: Row) -> bool:
    return lower.box.top - upper.box.bottom > 6 * upper.box.height


def _narrowed(row: Row, low: float, high: float) -> tuple[float, float]:
    """The gutter after this row: right of everything on its left, left of everything on its right."""
    if len(row.segments) == 2:
        return max(low, row.segments[0].box.x1), min(high, row.segments[1].box.x0)
    box = row.segments[0].box
    if box.x1 <= high and (box.centre[0] < (low + high) / 2 if low > float("-inf") else False):
        return max(low, box.x1), high
    if box.x0 >= low:
        return low, min(high, box.x0)
    return max(low, box.x1), high
