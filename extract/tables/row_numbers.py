"""Row numbers of a table that were misread: "l", 2, 3 is 1, 2, 3; and 9, 10, "II" is 9, 10, 11.

Such numbers tell where the rows are. One is put right only by its neighbours: where it looks like the number that
follows from the one above or below, or stands between two that leave room for one alone.
What letters are read for digits, with examples, is the table row_numbers.toml.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from extract.page import Word

LONGEST_NUMBER = 3
"""Letters of a row number, however it was read, stops left out."""

STOPS = ".),:;"

FULL_ROW = 3
"""Columns with print in a row that is no title: "II" beside a title alone is Roman."""

TOLD, SURE_NUMBER = 0.5, 0.94
"""How sure a number is that nothing but its neighbours tell; how sure one is that they do not put right."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """What stands alone in the first column of a row. columns: with print in that row."""

    word: Word
    columns: int


def may_be_number(words: Sequence[Word]) -> bool:
    """Whether the words are one, as short as a row number."""
    return len(words) == 1 and 0 < len(words[0].text.strip(STOPS)) <= LONGEST_NUMBER


def numbers_mended(read: Sequence[Numbering]) -> tuple[Word, ...]:
    """The words of the first column from top to bottom, misread numbers put right, and those no longer sure."""
    mended = [row.word for row in read]
    for n, row in enumerate(read):
        before = _value(mended[n - 1].text) if n else None
        after = _value(mended[n + 1].text) if n + 1 < len(mended) else None
        number = _number_amid(row, before, after)
        mended[n] = row.word if number is None else _renumbered(row.word, number)
    return tuple(mended)


def looks_like(text: str) -> int | None:
    """The number that letters were perhaps read for; None where they look like none.

    >>> looks_like("0I"), looks_like("l."), looks_like("TT")
    (1, 1, None)
    """
    return _value(text.translate(_digits()))


def _value(text: str) -> int | None:
    bare = text.strip(STOPS)
    return int(bare) if bare.isascii() and bare.isdecimal() else None


def _number_amid(row: Numbering, before: int | None, after: int | None) -> int | None:
    """The number that stands between two others as it was misread; None where it was read, or nothing tells it."""
    value = _value(row.word.text)
    if before is not None and after == before + 2:
        sure = value == before + 1 or (value is not None and row.word.confidence >= SURE_NUMBER)
        return None if sure else before + 1
    if value is not None:
        return None
    seen = looks_like(row.word.text)
    follows = before is not None and seen == before + 1 and after in (None, 1) and row.columns >= FULL_ROW
    leads = after is not None and seen == after - 1
    return seen if leads or follows else None


def _renumbered(word: Word, number: int) -> Word:
    stop = word.text[len(word.text.rstrip(STOPS)) :]
    padded = f"{number:02}" if word.text[:1] in "0Oo" else str(number)
    return replace(word, text=padded + stop, confidence=min(word.confidence, TOLD))


@cache
def _digits() -> dict[int, str]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf8"))["sign"]
    return {ord(letter): row["printed"] for row in rows for letter in row["read"]}
