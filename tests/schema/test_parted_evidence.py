"""What tells against a row of a run-together table beside the other rows of its plan."""

from dataclasses import replace

import pytest

from schema.confidence.parted_row_evidence import PARTED_EVIDENCE, parted_evidence
from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.outline.blocks import blocks_of
from schema.outline.flow import printed_lines
from schema.records import AssignmentRow, Reading
from tests.schema.narrative_lines import CONTEXT, page_of

PAGES = [page_of("V. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Rà soát văn bản quy phạm pháp luật của huyện.\n")]
SOUND = replace(
    read_narrative(placed(blocks_of(printed_lines(PAGES))), CONTEXT)[0],
    origin="table",
    bbox=None,
    partners=("Bưu điện văn hóa xã",),
    deadline_text="Quý I",
)


def evidence_of(row: AssignmentRow) -> dict[str, float]:
    """The evidence of a row that stands below three sound ones."""
    read = Reading(is_plan=True, assignments=(SOUND, replace(SOUND), replace(SOUND), row))
    return dict(zip(PARTED_EVIDENCE, parted_evidence(read, PAGES)[-1], strict=True))


@pytest.mark.parametrize(
    ("torn", "name"),
    [
        ({"partners": ("Bưu điện văn hóa",)}, "part of another name"),
        ({"lead": ("Phòng Kinh tế điện tử",)}, "holds another name"),
        ({"lead": ("Bưu điện văn hóa xã",), "partners": ()}, "lead joins elsewhere"),
        ({"partners": ("Phòng Kinh tế",)}, "partner leads elsewhere"),
        ({"partners": ("Phòng Kinh tế",)}, "named twice"),
        ({"lead": ("Phòng Nội vụ",)}, "seldom leads"),
        ({"task": "Rà soát văn bản quy phạm pháp luật của"}, "task breaks off"),
        ({"deadline_text": "Quý I bàn giao"}, "foreign words in a time"),
        ({"task": "Rà soát"}, "shorter than others"),
        ({"output": "đảm an toàn"}, "product breaks off"),
        ({"task": "Rà soát văn bản của huyện CẢI CÁCH BỘ MÁY"}, "heading in a cell"),
        ({"lead": ("Văn phòng CỦA phường",)}, "heading in a cell"),
    ],
)
def test_what_is_torn_shows_beside_the_other_rows(torn: dict[str, object], name: str) -> None:
    changed = replace(SOUND, **torn)  # type: ignore[arg-type]  # fields by name
    assert evidence_of(changed)[name] > evidence_of(SOUND)[name] == 0.0


@pytest.mark.parametrize(("number", "told"), [("3", 0.0), ("1", 0.0), ("4", 1.0), (None, 1.0)])
def test_the_number_of_the_row_below_tells_whether_one_is_lost(number: str | None, told: float) -> None:
    rows = (replace(SOUND, row_no="2"), replace(SOUND, row_no=number))
    found = parted_evidence(Reading(is_plan=True, assignments=rows), PAGES)
    assert [dict(zip(PARTED_EVIDENCE, row, strict=True))["next number out of order"] for row in found] == [told, 0.0]


def test_a_row_without_a_place_on_the_page_alone_is_judged() -> None:
    assert parted_evidence(Reading(is_plan=True, assignments=(replace(SOUND, origin="narrative"),)), PAGES) == ()
