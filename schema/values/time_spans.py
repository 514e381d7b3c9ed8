"""Tokens of a time -> the first and the last day that they leave.

>>> from schema.values.folding import folded
>>> from schema.values.time_tokens import tokens_of
>>> first, last, single = fold(tokens_of(folded("Từ tháng 3 đến tháng 6")), 2024)
>>> first, last, single
(datetime.date(2024, 3, 1), datetime.date(2024, 6, 30), False)
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from itertools import pairwise

from schema.values.time_numbers import count_of, quarters_of, time_words
from schema.values.time_tokens import LIMITS, SPAN_KINDS, Token

_MONTHS, _QUARTERS = 12, 4
_WHOLE_YEAR = 364
"""Days from the first to the last of a year: what is stretched over all of it may come again in it."""


@dataclass(frozen=True, slots=True)
class Span:
    """What one token names: a stretch of days. exact: a single day. several: a list in one token."""

    first: dt.date
    last: dt.date
    exact: bool = False
    several: bool = False


def fold(tokens: tuple[Token, ...], plan_year: int | None) -> tuple[dt.date | None, dt.date | None, bool]:
    """First day, last day, and whether it is one time (not an open or a long stretch)."""
    start = end = None
    single, mode, opened = False, "", False
    for index, token in enumerate(tokens):
        if token.kind in LIMITS:
            mode = token.kind if not (mode == "before" and token.kind == "until") else mode
            continue
        span = _span(token, _year_after(tokens, index) or plan_year)
        if span is None:
            continue
        if mode in ("from", "after"):
            start = span.first if mode == "from" else span.last + dt.timedelta(days=1)
            end, opened, single = span.last if span.several else None, True, False
        elif mode in ("before", "until"):
            end = span.last if mode == "until" or span.exact else span.first - dt.timedelta(days=1)
            single = start is None
        elif opened or token.kind == "years":
            start, end, single = start if opened else span.first, span.last, False
        else:
            first_time = start is None and end is None
            start = _open_start(token, span, start, first_time)
            end = None if token.kind == "year_start" else max(end or span.last, span.last)
            single = first_time or (single and token.kind not in ("half", "date", "year"))
        mode = ""
    return (None, None, False) if start and end and start > end else (start, end, single)


def _open_start(token: Token, span: Span, start: dt.date | None, first_time: bool) -> dt.date | None:
    if token.kind == "year_end":
        return start
    if first_time:
        return span.first
    return min(start, span.first) if start else None


def _year_after(tokens: tuple[Token, ...], index: int) -> int | None:
    """The year named next: 'Từ tháng 3 đến tháng 6/2024' gives March its year."""
    years = (token.number("y", "y2") for token in tokens[index:] if token.kind != "aside")
    return next((year for year in years if year), None)


def _span(token: Token, year: int | None) -> Span | None:
    own = token.number("y2") if token.kind in ("date", "month") and token.number("y2") else token.number("y")
    use = own or year
    if use is None or token.kind not in SPAN_KINDS:
        return None
    first_month, last_month, several = 1, 12, False
    match token.kind:
        case "date" | "day":
            return _days(use, token.number("m", "m2"), token.number("d0"), token.number("d", "d2"))
        case "years":
            return _months(use, 1, token.number("y2") or use, 12)
        case "half":
            count = count_of(token.text("m") or "")
            first_month, last_month = (1, count) if token.text("first") else (13 - count, 12)
        case "quarter":
            quarters = [quarter for quarter in quarters_of(token.text("q") or "") if quarter]
            first_month, last_month = 3 * min(quarters, default=1) - 2, 3 * max(quarters, default=4)
            several = len(quarters) > 1
        case "month":
            months = [int(m) for m in re.findall(r"\d+", token.text("ms", "m2") or "")]
            first_month, last_month = min(months, default=0), max(months, default=0)
            several = len(months) > 1
    return _months(use, first_month, use, last_month, several)


def is_within_a_year(start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a stretch is a part of one year, as a quarter is: what is done in it is done once."""
    return bool(start and end and start.year == end.year and (end - start).days < _WHOLE_YEAR)


def is_the_year(token: Token) -> bool:
    """Whether a token is the plan's own year, which it does not number: 'trong năm', 'cả năm'."""
    return token.kind == "year" and token.number("y") is None


def lists_apart(token: Token) -> bool:
    """Whether a token lists quarters or months that do not touch, 'Quý II, quý IV': what is due then comes again."""
    listed = token.text("q", "ms") or ""
    numbers = quarters_of(listed) if token.kind == "quarter" else [int(m) for m in re.findall(r"\d+", listed)]
    known = sorted({number for number in numbers if number})
    ranges = "-" in listed or time_words("range").search(listed) is not None
    return not ranges and any(after - before > 1 for before, after in pairwise(known))


def fills_a_year(token: Token) -> bool:
    """Whether a token lists every quarter or every month of a year one by one."""
    months = re.findall(r"\d+", token.text("ms") or "") if token.kind == "month" else ()
    quarters = quarters_of(token.text("q") or "") if token.kind == "quarter" else ()
    return len(set(months)) == _MONTHS or len(set(quarters)) == _QUARTERS


def _days(year: int, month: int | None, first_day: int | None, day: int | None) -> Span | None:
    """One day, or the days of a month from the first on; None where there are no such days."""
    try:
        last = dt.date(year, month or 0, day or 0)
        first = last if first_day is None else last.replace(day=first_day)
    except ValueError:
        return None
    return Span(first, last, exact=True) if first <= last else None


def _months(year: int, month: int, last_year: int, last_month: int, several: bool = False) -> Span | None:
    if not (1 <= month <= 12 and 1 <= last_month <= 12 and (year, month) <= (last_year, last_month)):
        return None
    last = dt.date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Span(dt.date(year, month, 1), last, several=several)
