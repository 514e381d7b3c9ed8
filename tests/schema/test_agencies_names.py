"""One organisation under its spellings; lists of organisations; what a document defines."""

import pytest

from schema.context import Definition, PlanContext
from schema.organisations.agencies import merge_agencies, read_agency
from schema.organisations.agency_lists import split_agencies
from schema.records import AgencyRow

WARD = PlanContext(
    "p", issuer_level="phường", issuer_name="Bến Trúc", parent_unit="thành phố An Vĩnh", province="Hà Sơn"
)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "VP HĐND-UBND phường",
            "Văn phòng HĐND và UBND phường Bến Trúc",
            "Văn phòng HĐND - UBND",
            "văn phòng HĐND&UBND",
        ),
        ("Công chức VP-TK", "Công chức Văn phòng - Thống kê phường", "Công chức Văn phòng- Thống kê"),
        ("Công chức Tài chính - Kế toán", "Công chức Kế toán - Tài chính phường", "Công chức TC-KT"),
        ("Bộ phận Một cửa", "Bộ phận 1 cửa", "Bộ phận Tiếp nhận và trả kết quả phường"),
        ("Trạm y tế", "Trạm Y tế phường"),
        ("UBMTTQ Việt Nam phường", "Ủy ban Mặt trận Tổ quốc Việt Nam phường"),
    ],
)
def test_spellings_of_one_organisation_share_its_id(spellings: tuple[str, ...]) -> None:
    assert len({read_agency(text, WARD).agency_id for text in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công chức Tư pháp - Hộ tịch", "Công chức Tài chính - Kế toán"),
        ("Chủ tịch UBND phường", "Phó Chủ tịch UBND phường"),
        ("UBND phường", "UBND thành phố An Vĩnh"),
        ("Văn phòng HĐND và UBND", "Văn phòng Đảng ủy"),
    ],
)
def test_different_organisations_stay_apart(one: str, other: str) -> None:
    assert read_agency(one, WARD).agency_id != read_agency(other, WARD).agency_id


def test_one_name_in_two_communes_is_two_organisations() -> None:
    elsewhere = PlanContext("q", issuer_level="xã", issuer_name="Lũng Khê", province="Hà Sơn")
    assert read_agency("Trạm Y tế", WARD).agency_id != read_agency("Trạm Y tế", elsewhere).agency_id


def test_a_department_belongs_to_the_province_whoever_names_it() -> None:
    elsewhere = PlanContext("q", issuer_level="xã", issuer_name="Lũng Khê", province="Hà Sơn")
    assert read_agency("Sở Nội vụ", WARD) == read_agency("Sở Nội vụ", elsewhere)


def test_what_a_document_defines_holds_in_it() -> None:
    context = PlanContext("p", definitions=(Definition("Tổ Giúp việc", "Tổ chuyên viên giúp việc Ban Chỉ đạo"),))
    assert read_agency("Tổ giúp việc", context).name == "Tổ chuyên viên giúp việc Ban Chỉ đạo"


def test_merging_sums_counts_and_keeps_every_alias() -> None:
    rows = [AgencyRow("a", "Trạm Y tế", None, None, (alias,), 1, 2) for alias in ("Trạm y tế", "Trạm YT", "Trạm y tế")]
    (merged,) = merge_agencies(rows)
    assert (merged.aliases, merged.assignments_led, merged.assignments_joined) == (("Trạm YT", "Trạm y tế"), 3, 6)
    assert merge_agencies([merged]) == (merged,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng Nội vụ; Phòng Tư pháp", ("Phòng Nội vụ", "Phòng Tư pháp")),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế")),
        ("các sở, ban, ngành; UBND các xã, phường", ("các sở, ban, ngành", "UBND các xã, phường")),
        ("Cán bộ, công chức phường", ("Cán bộ, công chức phường",)),
        (
            "Công chức Tư pháp - Hộ tịch, các bộ phận liên quan",
            ("Công chức Tư pháp - Hộ tịch", "các bộ phận liên quan"),
        ),
        ("Bộ phận Một cửa (UBND, Công an, Trạm Y tế)", ("Bộ phận Một cửa (UBND, Công an, Trạm Y tế)",)),
        ("- Phòng Nội vụ\n- Công an", ("Phòng Nội vụ", "Công an")),
        ("", ()),
        (" ; , -", ()),
    ],
)
def test_lists_are_parted_between_names(text: str, names: tuple[str, ...]) -> None:
    assert split_agencies(text) == names
