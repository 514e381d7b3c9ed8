"""Restored pages -> Reading: the file parted into documents, each plan read head first, then its body and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from extract.page import Page
from normalize.fixes import RestoredPage
from schema.areas import plan_subject
from schema.confidence.weights import calibrated
from schema.context import PlanContext
from schema.files.segments import read_plans
from schema.head.bases import basis_rows
from schema.head.definitions import read_definitions
from schema.head.plan import PlanHead, plan_row, read_plan_head
from schema.head.segment import Segment
from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.narrative.targets import lines_among_aims, read_targets
from schema.organisations.agencies import agency_rows
from schema.organisations.mended_names import mended_rows
from schema.outline.blocks import blocks_of
from schema.outline.flow import PrintedLine, printed_lines
from schema.records import AgencyRow, AssignmentRow, LegalBasisRow, PlanRow, Reading, TargetRow
from schema.run_together.rows_from_text import text_table_lines
from schema.run_together.text_tables import find_text_tables
from schema.table_assignments import read_tables
from schema.tables.aim_tables import read_aim_tables, without_goals

RowT = TypeVar("RowT", TargetRow, AssignmentRow)


def read_document(pages: Sequence[RestoredPage], document_id: str) -> Reading:
    """What a file says: every plan that it holds; is_plan is False, and nothing else is there, where it holds none.

    Never raises on what the text says: what cannot be read is None, or a row that is not there.
    """
    return calibrated(read_uncalibrated(pages, document_id), pages)


def read_uncalibrated(pages: Sequence[RestoredPage], document_id: str) -> Reading:
    """The same, each row as sure as its own reader was: what the weights of confidence are learned from."""
    lines = tuple(printed_lines(pages))
    plans = [
        _read_plan(pages, lines, segment, document_id, number) for number, segment in enumerate(read_plans(lines), 1)
    ]
    if not plans:
        return Reading(is_plan=False)
    return Reading(
        is_plan=True,
        plans=tuple(plan.row for plan in plans),
        legal_bases=tuple(row for plan in plans for row in plan.bases),
        targets=tuple(row for plan in plans for row in plan.targets),
        assignments=tuple(row for plan in plans for row in plan.assignments),
        agencies=tuple(row for plan in plans for row in plan.agencies),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    row: PlanRow
    bases: tuple[LegalBasisRow, ...]
    targets: tuple[TargetRow, ...]
    assignments: tuple[AssignmentRow, ...]
    agencies: tuple[AgencyRow, ...]


def _read_plan(
    pages: Sequence[RestoredPage], lines: Sequence[PrintedLine], segment: Segment, document_id: str, number: int
) -> _Plan:
    plan_id = document_id if number == 1 else f"{document_id}-{number}"
    head = read_plan_head(pages, lines, segment)
    own = _pages_of(pages, lines, segment)
    context = _context(plan_id, head, lines, segment)
    run_together = find_text_tables(own)
    whole = segment.first == 0 and segment.end == len(lines) and lines[0].page == 0
    blocks = blocks_of(lines if whole else printed_lines(own), tabular=text_table_lines(run_together))
    sections = placed(blocks)
    narrative = read_narrative(sections, context)
    tables, table_targets = read_tables(own, run_together, context)
    listed = without_goals(read_aim_tables(own, context, lines_among_aims(sections)), table_targets)
    targets = _numbered_targets((*read_targets(sections, context), *table_targets, *listed))
    assignments = _numbered_assignments(mended_rows((*narrative, *tables)))
    return _Plan(
        plan_row(plan_id, document_id, head),
        basis_rows(plan_id, head.grounds),
        targets,
        assignments,
        agency_rows(assignments, context),
    )


def _context(plan_id: str, head: PlanHead, lines: Sequence[PrintedLine], segment: Segment) -> PlanContext:
    return PlanContext(
        plan_id=plan_id,
        issued_date=head.date,
        period_start=head.period.start,
        period_end=head.period.end,
        issuer=head.issuer.name,
        issuer_level=head.issuer.level,
        issuer_name=head.issuer.unit_name,
        parent_unit=head.issuer.parent,
        province=head.issuer.province,
        definitions=read_definitions(lines[segment.first : segment.end]),
        subject=plan_subject(head.title),
    )


def _pages_of(
    pages: Sequence[RestoredPage], lines: Sequence[PrintedLine], segment: Segment
) -> tuple[RestoredPage, ...]:
    """The pages of one document, its own lines alone where it shares a page with another."""
    if segment.first == 0 and segment.end == len(lines):
        return tuple(pages[lines[0].page :])
    first = lines[segment.first]
    after = lines[segment.end] if segment.end < len(lines) else None
    last_page = (after.page if after.line > 0 else after.page - 1) if after else len(pages) - 1
    result = []
    for index in range(first.page, last_page + 1):
        start = first.line if index == first.page else 0
        end = after.line if after and index == after.page else len(pages[index].lines)
        result.append(_cut(pages[index], start, end))
    return tuple(result)


def _cut(restored: RestoredPage, start: int, end: int) -> RestoredPage:
    """Lines start to end of a page, with the tables that lie wholly among them."""
    page = restored.page
    if start == 0 and end == len(page.lines):
        return restored
    return RestoredPage(_cut_page(page, start, end), restored.lines[start:end])


def _cut_page(page: Page, start: int, end: int) -> Page:
    tables = tuple(
        replace(
            table,
            cells=tuple(replace(cell, lines=tuple(line - start for line in cell.lines)) for cell in table.cells),
        )
        for table in page.tables
        if all(start <= line < end for cell in table.cells for line in cell.lines)
    )
    return replace(page, lines=page.lines[start:end], tables=tables)


def _numbered_targets(rows: Sequence[TargetRow]) -> tuple[TargetRow, ...]:
    """In reading order: tables are read after the text around them, and their rows stand where they are printed."""
    return tuple(replace(row, target_no=number) for number, row in enumerate(_as_printed(_in_order(rows)), 1))


def _as_printed(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Rows that are ordered by page, from top to bottom on pages of which all rows have their place."""
    pages = (list(rows_of_page) for _, rows_of_page in groupby(rows, key=lambda row: row.page))
    return [row for page in pages for row in _from_top(page)]


def _from_top(rows: Sequence[TargetRow]) -> Sequence[TargetRow]:
    tops = [row.bbox[1] for row in rows if row.bbox]
    order = sorted(range(len(rows)), key=tops.__getitem__) if len(tops) == len(rows) else range(len(rows))
    return [rows[index] for index in order]


def _numbered_assignments(rows: Sequence[AssignmentRow]) -> tuple[AssignmentRow, ...]:
    return tuple(replace(row, assignment_no=number) for number, row in enumerate(_in_order(rows), 1))


def _in_order(rows: Sequence[RowT]) -> list[RowT]:
    """Reading order by page; on one page the order in which they were found."""
    return sorted(rows, key=lambda row: row.page)
