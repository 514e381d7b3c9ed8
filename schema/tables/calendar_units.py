"""Months, quarters and years as the headers of columns name them.

>>> unit_named("Tháng"), unit_named("Quý thực hiện"), unit_named("Tháng 3")
('Tháng', 'Quý', None)
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schema.ruletable import load_rules
from schema.values.folding import folded


@dataclass(frozen=True)
class CalendarUnit:
    """How headers name months, quarters, years. named, bare, above, column: regular expressions over folded text.

    count: how many of them fill a year, 0 for years: so many columns that count them need no name of the unit.
    """

    word: str
    named: str
    bare: str
    above: str
    column: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    count: int = 0

    @cached_property
    def in_full(self) -> re.Pattern[str]:
        return re.compile(self.named)

    def matches(self, text: str) -> bool:
        return self.in_full.fullmatch(folded(text)) is not None


@lru_cache(5_000)
def unit_named(header: str) -> str | None:
    """The unit that the cells below a header count in: 'Tháng' over '3', '5 - 6'; None for any other header."""
    words = folded(header).strip(" ().:")
    units = load_rules("calendar_units", CalendarUnit)
    return next((unit.word for unit in units if re.fullmatch(unit.column, words)), None)


def in_unit(text: str, header: str) -> str:
    """The time of a cell that holds only numbers, worded in the unit of its header; any other text as it is.

    >>> in_unit("5 - 6", "Tháng"), in_unit("Tháng 7", "Tháng"), in_unit("II", "Quý"), in_unit("Cả năm", "Tháng")
    ('Tháng 5 - 6', 'Tháng 7', 'Quý II', 'Cả năm')
    """
    unit = unit_named(header)
    rule = next((rule for rule in load_rules("calendar_units", CalendarUnit) if rule.word == unit), None)
    if rule is None:
        return text
    number = re.sub(r"\(\?P<n>", "(?:", rule.bare)
    numbers = re.fullmatch(rf"{number}(?:\s*[-–,;/+&]\s*{number})*", folded(text))
    return f"{rule.word} {text}" if numbers else text
