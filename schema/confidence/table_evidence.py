"""What tells for and against a row of a table: as for any assignment, and what its cells and its columns tell."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from normalize.fixes import RestoredPage
from schema.confidence.evidence import ASSIGNMENT_EVIDENCE, Case, measured, of_row
from schema.confidence.left_over import CELLS_LEFT_OVER, LEFT_OVER
from schema.organisations.agencies import is_known_agency
from schema.organisations.agency_lists import opens_a_name
from schema.records import Reading


def _within(name: str) -> bool:
    """Whether another name begins within a name: 'Phòng Nghiệp vụ Phòng Tổng hợp'."""
    at = (index for index in range(1, len(name)) if name[index - 1] == " " and name[index].isupper())
    return not is_known_agency(name) and any(opens_a_name(name[index:]) for index in at)


TABLE_EVIDENCE: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {
        **ASSIGNMENT_EVIDENCE,
        **of_row(LEFT_OVER),
        **of_row(CELLS_LEFT_OVER),
        "others left over": lambda case: case.around.others_left_over[case.at],
        "nobody joins anywhere": lambda case: float(not case.around.partners),
        "no time anywhere": lambda case: float(not case.around.time),
        "product is a name": lambda case: float(opens_a_name(case.row.output or "")),
        "name within a name": lambda case: float(any(map(_within, (*case.row.lead, *case.row.partners)))),
        "several lead, nobody joins": lambda case: float(len(case.row.lead) > 1 and not case.row.partners),
        "one day": lambda case: float(
            case.row.deadline_start is not None and case.row.deadline_start == case.row.deadline_end
        ),
    }
)


def table_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every row of a table, in the order of TABLE_EVIDENCE; no weights applied to the rows yet."""
    return measured(reading, pages, "table", TABLE_EVIDENCE)
