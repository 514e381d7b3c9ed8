"""What tells for and against an assignment of the running text: as for a row of a table, and what its section tells."""

from collections.abc import Callable, Mapping, Sequence
from math import log
from types import MappingProxyType

from normalize.fixes import RestoredPage
from schema.evidence import ASSIGNMENT_EVIDENCE, SMALL_SENTENCE, Case, measured
from schema.organisations.agencies import is_known_agency
from schema.records import Reading

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


DUTY_EVIDENCE: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {name: measure for name, measure in ASSIGNMENT_EVIDENCE.items() if name not in _TABLES_ALONE}
    | {
        "nobody leads": lambda case: float(not case.row.lead),
        "others have a lead": lambda case: case.around.lead * (not case.row.lead),
        "unknown name": _unknown_name,
        "name of one word": _one_word,
        "sentence in small letters": lambda case: float(bool(SMALL_SENTENCE.search(case.row.task))),
        "before a gap": lambda case: float(case.around.before_gap[case.at]),
        "rows under one lead": lambda case: log(1 + case.around.under_one_lead[case.at]),
    }
)


def duty_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every assignment of the running text, in the order of DUTY_EVIDENCE; no weights applied yet."""
    return measured(reading, pages, "narrative", DUTY_EVIDENCE)
