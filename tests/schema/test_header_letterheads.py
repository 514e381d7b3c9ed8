"""Letterheads of every kind of issuer, before and after the two-tier reform; all places are invented."""

import datetime as dt
from dataclasses import dataclass

import pytest

from extract.page import Line, Page, PageSource, Word
from normalize.fixes import Restored, RestoredPage
from schema.document import read_uncalibrated
from schema.records import PlanRow

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREEDOM = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Case:
    name: str
    head: str
    number: str | None
    date: dt.date | None
    place: str | None
    issuer: str
    level: str | None
    unit: str | None
    parent: str | None
    province: str | None


CASES = (
    Case(
        "the place with its level before it",
        f"ỦY BAN NHÂN DÂN {STATE}\nTHÀNH PHỐ HÀ SƠN {FREEDOM}\n"
        "Số: 15/KH-UBND Thành phố Hà Sơn, ngày 05 tháng 01 năm 2022",
        "15/KH-UBND",
        dt.date(2022, 1, 5),
        "Thành phố Hà Sơn",
        "Ủy ban nhân dân thành phố Hà Sơn",
        "thành phố",
        "Hà Sơn",
        None,
        None,
    ),
    Case(
        "province, columns side by side",
        f"ỦY BAN NHÂN DÂN {STATE}\nTỈNH HÀ SƠN {FREEDOM}\nSố: 15/KH-UBND Hà Sơn, ngày 05 tháng 01 năm 2022",
        "15/KH-UBND",
        dt.date(2022, 1, 5),
        "Hà Sơn",
        "Ủy ban nhân dân tỉnh Hà Sơn",
        "tỉnh",
        "Hà Sơn",
        None,
        "Hà Sơn",
    ),
    Case(
        "province, the second motto broken",
        f"ỦY BAN NHÂN DÂN_ {STATE}\nTỈNH HÀ SƠN : Độc lập\n- Tự do\n- Hạnh phúc\n"
        "Số: 15/KH-UBND Hà Sơn, ngày 05 tháng 01 năm 2022",
        "15/KH-UBND",
        dt.date(2022, 1, 5),
        "Hà Sơn",
        "Ủy ban nhân dân tỉnh Hà Sơn",
        "tỉnh",
        "Hà Sơn",
        None,
        "Hà Sơn",
    ),
    Case(
        "commune that is called as a part of the motto",
        f"UBND HUYỆN BỒ SƠN\nỦY BAN NHÂN DÂN\nXÃ ĐỘC LẬP\nSố: 8/KH-UBND\n{STATE}\n{FREEDOM}\n"
        "Độc Lập, ngày 1 tháng 4 năm 2021",
        "8/KH-UBND",
        dt.date(2021, 4, 1),
        "Độc Lập",
        "Ủy ban nhân dân xã Độc Lập",
        "xã",
        "Độc Lập",
        "huyện Bồ Sơn",
        None,
    ),
    Case(
        "name of the unit broken off by the end of its line",
        f"UBND HUYỆN BỒ SƠN {STATE}\nUBND THỊ TRẤN LŨNG {FREEDOM}\nKHÊ\nSố: 8/KH-UBND Lũng Khê, ngày 1 tháng 4 năm 2021"
        "@Căn cứ Kế hoạch số 26/KH-UBND của UBND huyện Bồ Sơn. UBND thị trấn Lũng Khê xây dựng kế hoạch "
        "trên địa bàn thị trấn Lũng Khê như sau:",
        "8/KH-UBND",
        dt.date(2021, 4, 1),
        "Lũng Khê",
        "Ủy ban nhân dân thị trấn Lũng Khê",
        "thị trấn",
        "Lũng Khê",
        "huyện Bồ Sơn",
        None,
    ),
    Case(
        "name of the unit that ends as an office begins",
        f"ỦY BAN NHÂN DÂN {STATE}\nXÃ LŨNG PHONG {FREEDOM}\nSố: 8/KH-UBND Lũng Phong, ngày 1 tháng 4 năm 2026",
        "8/KH-UBND",
        dt.date(2026, 4, 1),
        "Lũng Phong",
        "Ủy ban nhân dân xã Lũng Phong",
        "xã",
        "Lũng Phong",
        None,
        None,
    ),
    Case(
        "department, columns one after the other",
        f"UBND TỈNH HÀ SƠN\nSỞ NỘI VỤ\nSố: 09/KH-SNV\n{STATE}\n{FREEDOM}\nHà Sơn, ngày 20 tháng 01 năm 2023",
        "09/KH-SNV",
        dt.date(2023, 1, 20),
        "Hà Sơn",
        "Sở Nội vụ",
        "tỉnh",
        "Hà Sơn",
        "tỉnh Hà Sơn",
        "Hà Sơn",
    ),
    Case(
        "district under a province that the text names",
        f"ỦY BAN NHÂN DÂN {STATE}\nHUYỆN BỒ SƠN {FREEDOM}\nSố: 3/KH-UBND Bồ Sơn, ngày 3 tháng 02 năm 2024\n"
        "@Căn cứ Kế hoạch số 1/KH-UBND ngày 02/01/2024 của UBND tỉnh Hà Sơn;",
        "3/KH-UBND",
        dt.date(2024, 2, 3),
        "Bồ Sơn",
        "Ủy ban nhân dân huyện Bồ Sơn",
        "huyện",
        "Bồ Sơn",
        "tỉnh Hà Sơn",
        "Hà Sơn",
    ),
    Case(
        "division of a district",
        f"UBND HUYỆN BỒ SƠN {STATE}\nPHÒNG NỘI VỤ {FREEDOM}\nSố: 21/KH-PNV Bồ Sơn, ngày 11 tháng 3 năm 2024",
        "21/KH-PNV",
        dt.date(2024, 3, 11),
        "Bồ Sơn",
        "Phòng Nội vụ",
        "huyện",
        "Bồ Sơn",
        None,
        None,
    ),
    Case(
        "commune with its district printed above it",
        f"UBND HUYỆN BỒ SƠN {STATE}\nỦY BAN NHÂN DÂN XÃ LŨNG KHÊ {FREEDOM}\n"
        "Số: 8/KH-UBND Lũng Khê, ngày 1 tháng 4 năm 2021",
        "8/KH-UBND",
        dt.date(2021, 4, 1),
        "Lũng Khê",
        "Ủy ban nhân dân xã Lũng Khê",
        "xã",
        "Lũng Khê",
        "huyện Bồ Sơn",
        None,
    ),
    Case(
        "ward with a number, columns one after the other",
        f"ỦY BAN NHÂN DÂN\nPHƯỜNG 41\nSố: 118/KH-UBND\n{STATE}\n{FREEDOM}\nPhường 41, ngày 03 tháng 02 năm 2023",
        "118/KH-UBND",
        dt.date(2023, 2, 3),
        "Phường 41",
        "Ủy ban nhân dân phường 41",
        "phường",
        "41",
        None,
        None,
    ),
    Case(
        "township",
        f"UBND HUYỆN BỒ SƠN\nỦY BAN NHÂN DÂN\nTHỊ TRẤN PHỐ VÀNH\nSố: 44/KH-UBND\n{STATE}\n{FREEDOM}\n"
        "Phố Vành, ngày 10 tháng 12 năm 2022",
        "44/KH-UBND",
        dt.date(2022, 12, 10),
        "Phố Vành",
        "Ủy ban nhân dân thị trấn Phố Vành",
        "thị trấn",
        "Phố Vành",
        "huyện Bồ Sơn",
        None,
    ),
    Case(
        "town",
        f"ỦY BAN NHÂN DÂN {STATE}\nTHỊ XÃ ĐÔNG KHÁNH {FREEDOM}\nSố: 12/KH-UBND Đông Khánh, ngày 9 tháng 01 năm 2025",
        "12/KH-UBND",
        dt.date(2025, 1, 9),
        "Đông Khánh",
        "Ủy ban nhân dân thị xã Đông Khánh",
        "thị xã",
        "Đông Khánh",
        None,
        None,
    ),
    Case(
        "commune after the reform stands under the province",
        f"ỦY BAN NHÂN DÂN {STATE}\nXÃ LŨNG KHÊ {FREEDOM}\nSố: 6/KH-UBND Lũng Khê, ngày 15 tháng 8 năm 2025\n"
        "@Căn cứ Kế hoạch số 1/KH-UBND ngày 02/7/2025 của UBND tỉnh Hà Sơn;",
        "6/KH-UBND",
        dt.date(2025, 8, 15),
        "Lũng Khê",
        "Ủy ban nhân dân xã Lũng Khê",
        "xã",
        "Lũng Khê",
        "tỉnh Hà Sơn",
        "Hà Sơn",
    ),
    Case(
        "province printed above a commune after the reform",
        f"UBND TỈNH HÀ SƠN\nỦY BAN NHÂN DÂN\nPHƯỜNG BẾN TRÚC\nSố: 2/KH-UBND\n{STATE}\n{FREEDOM}\n"
        "Bến Trúc, ngày 15 tháng 9 năm 2026",
        "2/KH-UBND",
        dt.date(2026, 9, 15),
        "Bến Trúc",
        "Ủy ban nhân dân phường Bến Trúc",
        "phường",
        "Bến Trúc",
        "tỉnh Hà Sơn",
        "Hà Sơn",
    ),
    Case(
        "special zone",
        f"ỦY BAN NHÂN DÂN {STATE}\nĐẶC KHU HÒN MÂY {FREEDOM}\nSố: 5/KH-UBND Hòn Mây, ngày 1 tháng 10 năm 2025",
        "5/KH-UBND",
        dt.date(2025, 10, 1),
        "Hòn Mây",
        "Ủy ban nhân dân đặc khu Hòn Mây",
        "đặc khu",
        "Hòn Mây",
        None,
        None,
    ),
    Case(
        "party committee of a commune",
        "ĐẢNG BỘ HUYỆN BỒ SƠN ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY XÃ LŨNG KHÊ\n*\n"
        "Số 14-KH/ĐU Lũng Khê, ngày 22 tháng 02 năm 2023",
        "14-KH/ĐU",
        dt.date(2023, 2, 22),
        "Lũng Khê",
        "Đảng ủy xã Lũng Khê",
        "xã",
        "Lũng Khê",
        "huyện Bồ Sơn",
        None,
    ),
    Case(
        "city under a province",
        f"ỦY BAN NHÂN DÂN {STATE}\nTHÀNH PHỐ AN VĨNH {FREEDOM}\nSố: 70/KH-UBND An Vĩnh, ngày 5 tháng 5 năm 2022\n"
        "@Căn cứ Nghị quyết số 03-NQ/TU ngày 01/02/2022 của Tỉnh ủy Hà Sơn;",
        "70/KH-UBND",
        dt.date(2022, 5, 5),
        "An Vĩnh",
        "Ủy ban nhân dân thành phố An Vĩnh",
        "thành phố",
        "An Vĩnh",
        "tỉnh Hà Sơn",
        "Hà Sơn",
    ),
    Case(
        "a ward whose city only the grounds name",
        f"ỦY BAN NHÂN DÂN {STATE}\nPHƯỜNG BẾN TRÚC {FREEDOM}\nSố: 25/KH-UBND Bến Trúc, ngày 6 tháng 5 năm 2022\n"
        "@Căn cứ Kế hoạch số 70/KH-UBND ngày 05/5/2022 của UBND thành phố An Vĩnh;",
        "25/KH-UBND",
        dt.date(2022, 5, 6),
        "Bến Trúc",
        "Ủy ban nhân dân phường Bến Trúc",
        "phường",
        "Bến Trúc",
        "thành phố An Vĩnh",
        None,
    ),
    Case(
        "number and day left blank for the hand",
        f"ỦY BAN NHÂN DÂN {STATE}\nXÃ LŨNG KHÊ {FREEDOM}\nSố:      /KH-UBND Lũng Khê, ngày      tháng 01 năm 2024",
        None,
        None,
        "Lũng Khê",
        "Ủy ban nhân dân xã Lũng Khê",
        "xã",
        "Lũng Khê",
        None,
        None,
    ),
    Case(
        "misread motto and lost slash",
        "ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘl CHỦ NGHĨA VIỆT NAM\nXÃ LŨNG KHÊ Độc 1ập - Tư do - Hạnh phuc\n"
        "Số: 31KH-UBND Lũng Khê, ngày 12 tháng 01 năm 2024",
        "31/KH-UBND",
        dt.date(2024, 1, 12),
        "Lũng Khê",
        "Ủy ban nhân dân xã Lũng Khê",
        "xã",
        "Lũng Khê",
        None,
        None,
    ),
    Case(
        "letterhead without the unit: the text tells it",
        f"ỦY BAN NHÂN DÂN {STATE}\n{FREEDOM}\nSố: 31/KH-UBND Lũng Khê, ngày 12 tháng 01 năm 2024\n"
        "@UBND xã Lũng Khê ban hành Kế hoạch như sau:",
        "31/KH-UBND",
        dt.date(2024, 1, 12),
        "Lũng Khê",
        "Ủy ban nhân dân xã Lũng Khê",
        "xã",
        "Lũng Khê",
        None,
        None,
    ),
    Case(
        "the first heading of the body read amid the letterhead; a province that became a city",
        f"UBND TỈNH ĐỒNG NAI\nSỞ NỘI VỤ\nSố: 14/KH-SNV\nI. MỤC TIÊU\n{STATE}\n{FREEDOM}\n"
        "Đồng Nai, ngày 8 tháng 01 năm 2024",
        "14/KH-SNV",
        dt.date(2024, 1, 8),
        "Đồng Nai",
        "Sở Nội vụ",
        "tỉnh",
        "Đồng Nai",
        "tỉnh Đồng Nai",
        "Đồng Nai",
    ),
    Case(
        "a department that the text calls by its province",
        f"UBND TỈNH ĐỒNG NAI {STATE}\nSỞ NỘI VỤ {FREEDOM}\nSố: 14/KH-SNV Đồng Nai, ngày 8 tháng 01 năm 2024\n"
        "@Căn cứ Kế hoạch số 3/KH-UBND, Sở Nội vụ tỉnh Đồng Nai ban hành Kế hoạch như sau:",
        "14/KH-SNV",
        dt.date(2024, 1, 8),
        "Đồng Nai",
        "Sở Nội vụ tỉnh Đồng Nai",
        "tỉnh",
        "Đồng Nai",
        "tỉnh Đồng Nai",
        "Đồng Nai",
    ),
    Case(
        "ward under a province that became a city",
        f"ỦY BAN NHÂN DÂN {STATE}\nPHƯỜNG LŨNG KHÊ {FREEDOM}\nSố: 6/KH-UBND Lũng Khê, ngày 20 tháng 01 năm 2026\n"
        "@Thực hiện Kế hoạch số 3/KH-UBND ngày 05/01/2026 của UBND tỉnh Đồng Nai; UBND phường ban hành như sau:",
        "6/KH-UBND",
        dt.date(2026, 1, 20),
        "Lũng Khê",
        "Ủy ban nhân dân phường Lũng Khê",
        "phường",
        "Lũng Khê",
        "tỉnh Đồng Nai",
        "Đồng Nai",
    ),
    Case(
        "school under a ministry",
        f"BỘ CÔNG NGHỆ\nTRƯỜNG ĐẠI HỌC HÀ SƠN\nSố: 300/KH-ĐHHS\n{STATE}\n{FREEDOM}\nHà Sơn, ngày 2 tháng 10 năm 2025",
        "300/KH-ĐHHS",
        dt.date(2025, 10, 2),
        "Hà Sơn",
        "Trường Đại học Hà Sơn",
        None,
        None,
        None,
        None,
    ),
)


def _plan(head: str) -> PlanRow:
    top, _, grounds = head.partition("@")
    text = (
        f"{top.strip()}\nKẾ HOẠCH\nCải cách hành chính\n{grounds or 'Căn cứ tình hình thực tế.'}\nI. MỤC TIÊU\n1. Tốt."
    )
    lines = tuple(Line(line, None, 1.0) for line in text.split("\n"))
    page = Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)
    (plan,) = read_uncalibrated([RestoredPage(page, tuple(Restored(line.text) for line in lines))], "d").plans
    return plan


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_letterhead(case: Case) -> None:
    plan = _plan(case.head)
    assert (plan.doc_number, plan.issued_date, plan.issued_place) == (case.number, case.date, case.place)
    assert (plan.issuer, plan.issuer_level, plan.issuer_name) == (case.issuer, case.level, case.unit)
    assert (plan.parent_unit, plan.province) == (case.parent, case.province)
    assert plan.title == "Cải cách hành chính"


DATE = "Lũng Khê, ngày 12 tháng 01 năm 2024"


@pytest.mark.parametrize(
    ("number", "date", "sure", "read"),
    [
        ("Số: 28/KH-UBND", DATE, 0.9, ("28/KH-UBND", dt.date(2024, 1, 12))),
        ("Số: 25/KH-UBND", DATE, 0.4, (None, None)),
        ("Số: .43./KH-UBND", DATE, 0.8, (None, dt.date(2024, 1, 12))),
        ("Số: .43./KH-UBND", DATE, 0.95, ("43/KH-UBND", dt.date(2024, 1, 12))),
        ("Số: .É#./KH-UBND", "Lũng Khê, ngày .DẾ. tháng .4. năm 2024", 0.95, (None, None)),
        ("Số: 28/KH-UBND", "Lũng Khê, ngày 12 tháng 0Ì năm 2024", 0.9, ("28/KH-UBND", dt.date(2024, 1, 12))),
        ("Số: 28/KH-UBND", "Lũng Khê, ngày 12 tháng 01 năm\n2024", 0.9, ("28/KH-UBND", dt.date(2024, 1, 12))),
    ],
)
def test_digits_of_scans_count_only_when_sure(
    number: str, date: str, sure: float, read: tuple[str | None, dt.date | None]
) -> None:
    text = (
        f"ỦY BAN NHÂN DÂN\nXÃ LŨNG KHÊ\n{number}\n{STATE}\n{FREEDOM}\n{date}\nKẾ HOẠCH\nCải cách\nI. MỤC TIÊU\n1. Tốt."
    )
    words = [
        tuple(Word(w, None, sure if any(c.isdigit() for c in w) else 0.97) for w in line.split())
        for line in text.split("\n")
    ]
    lines = tuple(Line(line, None, 0.95, w) for line, w in zip(text.split("\n"), words, strict=True))
    page = Page(1, 595.0, 842.0, 0, 0.0, PageSource.OCR, "tesseract", lines, (), 0.9)
    (plan,) = read_uncalibrated([RestoredPage(page, tuple(Restored(line.text) for line in lines))], "d").plans
    assert (plan.doc_number, plan.issued_date) == read
    assert plan.needs_review == (None in read)
    assert plan.issuer_name == "Lũng Khê"


def test_the_digits_of_the_year_are_no_witness_for_the_day() -> None:
    text = (
        f"ỦY BAN NHÂN DÂN\nXÃ LŨNG KHÊ\nSố: 28/KH-UBND\n{STATE}\nLũng Khê, ngày 1 tháng 3 năm 2021\nKẾ HOẠCH\nTập huấn"
    )
    lines = tuple(
        Line(line, None, 0.95, tuple(Word(w, None, 0.4 if w == "1" else 0.97) for w in line.split()))
        for line in text.split("\n")
    )
    page = Page(1, 595.0, 842.0, 0, 0.0, PageSource.OCR, "tesseract", lines, (), 0.9)
    (plan,) = read_uncalibrated([RestoredPage(page, tuple(Restored(line.text) for line in lines))], "d").plans
    assert plan.issued_date is None and plan.needs_review
