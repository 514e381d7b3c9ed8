"""Deadlines of every kind, with the days they mean."""

import calendar

from tests.testbed.chance import Dice
from tests.testbed.document import Deadline

QUARTERS = ("I", "II", "III", "IV")


def made_deadline(dice: Dice, first: int, last: int) -> Deadline:
    """A time for a task of a plan that covers the years `first` to `last`."""
    year = dice.number(first, last)
    kinds = {"cycle": 4.0, "quarter": 2.5, "year": 2.0, "month": 1.5, "before": 2.0, "loose": 0.7}
    if last > first:
        kinds |= {"span": 2.0, "from": 1.0, "quarter": 0.8}
    else:
        kinds |= {"half": 0.7}
    return {
        "cycle": _cycle,
        "quarter": _quarter,
        "year": _year,
        "month": _month,
        "before": _before,
        "loose": _loose,
        "span": lambda d, _y, _s: _span(d, first, last),
        "from": lambda d, y, _s: _from(d, y),
        "half": _half,
    }[dice.weighted(kinds)](dice, year, first == last)


def _cycle(dice: Dice, _year: int, _single: bool) -> Deadline:
    rows = {
        "annual": ("Hàng năm", "Hằng năm"),
        "quarterly": ("Hàng quý", "Hằng quý", "Định kỳ hằng quý"),
        "monthly": ("Hàng tháng", "Hằng tháng"),
        "continuous": ("Thường xuyên", "Thường xuyên, liên tục"),
    }
    often = dice.weighted({"annual": 1.0, "quarterly": 1.0, "monthly": 0.7, "continuous": 2.0})
    return Deadline(dice.one(rows[often]), None, None, often)


def _quarter(dice: Dice, year: int, single: bool) -> Deadline:
    quarter = dice.number(1, 4)
    start, end = f"{year}-{quarter * 3 - 2:02}-01", _end_of_month(year, quarter * 3)
    named = f"Quý {QUARTERS[quarter - 1]}"
    text = dice.one((f"{named}/{year}", f"{named} năm {year}", named if single else f"{named}/{year}"))
    return Deadline(text, start, end, "once")


def _year(dice: Dice, year: int, _single: bool) -> Deadline:
    return Deadline(dice.one((f"Năm {year}", f"Trong năm {year}", str(year))), f"{year}-01-01", f"{year}-12-31", "once")


def _month(dice: Dice, year: int, _single: bool) -> Deadline:
    month = dice.number(1, 12)
    return Deadline(f"Tháng {month:02}/{year}", f"{year}-{month:02}-01", _end_of_month(year, month), "once")


def _before(dice: Dice, year: int, _single: bool) -> Deadline:
    month = dice.number(1, 12)
    day = dice.one((10, 15, 20, 25, calendar.monthrange(year, month)[1]))
    form = dice.one(
        ("Trước {d}/{m}/{y}", "Trước ngày {d}/{m}/{y}", "Chậm nhất {d}/{m}/{y}", "Xong trước ngày {d:02}/{m:02}/{y}")
    )
    return Deadline(form.format(d=day, m=month, y=year), None, f"{year}-{month:02}-{day:02}", "once")


def _loose(dice: Dice, _year: int, _single: bool) -> Deadline:
    return Deadline(
        dice.one(("Theo kế hoạch của cấp trên", "Khi có hướng dẫn", "Theo tiến độ của tỉnh", "Khi phát sinh"))
    )


def _half(_dice: Dice, year: int, _single: bool) -> Deadline:
    return Deadline("6 tháng đầu năm", f"{year}-01-01", f"{year}-06-30", "once")


def _span(dice: Dice, first: int, last: int) -> Deadline:
    text = dice.one((f"{first} - {last}", f"Giai đoạn {first} - {last}", f"Giai đoạn {first}-{last}"))
    return Deadline(text, f"{first}-01-01", f"{last}-12-31", None)


def _from(_dice: Dice, year: int) -> Deadline:
    return Deadline(f"Từ năm {year}", f"{year}-01-01", None, None)


def _end_of_month(year: int, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
