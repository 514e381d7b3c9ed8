"""Tables that list aims: what is aimed at, its unit, how much -> targets. 'Chỉ tiêu | ĐVT | Kế hoạch năm 2025'.

Columns of what was reached before are no aims. Where a table names several years, each figure has the year of its own
column; where it names one, only a column that is named by the year alone ("Năm 2026") says when: "Kế hoạch năm 2026" is
the plan itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from normalize.fixes import RestoredPage
from schema.areas import read_area
from schema.context import PlanContext
from schema.narrative.aims import aims_of
from schema.outline.blocks import LineRef
from schema.outline.flow import holds_data
from schema.records import Bbox, TargetRow, bbox_of
from schema.ruletable import load_rules
from schema.tables.aim_columns import AimColumns, read_columns
from schema.tables.grids import EMPTY, CellText, Grid, read_grid
from schema.values.deadlines import Deadline, is_only_a_time, read_deadline
from schema.values.quantities import Comparator, DirectionRule, Quantity, read_quantities, without_sign

_SURE = 0.9
"""Confidence of a target of a table whose letters were all read surely."""
_BRACKETED = re.compile(r"\(([^()]{1,20})\)")


def read_aim_tables(
    pages: Sequence[RestoredPage], context: PlanContext, aims: AbstractSet[LineRef] = frozenset()
) -> tuple[TargetRow, ...]:
    """The targets of all tables of aims, in reading order; target_no is 0, to be numbered by the caller. Total.

    aims: the lines of table rows that stand in a section on aims.
    """
    found: list[tuple[Grid, AimColumns]] = []
    before: AimColumns | None = None
    for index, restored in enumerate(pages):
        for table in restored.page.tables:
            if not holds_data(table):
                continue
            grid = read_grid(index, restored, table)
            among_aims = any(line in aims for cell in grid.cells for line in cell.content.lines)
            before = columns = read_columns(grid, before, among_aims)
            if columns is None or not columns.lists_aims:
                continue
            if found and found[-1][0].n_cols == grid.n_cols and (rest := _rest_of_row(grid, columns)):
                found[-1] = (_with_rest(found[-1][0], rest), found[-1][1])
                columns = replace(columns, first_row=columns.first_row + 1)
            found.append((grid, columns))
    return tuple(row for grid, columns in found for row in _rows(grid, columns, context))


def _rest_of_row(grid: Grid, columns: AimColumns) -> Mapping[int, CellText]:
    """The end of a row that a page break cut, in the first row below the header, column by column; empty for none.

    It has no number and no figure of its own, and its label goes on: " | khoản định danh điện tử | lên".
    """
    texts = {cell.col: cell.content for cell in grid.row(columns.first_row) if cell.content.text}
    label_at = columns.of("label")[0]
    numbered = any(col < label_at for col in texts)
    figures = any(map(str.isdigit, "".join(texts[col].text for col in columns.of("aimed") if col in texts)))
    goes_on = label_at in texts and texts[label_at].text[:1].islower()
    return texts if goes_on and not numbered and not figures else {}


def _with_rest(grid: Grid, rest: Mapping[int, CellText]) -> Grid:
    """The table, its last row completed."""
    last = grid.n_rows - 1
    cells = (
        replace(cell, content=cell.content.joined(rest[cell.col]))
        if cell.covers_row(last) and cell.col in rest
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells))


def without_goals(listed: Sequence[TargetRow], goals: Sequence[TargetRow]) -> tuple[TargetRow, ...]:
    """The targets of tables of aims, but for figures that are goals of a table of tasks and were read as such."""
    read = {(goal.page, goal.comparator, goal.value, goal.unit) for goal in goals}
    return tuple(aim for aim in listed if (aim.page, aim.comparator, aim.value, aim.unit) not in read)


def _rows(grid: Grid, columns: AimColumns, context: PlanContext) -> Iterator[TargetRow]:
    label_at = columns.of("label")[0]
    group = ""
    for row in range(columns.first_row, grid.n_rows):
        cells = {cell.col: cell.content for cell in (*grid.covering(row), *grid.row(row)) if cell.content.text}
        label = cells.get(label_at, EMPTY)
        if not any(map(str.isalpha, label.text)) or aims_of(label.text):
            continue
        unit = next((cells[i].text for i in columns.of("unit") if i in cells), "") or _unit_of(label.text)
        figures = [(i, cells[i], unit or _unit_of(columns.headers[i])) for i in columns.of("aimed") if i in cells]
        aims = [(i, cell, aim) for i, cell, counted in figures if (aim := _aim(cell.text, counted)) is not None]
        if not figures:
            group = label.text
        for index, figure, aim in aims:
            target = _target(grid, columns, index, (label, figure), aim, context)
            if not _ends_before(target, context):
                yield replace(target, text=f"{group}: {target.text}") if group and _is_part(label.text) else target


_WORDS_OF_PART = 3
"""Words of the longest label that names only a part."""


def _is_part(label: str) -> bool:
    """Whether a label says only of what part of the row above it counts: "- Cấp xã", "Diện tích"."""
    return not label[:1].isalnum() or len(label.split()) <= _WORDS_OF_PART


def _ends_before(target: TargetRow, context: PlanContext) -> bool:
    """Whether the year of a figure lies before the plan: what was reached, not an aim."""
    start, end = context.period_start, target.deadline_end
    return start is not None and end is not None and end < start


def _unit_of(header: str) -> str:
    """The unit that the name of a column or a row holds in brackets, "Số biên chế giảm (người)"; '' for none."""
    bracketed = _BRACKETED.search(header)
    return bracketed[1] if bracketed else ""


def _comparator(aim: Quantity, label: str, header: str) -> Comparator:
    """As the figure says, else what its label or its column says of a rise or a fall."""
    if aim.bound:
        return aim.comparator
    rules = load_rules("label_directions", DirectionRule)
    return next((rule.comparator for rule in rules if rule.matches(label) or rule.matches(header)), aim.comparator)


def _aim(figure: str, unit: str) -> Quantity | None:
    """The one number of a cell, in its own unit or that of its row; None for any other cell."""
    words = without_sign(figure)
    found = read_quantities(words)
    if found and unit and all(quantity.unit is None for quantity in found):
        words = f"{words} {unit}" if unit != "%" else re.sub(r"(\d)\s*$", r"\1%", words)
        found = read_quantities(words)
    return found[0] if len(found) == 1 else None


def _target(
    grid: Grid,
    columns: AimColumns,
    index: int,
    cells: tuple[CellText, CellText],
    aim: Quantity,
    context: PlanContext,
) -> TargetRow:
    label, figure = cells
    time = _times(columns, context).get(index)
    confidence = min(label.confidence, figure.confidence) * _SURE
    return TargetRow(
        plan_id=context.plan_id,
        target_no=0,
        section=None,
        area=read_area(label.text, subject=context.subject),
        text=label.text,
        comparator=_comparator(aim, label.text, columns.headers[index]),
        value=aim.value,
        unit=aim.unit,
        deadline_start=time.start if time else None,
        deadline_end=time.end if time else None,
        page=grid.number,
        bbox=_bbox(label, figure),
        raw_text=f"{label.raw} | {figure.raw}",
        confidence=confidence,
        needs_review=False,
    )


def _times(columns: AimColumns, context: PlanContext) -> Mapping[int, Deadline]:
    """The time of each column of figures, by its number.

    Where they name a single time it is the plan's own and none of theirs, unless a name is nothing but the time.
    """
    named = {i: read_deadline(columns.headers[i], context) for i in (*columns.of("aimed"), *columns.of("done"))}
    told = {i: time for i, time in named.items() if time.start or time.end}
    if len({(time.start, time.end) for time in told.values()}) > 1:
        return told
    return {i: time for i, time in told.items() if is_only_a_time(columns.headers[i])}


def _bbox(label: CellText, figure: CellText) -> Bbox | None:
    """Of both cells; None where the file has no geometry."""
    return bbox_of(label.box.union(figure.box)) if label.box and figure.box else None
