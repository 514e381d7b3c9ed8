"""Lanes -> gutters: the blanks that run down between the columns of a table without rules down, in points."""

from collections.abc import Sequence

from extract.page import Box, Word
from extract.tables.headers import is_row_number
from extract.unruled.lanes import NARROWEST_GUTTER, Lane, strips

LINES_LOOKED_AT = 25
"""The first lanes of a table tell its gutters; running text taken in further down cannot close them."""

DIRT = frozenset("„'`‘’^~_|¦.,:;¡¬«‹›*")
"""What specks before a word are read for; no word of print begins so."""

WIDEST_LETTER = 1.3
"""Heights of a word that each of its letters takes at most; a wider box holds dirt beside the word."""

Gutter = tuple[float, float]
"""left, right"""

FULL_LANES = 2
"""So many lanes with print in three columns and more tell the gutters before titles and names over columns do."""


FEWEST_LETTERS = 2
"""Letters and figures that a column has at least: its name has more, and one alone is a speck."""


def lanes_to_gutters(lanes: Sequence[Lane], *, n_header: int = 0) -> tuple[Gutter, ...]:
    """The blanks that run down between the columns, left to right; lone dashes close none.

    Word by word: where two columns come near, a blank hardly wider than the others parts them. n_header: the lanes at
    the top that stand above the first row. Names there over several columns close no gutter, and neither do the titles
    of section rows behind their number.
    """
    several = [(i, s) for i, s in enumerate(strips(lanes)) if s.n_columns >= 2][:LINES_LOOKED_AT]
    full = [strip for i, strip in several if i >= n_header and strip.n_columns >= 3]
    held = [segment for strip in full for segment in strip.segments if _holds_print(segment)]
    sure = _blanks([b for segment in held for b in _word_boxes(segment)]) if len(full) >= FULL_LANES else ()
    boxes = [
        b
        for i, strip in several
        for segment, whole in zip(strip.segments, strip.boxes, strict=True)
        if _holds_print(segment) and not _spans(strip, whole, sure, is_header=i < n_header)
        for b in _word_boxes(segment)
    ]
    found = tuple(g for g in _blanks(boxes) if any(stands_beside(strip, g) for _, strip in several))
    return _without_slivers(found, lanes)


def _without_slivers(gutters: Sequence[Gutter], lanes: Sequence[Lane]) -> tuple[Gutter, ...]:
    """The gutters between columns: where no run of print begins, as in a blank of one long line, there is no column.

    Nor is there one where a speck or bullets stand; the wider of the gutters beside them is kept.
    """
    segments = [segment for lane in lanes for segment in lane.segments]
    kept: list[Gutter] = []
    for gutter, after in zip(gutters, (*gutters, (float("inf"), 0.0))[1:], strict=True):
        if not any(_begins(segment, gutter[1], after[0]) for segment in segments):
            continue
        if kept and _letters_between(segments, kept[-1], gutter) < FEWEST_LETTERS:
            kept[-1] = max(kept[-1], gutter, key=lambda g: g[1] - g[0])
        else:
            kept.append(gutter)
    return tuple(kept)


def _begins(segment: Sequence[Word], left: float, right: float) -> bool:
    box = segment[0].box
    return box is not None and left - 2 <= box.x0 <= right


def _letters_between(segments: Sequence[Sequence[Word]], left: Gutter, right: Gutter) -> int:
    """How many letters and figures stand in the column between two gutters: its name may be wider than its cells."""
    held = (s for s in segments if left[0] < (_middle(s) or left[0]) < right[1])
    return sum(_is_print(c) for segment in held for word in segment for c in word.text)


def _middle(segment: Sequence[Word]) -> float | None:
    boxes = _word_boxes(segment)
    return (boxes[0].x0 + boxes[-1].x1) / 2 if boxes else None


def _holds_print(segment: Sequence[Word]) -> bool:
    """Whether a letter or figure is in the segment: a dash that stands alone is dirt, or says that a cell is empty."""
    return any(_is_print(c) for word in segment for c in word.text)


def _word_boxes(words: Sequence[Word]) -> list[Box]:
    """The boxes of words that have no dirt beside them."""
    return [w.box for w in words if w.box is not None and not _holds_dirt(w, w.box)]


def _holds_dirt(word: Word, box: Box) -> bool:
    """Whether a speck off the word was read with it: as a sign before it, or its box is too wide for its letters."""
    wide = box.width > WIDEST_LETTER * box.height * sum(map(_is_print, word.text))
    return word.text[:1] in DIRT or "_" in word.text or wide


def _is_print(sign: str) -> bool:
    return sign.isalnum() or sign == "%"


def _spans(lane: Lane, box: Box, sure: Sequence[Gutter], *, is_header: bool) -> bool:
    """Whether the box reaches out of its column: a name in the header, or a title alone behind its number."""
    titled = len(lane.segments) == 2 and box is lane.boxes[-1] and is_row_number(lane.texts()[0])
    return (is_header or titled) and any(box.x0 < right and box.x1 > left for left, right in sure)


def _blanks(boxes: Sequence[Box]) -> tuple[Gutter, ...]:
    spans = sorted((b.x0, b.x1) for b in boxes)
    gutters = []
    reach = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - reach >= NARROWEST_GUTTER:
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return tuple(gutters)


def fits(lane: Lane, gutters: Sequence[Gutter]) -> bool:
    """Whether the lane keeps out of the gutters, and is in a column or more; a single segment may be a section row."""
    return not any(crosses(box, gutter) for box in lane.boxes for gutter in gutters)


def crosses(box: Box, gutter: Gutter) -> bool:
    """Whether the box runs over the whole gutter."""
    return box.x0 < gutter[0] - 2 and box.x1 > gutter[1] + 2


def stands_beside(lane: Lane, gutter: Gutter) -> bool:
    """Whether the lane has print on both sides of the gutter."""
    left, right = gutter
    return any(b.x1 <= left + 2 for b in lane.boxes) and any(b.x0 >= right - 2 for b in lane.boxes)
