"""Tables that list aims: what is aimed at, its unit, how much -> targets. 'Chỉ tiêu | ĐVT | Kế hoạch năm 2025'.

Columns of what was reached before are no aims. Where a table names several years, each figure has the year of its own
column; where it names one, the plan's year speaks for itself and the statement names no time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalize.fixes import RestoredPage
from schema.context import PlanContext
from schema.narrative.aims import aims_of
from schema.narrative.areas import read_area
from schema.outline.flow import holds_data
from schema.records import Bbox, TargetRow, bbox_of
from schema.ruletable import PatternRow, load_rules
from schema.tables.columns import Field, fields_of_headers, lays_tasks
from schema.tables.grids import EMPTY, CellText, Grid, find_header, read_grid
from schema.values.deadlines import read_deadline
from schema.values.folding import folded
from schema.values.quantities import Quantity, read_quantities, without_sign

ColumnKind = Literal["label", "unit", "aimed", "done", "other"]
_SURE = 0.9
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class AimColumn(PatternRow):
    """What a column of a table of aims is for. pattern: over its header without marks."""

    kind: Literal["label", "unit", "aimed", "done"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return column_kind(text) == self.kind


@dataclass(frozen=True, slots=True)
class _Columns:
    kinds: tuple[ColumnKind, ...]
    headers: tuple[str, ...]
    first_row: int

    @property
    def lists_aims(self) -> bool:
        return "label" in self.kinds and "aimed" in self.kinds

    @property
    def dated(self) -> bool:
        """Whether its columns of figures are of several years."""
        years = {_YEAR.findall(self.headers[i])[-1:][0] for i in self.of("aimed") if _YEAR.search(self.headers[i])}
        return len(years) > 1

    @property
    def aims_are_goals(self) -> bool:
        """Whether the figures are the goals of a table of tasks, whose rows are read as such."""
        fields = fields_of_headers(self.headers)
        return Field.GOAL in fields and lays_tasks(fields)

    def of(self, kind: ColumnKind) -> tuple[int, ...]:
        return tuple(index for index, own in enumerate(self.kinds) if own == kind)


def column_kind(header: str) -> ColumnKind:
    """What a column is for; 'other' for a header that names nothing of an aim."""
    words = folded(header).strip(" .:;|*")
    return next((rule.kind for rule in load_rules("aim_columns", AimColumn) if rule.regex.search(words)), "other")


def read_aim_tables(pages: Sequence[RestoredPage], context: PlanContext) -> tuple[TargetRow, ...]:
    """The targets of all tables of aims, in reading order; target_no is 0, to be numbered by the caller. Total."""
    found: list[TargetRow] = []
    before: _Columns | None = None
    for index, restored in enumerate(pages):
        for table in restored.page.tables:
            if not holds_data(table):
                continue
            grid = read_grid(index, restored, table)
            columns = _columns(grid, before)
            before = columns
            if columns is not None and columns.lists_aims and not columns.aims_are_goals:
                found += _rows(grid, columns, context)
    return tuple(found)


def _columns(grid: Grid, before: _Columns | None) -> _Columns | None:
    """The columns that the header names, or those of the table before when a page break parted it from its header."""
    header = find_header(grid)
    if header is not None:
        return _Columns(_kinds(grid, header.texts, header.last), header.texts, header.last)
    top = _Columns(_kinds(grid, texts := _top_row(grid), 1), texts, 1)
    if top.lists_aims:
        return top
    if before is not None and len(before.kinds) == grid.n_cols:
        return _Columns(before.kinds, before.headers, 0)
    return None


def _top_row(grid: Grid) -> tuple[str, ...]:
    """The texts of the first row, one for each column: "TT | Chỉ tiêu | ĐVT | 2021 | 2022" names no duty at all."""
    cells = {cell.col: cell.content.text for cell in grid.row(0) if cell.colspan == 1}
    return tuple(cells.get(col, "") for col in range(grid.n_cols))


def _kinds(grid: Grid, headers: Sequence[str], first_row: int) -> tuple[ColumnKind, ...]:
    """What each column is for; beside aims and their unit, columns of figures are aims too: one for each village."""
    kinds = tuple(column_kind(text) for text in headers)
    if {"aimed", "done"} & set(kinds) or not {"label", "unit"} <= set(kinds):
        return kinds
    after = kinds.index("unit")
    return tuple(
        "aimed" if kind == "other" and col > after and _is_counted(grid, col, first_row) else kind
        for col, kind in enumerate(kinds)
    )


_FIGURES = re.compile(r"\W*\d[\d.,/]*\s?%?\W*")
_COUNTED = 0.8
"""Share of the cells of a column of figures that hold one."""


def _is_counted(grid: Grid, col: int, first_row: int) -> bool:
    texts = [cell.content.text for cell in grid.cells if cell.col == col and cell.row >= first_row]
    filled = [text for text in texts if text.strip()]
    return bool(filled) and sum(_FIGURES.fullmatch(text) is not None for text in filled) >= _COUNTED * len(filled)


def _rows(grid: Grid, columns: _Columns, context: PlanContext) -> Iterator[TargetRow]:
    label_at = columns.of("label")[0]
    group = ""
    for row in range(columns.first_row, grid.n_rows):
        cells = {cell.col: cell.content for cell in (*grid.covering(row), *grid.row(row)) if cell.content.text}
        label = cells.get(label_at, EMPTY)
        if not any(map(str.isalpha, label.text)) or aims_of(label.text):
            continue
        unit = next((cells[i].text for i in columns.of("unit") if i in cells), "")
        figures = [(i, cells[i]) for i in columns.of("aimed") if i in cells]
        aims = [(i, figure, aim) for i, figure in figures if (aim := _aim(figure.text, unit)) is not None]
        if not figures:
            group = label.text
        for index, figure, aim in aims:
            target = _target(grid, columns, index, (label, figure), aim, context)
            if not _ends_before(target, context):
                yield replace(target, text=f"{group}: {target.text}") if group and _is_part(label.text) else target


_WORDS_OF_PART = 3


def _is_part(label: str) -> bool:
    """Whether a label says only of what part of the row above it counts: "- Cấp xã", "Diện tích"."""
    return not label[:1].isalnum() or len(label.split()) <= _WORDS_OF_PART


def _ends_before(target: TargetRow, context: PlanContext) -> bool:
    """Whether the year of a figure lies before the plan: what was reached, not an aim."""
    start, end = context.period_start, target.deadline_end
    return start is not None and end is not None and end < start


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
    columns: _Columns,
    index: int,
    cells: tuple[CellText, CellText],
    aim: Quantity,
    context: PlanContext,
) -> TargetRow:
    label, figure = cells
    time = read_deadline(columns.headers[index], context) if columns.dated else None
    confidence = min(label.confidence, figure.confidence) * _SURE
    return TargetRow(
        plan_id=context.plan_id,
        target_no=0,
        section=None,
        area=read_area(label.text, subject=context.subject),
        text=label.text,
        comparator=aim.comparator,
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


def _bbox(label: CellText, figure: CellText) -> Bbox | None:
    """Of both cells; None where the file has no geometry."""
    return bbox_of(label.box.union(figure.box)) if label.box and figure.box else None
