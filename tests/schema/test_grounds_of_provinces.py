"""Heads as provinces and ministries write them: many grounds, broken anywhere, several instruments in a sentence."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from schema.document import read_document
from schema.records import LegalBasisRow


def _texts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan_texts", Path(__file__).with_name("plan_texts.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


T = _texts()

PLAN = """
ỦY BAN NHÂN DÂN
TỈNH HÀ SƠN
Số: 48/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Sơn, ngày 03 tháng 3 năm 2026
KẾ HOẠCH
{title}
{grounds}
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao chất lượng phục vụ người dân.
"""


def _bases(grounds: str, title: str = "PHÁT TRIỂN CẢNG CẠN TRÊN ĐỊA BÀN TỈNH HÀ SƠN NĂM 2026") -> list[str | None]:
    rows: tuple[LegalBasisRow, ...] = read_document(
        T.pages(PLAN.format(title=title, grounds=grounds.strip())), "d"
    ).legal_bases
    return [row.number for row in rows]


@pytest.mark.parametrize(
    ("grounds", "numbers"),
    [
        pytest.param(
            """
Căn cứ Luật Đường sắt số
95/2025/QH15 ngày 27 tháng 6 năm 2025;
Căn cứ Nghị định số
16/2026/NĐ-CP ngày 05/01/2026 của Chính phủ; Quyết định số
31/QĐ-TTg ngày
22/01/2026 của Thủ tướng Chính phủ về cảng cạn;
Căn cứ Kế hoạch số 5-
KH/TU ngày 10/01/2026 của Tỉnh ủy;
""",
            ["Luật Đường sắt", "16/2026/NĐ-CP", "31/QĐ-TTg", "5-KH/TU"],
            id="lines that begin with a number and its slash",
        ),
        pytest.param(
            """
Thực hiện Quyết định số 31/QĐ-TTg ngày 22/01/2026 của Thủ tướng Chính phủ về cảng cạn (sau đây
gọi là Quyết định số 31/QĐ-TTg), Quyết định số 40/QĐ-BXD ngày 30/01/2026 của Bộ Xây dựng (được
sửa đổi bởi Quyết định số 44/QĐ-BXD ngày 02/02/2026) và Kế hoạch hành động số 5-KH/TU ngày 10/01/2026
của Tỉnh ủy; UBND tỉnh ban hành Kế hoạch như sau:
""",
            ["31/QĐ-TTg", "40/QĐ-BXD", "44/QĐ-BXD", "5-KH/TU"],
            id="brackets name an instrument again, or one that changed it",
        ),
        pytest.param(
            """
Căn cứ các Quyết định của Thủ tướng Chính phủ về quy hoạch cảng: Quyết định số 21/QĐ-TTg ngày
02/01/2026 phê duyệt Quy hoạch cảng biển; Quyết định số 22/QĐ-TTg ngày 03/01/2026 phê duyệt Quy hoạch cảng cạn;
Căn cứ Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025 của Chính phủ;
Căn cứ các Công điện: số 02/CĐ-UBND ngày 17/01/2026, số 03/CĐ-UBND và số 04/CĐ-UBND ngày 19/01/2026 của UBND tỉnh;
""",
            ["21/QĐ-TTg", "22/QĐ-TTg", "66.7/2025/NQ-CP", "02/CĐ-UBND", "03/CĐ-UBND", "04/CĐ-UBND"],
            id="a list after a colon",
        ),
        pytest.param(
            """
Căn cứ các Nghị định của Chính phủ quy định chi tiết một số điều của Luật Đường sắt (số 16/2026/NĐ-CP ngày
05/01/2026, số 17/2026/NĐ-CP ngày 06/01/2026 sửa đổi một số điều của Nghị định số 16/2026/NĐ-CP);
Căn cứ Thông tri số 04-TT/TU ngày 03/02/2026 của Tỉnh ủy; Phương án số 07/PA-UBND ngày 05/02/2026 của UBND tỉnh;
""",
            ["16/2026/NĐ-CP", "17/2026/NĐ-CP", "04-TT/TU", "07/PA-UBND"],
            id="numbers in brackets behind the kind",
        ),
        pytest.param(
            """
Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đường sắt, Luật Đường bộ và Luật Giá ngày 27/6/2025;
Căn cứ Luật Giá ngày 19/6/2023;
""",
            ["Luật sửa đổi, bổ sung một số điều của Luật Đường sắt, Luật Đường bộ và Luật Giá", "Luật Giá"],
            id="a law that amends several",
        ),
        pytest.param(
            """
Căn cứ Chương trình số 36-CTrHĐ/QU ngày 20/10/2025 của Quận ủy; xét Báo cáo số 40/BC-SNV ngày 24/02/2026 của Sở Nội vụ;
trên cơ sở đề xuất của Sở Tư pháp tại Công văn số 88/STP-VP ngày 26/02/2026;
Theo đề nghị của Giám đốc Sở Xây dựng (tại Tờ trình số 45/TTr-SXD ngày 28/02/2026).
""",
            ["36-CTrHĐ/QU", "40/BC-SNV", "88/STP-VP", "45/TTr-SXD"],
            id="what was put forward, amid the sentence and in brackets",
        ),
    ],
)
def test_every_instrument_of_the_grounds_is_read(grounds: str, numbers: list[str | None]) -> None:
    assert _bases(grounds) == numbers


@pytest.mark.parametrize(
    ("grounds", "issuers"),
    [
        (
            "Căn cứ Quyết định số 912/QĐ-BKHCN ngày 18/5/2025 của Bộ Khoa học và Công nghệ về hạ tầng số;\n"
            "Căn cứ Nghị quyết số 5/NQ-HĐND ngày 1/7/2025 của HĐND tỉnh khóa XVII, kỳ họp thứ 3;\n"
            "Thực hiện Chỉ thị số 32/CT-TTg ngày 21/10/2025 của Thủ tướng Chính phủ “Về tăng cường bảo vệ”;",
            ["Bộ Khoa học và Công nghệ", "HĐND tỉnh", "Thủ tướng Chính phủ"],
        ),
        (
            "Căn cứ Nghị quyết số 5/NQ-CP của Chính phủ và Chương trình hành động số 9-CTr/TU ngày 02/02/2026;",
            ["Chính phủ", None],
        ),
        (
            "Căn cứ các Nghị định của Chính phủ quy định chi tiết Luật Đường sắt (số 16/2026/NĐ-CP ngày 05/01/2026, số "
            "17/2026/NĐ-CP ngày 06/01/2026 sửa đổi một số điều của Nghị định số 16/2026/NĐ-CP đã ban hành);",
            ["Chính phủ", "Chính phủ"],
        ),
        (
            "Căn cứ Quyết định số 8/QĐ-BVHTTDL ngày 02/02/2026 của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch;",
            ["Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"],
        ),
    ],
)
def test_who_issued_each_instrument(grounds: str, issuers: list[str | None]) -> None:
    rows = read_document(T.pages(PLAN.format(title="THU GOM RÁC THẢI NĂM 2026", grounds=grounds)), "d").legal_bases
    assert [row.issuer for row in rows] == issuers


@pytest.mark.parametrize(
    ("ground", "numbers"),
    [
        (
            "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 về một cửa (được sửa đổi, bổ sung tại Nghị định số "
            "107/2021/NĐ-CP ngày 06/12/2021);",
            ["61/2018/NĐ-CP", "107/2021/NĐ-CP"],
        ),
        (
            "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 đã được sửa đổi, bổ sung bởi Nghị định số 48/2013/NĐ-CP "
            "ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017;",
            ["63/2010/NĐ-CP", "48/2013/NĐ-CP", "92/2017/NĐ-CP"],
        ),
        (
            "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 về kiểm soát; các Nghị định sửa đổi, bổ sung: Nghị "
            "định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017;",
            ["63/2010/NĐ-CP", "48/2013/NĐ-CP", "92/2017/NĐ-CP"],
        ),
        (
            "Thực hiện Kế hoạch số 3/KH-CAH ngày 08/3/2024 về cải cách trong Công an huyện và Chương trình công "
            "tác số 01/CTr-CAX ngày 05/01/2024;",
            ["3/KH-CAH", "01/CTr-CAX"],
        ),
        (
            "Căn cứ các Kế hoạch của UBND tỉnh: số 15/KH-UBND ngày 10/01/2023 về cải cách; số 28/KH-UBND ngày "
            "31/01/2023 về kiểm tra;",
            ["15/KH-UBND", "28/KH-UBND"],
        ),
        (
            "Căn cứ Kế hoạch số 3/KH-UBND ngày 08/3/2024 về Nghị quyết số 5/NQ-CP (được sửa đổi bởi Nghị quyết số "
            "6/NQ-CP);",
            ["3/KH-UBND"],
        ),
    ],
)
def test_an_instrument_that_changed_another_is_a_ground_beside_it(ground: str, numbers: list[str]) -> None:
    assert _bases(f"\n{ground}\n") == numbers


def test_a_line_that_opens_with_a_misread_number_ends_no_grounds() -> None:
    grounds = """
Căn cứ Nghị định số 37/2019/NĐ-CP ngày 07/5/2019 của Chính phủ, được sửa đổi theo Nghị định số
37//2019%NĐ-CP và một số văn bản khác;
Căn cứ Nghị quyết số 90/NQ-CP ngày 16/6/2023 của Chính phủ;
"""
    assert _bases(grounds)[-1] == "90/NQ-CP"


def test_the_introduction_of_an_attached_plan_is_no_ground_of_the_decision() -> None:
    decision = """
THỦ TƯỚNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/QĐ-TTg
Hà Nội, ngày 05 tháng 01 năm 2026
QUYẾT ĐỊNH
BAN HÀNH KẾ HOẠCH TRIỂN KHAI THI HÀNH LUẬT ĐƯỜNG SẮT
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;
Theo đề nghị của Bộ trưởng Bộ Xây dựng.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai thi hành Luật Đường sắt.
Điều 2. Các Bộ trưởng chịu trách nhiệm thi hành Quyết định này.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Lường Văn Bảo
"""
    attached = """
KẾ HOẠCH
TRIỂN KHAI THI HÀNH LUẬT ĐƯỜNG SẮT
(Kèm theo Quyết định số 77/QĐ-TTg ngày 05 tháng 01 năm 2026 của Thủ tướng Chính phủ)
Luật Đường sắt được Quốc hội thông qua ngày 27 tháng 6 năm 2025. Để triển khai thi hành kịp thời, Thủ tướng
Chính phủ ban hành Kế hoạch với các nội dung như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Xác định cụ thể nội dung công việc.
"""
    reading = read_document(T.pages(decision, attached), "d")
    assert [row.number for row in reading.legal_bases] == ["Luật Tổ chức Chính phủ"]
    (plan,) = reading.plans
    assert (plan.issuer, plan.issuer_level, plan.province) == ("Thủ tướng Chính phủ", None, None)
    assert plan.title == "TRIỂN KHAI THI HÀNH LUẬT ĐƯỜNG SẮT"
    assert (plan.signer_name, plan.signer_title) == ("Lường Văn Bảo", "Phó Thủ tướng")
    assert not plan.needs_review


def test_a_title_in_capitals_ends_where_running_text_begins() -> None:
    title = "KHẮC PHỤC HẬU QUẢ TRẬN LŨ QUÉT TẠI HUYỆN BỒ SƠN"
    text = (
        "Trận lũ quét đêm 12 tháng 02 năm 2026 đã làm hư hại nhiều nhà cửa, đường sá và công trình thủy lợi\n"
        "tại ba xã vùng cao. UBND tỉnh ban hành Kế hoạch như sau:"
    )
    (plan,) = read_document(T.pages(PLAN.format(title=title, grounds=text)), "d").plans
    assert plan.title == title


def test_a_title_may_begin_with_its_subject_mark() -> None:
    text = "Căn cứ Nghị quyết số 5/NQ-CP ngày 01/02/2026 của Chính phủ;"
    (plan,) = read_document(T.pages(PLAN.format(title="V/V HỖ TRỢ LƯƠNG THỰC", grounds=text)), "d").plans
    assert plan.title == "V/V HỖ TRỢ LƯƠNG THỰC"
