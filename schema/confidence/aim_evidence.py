"""What the words of a target tell for and against it: numbers that may be no aim, or whose bound stands elsewhere."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from schema.confidence.left_over import time_of_aim_left_over
from schema.narrative.aims import aims_of, is_reached
from schema.records import TargetRow
from schema.values.quantities import read_direction


def _count_without_bound(row: TargetRow) -> float:
    """A bare count: 'Cử 3 người đi học' may count what is no aim; 'sản lượng đạt 12.000 tấn' says that it is one."""
    if row.value is None or row.unit == "%" or row.comparator != "=":
        return 0.0
    own = (aim for aim in aims_of(row.text) if (aim.value, aim.unit) == (row.value, row.unit))
    return float(not any(is_reached(row.text, aim) for aim in own))


def _bound_beside(row: TargetRow) -> float:
    """A bare number whose neighbour of the same kind is bounded: 'trên 80% trạm y tế và 100% trường học'."""
    if row.value is None or row.comparator != "=":
        return 0.0
    alike = (aim for aim in aims_of(row.text) if (aim.unit == "%") == (row.unit == "%"))
    return float(any(aim.bound and aim.comparator != "=" for aim in alike))


def _several(text: str) -> float:
    return float(len(aims_of(text)) > 1)


def _direction_not_taken(row: TargetRow) -> float:
    """Whether the words speak of a rise or a fall and the comparator does not: 'rút ngắn tối thiểu 20% thời gian'."""
    return float(row.comparator not in ("increase", "decrease") and read_direction(row.text) is not None)


AIM_EVIDENCE: Mapping[str, Callable[[TargetRow], float]] = MappingProxyType(
    {
        "count without a bound": _count_without_bound,
        "bound beside it": _bound_beside,
        "several aims in its text": lambda row: _several(row.text),
        "several aims in its sentence": lambda row: _several(row.raw_text),
        "direction not taken": _direction_not_taken,
        "time left over": time_of_aim_left_over,
    }
)
"""Measures of the row alone; names as in rules/confidence.toml."""
