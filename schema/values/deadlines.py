"""Times of duties: any text of a time cell -> Deadline. Total: what says no time keeps its text and gives no dates.

>>> from schema.context import PlanContext
>>> plan = PlanContext("p", period_start=dt.date(2025, 1, 1), period_end=dt.date(2025, 12, 31))
>>> found = read_deadline("Quý II", plan)
>>> found.start, found.end, found.recurrence
(datetime.date(2025, 4, 1), datetime.date(2025, 6, 30), 'once')
>>> read_deadline("Theo kế hoạch của tỉnh", plan)
Deadline(text='Theo kế hoạch của tỉnh', start=None, end=None, recurrence=None, sure=True)
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from schema.context import PlanContext
from schema.ruletable import PatternRow, load_rules
from schema.values.folding import FoldedRow, folded

Recurrence = Literal["once", "annual", "quarterly", "monthly", "continuous"]
Kind = Literal[
    "aside", "torn", "term", "date", "half", "quarter", "month", "day", "years", "year_start", "year_end", "year",
    "onward", "before", "until", "after", "from",
]  # fmt: skip

_OPENING_MARKS = re.compile(r"^[\s:;,.*+–-]+(?=\w)")
_BARE_DAY = re.compile(r"\W*\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?\W*")
"""A day with no word beside it is the day by which a thing is done, not the day on which it begins."""
_QUARTER_FORM = re.compile(r"[^\s,;&+-]+")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time. text as the document words it, without marks in front.

    start, end: first and last day, None where the text leaves them open.

    recurrence: 'once' for a time that comes once, 'annual', 'quarterly', 'monthly', 'continuous', None where unsaid.
    sure: False where it names a time that is too misread to be told ('Quý I1'); then it has no dates.
    """

    text: str
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: Recurrence | None = None
    sure: bool = True


@dataclass(frozen=True)
class RecurrenceRule(FoldedRow):
    """A way to say how often. pattern: a regular expression over `folded` text."""

    recurrence: Recurrence
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeadlineRule(PatternRow):
    """One kind of time token. pattern: a regular expression over `folded` text; its groups carry the numbers."""

    kind: Kind
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return any(token.kind == self.kind for token in _tokens(folded(text)))


@dataclass(frozen=True)
class QuarterNumeral(PatternRow):
    """Forms in which the number of a quarter is found. pattern: a regular expression over the whole folded number."""

    value: int
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.fullmatch(folded(text)) is not None


@dataclass(frozen=True)
class TimeWord:
    """A folded word within a time. count: a number, `value`, written out; quarter_seam: it parts listed quarters."""

    kind: Literal["count", "quarter_seam"]
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
def _quarter_seams() -> re.Pattern[str]:
    words = "|".join(row.word for row in load_rules("time_words", TimeWord) if row.kind == "quarter_seam")
    return re.compile(rf"\b(?:{words})\b")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    start: int
    end: int
    groups: tuple[tuple[str, str], ...]

    def number(self, *names: str) -> int | None:
        found = self.text(*names)
        return int(found) if found and found.isdigit() else None

    def text(self, *names: str) -> str | None:
        return next((value for key, value in self.groups if key in names), None)


@dataclass(frozen=True, slots=True)
class _Span:
    """What one token names: a stretch of days. exact: a single day. several: a list in one token."""

    first: dt.date
    last: dt.date
    exact: bool = False
    several: bool = False


def read_deadline(text: str, context: PlanContext) -> Deadline:
    """The time that a cell or clause names; the plan's year fills in for 'Quý II'. Never raises."""
    text = _OPENING_MARKS.sub("", text)
    plain = folded(text)
    recurrence = _recurrence(plain)
    tokens = _tokens(plain)
    if any(token.kind == "torn" or (token.kind == "quarter" and None in _quarters(token)) for token in tokens):
        return Deadline(text, recurrence=recurrence, sure=False)
    open_year = recurrence in CYCLES and not any(map(_fills_a_year, tokens))
    start, end, single = _fold(tokens, None if open_year else context.year)
    if start == end and _BARE_DAY.fullmatch(plain):
        start = None
    if any(token.kind == "onward" for token in tokens) and start:
        return Deadline(text, start, None, recurrence or "continuous")
    if recurrence is None and (single or _within_a_year(start, end)):
        recurrence = "once"
    return Deadline(text, start, end, recurrence)


def names_a_time(text: str) -> bool:
    """Whether the text holds any word of time that `read_deadline` understands."""
    plain = folded(text)
    return _recurrence(plain) is not None or any(token.kind in _SPAN_KINDS for token in _tokens(plain))


def names_a_term(text: str) -> bool:
    """Whether the text names a term that runs from what will happen: it has no dates.

    >>> names_a_term("chi trả trong vòng 30 ngày kể từ ngày có quyết định"), names_a_term("trong 6 tháng đầu năm")
    (True, False)
    """
    return any(token.kind == "term" for token in _tokens(folded(text)))


def names_a_quarter(text: str) -> bool:
    """Whether the text names a quarter by its number, readable or not."""
    return any(token.kind == "quarter" for token in _tokens(folded(text)))


def quarter_forms(text: str) -> tuple[str, ...]:
    """The numbers of the quarters that a text names, folded, as they stand there.

    >>> quarter_forms("Quý 1/2026"), quarter_forms("Quý II, quý IV năm 2026"), quarter_forms("Tháng 2")
    (('1',), ('ii', 'iv'), ())
    """
    return tuple(form for token in _tokens(folded(text)) if token.kind == "quarter" for form in _forms(token))


def named_recurrence(text: str) -> Recurrence | None:
    """How often a text says that something comes again; None where it does not.

    >>> named_recurrence("Thường xuyên rà soát"), named_recurrence("Rà soát trong quý II")
    ('continuous', None)
    """
    return _recurrence(folded(text))


CYCLES: tuple[Recurrence, ...] = ("annual", "quarterly", "monthly", "continuous")
"""What comes again, the seldomest first."""
_MONTHS, _QUARTERS = 12, 4
_WHOLE_YEAR = 364
"""Days from the first to the last of a year: what is stretched over all of it may come again in it."""
_SPAN_KINDS = frozenset(("date", "half", "quarter", "month", "day", "years", "year_start", "year_end", "year"))


def _recurrence(plain: str) -> Recurrence | None:
    return next((r.recurrence for r in load_rules("recurrences", RecurrenceRule) if r.regex.search(plain)), None)


@lru_cache(20_000)
def _tokens(plain: str) -> tuple[_Token, ...]:
    rules = load_rules("deadlines", DeadlineRule)
    found: list[_Token] = []
    at = 0
    while at < len(plain):
        hits = [
            (hit.start(), order, rule.kind, hit)
            for order, rule in enumerate(rules)
            if (hit := rule.regex.search(plain, at))
        ]
        if not hits:
            break
        _, _, kind, hit = min(hits, key=lambda h: h[:2])
        groups = tuple((name, value) for name, value in hit.groupdict().items() if value is not None)
        found.append(_Token(kind, hit.start(), hit.end(), groups))
        at = max(hit.end(), at + 1)
    return tuple(found)


def _fold(tokens: tuple[_Token, ...], plan_year: int | None) -> tuple[dt.date | None, dt.date | None, bool]:
    """First day, last day, and whether it is one time (not an open or a long stretch)."""
    start = end = None
    single, mode, opened = False, "", False
    for index, token in enumerate(tokens):
        if token.kind in ("before", "until", "after", "from"):
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


def _within_a_year(start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a stretch is a part of one year, as a quarter is: what is done in it is done once."""
    return bool(start and end and start.year == end.year and (end - start).days < _WHOLE_YEAR)


def _open_start(token: _Token, span: _Span, start: dt.date | None, first_time: bool) -> dt.date | None:
    if token.kind == "year_end":
        return start
    if first_time:
        return span.first
    return min(start, span.first) if start else None


def _year_after(tokens: tuple[_Token, ...], index: int) -> int | None:
    """The year named next: 'Từ tháng 3 đến tháng 6/2024' gives March its year."""
    years = (token.number("y", "y2") for token in tokens[index:] if token.kind != "aside")
    return next((year for year in years if year), None)


def _span(token: _Token, year: int | None) -> _Span | None:
    own = token.number("y2") if token.kind in ("date", "month") and token.number("y2") else token.number("y")
    use = own or year
    if use is None or token.kind not in _SPAN_KINDS:
        return None
    first_month, last_month, several = 1, 12, False
    match token.kind:
        case "date" | "day":
            return _days(use, token.number("m", "m2"), token.number("d0"), token.number("d", "d2"))
        case "years":
            return _months(use, 1, token.number("y2") or use, 12)
        case "half":
            count = token.number("m") or _counts().get(token.text("m") or "", 0)
            first_month, last_month = (1, count) if token.text("first") else (13 - count, 12)
        case "quarter":
            quarters = [quarter for quarter in _quarters(token) if quarter]
            first_month, last_month = 3 * min(quarters, default=1) - 2, 3 * max(quarters, default=4)
            several = len(quarters) > 1
        case "month":
            months = [int(m) for m in re.findall(r"\d+", token.text("ms", "m2") or "")]
            first_month, last_month = min(months, default=0), max(months, default=0)
            several = len(months) > 1
    return _months(use, first_month, use, last_month, several)


def _fills_a_year(token: _Token) -> bool:
    """Whether a token lists every quarter or every month of a year one by one."""
    months = re.findall(r"\d+", token.text("ms") or "") if token.kind == "month" else ()
    quarters = _quarters(token) if token.kind == "quarter" else ()
    return len(set(months)) == _MONTHS or len(set(quarters)) == _QUARTERS


def _quarters(token: _Token) -> tuple[int | None, ...]:
    """The quarters that a token lists; None for one whose number is too misread."""
    rules = load_rules("quarter_numerals", QuarterNumeral)
    return tuple(next((r.value for r in rules if r.matches(form)), None) for form in _forms(token))


def _forms(token: _Token) -> list[str]:
    return _QUARTER_FORM.findall(_quarter_seams().sub(" ", token.text("q") or ""))


def _days(year: int, month: int | None, first_day: int | None, day: int | None) -> _Span | None:
    """One day, or the days of a month from the first on; None where there are no such days."""
    try:
        last = dt.date(year, month or 0, day or 0)
        first = last if first_day is None else last.replace(day=first_day)
    except ValueError:
        return None
    return _Span(first, last, exact=True) if first <= last else None


def _months(year: int, month: int, last_year: int, last_month: int, several: bool = False) -> _Span | None:
    if not (1 <= month <= 12 and 1 <= last_month <= 12 and (year, month) <= (last_year, last_month)):
        return None
    last = dt.date(last_year, last_month, monthrange(last_year, last_month)[1])
    return _Span(dt.date(year, month, 1), last, several=several)
