"""Rows of the tables of a plan -> assignments and targets, from grids and from run-together text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from normalize.fixes import RestoredPage
from schema.areas import read_area
from schema.context import PlanContext
from schema.narrative.targets import Source, targets_from_text
from schema.records import AssignmentRow, TargetRow, bbox_of
from schema.run_together.rows_from_text import read_text_tables
from schema.run_together.text_tables import TextTable
from schema.tables.calendar_units import in_unit
from schema.tables.cell_signs import sign_of
from schema.tables.columns import Field, field_of_header, lays_tasks
from schema.tables.logical_tables import LogicalTable, read_logical_tables
from schema.tables.quarter_doubts import is_lone_figure, is_quarter_faint
from schema.tables.roles import read_roles, without_scrap
from schema.tables.row_assembly import LogicalRow
from schema.tables.row_numbers import proven_numbers
from schema.tables.table_headings import printed_number, split_number
from schema.values.deadlines import Deadline, names_a_quarter, read_deadline
from schema.values.money import read_money, unit_of
from schema.values.recurrences import CYCLES

APPENDIX = "PL"
"""What section paths of appendix rows begin with."""
_OPENING_DASH = re.compile(r"^[-–+•]\s+(?=\w)")
_GUESSED = 0.7
"""Share of rows that are right where the columns were named by what they hold, not by a header."""


def read_tables(
    pages: Sequence[RestoredPage], run_together: Sequence[TextTable], context: PlanContext
) -> tuple[tuple[AssignmentRow, ...], tuple[TargetRow, ...]]:
    """The assignments and targets of all tables of a plan, those with cells and the run-together ones found in it.

    Each numbered from 1. Never raises.

    Tables of another kind (statistics, budgets, lists of procedures) give none.
    """
    assignments: list[AssignmentRow] = []
    targets: list[TargetRow] = []
    for table in (*read_logical_tables(pages), *read_text_tables(run_together, pages)):
        if lays_tasks(table.fields):
            rows = zip(table.rows, _row_numbers(table.rows), strict=True)
            found = (_assignment(row, number, table, pages, context) for row, number in rows)
            assignments += [row for row in found if row is not None]
        if Field.FOREIGN not in table.fields and (aims := _aims(table)):
            targets += _targets(table, aims, context)
    return (
        tuple(replace(row, assignment_no=number) for number, row in enumerate(assignments, 1)),
        tuple(replace(row, target_no=number) for number, row in enumerate(targets, 1)),
    )


def _aims(table: LogicalTable) -> Field | None:
    """The column of aims: the goals, or the tasks where its header calls them aims."""
    if Field.GOAL in table.fields:
        return Field.GOAL
    return Field.TASK if field_of_header(_header(table, Field.TASK)) is Field.GOAL else None


def _targets(table: LogicalTable, aims: Field, context: PlanContext) -> list[TargetRow]:
    """The aims of that column; a goal that spans several tasks counts once."""
    found: list[TargetRow] = []
    last = ""
    for row in table.rows:
        goal = row.text(aims)
        if not goal or goal == last:
            continue
        last = goal
        path = [APPENDIX, *(h.number for h in row.headings if h.number), printed_number(row.text(Field.NUMBER))]
        section = ".".join(part for part in path if part)
        cell = row.cell(aims)
        source = Source(section, _area(row, context), row.page, bbox_of(row.box), cell.raw or row.raw, row.confidence)
        found += targets_from_text(goal, context, source)
    return found if table.named else [target for target in found if not _is_bare_count(target)]


def _is_bare_count(target: TargetRow) -> bool:
    """A count in a column whose name is only guessed may count anything: '02 lần/năm'."""
    return target.unit != "%" and target.comparator == "="


def _assignment(
    row: LogicalRow, number: str, table: LogicalTable, pages: Sequence[RestoredPage], context: PlanContext
) -> AssignmentRow | None:
    _, task = _numbered_task(row)
    if not any(c.isalpha() for c in task) or sign_of(task) == "total":
        return None
    roles, deadline = read_roles(row, _header(table, Field.AGENCIES), pages), _deadline(row, table, pages, context)
    if not row.sure:
        roles = without_scrap(roles)
    lead_missing = bool({Field.LEAD, Field.AGENCIES} & set(table.fields)) and not roles.lead
    confidence = row.confidence * (1.0 if table.named else _GUESSED) * (1.0 if row.sure and roles.sure else 0.5)
    return AssignmentRow(
        plan_id=context.plan_id,
        assignment_no=0,
        origin="table",
        row_no=number or None,
        group=_group(row),
        area=_area(row, context),
        goal=row.text(Field.GOAL) or None,
        task=task,
        output=row.text(Field.OUTPUT) or None,
        lead=roles.lead,
        partners=roles.partners,
        approver=row.text(Field.APPROVER) or None,
        deadline_text=deadline.text or None,
        deadline_start=deadline.start,
        deadline_end=deadline.end,
        recurrence=deadline.recurrence,
        budget_million_vnd=_budget(row, table),
        page=row.page,
        bbox=bbox_of(row.box),
        raw_text=row.raw,
        confidence=confidence,
        needs_review=not (row.sure and roles.sure and deadline.sure and table.named)
        or lead_missing
        or confidence < _GUESSED,
    )


def _row_numbers(rows: Sequence[LogicalRow]) -> tuple[str, ...]:
    """The row numbers as printed, mended where their neighbours prove it; counting may begin anew below a heading."""
    printed = [_numbered_task(row)[0] for row in rows]
    opens = [index == 0 or row.headings != rows[index - 1].headings for index, row in enumerate(rows)]
    return proven_numbers(printed, opens)


def _numbered_task(row: LogicalRow) -> tuple[str, str]:
    """The printed number of a row, from its own column or from the front of the task, and the task without it."""
    whole = _OPENING_DASH.sub("", row.text(Field.TASK))
    inside, task = split_number(whole)
    number = printed_number(row.text(Field.NUMBER))
    return (number, whole) if number and inside and inside != number else (number or inside, task)


def _group(row: LogicalRow) -> str | None:
    """The heading that the row stands under, else what its column of topics or areas says, without its number."""
    if row.headings:
        return row.headings[-1].title
    return split_number(row.text(Field.TOPIC) or row.text(Field.AREA))[1] or None


def _header(table: LogicalTable, field: Field) -> str:
    return next((text for have, text in zip(table.fields, table.headers, strict=True) if have is field), "")


def _area(row: LogicalRow, context: PlanContext) -> str | None:
    titles = [heading.title for heading in reversed(row.headings)] + [row.text(Field.AREA), row.text(Field.TOPIC)]
    return read_area(*titles, row.text(Field.TASK), subject=context.subject)


def _budget(row: LogicalRow, table: LogicalTable) -> float | None:
    """The sum in million đồng, in its own unit, that of the column, or that of a line above the table."""
    header = _header(table, Field.BUDGET)
    return read_money(row.text(Field.BUDGET), header if unit_of(header) else table.unit or header)


def _deadline(row: LogicalRow, table: LogicalTable, pages: Sequence[RestoredPage], context: PlanContext) -> Deadline:
    found = _printed_deadline(row, _header(table, Field.DEADLINE), context)
    if not names_a_quarter(found.text):
        return found
    if is_quarter_faint(row, pages):
        return Deadline(found.text, recurrence=found.recurrence, sure=False)
    return replace(found, sure=found.sure and not is_lone_figure(row, table, pages))


def _printed_deadline(row: LogicalRow, header: str, context: PlanContext) -> Deadline:
    start, finish = row.text(Field.START), row.text(Field.FINISH)
    if not (start or finish):
        return read_deadline(in_unit(row.text(Field.DEADLINE), header), context)
    first, last = read_deadline(start, context), read_deadline(finish, context)
    if not finish and first.recurrence in CYCLES:  # one cell over both columns: 'Thường xuyên'
        return first
    whole = " - ".join(dict.fromkeys(text for text in (start, finish) if text))
    recurrence = read_deadline(whole, context).recurrence if last.recurrence == "once" else last.recurrence
    return Deadline(whole, first.start or first.end, last.end, recurrence, sure=first.sure and last.sure)
