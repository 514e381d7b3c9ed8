"""Facts of the alphabet: syllables, marks and the two styles of placing the tone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.letters import ToneStyle, has_strong_letter, in_style, is_plain_syllable, is_syllable, plain, tone_style


@pytest.mark.parametrize(
    "word",
    [
        "nghiêm",
        "quyết",
        "thuở",
        "giếng",
        "gì",
        "ỦY",
        "uỷ",
        "Đắk",
        "hoà",
        "khuya",
        "nguệch",
        "ý",
        "yêu",
        "kỷ",
        "mỹ",
        "quốc",
    ],
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ngiêm", "hờp", "thtr", "1ap", "CCHC", "ke€", "nghìệm", "", "kông"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "strong"), [("năm", True), ("hạn", True), ("đi", True), ("thé", False), ("ctia", False)]
)
def test_letters_that_only_vietnamese_has(word: str, strong: bool) -> None:
    assert has_strong_letter(word) is strong


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("HÓA", "HOÁ"), ("ủy", "uỷ"), ("Khỏe", "Khoẻ"), ("quý", "quý"), ("toán", "toán")]
)
def test_both_styles_of_the_tone_mark(old: str, new: str) -> None:
    assert in_style(old, ToneStyle.NEW) == new
    assert in_style(new, ToneStyle.OLD) == old


def test_a_word_shows_its_style_or_none() -> None:
    assert [tone_style(word) for word in ("hòa", "hoà", "quý", "toán")] == [ToneStyle.OLD, ToneStyle.NEW, None, None]


@given(st.text(max_size=12))
def test_any_text_is_taken(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert in_style(in_style(text, ToneStyle.NEW), ToneStyle.NEW) == in_style(text, ToneStyle.NEW)
    is_syllable(text)
    is_plain_syllable(text)
