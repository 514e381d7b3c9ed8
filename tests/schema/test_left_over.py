"""What a row says beyond its fields tells against it, in whatever words."""

import datetime as dt
from dataclasses import replace

import pytest

from schema.confidence.aim_evidence import AIM_EVIDENCE
from schema.confidence.duty_evidence import DUTY_EVIDENCE, duty_evidence
from schema.confidence.left_over import LEFT_OVER, cells_left_over
from schema.confidence.table_evidence import TABLE_EVIDENCE, table_evidence
from schema.records import AssignmentRow, Reading, TargetRow

DUTY = AssignmentRow(
    plan_id="p",
    assignment_no=1,
    origin="narrative",
    row_no="1",
    group=None,
    area=None,
    goal=None,
    task="Rà soát thủ tục tại các thôn trong tháng 5 và báo cáo lãnh đạo.",
    output=None,
    lead=("Phòng Nội vụ",),
    partners=("Phòng Tư pháp",),
    approver=None,
    deadline_text="trong tháng 5",
    deadline_start=dt.date(2025, 5, 1),
    deadline_end=dt.date(2025, 5, 31),
    recurrence="once",
    budget_million_vnd=None,
    page=1,
    bbox=None,
    raw_text="",
    confidence=0.9,
    needs_review=False,
)
ROW = replace(
    DUTY, origin="table", bbox=(0.0, 0.0, 9.0, 9.0), raw_text="1 | Rà soát thủ tục | Phòng Nội vụ | trong tháng 5"
)


def _changed(row: AssignmentRow, change: dict[str, object]) -> AssignmentRow:
    return replace(row, **change)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"task": "Kiểm tra trong tháng 5 và tháng 10."}, "time left over"),
        ({"task": "Sơ kết trong tháng 5, tổng kết vào năm 2030."}, "time left over"),
        ({"task": "Phát sóng 02 buổi/tháng, trong tháng 5."}, "cycle left over"),
        ({"recurrence": None}, "dates without a cycle"),
        ({"deadline_end": dt.date(2027, 5, 31)}, "longer than a year"),
        ({"deadline_start": None, "deadline_end": None, "recurrence": None}, "time says nothing"),
        ({"deadline_end": dt.date(2025, 8, 31)}, "stretch of time"),
        ({"lead": ("Phòng Nội vụ chủ trì trong tháng 8",)}, "time in a name"),
        ({"partners": ("Hội Nông dân xã phát và thu phiếu",)}, "small foreign words in names"),
        ({"lead": ("Tổ kiểm tra việc thi hành các quyết định tại bốn thôn",)}, "words beyond a usual name"),
    ],
)
def test_what_no_field_holds_is_told(change: dict[str, object], name: str) -> None:
    assert LEFT_OVER[name](DUTY) == 0.0
    assert LEFT_OVER[name](_changed(DUTY, change)) > 0.0


def test_what_comes_again_may_name_its_day_too() -> None:
    again = replace(DUTY, task="Hằng tháng, trước ngày 15/5 báo cáo.", deadline_text="Hằng tháng", recurrence="monthly")
    assert LEFT_OVER["time left over"](again) == LEFT_OVER["cycle left over"](again) == 0.0


def _evidence(row: AssignmentRow) -> dict[str, float]:
    read = Reading(is_plan=True, assignments=(row, replace(DUTY, origin=row.origin, plan_id=row.plan_id)))
    names = TABLE_EVIDENCE if row.origin == "table" else DUTY_EVIDENCE
    find = table_evidence if row.origin == "table" else duty_evidence
    return dict(zip(names, find(read, [])[0], strict=True))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"task": "Phối hợp với bưu điện phủ sóng các thôn.", "partners": ()}, "partners left over"),
        ({"task": "Bà Lê Thị Hoa, Phó Chủ tịch: phụ trách chung."}, "colon near the start"),
        ({"task": "Các cơ quan nghiêm túc thực hiện./."}, "ends the document"),
    ],
)
def test_a_duty_that_was_cut_wrongly_is_told(change: dict[str, object], name: str) -> None:
    assert _evidence(DUTY)[name] == 0.0
    assert _evidence(_changed(DUTY, change))[name] == 1.0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"raw_text": f"{ROW.raw_text} | Cả ba thôn vùng cao"}, "cell left over"),
        ({"raw_text": f"{ROW.raw_text} | Công an xã"}, "name in a cell left over"),
        (
            {"raw_text": "Quý II | Rà soát thủ tục", "deadline_start": None, "deadline_end": None, "recurrence": None},
            "time in a cell left over",
        ),
        ({"output": "Các sở, ban, ngành"}, "product is a name"),
        ({"lead": ("Phòng Nghiệp vụ Phòng Tổng hợp",)}, "name within a name"),
        ({"lead": ("Phòng Nội vụ", "Công an xã"), "partners": ()}, "several lead, nobody joins"),
        ({"deadline_start": dt.date(2025, 5, 31)}, "one day"),
    ],
)
def test_a_row_of_a_table_whose_cells_are_not_all_read_is_told(change: dict[str, object], name: str) -> None:
    deadline = {"deadline_text": None} if name.startswith("time in") else {}
    assert _evidence(ROW)[name] == 0.0
    assert _evidence(_changed(ROW, change | deadline))[name] == 1.0


def test_a_cell_that_restoration_changed_is_in_its_field() -> None:
    read = replace(ROW, raw_text="1 | Ra soat thu tuc tai cac thon | Phong Ni vu | Phông Tu phap")
    assert cells_left_over(read) == ()


def _target(text: str, comparator: str, whole: str = "") -> TargetRow:
    return TargetRow(
        plan_id="p",
        target_no=1,
        section="I",
        area=None,
        text=text,
        comparator=comparator,
        value=20.0,
        unit="%",
        deadline_start=None,
        deadline_end=None,
        page=1,
        bbox=None,
        raw_text=whole or text,
        confidence=0.9,
        needs_review=False,
    )


SOUND = _target("20% hồ sơ được nộp trực tuyến.", "=")


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (_target("20% hồ sơ, 30% văn bản được số hóa.", "="), "several aims in its text"),
        (_target("20% hồ sơ", "=", "20% hồ sơ; 30% văn bản được số hóa."), "several aims in its sentence"),
        (_target("Giảm tối thiểu 20% chi phí so với năm trước.", ">="), "direction not taken"),
        (_target("20% hồ sơ được nộp trực tuyến trong quý II.", "="), "time left over"),
    ],
)
def test_a_target_that_says_more_is_told(target: TargetRow, name: str) -> None:
    assert AIM_EVIDENCE[name](SOUND) == 0.0
    assert AIM_EVIDENCE[name](target) == 1.0
