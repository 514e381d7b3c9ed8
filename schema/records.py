"""One frozen class for each table of the output. The Arrow schema and the data dictionary derive from the fields.

Dates are dates, lists are lists, None is null. Boxes are (x0, top, x1, bottom) in points of the upright page.
Confidences are 0 to 1: how often rows that look like this one are right.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from extract.page import Box

Bbox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points of the upright page."""

AREAS = (
    "Chỉ đạo điều hành",
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Chính quyền điện tử, chính quyền số",
)
"""The seven fields of the state programme of administrative reform (Nghị quyết 76/NQ-CP, 15/7/2021)."""

BBOX = pa.list_(pa.float32(), 4)
TEXTS = pa.list_(pa.string())


def bbox_of(box: Box | None) -> Bbox | None:
    """A box as the output holds it; None where the file has no geometry."""
    return (box.x0, box.top, box.x1, box.bottom) if box else None


def column(arrow: pa.DataType, description: str) -> Any:
    """A field of a record: its Arrow type and the sentence that describes it in the data dictionary."""
    return field(metadata={"arrow": arrow, "description": description})


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row for every input file, whatever became of it."""

    document_id: str = column(pa.string(), "First 16 hex digits of the SHA-256 of the file's bytes.")
    source_path: str = column(pa.string(), "Path relative to the input folder, '/' separated.")
    sha256: str | None = column(pa.string(), "SHA-256 of the file's bytes, hex; null when the file could not be read.")
    bytes: int | None = column(pa.int64(), "Size of the file in bytes.")
    media_type: str | None = column(pa.string(), "Media type found from the content, not from the name.")
    pages: int | None = column(pa.int32(), "Number of pages; null when the file could not be opened.")
    status: str = column(pa.string(), "'ok', 'partial' (some pages failed) or 'failed'.")
    error_code: str | None = column(pa.string(), "Stable short word for what went wrong; null when ok.")
    error: str | None = column(pa.string(), "What happened and what to do, as a sentence; null when ok.")
    is_plan: bool = column(pa.bool_(), "True when the file holds a plan of the kind this project reads.")
    confidence: float | None = column(pa.float32(), "Mean confidence of the file's pages, 0 to 1.")
    pipeline_version: str = column(pa.string(), "Version of the pipeline that wrote the row.")
    part_of: str | None = column(
        pa.string(),
        "document_id of the file with the beginning, where a document is spread over several files and this is a later "
        "part of it ('001-b.pdf' goes on with '001-a.pdf'); null for every other file.",
    )


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row for every page."""

    document_id: str = column(pa.string(), "The document the page belongs to.")
    page: int = column(pa.int32(), "Page number, from 1.")
    width: float | None = column(pa.float32(), "Width of the upright page in points; null for text files.")
    height: float | None = column(pa.float32(), "Height of the upright page in points; null for text files.")
    rotation: int = column(pa.int32(), "Degrees clockwise by which the page was turned to read upright.")
    skew: float = column(pa.float32(), "Degrees clockwise by which the upright page was askew.")
    source: str = column(pa.string(), "'ocr', 'text_layer' or 'text_file'.")
    status: str = column(pa.string(), "'ok' or 'failed'.")
    error: str | None = column(pa.string(), "Why the page gave nothing; null when ok.")
    raw_text: str = column(pa.string(), "The page's text as the engine or the file gave it, a line a line.")
    text: str = column(pa.string(), "The restored text, a line a line.")
    confidence: float = column(pa.float32(), "Share of the page's syllables expected to be right, 0 to 1.")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row for every line of text."""

    document_id: str = column(pa.string(), "The document the line belongs to.")
    page: int = column(pa.int32(), "Page number, from 1.")
    line: int = column(pa.int32(), "Line number on the page, from 1, in reading order.")
    bbox: Bbox | None = column(BBOX, "x0, top, x1, bottom in points of the upright page; null for text files.")
    raw_text: str = column(pa.string(), "The line as the engine or the file gave it.")
    text: str = column(pa.string(), "The restored line.")
    confidence: float = column(pa.float32(), "Chance that a syllable of the line is right, 0 to 1.")


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row for every cell of every table found on a page."""

    document_id: str = column(pa.string(), "The document the cell belongs to.")
    page: int = column(pa.int32(), "Page number, from 1.")
    table: int = column(pa.int32(), "Table number on the page, from 1.")
    row: int = column(pa.int32(), "Row of the cell's top left corner, from 0.")
    col: int = column(pa.int32(), "Column of the cell's top left corner, from 0.")
    rowspan: int = column(pa.int32(), "Rows the cell covers.")
    colspan: int = column(pa.int32(), "Columns the cell covers.")
    is_header: bool = column(pa.bool_(), "True in the rows that name the columns.")
    bbox: Bbox | None = column(BBOX, "x0, top, x1, bottom in points of the upright page; null for text files.")
    raw_text: str = column(pa.string(), "The cell's lines as read, joined by blanks.")
    text: str = column(pa.string(), "The restored text of the cell.")
    confidence: float = column(pa.float32(), "Chance that a syllable of the cell is right, 0 to 1.")


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One row for every token that restoration changed: the audit trail."""

    document_id: str = column(pa.string(), "The document the token belongs to.")
    page: int = column(pa.int32(), "Page number, from 1.")
    line: int = column(pa.int32(), "Line number on the page, from 1.")
    start: int = column(pa.int32(), "First character of the token in the line's raw_text, from 0.")
    end: int = column(pa.int32(), "One past the last character of the token in raw_text.")
    raw: str = column(pa.string(), "The token as read.")
    restored: str = column(pa.string(), "What stands in its place; '' when it was dropped as a speck.")
    method: str = column(pa.string(), "The fixer that changed it.")
    confidence: float = column(pa.float32(), "Calibrated probability that the change is right.")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row for every plan."""

    plan_id: str = column(pa.string(), "document_id; with '-2', '-3' ... where one file holds several plans.")
    document_id: str = column(pa.string(), "The document that holds the plan.")
    doc_type: str | None = column(pa.string(), "The instrument that promulgates it: 'Kế hoạch' or 'Quyết định'.")
    doc_number: str | None = column(pa.string(), "Number and symbol, '254/KH-UBND'.")
    issued_date: dt.date | None = column(pa.date32(), "Date of issue.")
    issued_place: str | None = column(pa.string(), "Place of issue, as in the letterhead.")
    issuer: str | None = column(pa.string(), "Issuing body, 'Ủy ban nhân dân phường Mỏ Chè'.")
    issuer_level: str | None = column(pa.string(), "xã, phường, thị trấn, huyện, quận, thị xã, thành phố or tỉnh.")
    issuer_name: str | None = column(pa.string(), "Name of the issuer's unit, 'Mỏ Chè'.")
    parent_unit: str | None = column(pa.string(), "The unit directly above that the text names, 'thành phố Sông Công'.")
    province: str | None = column(pa.string(), "Province or centrally run city, name only.")
    title: str | None = column(pa.string(), "Trích yếu, without the word KẾ HOẠCH.")
    period_start: dt.date | None = column(pa.date32(), "First day the plan covers.")
    period_end: dt.date | None = column(pa.date32(), "Last day the plan covers.")
    signer_name: str | None = column(pa.string(), "Name of the person who signed.")
    signer_title: str | None = column(pa.string(), "'Chủ tịch', 'Phó Chủ tịch', ...")
    confidence: float = column(pa.float32(), "How often rows like this are right, 0 to 1.")
    needs_review: bool = column(pa.bool_(), "True when a person should look before the row is used.")


@dataclass(frozen=True, slots=True)
class LegalBasisRow:
    """One row for every instrument cited as a ground."""

    plan_id: str = column(pa.string(), "The plan that cites it.")
    ordinal: int = column(pa.int32(), "Order of citation in the plan, from 1.")
    instrument: str | None = column(pa.string(), "Kind of instrument, 'Nghị quyết'.")
    number: str | None = column(pa.string(), "'76/NQ-CP'; for a law its name.")
    date: dt.date | None = column(pa.date32(), "Date of the instrument.")
    issuer: str | None = column(pa.string(), "Who issued it.")
    page: int = column(pa.int32(), "Page of the citation, from 1.")
    raw_text: str = column(pa.string(), "The citation as the engine or the file gave it.")
    confidence: float = column(pa.float32(), "How often rows like this are right, 0 to 1.")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row for every measurable aim."""

    plan_id: str = column(pa.string(), "The plan that sets it.")
    target_no: int = column(pa.int32(), "Order in the plan, from 1.")
    section: str | None = column(pa.string(), "Numbering path as printed, 'II.2.(2)'; appendix rows 'PL.II.3'.")
    area: str | None = column(pa.string(), "One of the seven areas of reform, or null.")
    text: str = column(pa.string(), "The whole sentence or clause that states the aim.")
    comparator: str | None = column(pa.string(), "'>=', '=', '<=', '>', '<', 'increase', 'decrease' or null.")
    value: float | None = column(pa.float64(), "The number aimed at; null where the aim has none.")
    unit: str | None = column(pa.string(), "'%', 'hồ sơ', ...")
    deadline_start: dt.date | None = column(pa.date32(), "First day of the time this statement names.")
    deadline_end: dt.date | None = column(pa.date32(), "Last day of the time this statement names.")
    page: int = column(pa.int32(), "Page of the statement, from 1.")
    bbox: Bbox | None = column(BBOX, "x0, top, x1, bottom in points of the upright page; null for text files.")
    raw_text: str = column(pa.string(), "The statement as the engine or the file gave it.")
    confidence: float = column(pa.float32(), "How often rows like this are right, 0 to 1.")
    needs_review: bool = column(pa.bool_(), "True when a person should look before the row is used.")


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One row for every task laid on somebody, from an appendix table or from the body."""

    plan_id: str = column(pa.string(), "The plan that lays it.")
    assignment_no: int = column(pa.int32(), "Order in the plan, from 1.")
    origin: str = column(pa.string(), "'table' or 'narrative'.")
    row_no: str | None = column(pa.string(), "The printed number of the row or item.")
    group: str | None = column(pa.string(), "Nearest heading above, without its number.")
    area: str | None = column(pa.string(), "One of the seven areas of reform, or null.")
    goal: str | None = column(pa.string(), "The goal column, or 'Mục tiêu, yêu cầu', where there is one.")
    task: str = column(pa.string(), "What is to be done.")
    output: str | None = column(pa.string(), "The product column, 'Kết quả/Sản phẩm'.")
    lead: tuple[str, ...] = column(TEXTS, "Who leads (chủ trì), or the organisation a duty stands under.")
    partners: tuple[str, ...] = column(TEXTS, "Who takes part (phối hợp, thực hiện).")
    approver: str | None = column(pa.string(), "'Cấp ban hành/phê duyệt'.")
    deadline_text: str | None = column(pa.string(), "The time as the document words it.")
    deadline_start: dt.date | None = column(pa.date32(), "First day of that time.")
    deadline_end: dt.date | None = column(pa.date32(), "Last day of that time.")
    recurrence: str | None = column(pa.string(), "once, annual, quarterly, monthly, continuous, or null.")
    budget_million_vnd: float | None = column(pa.float64(), "Money set aside, in million đồng.")
    page: int = column(pa.int32(), "Page of the row, from 1.")
    bbox: Bbox | None = column(BBOX, "x0, top, x1, bottom in points of the upright page; null for text files.")
    raw_text: str = column(pa.string(), "The row as the engine or the file gave it.")
    confidence: float = column(pa.float32(), "How often rows like this are right, 0 to 1.")
    needs_review: bool = column(pa.bool_(), "True when a person should look before the row is used.")


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One row for every organisation that leads or partners."""

    agency_id: str = column(pa.string(), "Stable id: hash of the canonical name and the unit it belongs to.")
    name: str = column(pa.string(), "Canonical name.")
    kind: str | None = column(pa.string(), "What sort of body: 'ubnd', 'office', 'department', 'officer', ...")
    unit: str | None = column(pa.string(), "The administrative unit the organisation belongs to, where known.")
    aliases: tuple[str, ...] = column(TEXTS, "The spellings seen, sorted.")
    assignments_led: int = column(pa.int32(), "Assignments it leads.")
    assignments_joined: int = column(pa.int32(), "Assignments it takes part in.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What schema/ read in one document. Empty tuples where the document is no plan."""

    is_plan: bool
    plans: tuple[PlanRow, ...] = ()
    legal_bases: tuple[LegalBasisRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    assignments: tuple[AssignmentRow, ...] = ()
    agencies: tuple[AgencyRow, ...] = ()


TABLES: dict[str, type] = {
    "documents": DocumentRow,
    "pages": PageRow,
    "lines": LineRow,
    "cells": CellRow,
    "corrections": CorrectionRow,
    "plans": PlanRow,
    "legal_bases": LegalBasisRow,
    "targets": TargetRow,
    "assignments": AssignmentRow,
    "agencies": AgencyRow,
}
"""Every table of the output, in the order in which the data dictionary lists them."""
