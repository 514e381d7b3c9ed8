"""Columns that stand for a month, a quarter or a year each, ticked where a task falls into it.

>>> time_of_column("T3"), time_of_column("IV", "Lộ trình thực hiện"), time_of_column("3", "Tháng"), time_of_column("3")
(CalendarColumn(word='Tháng', number='3'), CalendarColumn(word='Quý', number='IV'), \
CalendarColumn(word='Tháng', number='3'), None)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from schema.ruletable import load_rules
from schema.tables.cell_signs import sign_of
from schema.tables.columns import TIME_FIELDS, field_of_header
from schema.values.folding import folded


@dataclass(frozen=True)
class CalendarUnit:
    """How headers name months, quarters, years. named, bare, above: regular expressions over folded text."""

    word: str
    named: str
    bare: str
    above: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    @cached_property
    def in_full(self) -> re.Pattern[str]:
        return re.compile(self.named)

    def matches(self, text: str) -> bool:
        return self.in_full.fullmatch(folded(text)) is not None


@dataclass(frozen=True, slots=True)
class CalendarColumn:
    """The stretch of time a column stands for, as worded: 'Tháng', '3'."""

    word: str
    number: str

    @property
    def text(self) -> str:
        return f"{self.word} {self.number}"


@lru_cache(5_000)
def time_of_column(header: str, above: str = "") -> CalendarColumn | None:
    """The stretch of time that a header names, alone or below the header `above` it; None for any other header."""
    plain, over = _closed(folded(header).strip(" ().:")), folded(above)
    times = field_of_header(above) in TIME_FIELDS
    for unit in load_rules("calendar_units", CalendarUnit):
        found = unit.in_full.fullmatch(plain)
        if found is None and (times or unit.above) and re.search(unit.above, over) and over:
            found = re.fullmatch(unit.bare, plain)
        if found:
            return CalendarColumn(unit.word, found["n"].upper())
    return None


def _closed(header: str) -> str:
    """A header that a narrow column broke into letters, put together: 'q u y i' -> 'quyi'."""
    pieces = header.split()
    return "".join(pieces) if len(pieces) > 2 and max(map(len, pieces)) <= 2 else header


def ticked_time(cells: Sequence[tuple[CalendarColumn, str]]) -> str:
    """The time of a row whose cells under such columns hold these texts: 'Tháng 3, 6'; '' where none is ticked.

    >>> years = [CalendarColumn("Năm", str(year)) for year in range(2026, 2030)]
    >>> ticked_time([(year, tick) for year, tick in zip(years, ("x", "x", "x", ""), strict=True)])
    'Năm 2026 - 2028'
    """
    runs: list[list[CalendarColumn]] = [
        [column for column, _ in run]
        for ticked, run in groupby(cells, key=lambda cell: sign_of(cell[1]) == "tick")
        if ticked
    ]
    words = [f"{run[0].number} - {run[-1].number}" if len(run) > 1 else run[0].number for run in runs]
    return f"{runs[0][0].word} {', '.join(words)}" if runs else ""
