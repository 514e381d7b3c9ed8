"""Times as plans word them: what days they name, and how often they come."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.context import PlanContext
from schema.values.deadlines import names_a_time, read_deadline

YEAR_PLAN = PlanContext("p", period_start=dt.date(2025, 1, 1), period_end=dt.date(2025, 12, 31))
FIVE_YEARS = PlanContext("p", period_start=dt.date(2021, 1, 1), period_end=dt.date(2025, 12, 31))

CASES = [
    ("2021", "2021-01-01", "2021-12-31", "once"),
    ("Năm 2022", "2022-01-01", "2022-12-31", "once"),
    ("Trong năm", "2025-01-01", "2025-12-31", "once"),
    ("Từ năm 2021", "2021-01-01", None, None),
    ("Từ năm 2021 trở đi", "2021-01-01", None, None),
    ("Giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31", None),
    ("Từ năm 2022 đến hết năm 2025", "2022-01-01", "2025-12-31", None),
    ("2021-2025, định hướng đến năm 2030", "2021-01-01", "2025-12-31", None),
    ("Trong năm 2023 và những năm tiếp theo", "2023-01-01", None, "continuous"),
    ("Tháng 02/2024", "2024-02-01", "2024-02-29", "once"),
    ("Tháng 11", "2025-11-01", "2025-11-30", "once"),
    ("tháng 6 năm 2026", "2026-06-01", "2026-06-30", "once"),
    ("Tháng 11-12/2025", "2025-11-01", "2025-12-31", "once"),
    ("từ tháng 3 đến tháng 6/2024", "2024-03-01", "2024-06-30", "once"),
    ("Trước 31/3/2024", None, "2024-03-31", "once"),
    ("Trước ngày 15 tháng 6 năm 2025", None, "2025-06-15", "once"),
    ("Xong trước 30/6", None, "2025-06-30", "once"),
    ("trước tháng 6/2025", None, "2025-05-31", "once"),
    ("Chậm nhất tháng 6/2025", None, "2025-06-30", "once"),
    ("đến hết năm 2025", None, "2025-12-31", "once"),
    ("Quý II", "2025-04-01", "2025-06-30", "once"),
    ("Quý II/2024", "2024-04-01", "2024-06-30", "once"),
    ("Quý . III/2022", "2022-07-01", "2022-09-30", "once"),
    ("Quý H/2024", "2024-04-01", "2024-06-30", "once"),
    ("Quý IH/2024", "2024-07-01", "2024-09-30", "once"),
    ("Quý HÌ|", "2025-07-01", "2025-09-30", "once"),
    ("Quý 11/2024", "2024-04-01", "2024-06-30", "once"),
    ("Quý lV/2024", "2024-10-01", "2024-12-31", "once"),
    ("Quý I, H/2024", "2024-01-01", "2024-06-30", "once"),
    ("Quý IV năm 2026", "2026-10-01", "2026-12-31", "once"),
    ("Quý I, II", "2025-01-01", "2025-06-30", "once"),
    ("Từ Quý II đến Quý IV", "2025-04-01", "2025-12-31", "once"),
    ("Quý I/2025 - Quý III/2025", "2025-01-01", "2025-09-30", "once"),
    ("6 tháng đầu năm", "2025-01-01", "2025-06-30", "once"),
    ("6 tháng cuối năm 2024", "2024-07-01", "2024-12-31", "once"),
    ("Ngay từ đầu năm 2025", "2025-01-01", None, None),
    ("Cuối năm", None, "2025-12-31", "once"),
    ("Hằng năm", None, None, "annual"),
    ("Quý IV hàng năm", None, None, "annual"),
    ("Trước 15/12 hàng năm", None, None, "annual"),
    ("Định kỳ hàng quý, 6 tháng, năm", None, None, "quarterly"),
    ("chậm nhất ngày 15 của tháng cuối quý", None, None, "quarterly"),
    ("Trước ngày 25 hằng tháng", None, None, "monthly"),
    ("Thường xuyên", None, None, "continuous"),
    ("Thường xuyên và định kỳ", None, None, "continuous"),
    ("Thường xuyên trong năm 2024", "2024-01-01", "2024-12-31", "continuous"),
    ("Quý II, quý IV", "2025-04-01", "2025-12-31", None),
    ("Quý II, quý III", "2025-04-01", "2025-09-30", "once"),
    ("Tháng 5 và tháng 10", "2025-05-01", "2025-10-31", None),
    ("Thường xuyên trong năm", "2025-01-01", "2025-12-31", "continuous"),
    ("Hằng tháng trong năm", None, None, "monthly"),
    ("ngay sau khi có hướng dẫn", None, None, None),
    ("theo kế hoạch của tỉnh", None, None, None),
    ("Theo Kế hoạch số 15/KH-UBND ngày 02/02/2024", None, None, None),
    ("30/2/2024", None, None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), CASES)
def test_a_time_gives_its_days_and_how_often(
    text: str, start: str | None, end: str | None, recurrence: str | None
) -> None:
    found = read_deadline(text, YEAR_PLAN)
    assert (
        found.text,
        found.start and found.start.isoformat(),
        found.end and found.end.isoformat(),
        found.recurrence,
    ) == (text, start, end, recurrence)


@pytest.mark.parametrize("text", ["Quý II", "Tháng 3", "Trước 15/12", "6 tháng đầu năm"])
def test_without_one_plan_year_a_part_of_a_year_names_no_days(text: str) -> None:
    found = read_deadline(text, FIVE_YEARS)
    assert (found.start, found.end) == (None, None)


def test_texts_without_a_time_are_known_as_such() -> None:
    assert names_a_time("Quý II/2024")
    assert not names_a_time("Văn phòng HĐND và UBND")


@given(st.text(max_size=60))
def test_any_text_is_read_without_raising(text: str) -> None:
    found = read_deadline(text, YEAR_PLAN)
    assert found.start is None or found.end is None or found.start <= found.end


@given(st.text(alphabet="quýtháng năm0123456789/-, IVtừđếrươc", max_size=40))
def test_time_like_texts_are_read_without_raising(text: str) -> None:
    read_deadline(text, YEAR_PLAN)


@pytest.mark.parametrize(
    "text",
    [
        "Quý I1/2024",
        "Quý 1⁄2024",
        "Quý II|",
        "Quý V/2024",
        "Quý I, I1/2024",
        "Trước Quý I1",
        "Năm 2022 đoạn 2021 - 2025",
    ],
)
def test_a_time_too_misread_to_be_told_gives_no_dates(text: str) -> None:
    found = read_deadline(text, YEAR_PLAN)
    assert (found.text, found.start, found.end, found.sure) == (text, None, None, False)


def test_marks_in_front_of_a_time_are_none_of_it() -> None:
    assert read_deadline(": Thường xuyên", YEAR_PLAN).text == "Thường xuyên"
