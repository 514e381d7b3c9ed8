"""Words -> lanes: printed lines over the whole width, cut into segments at the blanks that are too wide for prose.

Boxes are in points of the upright page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.page import Box, Word, union_of
from extract.tables.cells import words_to_lines

NARROWEST_GUTTER = 5.0
"""Points of paper between two columns. Blanks between words of 12 to 14 pt print are 3 to 5 pt wide."""

GUTTER_OVER_BLANK = 1.8
"""A gutter is this much wider than the narrow blanks of its own line: justified lines stretch all of theirs alike."""

WIDEST_BLANK = 16.0
"""Points. A blank from here on is a gutter whatever the others are: in a row of single words all are gutters."""

SPECKS = frozenset("_|¦=~'`‘’.")
"""What engines read where there is dirt."""

UNSURE = 0.6
"""Dashes and bullets of print are read more surely than this."""

BESIDE = 0.2
"""Share of their height that lines half a line apart have in common; lines below one another hardly touch."""

LEAST_PITCH = 6.0
"""Points between two baselines that no line of print fits between: their spacing tells nothing of lines."""

MOST_LEADING = 1.5
"""Heights of a line's print from its baseline to that of the next line of a cell."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One printed line across the page, cut into segments at wide blanks."""

    segments: tuple[tuple[Word, ...], ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        return min(b.top for b in self.boxes)

    @property
    def bottom(self) -> float:
        return max(b.bottom for b in self.boxes)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.segments for w in s)

    @property
    def n_columns(self) -> int:
        """How many of its segments stand apart from side to side."""
        reach, count = float("-inf"), 0
        for box in sorted(self.boxes, key=lambda b: b.x0):
            count += box.x0 > reach
            reach = max(reach, box.x1)
        return count

    def texts(self) -> tuple[str, ...]:
        return tuple(" ".join(w.text for w in s) for s in self.segments)


def words_to_lanes(words: Sequence[Word]) -> tuple[Lane, ...]:
    """Printed lines over the whole width, top to bottom; specks that were read as signs close no blank."""
    print_alone = [word for word in words if not _is_speck(word)]
    return tuple(_lane(line.words) for line in words_to_lines(print_alone))


def _is_speck(word: Word) -> bool:
    """Strokes, whatever they were read with, and signs without a letter or figure that were read unsurely."""
    bare = not any(c.isalnum() or c == "%" for c in word.text)
    return SPECKS.issuperset(word.text) or (bare and word.confidence < UNSURE)


def _narrowest_gutter(words: Sequence[Word]) -> float:
    """How wide a blank of this line must be to part columns, in points."""
    boxes = [w.box for w in words if w.box is not None]
    blanks = sorted(max(0.0, b.x0 - a.x1) for a, b in pairwise(boxes))
    narrow = blanks[len(blanks) // 4] if blanks else 0.0
    return max(NARROWEST_GUTTER, min(GUTTER_OVER_BLANK * narrow, WIDEST_BLANK))


def _lane(words: Sequence[Word]) -> Lane:
    segments: list[list[Word]] = []
    gutter = _narrowest_gutter(words)
    for word in words:
        last = segments[-1][-1].box if segments else None
        if last is None or word.box is None or word.box.x0 - last.x1 >= gutter:
            segments.append([word])
        else:
            segments[-1].append(word)
    boxes = [union_of([w.box for w in s if w.box is not None]) for s in segments]
    return Lane(tuple(tuple(s) for s in segments), tuple(b for b in boxes if b is not None))


def strips(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """Each lane with the segments beside it that stand up to half a line higher or lower, as cells in the middle of
    their rows do.
    """
    return tuple(_strip(lanes, at) for at in range(len(lanes)))


def _strip(lanes: Sequence[Lane], at: int) -> Lane:
    here = lanes[at]
    beside = [lane for lane in lanes[max(0, at - 1) : at + 2] if lane is here or _side_by_side(lane, here)]
    held = sorted(((b, s) for lane in beside for s, b in zip(lane.segments, lane.boxes, strict=True)), key=_left)
    return Lane(tuple(s for _, s in held), tuple(b for b, _ in held))


def _left(held: tuple[Box, tuple[Word, ...]]) -> float:
    return held[0].x0


def _side_by_side(one: Lane, other: Lane) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > BESIDE * min(one.bottom - one.top, other.bottom - other.top)


def leading_of(lanes: Sequence[Lane]) -> float:
    """Points between the baselines of two lines of one cell, as the nearest lines below one another have it.

    No more than print of this size is set with: a table may have no cell of two lines.
    """
    boxes = sorted((b for lane in lanes for b in lane.boxes), key=lambda b: b.centre[1])
    pitches = sorted(p for i, b in enumerate(boxes) if (p := _pitch_below(b, boxes[i + 1 :])) is not None)
    return min(pitches[len(pitches) // 10], MOST_LEADING * median(b.height for b in boxes)) if pitches else 0.0


def _pitch_below(box: Box, below: Sequence[Box]) -> float | None:
    under = (b.centre[1] - box.centre[1] for b in below if min(b.x1, box.x1) > max(b.x0, box.x0))
    return next((pitch for pitch in under if pitch > LEAST_PITCH), None)
