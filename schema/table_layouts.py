"""The columns of a run-together table whose header is garbled: of the layouts that its header allows, the one that the
rows fit best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from schema.columns import TIME_FIELDS, Field
from schema.untangle import Beam, Layout, TextLine, cost_of

_SAMPLE = 36
"""Lines of the table on which layouts are tried: some rows of it."""
_NARROW = Beam(3, 1)
_COLUMN = 4.0
"""Nats by which a column that the header does not name must pay."""
_MOST = 12
_WORDY = (Field.AREA, Field.TOPIC, Field.GOAL, Field.TASK)
_ORDERS: tuple[tuple[Field, ...], ...] = (
    (Field.OUTPUT, Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.DEADLINE),
    (Field.LEAD, Field.PARTNERS, Field.OUTPUT, Field.APPROVER, Field.DEADLINE),
    (Field.OUTPUT, Field.DEADLINE, Field.LEAD, Field.PARTNERS, Field.APPROVER),
    (Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.DEADLINE, Field.OUTPUT),
)
"""How plans set their columns right of the task."""


def likeliest_layout(lines: Sequence[TextLine], layout: Layout, *, garbled: bool) -> Layout:
    """The layout under which the first rows cost least: the header's own, another order, more columns.

    garbled: the header is misread, so that it may have lost columns; else only their order is in doubt.
    """
    sample = lines[:_SAMPLE]
    lost = _lost(layout) if garbled else []

    def price(candidate: Layout) -> float:
        more = len(candidate.fields) - len(layout.fields)
        return cost_of(sample, candidate, _NARROW) + _COLUMN * more

    return min([layout, *_candidates(layout, lost)], key=price)


def _lost(layout: Layout) -> list[Field]:
    """The columns that most tables have and the header does not name; a column of products would hold any words."""
    have = frozenset(layout.fields)
    lost = [] if Field.AGENCIES in have else [f for f in (Field.LEAD, Field.PARTNERS) if f not in have]
    return lost if have & TIME_FIELDS else [*lost, Field.DEADLINE]


def _candidates(layout: Layout, lost: Sequence[Field]) -> Iterator[Layout]:
    have = frozenset(layout.fields)
    seen = {layout.fields}
    for count in range(len(lost) + 1):
        for more in combinations(lost, count):
            if Field.PARTNERS in more and not ({Field.LEAD} & (have | set(more))):
                continue
            for order in _ORDERS:
                fields = _ordered(layout.fields, more, order)
                if fields not in seen and len(seen) <= _MOST:
                    seen.add(fields)
                    yield replace(layout, fields=fields)


def _ordered(fields: Sequence[Field], more: Sequence[Field], order: Sequence[Field]) -> tuple[Field, ...]:
    """The columns with some more: those that say what is to be done in their own order, the others in the given one."""
    wordy = [field for field in fields if field in _WORDY]
    rest = sorted(({*fields, *more} & set(order)), key=order.index)
    others = [field for field in fields if field not in _WORDY and field not in order]
    return (*wordy, *rest, *others)
