"""The gate: each kind of text is told apart, and short lines follow their page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.triage import TextState, is_scrap, line_states, text_state

RIGHT = "Ủy ban nhân dân phường ban hành kế hoạch cải cách hành chính năm nay"
GARBLED = "Uy ban nhan dan phudng ban hanh ké hoach cai cach hanh chinh ndm nay ctia"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (RIGHT, TextState.RIGHT),
        (GARBLED, TextState.GARBLED),
        ("Uy ban nhan dan phuong ban hanh ke hoach cai cach hanh chinh", TextState.PLAIN),
        ("Ủy bạn nhân dấn phườg ban hành kể hoạchh cải cáchh hành chnh", TextState.DAMAGED),
        ("The committee of the ward approves this annual programme of work", TextState.FOREIGN),
        ("Số: 12", TextState.UNSURE),
    ],
)
def test_kinds_of_text(text: str, state: TextState) -> None:
    assert text_state([text]) is state


def test_a_short_line_follows_its_page_and_a_short_page_its_document() -> None:
    assert line_states([[GARBLED, "PHU LUC", ""], ["Noi nhan:"]]) == [[TextState.GARBLED] * 3, [TextState.GARBLED]]


def test_a_line_plainly_of_the_other_kind_follows_itself() -> None:
    assert line_states([[GARBLED, GARBLED, GARBLED, RIGHT]])[0][3] is TextState.RIGHT


def test_a_document_too_short_to_tell_is_left_alone() -> None:
    assert line_states([["KE HOACH"]]) == [[TextState.RIGHT]]


@pytest.mark.parametrize(
    "text", ["39/QĐ-UBND", "(HĐND,UBND);", "15/7/2021", "kinh_te", "a@b.vn", "hdnd-ubnd.vn/tin-tuc", "..."]
)
def test_runs_with_signs_that_are_no_scrap(text: str) -> None:
    assert not is_scrap(text)


@given(st.lists(st.lists(st.text(max_size=40), max_size=4), max_size=3))
def test_every_line_gets_a_state(pages: list[list[str]]) -> None:
    assert [len(states) for states in line_states(pages)] == [len(page) for page in pages]


def test_what_an_engine_made_of_a_page_on_its_side_is_scrap_and_english_is_not() -> None:
    scrap = [
        "ee rr Ce in el ert are enn ots aes",
        "Pe ee a ee PE Soe ee Co eo He rr",
        "Oe rl eer ee lr rrr ee Se hr",
    ] * 3
    english = ["The ministry reports to the prime minister on the results of this plan at the end of each year"] * 4
    assert text_state(scrap) is TextState.SCRAP
    assert text_state(english) is TextState.FOREIGN
