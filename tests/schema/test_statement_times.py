"""The times that a sentence names for itself."""

import datetime as dt

import pytest

from schema.context import PlanContext
from schema.values.statement_times import read_time

CONTEXT = PlanContext("p", period_start=dt.date(2026, 1, 1), period_end=dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("duty", "time", "recurrence", "end"),
    [
        ("Báo cáo kết quả trước ngày 15/11.", "trước ngày 15/11", "once", "2026-11-15"),
        ("Định kỳ hằng năm báo cáo, chậm nhất ngày 17 tháng 12.", "chậm nhất ngày 17 tháng 12", "annual", None),
        (
            "Báo cáo định kỳ hằng tháng (trước ngày 18 hằng tháng), tổng kết năm (trước ngày 30/11 hằng năm).",
            "trước ngày 30/11 hằng năm",
            "monthly",
            None,
        ),
        ("Rà soát văn bản hằng quý, tổng hợp hằng năm.", "hằng quý", "quarterly", None),
        # What names its year, or is no day, comes once, whatever else of the sentence comes again.
        ("Lập dự toán hằng năm và gửi Sở Y tế trước ngày 30/6/2026.", "trước ngày 30/6/2026", "once", "2026-06-30"),
        (
            "Gửi danh mục trước ngày 05/4/2026; báo cáo trước ngày 10 tháng cuối quý.",
            "trước ngày 05/4/2026",
            "once",
            "2026-04-05",
        ),
        ("Xây dựng kế hoạch kiểm tra hằng năm trong quý I.", "trong quý I", "once", "2026-03-31"),
        ("Tự kiểm tra trong quý II và quý IV năm 2026.", "trong quý II và quý IV năm 2026", None, "2026-12-31"),
        ("Rà soát văn bản của xã.", None, None, None),
    ],
)
def test_the_time_of_a_duty(duty: str, time: str | None, recurrence: str | None, end: str | None) -> None:
    read = read_time(duty, "duty", CONTEXT)
    assert (read and read.text, read and read.recurrence) == (time, recurrence)
    assert (read.end if read else None) == (dt.date.fromisoformat(end) if end else None)
