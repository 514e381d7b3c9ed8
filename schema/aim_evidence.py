"""What the words of a target tell for and against it: numbers that may be no aim, or whose bound stands elsewhere."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from schema.narrative.statements import aims_of
from schema.records import TargetRow


def _count_without_bound(row: TargetRow) -> float:
    """A bare count: '... thuộc top 03 vùng', 'Cử 3 người đi học' may count what is no aim."""
    return float(row.value is not None and row.unit != "%" and row.comparator == "=")


def _bound_beside(row: TargetRow) -> float:
    """A bare number whose neighbour is bounded: 'ít nhất 100 doanh nghiệp, 50 hợp tác xã'."""
    bare = row.value is not None and row.comparator == "="
    return float(bare and any(aim.bound and aim.comparator != "=" for aim in aims_of(row.text)))


AIM_EVIDENCE: Mapping[str, Callable[[TargetRow], float]] = MappingProxyType(
    {
        "count without a bound": _count_without_bound,
        "bound beside it": _bound_beside,
    }
)
"""Measures of the row alone; names as in rules/confidence.toml."""
