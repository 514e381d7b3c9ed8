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
from dataclasses import dataclass

from schema.context import PlanContext
from schema.values import time_numbers
from schema.values.folding import folded
from schema.values.recurrences import CYCLES, Recurrence, recurrence_of
from schema.values.time_spans import fills_a_year, fold, is_the_year, is_within_a_year, lists_apart
from schema.values.time_tokens import SPAN_KINDS, Token, tokens_of

_OPENING_MARKS = re.compile(r"^[\s:;,.*+–-]+(?=\w)")
_BARE_DAY = re.compile(r"\W*\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?\W*")
"""A day with no word beside it is the day by which a thing is done, not the day on which it begins."""


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


def read_deadline(text: str, context: PlanContext) -> Deadline:
    """The time that a cell or clause names; the plan's year fills in for 'Quý II'. Never raises."""
    text = _OPENING_MARKS.sub("", text)
    words = folded(text)
    recurrence = recurrence_of(words)
    tokens = tokens_of(words)
    if any(map(_is_torn, tokens)):
        return Deadline(text, recurrence=recurrence, sure=False)
    whole = recurrence == "continuous" and any(map(is_the_year, tokens))
    open_year = recurrence in CYCLES and not whole and not any(map(fills_a_year, tokens))
    start, end, single = fold(tokens, None if open_year else context.year)
    if start == end and _BARE_DAY.fullmatch(words):
        start = None
    if any(token.kind == "onward" for token in tokens) and start:
        return Deadline(text, start, None, recurrence or "continuous")
    if recurrence is None and (single or is_within_a_year(start, end)) and not any(map(lists_apart, tokens)):
        recurrence = "once"
    return Deadline(text, start, end, recurrence)


def _is_torn(token: Token) -> bool:
    """Whether a token is too misread to be told: 'Quý I1', 'Quý /2025'."""
    return token.kind == "torn" or (token.kind == "quarter" and None in time_numbers.quarters_of(token.text("q") or ""))


def names_a_time(text: str) -> bool:
    """Whether the text holds any word of time that `read_deadline` understands."""
    words = folded(text)
    return recurrence_of(words) is not None or any(token.kind in SPAN_KINDS for token in tokens_of(words))


def is_only_a_time(text: str) -> bool:
    """Whether the text names a time and nothing else.

    >>> is_only_a_time("Đến năm 2026"), is_only_a_time("Kế hoạch năm 2026"), is_only_a_time("Đến")
    (True, False, False)
    """
    words = folded(text)
    tokens = tokens_of(words)
    ends = [0, *(token.end for token in tokens)]
    rest = "".join(words[a:b] for a, b in zip(ends, [*(token.start for token in tokens), len(words)], strict=True))
    return any(token.kind in SPAN_KINDS for token in tokens) and not any(map(str.isalnum, rest))


def names_a_term(text: str) -> bool:
    """Whether the text names a term that runs from what will happen: it has no dates.

    >>> names_a_term("chi trả trong vòng 30 ngày kể từ ngày có quyết định"), names_a_term("trong 6 tháng đầu năm")
    (True, False)
    """
    return any(token.kind == "term" for token in tokens_of(folded(text)))


def names_a_quarter(text: str) -> bool:
    """Whether the text names a quarter by its number, readable or not."""
    return any(token.kind == "quarter" for token in tokens_of(folded(text)))


def quarter_forms(text: str) -> tuple[str, ...]:
    """The numbers of the quarters that a text names, folded, as they stand there.

    >>> quarter_forms("Quý 1/2026"), quarter_forms("Quý II, quý IV năm 2026"), quarter_forms("Tháng 2")
    (('1',), ('ii', 'iv'), ())
    """
    quarters = [token.text("q") or "" for token in tokens_of(folded(text)) if token.kind == "quarter"]
    return tuple(form for listed in quarters for form in time_numbers.quarter_forms(listed))


def named_recurrence(text: str) -> Recurrence | None:
    """How often a text says that something comes again; None where it does not.

    >>> named_recurrence("Định kỳ hằng quý báo cáo")
    'quarterly'
    """
    return recurrence_of(folded(text))
