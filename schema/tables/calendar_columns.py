"""Columns that stand for a month, a quarter or a year each, ticked where a task falls into it.

>>> time_of_column("T3"), time_of_column("IV", "Lộ trình thực hiện năm 2026"), time_of_column("3")
(CalendarColumn(word='Tháng', number='3', year=''), CalendarColumn(word='Quý', number='IV', year='2026'), None)
>>> time_of_column("3", "Tháng").text
'Tháng 3'
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from schema.ruletable import load_rules
from schema.tables.calendar_units import CalendarUnit
from schema.tables.cell_signs import sign_of
from schema.tables.columns import TIME_FIELDS, field_of_header
from schema.values.folding import folded


@dataclass(frozen=True, slots=True)
class CalendarColumn:
    """The stretch of time a column stands for, as worded: 'Tháng', '3'. year: that the header names; '' for none."""

    word: str
    number: str
    year: str = ""

    @property
    def text(self) -> str:
        return f"{self.word} {self.number}"


_NUMERALS = ("I", "II", "III", "IV")
_YEAR = re.compile(r"\b20\d\d\b")


def _counted(number: str) -> int:
    """The place of a stretch among its like: quarters by their numeral."""
    return _NUMERALS.index(number) + 1 if number in _NUMERALS else int(number)


def counted_on(columns: Sequence[CalendarColumn | None]) -> tuple[CalendarColumn | None, ...]:
    """The columns below one header of times, those whose own header was misread counted from the others.

    Left as they are where fewer than two are read, or those that are do not count up from left to right.

    >>> [c.text for c in counted_on([CalendarColumn("Quý", "I"), CalendarColumn("Quý", "II"), None])]
    ['Quý I', 'Quý II', 'Quý III']
    """
    read = [(at, column) for at, column in enumerate(columns) if column is not None]
    firsts = {(column.word, _counted(column.number) - at) for at, column in read}
    if len(read) < 2 or len(firsts) != 1:
        return tuple(columns)
    word, first = firsts.pop()
    roman = read[0][1].number in _NUMERALS
    numbers = [first + at for at in range(len(columns))]
    if min(numbers) < 1 or (roman and max(numbers) > len(_NUMERALS)):
        return tuple(columns)
    year = read[0][1].year
    return tuple(CalendarColumn(word, _NUMERALS[number - 1] if roman else str(number), year) for number in numbers)


def counted_through(names: Sequence[str]) -> tuple[CalendarColumn | None, ...]:
    """The stretches of a year that columns side by side count through, though nothing above them says of what.

    >>> [c and c.text for c in counted_through(["TT", "Hoạt động", "I", "II", "III", "IV", "Ghi chú"])]
    [None, None, 'Quý I', 'Quý II', 'Quý III', 'Quý IV', None]
    >>> any(counted_through(["TT", "1", "2", "3", "4"]))
    False
    """
    found: list[CalendarColumn | None] = [None] * len(names)
    words = [folded(name).strip(" ().:") for name in names]
    for unit in (unit for unit in load_rules("calendar_units", CalendarUnit) if unit.count):
        for first in range(len(names) - unit.count + 1):
            numbers = [re.fullmatch(unit.bare, name) for name in words[first : first + unit.count]]
            own = [number["n"].upper() for number in numbers if number]
            if list(map(_counted, own)) == list(range(1, unit.count + 1)):
                found[first : first + unit.count] = [CalendarColumn(unit.word, number) for number in own]
    return tuple(found)


def names_times(header: str) -> bool:
    """Whether a header stands over times: 'Lộ trình thực hiện'."""
    return field_of_header(header) in TIME_FIELDS


@lru_cache(5_000)
def time_of_column(header: str, above: str = "") -> CalendarColumn | None:
    """The stretch of time that a header names, alone or below the header `above` it; None for any other header."""
    words, over = _closed(folded(header).strip(" ().:")), folded(above)
    times = names_times(above)
    for unit in load_rules("calendar_units", CalendarUnit):
        found = unit.in_full.fullmatch(words)
        if found is None and (times or unit.above) and re.search(unit.above, over) and over:
            found = re.fullmatch(unit.bare, words)
        if found:
            named = _YEAR.search(words) or _YEAR.search(over)
            own = found["n"].upper()
            return CalendarColumn(unit.word, own, named[0] if named and named[0] != own else "")
    return None


def _count_of_year(word: str) -> int | None:
    """How many of these fill a year; None for years."""
    return next((unit.count for unit in load_rules("calendar_units", CalendarUnit) if unit.word == word), 0) or None


def _closed(header: str) -> str:
    """A header that a narrow column broke into letters, put together: 'q u y i' -> 'quyi'."""
    pieces = header.split()
    return "".join(pieces) if len(pieces) > 2 and max(map(len, pieces)) <= 2 else header


def ticked_time(cells: Sequence[tuple[CalendarColumn, str]]) -> str:
    """The time of a row whose cells under such columns hold these texts: 'Tháng 3, 6/2026'; '' where none is ticked.

    A row that is ticked in every quarter, or month, comes again in each: they are named one by one.

    >>> ticked_time([(CalendarColumn("Quý", quarter, "2026"), "x") for quarter in ("I", "II", "III", "IV")])
    'Quý I, II, III, IV/2026'
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
    if len(runs) == 1 and len(runs[0]) == _count_of_year(runs[0][0].word):
        words = [column.number for column in runs[0]]
    years = {column.year for run in runs for column in run}
    year = years.pop() if len(years) == 1 else ""
    return f"{runs[0][0].word} {', '.join(words)}{'/' * bool(year)}{year}" if runs else ""
