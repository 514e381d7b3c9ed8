"""Which instruments of a ground count, and what is read of each."""

import pytest

from schema.head.bases import read_bases, read_ground
from schema.head.ground_openings import opens_ground
from schema.outline.flow import PrintedLine

Found = tuple[str, str | None, str | None]


def _lines(text: str) -> list[PrintedLine]:
    return [
        PrintedLine(line, line, 1.0, None, 0, 1, index, False, False, None, False, None)
        for index, line in enumerate(text.strip().split("\n"))
    ]


def _read(text: str) -> list[Found]:
    bases, _ = read_bases(_lines(text))
    return [(b.instrument, b.number, b.date.isoformat() if b.date else None) for b in bases]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 3/2/2022 của UBND tỉnh;",
            [("Quyết định", "12/QĐ-UBND", "2022-02-03")],
            id="one",
        ),
        pytest.param(
            "Căn cứ Nghị quyết số 5/NQ-HĐND ngày 1/1/2022 của HĐND xã về thực hiện Kế hoạch số 9/KH-UBND;",
            [("Nghị quyết", "5/NQ-HĐND", "2022-01-01")],
            id="what a cited one speaks of does not count",
        ),
        pytest.param(
            "Căn cứ Nghị quyết số 5/NQ-CP ngày 1/1/2022 của Chính phủ; Quyết định số 6/QĐ-TTg ngày 2/1/2022 của "
            "Thủ tướng Chính phủ về kế hoạch; Chương trình hành động số 7-CTr/HU ngày 3/1/2022 của Huyện ủy;",
            [
                ("Nghị quyết", "5/NQ-CP", "2022-01-01"),
                ("Quyết định", "6/QĐ-TTg", "2022-01-02"),
                ("Chương trình hành động", "7-CTr/HU", "2022-01-03"),
            ],
            id="several in one sentence",
        ),
        pytest.param(
            "Thực hiện Công văn số 100/SNV-CCHC ngày 4/5/2023 của Sở Nội vụ và Kế hoạch số 20/KH-UBND ngày 5/5/2023;",
            [("Công văn", "100/SNV-CCHC", "2023-05-04"), ("Kế hoạch", "20/KH-UBND", "2023-05-05")],
            id="two joined by và",
        ),
        pytest.param(
            "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số 45/TTr-NV ngày 6 tháng 6 năm 2023.",
            [("Tờ trình", "45/TTr-NV", "2023-06-06")],
            id="a proposal with its number",
        ),
        pytest.param("Theo đề nghị của Trưởng phòng Nội vụ.", [], id="a proposal without a number"),
        pytest.param("Căn cứ tình hình thực tế của địa phương;", [], id="no instrument"),
        pytest.param(
            "Căn cứ Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008;\nCăn cứ Luật Viên chức năm 2010;",
            [("Luật", "Luật Cán bộ, công chức", "2008-11-13"), ("Luật", "Luật Viên chức", None)],
            id="laws by name",
        ),
        pytest.param(
            "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025;",
            [("Luật", "Luật Tổ chức chính quyền địa phương", "2025-06-16")],
            id="a law with a number keeps its name",
        ),
        pytest.param(
            "Căn cứ Nghị quyết ngày 7/7/2022 số 8/NQ-HĐND của HĐND huyện;",
            [("Nghị quyết", "8/NQ-HĐND", "2022-07-07")],
            id="date before number",
        ),
        pytest.param(
            "Căn cứ Nghị quyết Đại hội Đảng bộ xã lần thứ XX, nhiệm kỳ 2020 - 2025;",
            [("Nghị quyết", None, None)],
            id="a resolution without a number",
        ),
        pytest.param(
            "Thực hiện các Quyết định số 11/QĐ-BNV, 12/QĐ-BNV ngày 31/12/2024 của Bộ Nội vụ;",
            [("Quyết định", "11/QĐ-BNV", "2024-12-31"), ("Quyết định", "12/QĐ-BNV", "2024-12-31")],
            id="two numbers of one kind",
        ),
        pytest.param(
            "Căn cứ Thông tư số 01/2018/TT-\nVPCP ngày 23/11/2018 của Văn phòng Chính phủ;",
            [("Thông tư", "01/2018/TT-VPCP", "2018-11-23")],
            id="a symbol parted by the line break",
        ),
        pytest.param(
            "Căn cứ Luật Hòa giải ngày 1/2/2013;\nCén cir Quyết định số 12/QĐ-UBND ngày 3/2/2022 của UBND tỉnh;",
            [("Luật", "Luật Hòa giải", "2013-02-01"), ("Quyết định", "12/QĐ-UBND", "2022-02-03")],
            id="a misread opening",
        ),
    ],
)
def test_grounds(text: str, found: list[Found]) -> None:
    assert _read(text) == found


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Nghị quyết số 1-NQ/TU ngày 14/9/2022, Ban Chấp hành Đảng bộ tỉnh ban hành về chuyển đổi số;",
            "Ban Chấp hành Đảng bộ tỉnh",
        ),
        (
            "Quyết định số 2/QĐ-UBND ngày 1/2/2021 của Ủy ban nhân dân tỉnh Hà Sơn phê duyệt Đề án;",
            "Ủy ban nhân dân tỉnh Hà Sơn",
        ),
        ("Chỉ thị số 7/CT-TTg ngày 2/5/2023 về đẩy mạnh chuyển đổi số của Thủ tướng Chính phủ;", "Thủ tướng Chính phủ"),
        (
            "Nghị quyết số 7/NQ-CP ngày 1/4/2025 về sửa đổi chương trình hành động của Chính phủ thực hiện;",
            "Chính phủ",
        ),
        (
            "Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 sửa đổi một số điều của các nghị định về thủ tục hành chính;",
            None,
        ),
        (
            "Thông tư số 2/2017/TT-VPCP ngày 31/10/2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn;",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
    ],
)
def test_issuers_of_instruments(text: str, issuer: str | None) -> None:
    bases, _ = read_bases(_lines(f"Căn cứ {text}"))
    assert [b.issuer for b in bases] == [issuer]


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Căn cứ Luật", True),
        ("- Căn cứ Luật", True),
        ("Thực hiện Kế hoạch số 1", True),
        ("căn cứ vào kết quả", False),
        ("Ủy ban nhân dân xã", False),
    ],
)
def test_what_opens_a_ground(line: str, opens: bool) -> None:
    assert opens_ground(line) is opens


def test_the_laws_that_a_decree_puts_into_practice_end_what_it_is_about() -> None:
    decree = "Nghị định số 12/2024/NĐ-CP ngày 01/2/2024 của Chính phủ quy định chi tiết một số điều của Luật Hộ tịch"
    text = f"Thực hiện {decree} và Luật Căn cước; {decree} và Quyết định số 10/QĐ-TTg ngày 05/3/2024 về số hóa;"
    numbers = [basis.number for basis in read_ground(text, 0, len(text))]
    assert numbers == ["12/2024/NĐ-CP", "12/2024/NĐ-CP", "10/QĐ-TTg"]
