"""What the rest of a document says about a place that is unclear by itself."""

import pytest

from normalize.decoding.channel import Channel
from normalize.decoding.decoder import Piece
from normalize.decoding.lattice import by_key
from normalize.dirt.scrap import is_scrap_line
from normalize.dirt.specks import fix_specks
from normalize.fixes import Fix
from normalize.recurring.echoes import echo_fixes, said_often
from normalize.recurring.twins import twin_boosts, twins
from normalize.recurring.votes import level_boosts, sure_words

PHRASES = {"cacnganh": "Các ngành", "congchuc": "Công chức"}


def read(*words: tuple[str, str], chance: float = 0.95) -> list[Fix]:
    """Words (raw, restored) of one line, one blank between them."""
    out, at = [], 0
    for raw, restored in words:
        out.append(Fix(at, at + len(raw), raw, restored, "decoder", chance))
        at += len(raw) + 1
    return out


@pytest.mark.parametrize("run", ["(’Ja'cAnganh", "Ca(':Anganh", "C,ac.:Anganh", "(;agAnganh"])
def test_an_overprinted_cell_is_the_one_that_other_rows_repeat(run: str) -> None:
    assert [fix.restored for fix in echo_fixes(f"{run} UBND", [], PHRASES)] == ["Các ngành"]


@pytest.mark.parametrize("run", ["(;ogAngonh", "thanh/ngành", "cacnganh", "x’yAbcd", "Cone chite"])
def test_a_run_that_is_far_or_no_spoilt_word_stays(run: str) -> None:
    assert not list(echo_fixes(run, [], PHRASES))


def test_a_run_that_is_read_surely_stays() -> None:
    raw = "Ja'cAnganh"
    assert not list(echo_fixes(raw, [Fix(0, len(raw), raw, "khác", "decoder", 0.99)], PHRASES))


def test_only_phrases_said_surely_and_often_are_known() -> None:
    sure, doubtful = read(("Cac", "Các"), ("nganh", "ngành")), read(("Kho", "Kho"), ("bac", "bạc"), chance=0.5)
    assert said_often(sure_words([sure] * 3 + [doubtful] * 9)) == {"cacnganh": "Các ngành"}
    assert said_often(sure_words([sure] * 2)) == {}


@pytest.mark.parametrize(("letters", "kept"), [("hang", "hàng"), ("hing", "hằng")])
def test_the_places_of_a_document_decide_between_two_spellings_together(letters: str, kept: str) -> None:
    lines = [read((letters, "hàng"), ("nam", "năm")), read((letters, "hằng"), ("quy", "quý"))] * 4
    boosts = twin_boosts(lines, Channel.ENGLISH)
    assert set(boosts) == {(kept, "năm"), (kept, "quý")} and min(boosts.values()) > 0.5


def test_the_level_of_the_unit_whose_plan_it_is_is_favoured_everywhere() -> None:
    own, other = (
        read(("UBND", "UBND"), ("quan", "quận"), chance=0.6),
        read(("dia", "địa"), ("quan", "quận"), chance=0.6),
    )
    assert level_boosts([own] * 4) == dict.fromkeys(by_key({("quận",): 1.0}), 1.6)
    assert not level_boosts([other] * 4) and not level_boosts([own])


def test_one_place_decides_nothing() -> None:
    assert not twin_boosts([read(("hang", "hàng"), ("nam", "năm"))], Channel.ENGLISH)
    assert all(len(row.words) == 2 and row.before for row in twins())


@pytest.mark.parametrize(
    ("raw", "scrap"), [("oe ee ae", True), ("oe", False), ("Krong Ana oe", False), ("Ea Sup", False), ("", False)]
)
def test_lines_without_a_word_are_scrap(raw: str, scrap: bool) -> None:
    pieces, at = [], 0
    for run in raw.split():
        pieces.append(Piece(at, at + len(run), run, 0.0, run not in ("oe", "ee", "ae", "Ana")))
        at += len(run) + 1
    assert is_scrap_line(raw, pieces) is scrap


def test_specks_that_hold_a_sign_or_a_capital_behind_a_small_letter_are_dust() -> None:
    assert [fix.raw for fix in fix_specks("A £z y o Cong chitc")] == ["A", "£z", "y", "o"]
    assert [fix.raw for fix in fix_specks("cong quoc gia Z oA A . :")] == ["Z", "oA", "A", ".", ":"]
    assert not list(fix_specks("a) T§ lé hé so’ phai tra lai"))
    assert not list(fix_specks("phuong an A, B; C. Cac phuong an khac"))
