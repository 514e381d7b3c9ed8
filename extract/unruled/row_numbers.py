"""Row numbers of a table without rules down that were misread: "l", 2, 3 is 1, 2, 3; and 9, 10, "II" is 9, 10, 11.

Such numbers tell where the rows are. One is put right only by its neighbours: where it looks like the number that
follows from the one above or below, or stands between two that leave room for one alone.
What letters are read for digits, with examples, is the table row_numbers.toml.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from extract.page import Word
from extract.unruled.bands import LONGEST_NUMBER
from extract.unruled.lanes import Lane, strips

STOPS = ".),:;"

FULL_ROW = 3
"""Columns with print in a row that is no title: "II" beside a title alone is Roman."""

TOLD = 0.5
"""How sure a number is that nothing but its neighbours tell."""


def row_numbers_mended(lanes: Sequence[Lane], right: float) -> tuple[Lane, ...]:
    """The lanes, misread numbers of the first column put right; right: where that column ends, in points."""
    mended = list(lanes)
    numbered = [n for n, lane in enumerate(lanes) if _may_be_number(lane, right)]
    for above, n, below in zip([None, *numbered], numbered, [*numbered[1:], None], strict=False):
        before, after = (None if m is None else _value(mended[m].segments[0][0].text) for m in (above, below))
        text, is_full = (
            lanes[n].segments[0][0].text,
            strips(lanes[max(0, n - 1) : n + 2])[min(n, 1)].n_columns >= FULL_ROW,
        )
        number = _number_amid(text, before, after, full=is_full)
        mended[n] = lanes[n] if number is None else _renumbered(lanes[n], number)
    return tuple(mended)


def looks_like(text: str) -> int | None:
    """The number that letters were perhaps read for; None where they look like none.

    >>> looks_like("0I"), looks_like("l."), looks_like("TT")
    (1, 1, None)
    """
    bare = text.strip(STOPS).translate(_digits())
    return int(bare) if bare.isascii() and bare.isdecimal() else None


def _may_be_number(lane: Lane, right: float) -> bool:
    words = lane.segments[0]
    return len(words) == 1 and lane.boxes[0].x1 <= right and 0 < len(words[0].text.strip(STOPS)) <= LONGEST_NUMBER


def _value(text: str) -> int | None:
    bare = text.strip(STOPS)
    return int(bare) if bare.isascii() and bare.isdecimal() else None


def _number_amid(text: str, before: int | None, after: int | None, *, full: bool) -> int | None:
    """The number that stands between two others as it was misread; None where it was read, or nothing tells it."""
    if _value(text) is not None:
        return None
    if before is not None and after == before + 2:
        return before + 1
    seen = looks_like(text)
    follows = before is not None and seen == before + 1 and after in (None, 1) and full
    leads = after is not None and seen == after - 1
    return seen if leads or follows else None


def _renumbered(lane: Lane, number: int) -> Lane:
    first, *others = lane.segments
    word = first[0]
    stop = word.text[len(word.text.rstrip(STOPS)) :]
    padded = f"{number:02}" if word.text[:1] in "0Oo" else str(number)
    told: Word = replace(word, text=padded + stop, confidence=min(word.confidence, TOLD))
    return replace(lane, segments=((told,), *others))


@cache
def _digits() -> dict[int, str]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf8"))["sign"]
    return {ord(letter): row["printed"] for row in rows for letter in row["read"]}
