"""What a title says that a plan covers: a year, a part of one, a span of years. Total: None where it names no time."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from schema.plain import plain
from schema.ruletable import PlainRow, load_rules
from schema.values.dates_and_symbols import find_dates
from schema.values.roman import roman_value

Kind = Literal[
    "days",
    "outlook",
    "onwards",
    "first_half",
    "second_half",
    "quarter",
    "month",
    "span",
    "until",
    "one",
    "school_year",
    "from",
    "also",
]


_SCHOOL_OPENS, _SCHOOL_CLOSES = (9, 1), (5, 31)
"""Month and day on which a school year begins, and by which it ends (the ministry's frame plan of each year)."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a plan covers. None: open at that end, or not said."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True)
class PeriodRule(PlainRow):
    """Words for a time of one kind. pattern: a regular expression over text without marks, numbers as groups."""

    kind: Kind
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


def read_period(text: str, issued: dt.date | None = None) -> Period | None:
    """What a title says the plan covers; None where it names no time. issued: tells which of several years is meant.

    An outlook ('định hướng đến 2030') does not count, nor does the date of an instrument. Of a year and the span of a
    programme that it is part of, the year counts.

    >>> read_period("CCHC giai đoạn 2021 - 2025, định hướng đến năm 2030")
    Period(start=datetime.date(2021, 1, 1), end=datetime.date(2025, 12, 31))
    >>> read_period("CCHC năm 2021 và những năm tiếp theo").end is None
    True
    >>> read_period("6 tháng cuối năm 2025").start, read_period("6 tháng cuối năm 2025 và năm 2026").end
    (datetime.date(2025, 7, 1), datetime.date(2026, 12, 31))
    >>> read_period("Khắc phục hạn chế năm 2021 và nâng cao Chỉ số năm 2022", dt.date(2022, 5, 18)).start
    datetime.date(2022, 1, 1)
    """
    if days := _between_days(text):
        return days
    flat = _without("outlook", _without_dates(text))
    if found := _search("school_year", flat):
        return Period(dt.date(int(found["y1"]), *_SCHOOL_OPENS), dt.date(int(found["y2"]), *_SCHOOL_CLOSES))
    if found := _search("onwards", flat):
        return Period(dt.date(_year(found), 1, 1), None)
    whole = _without("until", _without("span", flat))
    if part := _part_of_year(flat) or _year_of(whole, issued):
        return _with_next(part, whole)
    return _years(flat)


def _between_days(text: str) -> Period | None:
    """From one day to another, as an outline of a trial names them: 'từ ngày 06/7/2024 đến ngày 28/6/2025'.

    >>> _between_days("thí điểm từ ngày 06/7/2024 đến hết ngày 28 tháng 6 năm 2025")
    Period(start=datetime.date(2024, 7, 6), end=datetime.date(2025, 6, 28))
    """
    if (found := _search("days", plain(text))) is None:
        return None
    first, last = (find_dates(text[found.start(end) : found.end(end)]) for end in ("first", "last"))
    if not (first and last and first[0].date and last[0].date and first[0].date <= last[0].date):
        return None
    return Period(first[0].date, last[0].date)


def _year_of(flat: str, issued: dt.date | None) -> Period | None:
    """The year that is named; of several that of the day of issue, else the first."""
    years = [_year(found) for rule in _rules("one") for found in rule.regex.finditer(flat)]
    if not years:
        return None
    return months(issued.year if issued and issued.year in years else years[0], 1, 12)


def _with_next(period: Period, flat: str) -> Period:
    """The period with the year right after it: 'năm 2025 và năm 2026'."""
    found = _search("also", flat)
    last = int(found["y2"]) if found and period.end and int(found["y1"]) == period.end.year else None
    return (
        period
        if last is None or not period.end or last <= period.end.year
        else Period(period.start, dt.date(last, 12, 31))
    )


def _years(flat: str) -> Period | None:
    """A span of years, or one that is open at an end."""
    if (found := _search("span", flat)) and int(found["y1"]) <= int(found["y2"]):
        return Period(dt.date(int(found["y1"]), 1, 1), dt.date(int(found["y2"]), 12, 31))
    if found := _search("from", flat):
        return Period(dt.date(_year(found), 1, 1), None)
    if found := _search("until", flat):
        return Period(None, dt.date(_year(found), 12, 31))
    return None


def _part_of_year(flat: str) -> Period | None:
    """A half year, a quarter or a month."""
    if found := _search("first_half", flat):
        return months(_year(found), 1, 6)
    if found := _search("second_half", flat):
        return months(_year(found), 7, 12)
    if found := _search("quarter", flat):
        quarter = roman_value(found["quarter"].upper()) or int(found["quarter"])
        return months(_year(found), 3 * quarter - 2, 3 * quarter)
    if (found := _search("month", flat)) and 1 <= int(found["month"]) <= 12:
        return months(_year(found), int(found["month"]), int(found["month"]))
    return None


def _search(kind: Kind, flat: str) -> re.Match[str] | None:
    return next((m for rule in _rules(kind) if (m := rule.regex.search(flat))), None)


def _without(kind: Kind, flat: str) -> str:
    for rule in _rules(kind):
        flat = rule.regex.sub(" ", flat)
    return flat


def _rules(kind: Kind) -> tuple[PeriodRule, ...]:
    return tuple(rule for rule in load_rules("periods", PeriodRule) if rule.kind == kind)


def _year(found: re.Match[str]) -> int:
    return int(found["year"])


def _without_dates(text: str) -> str:
    flat = plain(text)
    for found in reversed(find_dates(text)):
        flat = f"{flat[: found.start]} {flat[found.end :]}"
    return flat


def months(year: int, first: int, last: int) -> Period:
    """The whole months `first` to `last` (1 to 12) of one year."""
    after = dt.date(year + last // 12, last % 12 + 1, 1)
    return Period(dt.date(year, first, 1), after - dt.timedelta(days=1))
