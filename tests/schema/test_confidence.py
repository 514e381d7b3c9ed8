"""Rows that look unsound are less sure; the weights speak of every piece of evidence."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from normalize.fixes import RestoredPage
from schema.confidence.weights import EVIDENCE, REVIEW, Weight, calibrated
from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.outline.blocks import blocks_of
from schema.outline.flow import printed_lines
from schema.records import AssignmentRow, LegalBasisRow, Reading
from schema.ruletable import load_rules
from tests.schema.narrative_lines import CONTEXT, page_of

TEXT = "V. TỔ CHỨC THỰC HIỆN\n1. Phòng Tư pháp\n- Rà soát văn bản quy phạm pháp luật của huyện.\n"


@pytest.fixture
def pages() -> Sequence[RestoredPage]:
    return [page_of(TEXT)]


@pytest.fixture
def row(pages: Sequence[RestoredPage]) -> AssignmentRow:
    return read_narrative(placed(blocks_of(printed_lines(pages))), CONTEXT)[0]


def _judged(row: AssignmentRow, pages: Sequence[RestoredPage]) -> AssignmentRow:
    return calibrated(Reading(is_plan=True, assignments=(row,)), pages).assignments[0]


def test_a_sound_row_needs_no_review(row: AssignmentRow, pages: Sequence[RestoredPage]) -> None:
    assert not _judged(row, pages).needs_review


@pytest.mark.parametrize(
    "worse",
    [
        {"needs_review": True},
        {"lead": ("phòng tư' pháp ~",)},
        {"task": "soát văn"},
        {"deadline_text": "Quý ỊỊ"},
        {"task": "Rà soát văn bản. - Giữ cho máy chủ chạy thông suốt."},
    ],
)
def test_what_looks_unsound_is_less_sure(
    row: AssignmentRow, pages: Sequence[RestoredPage], worse: dict[str, object]
) -> None:
    changed = replace(row, **worse)  # type: ignore[arg-type]  # fields by name
    assert _judged(changed, pages).confidence < _judged(row, pages).confidence


def test_the_numbers_of_a_basis_may_belie_each_other(pages: Sequence[RestoredPage]) -> None:
    sound = LegalBasisRow("p", 1, "Nghị định", "61/2018/NĐ-CP", None, "Chính phủ", 1, "", 0.9)
    judged = calibrated(Reading(is_plan=True, legal_bases=(sound,)), pages).legal_bases[0]
    assert 0 < judged.confidence < 1


def test_every_piece_of_evidence_has_a_weight() -> None:
    rules = (rule for table in ("confidence", "confidence_parted") for rule in load_rules(table, Weight))
    weights = {(rule.kind, rule.evidence) for rule in rules}
    assert weights == {(kind, name) for kind, names in EVIDENCE.items() for name in ("always", *names, REVIEW)}


def test_what_stands_under_a_heading_read_as_a_task_is_less_sure(
    row: AssignmentRow, pages: Sequence[RestoredPage]
) -> None:
    heading = replace(row, task="5, Sở Tài chính")
    read = Reading(is_plan=True, assignments=(row, heading, replace(row), replace(row, lead=("Phòng Nội vụ",))))
    before, title, behind, elsewhere = calibrated(read, pages).assignments
    assert title.needs_review
    assert behind.needs_review
    assert behind.confidence < min(before.confidence, elsewhere.confidence)


def test_a_duty_that_nobody_leads_amid_duties_that_somebody_leads_is_less_sure(
    row: AssignmentRow, pages: Sequence[RestoredPage]
) -> None:
    read = Reading(is_plan=True, assignments=(row, replace(row, lead=())))
    one, other = calibrated(read, pages).assignments
    assert other.confidence < one.confidence
