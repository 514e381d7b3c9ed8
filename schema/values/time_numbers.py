"""The numbers within times: quarters by their numerals, well or badly read, and counts written out.

>>> quarters_of("ii, quy iv"), quarters_of("h"), count_of("sau"), count_of("9")
((2, 4), (2,), 6, 9)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.ruletable import PatternRow, load_rules
from schema.values.folding import folded

_QUARTER_FORM = re.compile(r"[^\s,;&+-]+")


@dataclass(frozen=True)
class QuarterNumeral(PatternRow):
    """Forms in which the number of a quarter is found. pattern: a regular expression over the whole folded number."""

    value: int
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.fullmatch(folded(text)) is not None


TimeWordKind = Literal["count", "quarter_seam", "range", "time_seam"]


@dataclass(frozen=True)
class TimeWord:
    """A folded word within a time. count: a number, `value`, written out; quarter_seam: it parts listed quarters.

    range: it stands between the ends of a stretch; time_seam: it parts a time from the number of an aim before it.
    """

    kind: TimeWordKind
    word: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    value: int = 0

    def matches(self, text: str) -> bool:
        return self.word in re.findall(r"\w+", folded(text))


@cache
def _counts() -> Mapping[str, int]:
    return {row.word: row.value for row in load_rules("time_words", TimeWord) if row.kind == "count"}


@cache
def time_words(kind: TimeWordKind) -> re.Pattern[str]:
    """Any word of one kind, in folded text."""
    words = "|".join(row.word for row in load_rules("time_words", TimeWord) if row.kind == kind)
    return re.compile(rf"\b(?:{words})\b")


def count_of(written: str) -> int:
    """A number in figures or words; 0 for any other text."""
    return int(written) if written.isdigit() else _counts().get(written, 0)


def quarter_forms(listed: str) -> list[str]:
    """The numbers of the quarters that a folded list names, as they stand there.

    >>> quarter_forms("ii, quy iv")
    ['ii', 'iv']
    """
    return _QUARTER_FORM.findall(time_words("quarter_seam").sub(" ", listed))


def quarters_of(listed: str) -> tuple[int | None, ...]:
    """The quarters that a folded list names, 1 to 4; None for one whose number is too misread."""
    rules = load_rules("quarter_numerals", QuarterNumeral)
    return tuple(next((r.value for r in rules if r.matches(form)), None) for form in quarter_forms(listed))
