"""What tells for and against a row of a run-together table: as for a row of any table, and whose names stand alone."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from normalize.fixes import RestoredPage
from schema.evidence import ASSIGNMENT_EVIDENCE, Case, measured
from schema.organisations.agencies import is_known_agency
from schema.records import AssignmentRow, Reading

_ALWAYS_SO = ("table", "no boxes", "scanned", "quarter on a scan", "page")
_LONG_NAME, _LONG_TASK = 12, 45


def is_parted(row: AssignmentRow) -> bool:
    """Whether a row is from a run-together table: one without a place on the page."""
    return row.origin == "table" and row.bbox is None


def _alone(case: Case, names: Sequence[str]) -> float:
    """Whether a name stands in no other row of the plan and is that of no known organisation."""
    return float(any(case.around.names[name] == 1 and not is_known_agency(name) for name in names))


PARTED_EVIDENCE: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {name: measure for name, measure in ASSIGNMENT_EVIDENCE.items() if name not in _ALWAYS_SO}
    | {
        "lead alone": lambda case: _alone(case, case.row.lead),
        "partner alone": lambda case: _alone(case, case.row.partners),
        "several leads": lambda case: float(len(case.row.lead) > 1),
        "long name": lambda case: float(
            any(len(name.split()) > _LONG_NAME for name in (*case.row.lead, *case.row.partners))
        ),
        "long task": lambda case: float(len(case.row.task.split()) > _LONG_TASK),
        "nothing else": lambda case: float(not case.row.lead and not case.row.deadline_text),
    }
)


def parted_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every row of run-together tables, in the order of PARTED_EVIDENCE; no weights applied yet."""
    rows = [row for row in reading.assignments if row.origin == "table"]
    found = measured(reading, pages, "table", PARTED_EVIDENCE)
    return tuple(evidence for row, evidence in zip(rows, found, strict=True) if is_parted(row))
