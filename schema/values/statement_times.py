"""The time that a sentence names for itself: "Đến năm 2025, 100% ...", "Định kỳ hàng quý ... báo cáo". Total."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from schema.context import PlanContext
from schema.plain import plain
from schema.ruletable import PlainRow, load_rules
from schema.values.date_words import DateWord
from schema.values.deadlines import Deadline, read_deadline
from schema.values.recurrences import CYCLES

_LEADING = 15
"""Characters before a time that still leads its sentence: "Phấn đấu đến năm 2025, ..."."""
Use = Literal["target", "duty"]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class TimeRule(PlainRow):
    """A way to name a time. pattern: a regular expression over text without marks whose group 'time' is to be read.

    use: 'name' for a time that belongs to the name of a document and is none of a duty's own. reads: 'last' for a day
    by which it is done, not on which; 'within' for a time that is only meant if it begins within the plan's own.
    """

    use: Literal["target", "duty", "both", "name"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    reads: Literal["all", "last", "within"] = "all"


class TimeSpan(NamedTuple):
    """Where a text names a time, from character `start` to `end`; how its rule reads it."""

    start: int
    end: int
    reads: Literal["all", "last", "within"] = "all"


@cache
def _day() -> re.Pattern[str]:
    """A day: by its word, with its marks ("ngay" is another one), or in figures."""
    words = "|".join(row.word for row in load_rules("date_words", DateWord) if row.part == "day")
    return re.compile(rf"\b(?:{words})\b|\d\s?/\s?\d", re.IGNORECASE)


def statement_times(text: str, use: Use) -> Iterator[TimeSpan]:
    """The times that `text` names for itself, the likeliest first."""
    flat = plain(text)
    rules = [rule for rule in load_rules("statement_times", TimeRule) if rule.use in (use, "both")]
    taken = _times_in_names(flat) if use == "duty" else []
    for rule in sorted(rules, key=lambda rule: rule.reads != "last"):
        spans = [TimeSpan(*match.span("time"), rule.reads) for match in rule.regex.finditer(flat)]
        free = [span for span in spans if not any(a < span.end and span.start < b for a, b in taken)]
        taken = [*taken, *(span[:2] for span in free)] if rule.reads == "last" else taken
        yield from free


def _times_in_names(flat: str) -> list[tuple[int, int]]:
    rules = (rule for rule in load_rules("statement_times", TimeRule) if rule.use == "name")
    return [match.span("time") for rule in rules for match in rule.regex.finditer(flat)]


def _read(text: str, span: TimeSpan, context: PlanContext) -> Deadline | None:
    """The time at a place of a text; None where it says nothing, or of a time that is not meant."""
    time = read_deadline(text[span.start : span.end], context)
    if span.reads == "last":
        return replace(time, start=None) if time.end else None
    begins = context.period_start
    if span.reads == "within" and (begins is None or time.start is None or time.start < begins):
        return None
    return time if time.start or time.end or time.recurrence else None


def read_aim_time(text: str, start: int, end: int, context: PlanContext) -> Deadline | None:
    """The time of an aim whose number stands at text[start:end], other aims being outside text[start:end].

    A time between its neighbours is its own; else the time that leads the sentence holds for all of them.
    """
    spans = sorted(statement_times(text, "target"))
    own = [span for span in spans if start <= span.start < end] or [span for span in spans if span.start <= _LEADING]
    return next((time for span in own if (time := _read(text, span, context))), None)


def read_time(text: str, use: Use, context: PlanContext) -> Deadline | None:
    """The first time of a sentence that can be read; None where it names none. Deadline.text is as printed.

    Where a duty names a cycle too, it comes again, as often as the finest cycle says; a day without a year is one of
    every cycle then: "định kỳ hằng năm báo cáo chậm nhất ngày 17 tháng 12". A day with its year that stands before
    all cycles is of what comes first: "trước ngày 05/4/2025; báo cáo trước ngày 10 tháng cuối quý".
    """
    read = [(span.start, time) for span in statement_times(text, use) if (time := _read(text, span, context))]
    if not read:
        return None
    first = read[0][1]
    cycles = [time.recurrence for _, time in read if time.recurrence in CYCLES]
    if use != "duty" or not cycles:
        return first
    _, leading = min(read, key=lambda placed: placed[0])
    if leading.recurrence not in CYCLES and _YEAR.search(leading.text):
        return leading
    if first.recurrence not in CYCLES and (_YEAR.search(first.text) or not _day().search(first.text)):
        return first
    return Deadline(first.text, recurrence=max(cycles, key=CYCLES.index))
