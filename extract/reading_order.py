"""Words of one region -> its printed lines, top down. Blocks that stand side by side are parted by extract.regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.page import Box, Line, Word, union_of

# A gap wider than this many line heights parts two lines. Less does not: "Số:      /KH-UBND" leaves room for a number.
COLUMN_GAP = 5.0
# Of a line of real text at least one word is read this surely, even under a stamp.
SURE = 0.5


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
    """The lines of a region in reading order. groups: words that the engine put on one line each."""
    segments = [part for group in groups for part in segments_of(group)]
    return tuple(line_of(segment) for row in rows_of(segments) for segment in row.segments)


def is_noise(words: Sequence[Word]) -> bool:
    """Whether nothing in the line was read with any sureness: the strokes of a signature, the rim of a stamp."""
    return bool(words) and all(word.confidence < SURE or not any(map(str.isalnum, word.text)) for word in words)


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
