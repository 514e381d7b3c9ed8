"""Numbers that are aims: values, units, comparators, and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.narrative.aims import aims_of
from schema.narrative.statements import read_statements
from schema.values.quantities import read_direction, read_quantities


@pytest.mark.parametrize(
    ("text", "aims"),
    [
        ("tối thiểu 80% hồ sơ", [(">=", 80, "%")]),
        ("mỗi năm tăng tối thiểu 20%", [(">=", 20, "%")]),
        ("đạt từ 90% trở lên", [(">=", 90, "%")]),
        ("trên 98% cán bộ", [(">", 98, "%")]),
        ("không quá 02 lần", [("<=", 2, "lần")]),
        ("giảm 2% biên chế", [("decrease", 2, "%")]),
        ("tăng thêm 5 bậc", [("increase", 5, "bậc")]),
        ("giảm xuống còn dưới 1%", [("<", 1, "%")]),
        ("ít nhất 02 mô hình", [(">=", 2, "mô hình")]),
        ("đạt 98,5%", [("=", 98.5, "%")]),
        ("tiếp nhận 1.250 hồ sơ", [("=", 1250, "hồ sơ")]),
        ("100 phần trăm", [("=", 100, "%")]),
        ("l00% hồ sơ", [("=", 100, "%")]),
        ("nâng từ 40% lên 70%", [("=", 70, "%")]),
        ("tối đa 15 phút", [("<=", 15, "phút")]),
        ("không thấp hơn 85 điểm", [(">=", 85, "điểm")]),
        ("so với mức 85% năm trước", []),
        ("mức độ 3, 4", []),
        ("mức độ 3 và 4 đạt 50%", [("=", 50, "%")]),
        ("giữa 02 hệ thống", []),
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", []),
        ("giai đoạn 2021 - 2025", []),
        ("TCVN ISO 9001:2015", []),
        ("trong 05 ngày làm việc", []),
        ("6 tháng đầu năm 2024", []),
        ("Đề án 06", []),
        ("", []),
    ],
)
def test_aims(text: str, aims: list[tuple[str, float, str]]) -> None:
    assert [(q.comparator, q.value, q.unit) for q in aims_of(text)] == aims


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Nâng cao tỷ lệ hài lòng so với năm 2020", "increase"),
        ("Thực hiện giảm biên chế", "decrease"),
        ("Hạn chế tối đa văn bản giấy", "decrease"),
        ("Tăng cường giám sát", None),
        ("Giảm hồ sơ giấy, nâng cao tỷ lệ hồ sơ điện tử", None),
    ],
)
def test_directions(text: str, direction: str | None) -> None:
    assert read_direction(text) == direction


@given(st.text(alphabet="0123456789.,%/- đạttừtrênl tốithiểu;:()", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= q.start < q.end <= len(text) and q.value >= 0 for q in read_quantities(text))
    assert "".join("".join(s.text for s in read_statements(text)).split()) in "".join(text.split()) or ";" in text


@given(st.integers(0, 100), st.sampled_from(["tối thiểu", "trên", "không quá", "dưới", "đạt"]))
def test_a_share_keeps_its_value(share: int, word: str) -> None:
    assert [q.value for q in read_quantities(f"Tỷ lệ hồ sơ {word} {share}%.")] == [share]
