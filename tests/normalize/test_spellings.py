"""Names that one line of a document spells otherwise than the others."""

import pytest

from extract.page import Line, Page, PageSource
from normalize import restore_document
from normalize.names.spellings import spelling_fixes

_NAMED = ["Ủy ban nhân dân xã Thạch Uẩn", "kế hoạch của UBND xã Thạch Uẩn năm 2024", "Thạch Uẩn, ngày 05 tháng 01"]


@pytest.mark.parametrize(
    ("odd", "restored"),
    [
        ("XÃ THẠCH UẤN", "XÃ THẠCH UẨN"),
        ("xã Thạch Uấn đã ban hành", "xã Thạch Uẩn đã ban hành"),
        ("Thach Uẩn, ngày 06 tháng 01", "Thạch Uẩn, ngày 06 tháng 01"),
        ("PHỤ LỤC NHIỆM VỤ XÃ THẠCH UẤN GIAI ĐOẠN", "PHỤ LỤC NHIỆM VỤ XÃ THẠCH UẨN GIAI ĐOẠN"),
        ("huyện Thạch Uấn", "huyện Thạch Uẩn"),
    ],
)
def test_a_spelling_against_three_others_is_put_right(odd: str, restored: str) -> None:
    fixes = spelling_fixes([*_NAMED, odd])[3]
    text = odd
    for fix in reversed(fixes):
        text = text[: fix.start] + fix.restored + text[fix.end :]
    assert text == restored


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([*_NAMED[:2], "XÃ THẠCH UẤN"], id="too few others"),
        pytest.param([*_NAMED, "XÃ THẠCH UẤN", "xã Thạch Uấn"], id="spelt otherwise too often"),
        pytest.param([*_NAMED, "XÃ THẠCH OAN"], id="other letters"),
        pytest.param([*_NAMED, "ông Thạch Uấn chủ trì"], id="not named as a place"),
        pytest.param(["xã Thạch Uẩn"] * 5 + ["xã Thạch Uấn"] * 2, id="more than a third"),
        pytest.param(["huyện Yên Định"] * 6 + ["huyện Yên Dinh"] * 3, id="a third of the places"),
        pytest.param(["thị xã Quảng Trị"] * 3 + ["huyện Yên Thành", "huyện Yên Thanh"], id="nothing usual"),
    ],
)
def test_other_names_are_left_alone(lines: list[str]) -> None:
    assert spelling_fixes(lines) == {}


def test_a_listed_unit_is_no_slip() -> None:
    lines = ["xã Tân Lạp"] * 9 + ["xã Tân Lập"]  # there are communes called Tân Lập
    assert spelling_fixes(lines) == {}


def _page(lines: list[str], source: PageSource) -> Page:
    return Page(1, None, None, 0, 0.0, source, "text", tuple(Line(text, None, 1.0) for text in lines), (), 1.0)


@pytest.mark.parametrize(
    ("source", "last"), [(PageSource.OCR, "XÃ THẠCH UẨN"), (PageSource.TEXT_LAYER, "XÃ THẠCH UẤN")]
)
def test_only_pages_that_an_engine_read_are_put_right(source: PageSource, last: str) -> None:
    (page,) = restore_document([_page([*_NAMED, "XÃ THẠCH UẤN"], source)])
    assert page.lines[-1].text == last
