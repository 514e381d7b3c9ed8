"""Rows that look unsound are less sure; the weights speak of every piece of evidence."""

from dataclasses import replace

import pytest

from schema.assignments import read_narrative
from schema.blocks import read_blocks
from schema.confidence import ASSIGNMENT_EVIDENCE, TARGET_EVIDENCE, Weight, calibrated_assignment
from schema.records import AssignmentRow
from schema.ruletable import load_rules
from tests.schema.narrative_lines import CONTEXT, page_of

TEXT = "V. TỔ CHỨC THỰC HIỆN\n1. Phòng Tư pháp\n- Rà soát văn bản quy phạm pháp luật của huyện.\n"


@pytest.fixture
def row() -> AssignmentRow:
    return read_narrative(read_blocks([page_of(TEXT)]), CONTEXT)[0]


def test_a_sound_row_needs_no_review(row: AssignmentRow) -> None:
    assert not calibrated_assignment(row).needs_review


@pytest.mark.parametrize(
    "worse",
    [
        {"confidence": 0.2},
        {"lead": ()},
        {"lead": ("phòng tư' pháp ~",)},
        {"task": "soát văn"},
        {"deadline_text": "Quý ỊỊ"},
    ],
)
def test_what_looks_unsound_is_less_sure(row: AssignmentRow, worse: dict[str, object]) -> None:
    changed = replace(row, **worse)  # type: ignore[arg-type]  # fields by name
    assert calibrated_assignment(changed).confidence < calibrated_assignment(row).confidence


def test_every_piece_of_evidence_has_a_weight() -> None:
    weights = {(rule.kind, rule.evidence) for rule in load_rules("confidence", Weight)}
    assert weights == {
        *(("assignment", name) for name in ("always", *ASSIGNMENT_EVIDENCE)),
        *(("target", name) for name in ("always", *TARGET_EVIDENCE)),
    }
