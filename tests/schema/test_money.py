"""Sums of money as budget columns print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.values.money import read_money

CASES = [
    ("1.500 triệu đồng", "", 1500.0),
    ("2,5 tỷ đồng", "", 2500.0),
    ("15.000.000", "", 15.0),
    ("15.000.000 đ", "", 15.0),
    ("3.000.000đ", "", 3.0),
    ("15.500.000đ/năm", "", 15.5),
    ("1.000.000x", "", None),
    ("50", "Kinh phí (triệu đồng)", 50.0),
    ("50", "Kinh phí", None),
    ("20 triệu đồng; 30 triệu đồng", "", None),
    ("Lồng ghép", "Kinh phí (triệu đồng)", None),
    ("", "", None),
]


@pytest.mark.parametrize(("text", "header", "million"), CASES)
def test_a_sum_is_given_in_million_dong(text: str, header: str, million: float | None) -> None:
    assert read_money(text, header) == million


@given(st.integers(1, 999_999))
def test_whole_millions_come_back(value: int) -> None:
    assert read_money(f"{value:,} triệu đồng".replace(",", ".")) == float(value)


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_makes_it_raise_or_give_a_negative_sum(text: str, header: str) -> None:
    found = read_money(text, header)
    assert found is None or found >= 0
