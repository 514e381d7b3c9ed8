"""What is no plan gives no rows, however much it speaks like one; each of these told as a plan is one."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from schema.document import read_document
from schema.records import Reading
from tests.schema import plan_texts

CASES = tomllib.loads((Path(__file__).parent / "cases" / "no_plans.toml").read_text("utf-8"))["case"]
PLANS = (
    "Tuyên truyền cải cách hành chính năm 2024",
    "Kiểm tra công tác cải cách hành chính năm 2024",
    "Khảo sát mức độ hài lòng của người dân năm 2024",
    "Chuyển đổi số năm 2024",
    "Đào tạo, bồi dưỡng cán bộ, công chức năm 2024",
    "Rà soát, đơn giản hóa thủ tục hành chính năm 2024",
    "Nâng cao Chỉ số hiệu quả quản trị và hành chính công (PAPI) năm 2024",
)
HEAD = f"""
UBND HUYỆN BỒ SƠN {plan_texts.MOTTO}
ỦY BAN NHÂN DÂN {plan_texts.FREEDOM}
XÃ LŨNG KHÊ Lũng Khê, ngày 12 tháng 01 năm 2024
"""
TABLE = """
STT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian
1 Rà soát thủ tục hành chính Phòng Tư pháp Các xã Quý II/2024
đang áp dụng trên địa bàn
2 Tập huấn phần mềm một cửa Phòng Nội vụ Các xã Tháng 5/2024
3 Kiểm tra công vụ Thanh tra huyện Phòng Nội vụ Quý III/2024
"""
END = """
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Lưu: VT. CHỦ TỊCH
Lường Văn Bảo
"""


def _read(case: Mapping[str, Any]) -> Reading:
    number = f"Số: 41/{case['symbol']}\n" if case["symbol"] else ""
    text = case["text"] if case.get("bare") else f"{HEAD}{number}{case['text']}{END}"
    return read_document(plan_texts.pages(text), "d")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_no_plan_no_rows(case: Mapping[str, Any]) -> None:
    assert _read(case) == Reading(is_plan=False)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_run_together_table_makes_no_plan_of_it(case: Mapping[str, Any]) -> None:
    assert _read({**case, "text": f"{case['text']}{TABLE}"}) == Reading(is_plan=False)


@pytest.mark.parametrize("title", PLANS)
def test_plans_of_many_kinds_give_rows(title: str) -> None:
    reading = _read({"symbol": "KH-UBND", "text": f"\nKẾ HOẠCH\n{title}{plan_texts.BODY}"})
    assert [plan.title for plan in reading.plans] == [title]
    assert (len(reading.targets), len(reading.assignments)) == (1, 1)


@pytest.mark.parametrize("body", ["SỞ NỘI VỤ", "THANH TRA TỈNH", "VĂN PHÒNG", "BAN QUẢN LÝ KHU KINH TẾ", "SỞ Y TẾ"])
def test_departments_issue_plans(body: str) -> None:
    head = f"\nUBND TỈNH BỒ SƠN {plan_texts.MOTTO}\n{body} {plan_texts.FREEDOM}\n"
    head += "Số: 41/KH-SNV Bồ Sơn, ngày 12 tháng 01 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm 2024"
    reading = read_document(plan_texts.pages(f"{head}{plan_texts.BODY}"), "d")
    (plan,) = reading.plans
    assert (plan.issuer or "").lower().startswith(body.lower())
    assert (plan.issuer_level, plan.issuer_name, plan.province) == ("tỉnh", "Bồ Sơn", "Bồ Sơn")
