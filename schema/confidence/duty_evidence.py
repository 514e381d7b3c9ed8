"""What tells for and against an assignment of the running text: as for a row of a table, and what its section tells."""

import re
from collections.abc import Callable, Mapping, Sequence
from math import log
from types import MappingProxyType

from normalize.fixes import RestoredPage
from schema.confidence.evidence import ASSIGNMENT_EVIDENCE, SMALL_SENTENCE, Case, measured, of_row
from schema.confidence.left_over import LEFT_OVER, is_left_over
from schema.narrative.duties import duty_rules, subject_of
from schema.organisations.agencies import is_known_agency
from schema.outline.parts import ends_document
from schema.plain import plain
from schema.records import Reading
from schema.values.deadlines import named_recurrence

_TABLES_ALONE = (
    *("table", "no boxes", "nobody leads", "no time in a table", "no number in a table", "number out of order"),
    *("others have a lead", "others have partners", "others have a time"),
)


def _unknown_name(case: Case) -> float:
    """Whether a name is that of no known organisation, and no other row of the plan has it."""
    names = (*case.row.lead, *case.row.partners)
    return float(any(case.around.names[name] == 1 and not is_known_agency(name) for name in names))


def _one_word(case: Case) -> float:
    """Whether a name is one word that is no abbreviation: 'Sở' of 'Sở Y tế'."""
    names = (*case.row.lead, *case.row.partners)
    return float(any(len(name.split()) == 1 and not name.isupper() for name in names))


_LEADING = 16
"""Characters before a time that still leads its sentence: "Định kỳ, trước ngày 15 ..."."""
_ENDS = re.compile(r"[)\]]?[.;,/]*\s*$")


def _time_amid(case: Case) -> float:
    """Whether the time stands in the midst of its sentence, where it may be that of an aim or of a document's name."""
    time, task = (case.row.deadline_text or "").lower(), case.row.task.lower()
    at = task.find(time) if time else -1
    return float(at >= _LEADING and not _ENDS.match(task[at + len(time) :].strip()))


def _cycle_not_taken(case: Case) -> float:
    """Whether the words name another cycle than the row has: 'thường xuyên rà soát', 'hằng tháng' beside annual."""
    named = named_recurrence(case.row.task)
    return float(named is not None and named != case.row.recurrence)


def _joins_twice(case: Case) -> float:
    """Whether the sentence speaks more than once of acting together: whose partners they are is less sure."""
    found = [match for rule in duty_rules("partners") for match in rule.regex.finditer(plain(case.row.task))]
    return float(len(found) > 1)


_OPENING = 14
"""Words among which a colon parts whoever is named before it from what is to be done."""


def _colon_near_the_start(case: Case) -> float:
    """Whether what stands before a colon was taken for the task: 'Bà Lê Thị Hoa - Phó Chủ tịch: phụ trách chung'."""
    return float(":" in " ".join(case.row.task.split()[:_OPENING]))


DUTY_EVIDENCE: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {name: measure for name, measure in ASSIGNMENT_EVIDENCE.items() if name not in _TABLES_ALONE}
    | dict(of_row(LEFT_OVER))
    | {
        "nobody leads": lambda case: float(not case.row.lead),
        "others have a lead": lambda case: case.around.lead * (not case.row.lead),
        "unknown name": _unknown_name,
        "name of one word": _one_word,
        "sentence in small letters": lambda case: float(bool(SMALL_SENTENCE.search(case.row.task))),
        "before a gap": lambda case: float(case.around.before_gap[case.at]),
        "time amid the sentence": _time_amid,
        "cycle not taken": _cycle_not_taken,
        "joins twice": _joins_twice,
        "announces more": lambda case: float(case.row.task.rstrip().endswith(":")),
        "its own subject": lambda case: float(subject_of(case.row.task) is not None),
        "others left over": lambda case: case.around.others_left_over[case.at],
        "partners left over": lambda case: float(not case.row.partners and is_left_over("partners", case.row.task)),
        "colon near the start": _colon_near_the_start,
        "ends the document": lambda case: float(ends_document(case.row.task)),
        "rows under one lead": lambda case: log(1 + case.around.under_one_lead[case.at]),
    }
)


def duty_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every assignment of the running text, in the order of DUTY_EVIDENCE; no weights applied yet."""
    return measured(reading, pages, "narrative", DUTY_EVIDENCE)
