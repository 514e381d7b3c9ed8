"""What an untangling search has read so far: rows, and the row or heading that is open. Costs are nats."""

from collections.abc import Sequence
from typing import NamedTuple

from schema.run_together.cell_costs import unled
from schema.run_together.known_cells import Run
from schema.run_together.open_row import OpenCell, OpenRow, crookedness, spanning
from schema.run_together.text_rows import (
    NO_NUMBER,
    NO_NUMBER_MERGED,
    Layout,
    TextLine,
    UntangledRow,
    following,
)

_NUMBER_LAST = 3.5
LONGEST_HEADING = 40
"""Words of a heading at most."""


class Hypothesis(NamedTuple):
    """The rows so far, and the row or heading that is open. goal: of the row that ended last, where it may go on in the
    next one."""

    cost: float
    last: tuple[int, ...]
    row: OpenRow | None
    heading: Run
    heading_from: int
    done: "Done | None"
    goal: OpenCell | None = None


class Done(NamedTuple):
    row: UntangledRow
    before: "Done | None"


def all_closed(
    beam: Sequence[Hypothesis], index: int, lines: Sequence[TextLine], layout: Layout
) -> Sequence[Hypothesis]:
    """The hypotheses with nothing open before line `index`: the cheapest of those that go on alike."""
    best: dict[object, Hypothesis] = {}
    for h in beam:
        if h.heading and in_brackets(h.heading) and len(h.heading) < LONGEST_HEADING:
            continue
        ended = closed(h, index, lines, layout)
        key = ended.last, is_below_heading(ended), ended.goal and ended.goal.memory
        if key not in best or ended.cost < best[key].cost:
            best[key] = ended
    return tuple(best.values())


def closed(h: Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout) -> Hypothesis:
    """The hypothesis with its open row or heading finished before line `index`."""
    if h.heading:
        refs = tuple(line.ref for line in lines[h.heading_from : index])
        done = Done(UntangledRow("", (), h.heading, refs, 0.0), h.done)
        return Hypothesis(h.cost, h.last, None, (), index, done)
    if h.row is None:
        return h
    row, cost, at = h.row, h.cost + h.row.ending, spanning(layout)
    goal = row.cells[at] if at >= 0 and row.cells[at].filled >= 0 else None
    cost -= goal.ending if goal else 0.0
    last = row.number or (h.last if layout.merged else following(h.last) if layout.numbered else ())
    if layout.numbered and row.number is None:
        cost += NO_NUMBER_MERGED if layout.merged else NO_NUMBER
    cost += crookedness(row, at) + unled(layout.fields, [bool(cell.tokens) for cell in row.cells])
    if index - row.first_line >= 3 and row.number_line == index - 1 and not layout.merged:
        cost += _NUMBER_LAST
    refs = tuple(line.ref for line in lines[row.first_line : index])
    label = ".".join(map(str, row.number)) if row.number else ""
    cells, wraps = (cell.tokens for cell in row.cells), ((cell.lines, cell.longest) for cell in row.cells)
    own = goal if goal and goal.tokens else None
    ended = UntangledRow(
        label,
        tuple(cells),
        (),
        refs,
        cost - row.opened_at,
        tuple(wraps),
        goal_at=(own.began - row.first_line, own.filled - row.first_line) if own else None,
        goes_on=own is not None and own.goes_on,
    )
    return Hypothesis(cost, last, None, (), index, Done(ended, h.done), goal)


def in_brackets(heading: Run) -> bool:
    return sum(t.text.count("(") - t.text.count(")") for t in heading) > 0


def is_below_heading(h: Hypothesis) -> bool:
    return h.done is not None and h.done.row.heading != ()
