"""The time that a sentence names for itself: "Đến năm 2025, 100% ...", "Định kỳ hàng quý ... báo cáo". Total."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schema.context import PlanContext
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules
from schema.values.deadlines import Deadline, read_deadline

_LEADING = 15
"""Characters before a time that still leads its sentence: "Phấn đấu đến năm 2025, ..."."""
Use = Literal["target", "duty"]


@dataclass(frozen=True)
class TimeRule(PatternRow):
    """A way to name a time. pattern: a regular expression over text without marks whose group 'time' is to be read.

    use: 'name' for a time that belongs to the name of a document and is none of a duty's own.
    """

    use: Literal["target", "duty", "both", "name"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.search(plain(text)) is not None


def statement_times(text: str, use: Use) -> Iterator[tuple[int, int]]:
    """Spans of the times that `text` names for itself, the likeliest first."""
    folded = plain(text)
    foreign = _times_in_names(folded) if use == "duty" else []
    for rule in load_rules("statement_times", TimeRule):
        if rule.use in (use, "both"):
            spans = (match.span("time") for match in rule.regex.finditer(folded))
            yield from (span for span in spans if not any(a < span[1] and span[0] < b for a, b in foreign))


def _times_in_names(folded: str) -> list[tuple[int, int]]:
    rules = (rule for rule in load_rules("statement_times", TimeRule) if rule.use == "name")
    return [match.span("time") for rule in rules for match in rule.regex.finditer(folded)]


def read_aim_time(text: str, start: int, end: int, context: PlanContext) -> Deadline | None:
    """The time of an aim whose number stands at text[start:end], other aims being outside text[start:end].

    A time between its neighbours is its own; else the time that leads the sentence holds for all of them.
    """
    spans = sorted(statement_times(text, "target"))
    own = [span for span in spans if start <= span[0] < end] or [span for span in spans if span[0] <= _LEADING]
    found = (read_deadline(text[a:b], context) for a, b in own)
    return next((time for time in found if time.start or time.end or time.recurrence), None)


def read_time(text: str, use: Use, context: PlanContext) -> Deadline | None:
    """The first time of a sentence that can be read; None where it names none. Deadline.text is as printed."""
    for start, end in statement_times(text, use):
        found = read_deadline(text[start:end], context)
        if found.start or found.end or found.recurrence:
            return found
    return None
