"""Whole documents: what is a plan, how many there are, and what their heads say."""

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.document import read_document


def _texts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan_texts", Path(__file__).with_name("plan_texts.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


T = _texts()


@pytest.mark.parametrize("text", [T.REPORT, T.LETTER, T.DIRECTIVE, T.FORM, T.OTHER_DECISION, "", "1", "KẾ HOẠCH này"])
def test_what_is_no_plan_gives_no_rows(text: str) -> None:
    reading = read_document(T.pages(text), "d")
    assert not reading.is_plan
    assert not (reading.plans or reading.targets or reading.assignments or reading.legal_bases or reading.agencies)


def test_a_plan_of_a_commune() -> None:
    (plan,) = read_document(T.pages(T.COMMUNE), "d").plans
    assert (plan.plan_id, plan.doc_type, plan.doc_number) == ("d", "Kế hoạch", "31/KH-UBND")
    assert (plan.issued_date, plan.issued_place) == (dt.date(2024, 1, 12), "Lũng Khê")
    assert (plan.issuer, plan.issuer_level, plan.issuer_name) == ("Ủy ban nhân dân xã Lũng Khê", "xã", "Lũng Khê")
    assert (plan.parent_unit, plan.province) == ("huyện Bồ Sơn", None)
    assert plan.title == "Cải cách hành chính năm 2024 trên địa bàn xã Lũng Khê"
    assert (plan.period_start, plan.period_end) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert (plan.signer_name, plan.signer_title) == ("Lường Văn Bảo", "Phó Chủ tịch")
    assert not plan.needs_review


def test_the_grounds_of_a_plan_are_what_it_stands_on_itself() -> None:
    bases = read_document(T.pages(T.COMMUNE), "d").legal_bases
    assert [(b.instrument, b.number, b.date) for b in bases] == [
        ("Luật", "Luật Tổ chức chính quyền địa phương", dt.date(2015, 6, 19)),
        ("Kế hoạch", "05/KH-UBND", dt.date(2024, 1, 4)),
        ("Tờ trình", "02/TTr-VPTK", dt.date(2024, 1, 10)),
    ]
    assert [b.ordinal for b in bases] == [1, 2, 3]


def test_a_decision_and_the_plan_attached_to_it_are_one_plan() -> None:
    reading = read_document(T.pages(T.DECISION, T.ATTACHED), "d")
    (plan,) = reading.plans
    assert (plan.doc_type, plan.doc_number, plan.issued_date) == ("Quyết định", "118/QĐ-UBND", dt.date(2023, 2, 3))
    assert (plan.issuer, plan.issuer_name) == ("Ủy ban nhân dân phường 27", "27")
    assert plan.issued_place == "Phường 27"
    assert plan.title == "Cải cách hành chính năm 2023 của Phường 27"
    assert (plan.signer_name, plan.signer_title) == ("Trần Thị Hạnh Dung", "Chủ tịch")
    assert [b.number for b in reading.legal_bases] == [
        "Luật Tổ chức chính quyền địa phương",
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        "76/NQ-CP",
    ]
    assert reading.targets[0].page == 2


@pytest.mark.parametrize("motto", ["", f"{T.MOTTO}\n{T.FREEDOM}\n"], ids=["heading alone", "motto"])
def test_a_plan_behind_its_decision_needs_no_note(motto: str) -> None:
    title, behind = T.ATTACHED.partition("KẾ HOẠCH\n")[2].split("(Ban hành")
    attached = f"{motto}KẾ HOẠCH\n{title}{behind.partition(')')[2].lstrip()}"
    reading = read_document(T.pages(T.DECISION, attached), "d")
    (plan,) = reading.plans
    assert (plan.doc_type, plan.doc_number) == ("Quyết định", "118/QĐ-UBND")
    assert reading.targets[0].page == 2


def test_the_title_of_a_decision_is_no_heading_of_a_plan() -> None:
    text = T.DECISION.replace("Ban hành Kế hoạch cải", "Ban hành\nKẾ HOẠCH\nCải")
    assert not read_document(T.pages(text), "d").is_plan


def test_a_web_address_at_the_end_of_a_duty_does_not_end_the_document() -> None:
    duties = "II. TỔ CHỨC THỰC HIỆN\n1. Công chức Văn hóa - Xã hội: đăng tin trên https://lungkhe.gov.vn/.\n"
    more = "2. Công chức Địa chính: cập nhật dữ liệu đất đai hằng tháng.\n"
    text = T.COMMUNE.replace("Nơi nhận", f"{duties}{more}Nơi nhận", 1)
    tasks = [row.task for row in read_document(T.pages(text), "d").assignments]
    assert any("cập nhật dữ liệu đất đai" in task for task in tasks)


def test_who_a_plan_is_put_before_is_no_part_of_its_title() -> None:
    text = T.COMMUNE.replace("xã Lũng Khê\n", "xã Lũng Khê\nKính gửi: Hội đồng nhân dân xã Lũng Khê\n", 1)
    (plan,) = read_document(T.pages(text), "d").plans
    assert plan.title == "Cải cách hành chính năm 2024 trên địa bàn xã Lũng Khê"


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("Để nâng cao chất lượng phục vụ, UBND xã thực hiện như sau:", ""),
        ("nhằm nâng cao chất lượng phục vụ", " nhằm nâng cao chất lượng phục vụ"),
        ("Đề án tinh gọn bộ máy", " Đề án tinh gọn bộ máy"),
    ],
)
def test_what_a_plan_is_for_ends_its_title_where_it_opens_a_sentence(below: str, title: str) -> None:
    text = T.COMMUNE.replace("trên địa bàn xã Lũng Khê\n", f"trên địa bàn xã Lũng Khê\n{below}\n", 1)
    (plan,) = read_document(T.pages(text), "d").plans
    assert plan.title == f"Cải cách hành chính năm 2024 trên địa bàn xã Lũng Khê{title}"


def test_a_title_in_capitals_that_goes_on_with_a_year_ends_there() -> None:
    title = (
        "CẢI CÁCH HÀNH CHÍNH XÃ LŨNG KHÊ GIAI ĐOẠN 2024 -\n2026\nTriển khai thực hiện các nhiệm vụ của cấp trên giao về"
    )
    text = T.COMMUNE.replace(
        "Cải cách hành chính năm 2024 trên địa bàn xã Lũng Khê", f"{title} cải cách hành chính,", 1
    )
    (plan,) = read_document(T.pages(text), "d").plans
    assert plan.title == "CẢI CÁCH HÀNH CHÍNH XÃ LŨNG KHÊ GIAI ĐOẠN 2024 - 2026"


def test_an_attached_plan_alone_takes_number_and_date_from_its_note() -> None:
    (plan,) = read_document(T.pages(T.ATTACHED), "d").plans
    assert (plan.doc_type, plan.doc_number, plan.issued_date) == ("Quyết định", "118/QĐ-UBND", dt.date(2023, 2, 3))


def test_a_decision_that_sets_the_plan_out_itself() -> None:
    text = T.DECISION.replace("Điều 1. Ban hành kèm theo Quyết định này", "Điều 1. Phê duyệt")
    text = text.replace("Điều 2.", "I. MỤC TIÊU\n1. 100% hồ sơ được giải quyết đúng hạn.\nĐiều 2.")
    (plan,) = read_document(T.pages(text), "d").plans
    assert (plan.doc_type, plan.doc_number, plan.title) == ("Quyết định", "118/QĐ-UBND", "Cải cách hành chính năm 2023")


def test_a_decision_whose_plan_is_in_another_file_is_no_plan() -> None:
    assert not read_document(T.pages(T.DECISION), "d").is_plan


@pytest.mark.parametrize("separate", [True, False], ids=["on pages of their own", "on one page"])
def test_several_documents_in_one_file(separate: bool) -> None:
    texts = (T.COMMUNE, T.REPORT, T.DECISION, T.ATTACHED)
    reading = read_document(T.pages(*texts) if separate else T.pages("\n".join(texts)), "d")
    assert [(p.plan_id, p.doc_number) for p in reading.plans] == [("d", "31/KH-UBND"), ("d-2", "118/QĐ-UBND")]
    assert [t.plan_id for t in reading.targets] == ["d", "d-2"]
    assert {b.plan_id for b in reading.legal_bases} == {"d", "d-2"}


def test_a_number_written_by_hand_and_not_read_is_null_and_reviewed() -> None:
    (plan,) = read_document(T.pages(T.COMMUNE.replace("31/KH", "     /KH")), "d").plans
    assert plan.doc_number is None
    assert plan.needs_review


@settings(max_examples=30)
@given(st.lists(st.sampled_from((T.COMMUNE + T.ATTACHED + T.DECISION).split("\n")), max_size=40))
def test_any_order_of_lines_is_read_without_raising(lines: list[str]) -> None:
    read_document(T.pages("\n".join(lines)), "d")
