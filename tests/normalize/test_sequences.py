"""Parts and items count up: what breaks the count in the one way an engine breaks it is put right, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.grammars.sequences import sequence_fixes


def parts(*numerals: str) -> list[str]:
    return [f"{numeral}. NHIỆM VỤ CHUNG" for numeral in numerals]


def read(lines: list[str]) -> list[str]:
    fixes = sequence_fixes(lines)
    return [fixes[i].restored if i in fixes else line.split(".")[0].split(")")[0] for i, line in enumerate(lines)]


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        (("I", "II", "II"), ["I", "II", "III"]),
        (("I", "II", "II", "IV"), ["I", "II", "III", "IV"]),
        (("I", "H", "III"), ["I", "II", "III"]),
        (("I", "II", "HI"), ["I", "II", "III"]),
        (("I", "II", "II", "I", "II"), ["I", "II", "III", "I", "II"]),
    ],
)
def test_a_numeral_that_lost_a_stroke(seen: tuple[str, ...], right: list[str]) -> None:
    assert read(parts(*seen)) == right


@pytest.mark.parametrize(
    "seen",
    [
        ("I", "II", "III"),
        ("II", "III"),
        ("I", "II", "II", "III"),
        ("I", "I", "II"),
        ("A", "H"),
        ("H",),
        ("I", "III"),
        ("V", "VI"),
    ],
)
def test_numerals_that_may_be_right_stay(seen: tuple[str, ...]) -> None:
    assert read(parts(*seen)) == list(seen)


def test_small_titles_and_numerals_in_sentences_count_for_nothing() -> None:
    assert sequence_fixes(["I. Mục tiêu", "II. Nội dung", "II. Kinh phí", "H. Nội dung"]) == {}


@pytest.mark.parametrize(
    ("letters", "right"),
    [
        ("abcđ", "abcd"),
        ("abcđđe", "abcdđe"),
        ("abcđabc", "abcdabc"),
        ("abcđe", "abcđe"),
        ("abcdđe", "abcdđe"),
        ("đ", "đ"),
    ],
)
def test_letters_of_items(letters: str, right: str) -> None:
    assert "".join(read([f"{letter}) Thời gian" for letter in letters])) == right


@given(st.lists(st.sampled_from(["I. MỘT", "II. HAI", "H. BA", "đ) d", "c) c", "", "XXX. A"]) | st.text(max_size=8)))
def test_any_lines_are_taken(lines: list[str]) -> None:
    for number, fix in sequence_fixes(lines).items():
        assert lines[number][fix.start : fix.end] == fix.raw
