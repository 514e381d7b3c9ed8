"""The columns of a run-together table whose header leaves them open: of the layouts that it allows, the one that the
rows fit best.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schema.run_together.in_turn import CellsInTurn, cost_in_turn
from schema.run_together.known_cells import KnownCells
from schema.run_together.text_rows import Layout, TextLine
from schema.run_together.untangle import NARROW, QUICK, Beam, cost_of
from schema.tables.columns import TIME_FIELDS, Field

_SAMPLE = 44
"""Lines of the table on which layouts are tried: some rows of it."""
_COLUMN = 12.0
"""Nats by which a column that the header does not name must pay."""
_UNSEEN = 80.0
"""The same where most of the header seems to be read: a name may be misread as other words that headers have ('Cơ quan
chủ trì số áo Sản phẩm'), but any further column fits most rows a little better."""
_ORDER = 15.0
"""Nats for an order other than those in which the header may be read."""
_OTHER_WAY = 25.0
"""Nats for rows that run across the columns below a header that was read cell after cell."""
_UNUSUAL = 25.0
"""Nats for each pair of columns that stand otherwise than plans set them, where no header shows it."""
_TASK_LAST = 200.0
"""Nats for each column of names or times that stands left of the task, where no header shows it: cells read in turn fit
columns that begin with the second one as well, but for one row."""
_PARTNERS_FIRST = 120.0
"""Nats besides for those who join in left of the one who leads: hardly a plan sets them so."""
_MERGED = 5.0
"""Nats for goals that span rows."""
_TOO_DEAR = 15.0
"""Nats above the best layout so far at which one is given up before its last line."""
_CLOSE = 8.0
"""Nats within which a narrow beam does not tell the better of two layouts."""
_ROUNDS = 4
_WORDY = (Field.AREA, Field.TOPIC, Field.GOAL, Field.TASK)
_LOSABLE = (Field.LEAD, Field.PARTNERS, Field.DEADLINE)
"""Columns that a misread header may have lost; one of products or notes would hold any words."""
_ORDERS: tuple[tuple[Field, ...], ...] = (
    (Field.OUTPUT, Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.DEADLINE),
    (Field.LEAD, Field.PARTNERS, Field.OUTPUT, Field.APPROVER, Field.DEADLINE),
    (Field.OUTPUT, Field.DEADLINE, Field.LEAD, Field.PARTNERS, Field.APPROVER),
    (Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.DEADLINE, Field.OUTPUT),
    (Field.DEADLINE, Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.OUTPUT),
)
"""How plans set their columns right of the task."""
_UNNAMED: tuple[tuple[Field, ...], ...] = (
    (Field.TASK, Field.LEAD, Field.DEADLINE),
    (Field.TASK, Field.LEAD, Field.PARTNERS, Field.DEADLINE),
    (Field.TASK, Field.OUTPUT, Field.LEAD, Field.PARTNERS, Field.DEADLINE),
    (Field.TASK, Field.LEAD, Field.PARTNERS, Field.DEADLINE, Field.OUTPUT),
    (Field.TASK, Field.DEADLINE, Field.LEAD, Field.PARTNERS),
    (Field.TASK, Field.LEAD, Field.PARTNERS, Field.OUTPUT, Field.DEADLINE),
    (Field.TASK, Field.OUTPUT, Field.LEAD, Field.DEADLINE),
    (Field.TASK, Field.LEAD, Field.OUTPUT, Field.DEADLINE),
    (Field.TASK, Field.DEADLINE, Field.LEAD, Field.OUTPUT),
    (Field.TASK, Field.OUTPUT, Field.DEADLINE, Field.LEAD),
    (Field.TASK, Field.DEADLINE, Field.LEAD, Field.PARTNERS, Field.OUTPUT),
    (Field.TASK, Field.OUTPUT, Field.DEADLINE, Field.LEAD, Field.PARTNERS),
)
"""Where a search for the columns of a table without a header begins."""
_RIGHT_OF_TASK = (Field.OUTPUT, Field.LEAD, Field.PARTNERS, Field.DEADLINE, Field.APPROVER)
_USUALLY_LEFT = (
    (Field.LEAD, Field.PARTNERS),
    (Field.LEAD, Field.OVERSEER),
    (Field.PARTNERS, Field.OVERSEER),
    (Field.GOAL, Field.TASK),
    (Field.GOAL, Field.LEAD),
    (Field.LEAD, Field.NOTE),
    (Field.PARTNERS, Field.NOTE),
    (Field.DEADLINE, Field.NOTE),
    (Field.DEADLINE, Field.BUDGET),
)
"""Columns of which the first stands left of the second in nearly all plans."""


Told = frozenset[tuple[Field, Field]]


@dataclass(frozen=True, slots=True)
class HeaderSays:
    """The columns of a header. others: their orders where it was read cell after cell; told: pairs of fields of which
    one line of it shows that the first stands left of the second; torn: some of its words are none that headers have.
    """

    layout: Layout
    others: tuple[tuple[Field, ...], ...] = ()
    told: Told = frozenset()
    torn: bool = False


def likeliest_layout(
    lines: Sequence[TextLine],
    header: HeaderSays,
    known: KnownCells,
    *,
    named: bool,
    garbled: bool,
) -> Layout:
    """The layout under which the first rows cost least, read across the columns or cell after cell.

    known: what is known of its cells. named: there is a header; garbled: it may have lost columns, so that columns that
    it does not name are cheap; else the order of those is open of which it does not tell, and others are dear where
    it is torn.
    """
    layout, others = header.layout, header.others
    printed = (layout.fields, *others) if named else ()
    search = _Search(lines[:_SAMPLE], printed, header.told, known, garbled=garbled)
    across = dict.fromkeys((layout.fields, *_orders(layout.fields, header.told))) if named else _UNNAMED
    in_turn = (others or across) if named else _UNNAMED
    tried = [replace(layout, fields=fields, cellwise=way) for way in (False, True) for fields in (across, in_turn)[way]]
    best = min(tried, key=search.price)
    for _ in range(_ROUNDS if named or garbled else 0):
        others_like = [*_swapped(best, header.told), *(_changed(best) if garbled or header.torn else ())]
        better = min(others_like, key=search.price, default=best)
        if search.price(better) >= search.price(best):
            break
        best = better
    return search.merged(search.settled(best), garbled=garbled)


class _Search:
    """What layouts cost on some lines; each is weighed once. printed: the orders in which the header may be read; told:
    see HeaderSays."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        printed: Sequence[tuple[Field, ...]],
        told: Told,
        known: KnownCells,
        *,
        garbled: bool,
    ) -> None:
        self._garbled, self._told = garbled, told
        self._lines, self._printed, self._known = lines, printed, known
        self._in_turn = CellsInTurn(lines, known)
        self._prices: dict[Layout, float] = {}

    def price(self, layout: Layout) -> float:
        """Nats of the lines under a layout, and of the columns that no header names."""
        if layout not in self._prices:
            extra = self._extra(layout)
            best = min(self._prices.values(), default=math.inf)
            self._prices[layout] = self._cost(layout, best + _TOO_DEAR - extra, NARROW) + extra
        return self._prices[layout]

    def _extra(self, layout: Layout) -> float:
        """Nats of the columns of a layout that no header names, and of an order that no header shows."""
        said = self._printed[0] if self._printed else ()
        more = (_COLUMN if self._garbled else _UNSEEN) * sum(field not in said for field in layout.fields)
        across = _OTHER_WAY if len(self._printed) > 1 and not layout.cellwise else 0.0
        other = _ORDER if said and not more and layout.fields not in self._printed else 0.0
        unusual = 0.0 if layout.fields in self._printed[1:] else _unusual(layout.fields, self._told)
        return more + other + across + unusual

    def settled(self, best: Layout) -> Layout:
        """The best of the layouts that are about as good as the cheapest, weighed with a wider beam."""
        close = [layout for layout, price in self._prices.items() if price <= self._prices[best] + _CLOSE]
        if len(close) == 1:
            return best
        return min(close, key=lambda layout: self._extra(layout) + self._cost(layout, math.inf, QUICK))

    def merged(self, layout: Layout, *, garbled: bool) -> Layout:
        """The layout, with goals that span rows where the lines fit that better; a garbled header may have lost
        their column."""
        fields, price = layout.fields, _MERGED
        if layout.cellwise or Field.TASK not in fields:
            return layout
        if Field.GOAL not in fields and garbled:
            fields, price = (Field.GOAL, *fields), _MERGED + _COLUMN
        if Field.GOAL not in fields[: fields.index(Field.TASK)]:
            return layout
        other = replace(layout, fields=fields, merged=True)
        now = self._cost(layout, math.inf, QUICK)
        return other if self._cost(other, now - price, QUICK) + price < now else layout

    def _cost(self, layout: Layout, limit: float, width: Beam) -> float:
        if layout.cellwise:
            return cost_in_turn(self._in_turn, layout)
        return cost_of(self._lines, layout, self._known, width, limit)


def _unusual(fields: Sequence[Field], told: Told = frozenset()) -> float:
    """Nats for columns that stand the other way round than plans set them, or apart where plans set them together,
    where the header does not tell that they do.

    >>> timed = Field.DEADLINE, Field.TASK, Field.LEAD
    >>> _unusual(timed) > _unusual(timed, frozenset({(Field.DEADLINE, Field.TASK)})) == 0
    True
    """
    at = {field: place for place, field in enumerate(fields)}
    turned = sum(_stand(b, a, at, told) for a, b in _USUALLY_LEFT)
    between = fields[at.get(Field.LEAD, 0) + 1 : at.get(Field.PARTNERS, 0)] if Field.LEAD in at else ()
    apart = any(not {(Field.LEAD, field), (field, Field.PARTNERS)} <= told for field in between)
    last = sum(_stand(field, Field.TASK, at, told) for field in _RIGHT_OF_TASK)
    joint = _stand(Field.PARTNERS, Field.LEAD, at, told)
    return _UNUSUAL * (turned + apart) + _TASK_LAST * last + _PARTNERS_FIRST * joint


def _stand(left: Field, right: Field, at: Mapping[Field, int], told: Told) -> bool:
    """Whether two columns stand in this order though no header tells it."""
    return left in at and right in at and at[left] < at[right] and (left, right) not in told


def _orders(fields: Sequence[Field], told: Told) -> Iterator[tuple[Field, ...]]:
    """Columns in the orders that plans use and the header allows: those that say what is to be done first, in their
    own order."""
    wordy = [field for field in fields if field in _WORDY]
    for order in _ORDERS:
        rest = sorted(set(fields) & set(order), key=order.index)
        others = [field for field in fields if field not in _WORDY and field not in order]
        found = (*wordy, *rest, *others)
        if all(found.index(a) < found.index(b) for a, b in told if a in found and b in found):
            yield found


def _swapped(layout: Layout, told: Told) -> Iterator[Layout]:
    """The layouts in which two neighbours have changed places of whose order the header does not tell."""
    for at, pair in enumerate(pairwise(layout.fields)):
        if pair not in told:
            yield replace(layout, fields=(*layout.fields[:at], pair[1], pair[0], *layout.fields[at + 2 :]))


def _changed(layout: Layout) -> Iterator[Layout]:
    """The layouts with one column more, at any place right of the task."""
    fields = layout.fields
    right = fields.index(Field.TASK) + 1 if Field.TASK in fields else 1
    for more in _LOSABLE:
        if more in fields or (more is Field.PARTNERS and Field.LEAD not in fields) or Field.AGENCIES in fields:
            continue
        if more is Field.DEADLINE and set(fields) & TIME_FIELDS:
            continue
        first = fields.index(Field.LEAD) + 1 if more is Field.PARTNERS else right
        last = fields.index(Field.PARTNERS) if more is Field.LEAD and Field.PARTNERS in fields else len(fields)
        for place in range(first, last + 1):
            yield replace(layout, fields=(*fields[:place], more, *fields[place:]))
