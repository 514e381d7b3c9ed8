"""What a header says of the columns of a run-together table: which there are, in which order, what it leaves open."""

from collections.abc import Sequence
from enum import Enum, auto
from graphlib import CycleError, TopologicalSorter

from schema.run_together.text_headers import Spot, covered
from schema.tables.columns import TIME_FIELDS, Field

_CLEAR = 0.9
_USUAL = (
    Field.AREA, Field.TOPIC, Field.GOAL, Field.TASK, Field.OUTPUT, Field.LEAD, Field.AGENCIES, Field.PARTNERS,
    Field.APPROVER, Field.OVERSEER, Field.START, Field.FINISH, Field.DEADLINE, Field.BUDGET, Field.FUNDING, Field.NOTE,
)  # fmt: skip


class HeaderDoubt(Enum):
    """NONE: the header is clear. ORDER: it stands on several lines, so that its columns may mix. COLUMNS: misread.

    LOST: there is none, or nothing is left of it but the tasks.
    """

    NONE = auto()
    ORDER = auto()
    COLUMNS = auto()
    LOST = auto()


def columns_of(spots: Sequence[Spot], told: frozenset[tuple[Field, Field]]) -> tuple[Field, ...]:
    """The fields from left to right: as the lines of the header tell them, else in the usual order."""
    fields = {spot.field for spot in _with_task(spots) if spot.field in _USUAL}
    before: dict[Field, set[Field]] = {field: set() for field in fields}
    for left, right in told:
        before[right].add(left)
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError:
        return tuple(field for field in _USUAL if field in fields)
    found: list[Field] = []
    ready: set[Field] = set()
    while sorter.is_active():
        ready |= set(sorter.get_ready())
        first = min(ready, key=_USUAL.index)
        ready.remove(first)
        found.append(first)
        sorter.done(first)
    return tuple(found)


def told_by(spots: Sequence[Spot]) -> frozenset[tuple[Field, Field]]:
    """Pairs of fields of which one line of a header shows that the first stands left of the second."""
    own = [spot for spot in _with_task(spots) if spot.field in _USUAL]
    found = {(a.field, b.field) for a in own for b in own if a.line == b.line and a.at < b.at}
    return frozenset((a, b) for a, b in found if a is not b and (b, a) not in found)


def _with_task(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, one of them that of the task: the column that says most of what is to be done."""
    fields = {spot.field for spot in spots}
    if Field.TASK in fields:
        return [s for s in spots if s.field is not Field.TOPIC]
    stand_in = next((f for f in (Field.TOPIC, Field.AREA, Field.GOAL) if f in fields), None)
    if stand_in is None:
        return [Spot(Field.TASK, -1, 0), *spots]
    return [Spot(Field.TASK, s.line, s.at) if s.field is stand_in else s for s in spots]


def in_sequence(spots: Sequence[Spot]) -> tuple[Field, ...]:
    """The fields as a header names them whose cells were read one after the other."""
    placed = sorted(_with_task(spots), key=lambda spot: (spot.line, spot.at))
    return tuple(dict.fromkeys(spot.field for spot in placed if spot.field in _USUAL))


def is_cellwise(spots: Sequence[Spot]) -> bool:
    """Whether each line of a header names one column at most, as where it was read cell after cell."""
    named = [spot for spot in _with_task(spots) if spot.field in _USUAL]
    return len(named) > 2 and len({spot.line for spot in named}) >= len({spot.field for spot in named})


def doubt_of(header: Sequence[str], spots: Sequence[Spot]) -> HeaderDoubt:
    """What of the columns a header leaves open."""
    if not header:
        return HeaderDoubt.LOST
    fields = {spot.field for spot in spots}
    if fields <= {Field.NUMBER, Field.TASK, Field.TOPIC}:
        return HeaderDoubt.LOST
    if covered(" ".join(header)) < _CLEAR or not fields & {Field.LEAD, Field.AGENCIES} or not fields & TIME_FIELDS:
        return HeaderDoubt.COLUMNS
    stacked = len({spot.line for spot in spots if spot.field in _USUAL}) > 1
    return HeaderDoubt.ORDER if stacked else HeaderDoubt.NONE
