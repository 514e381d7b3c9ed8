"""Symbols, dates, figures, enumerators and abbreviations: what their grammar proves, and what it must leave alone."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.data import DATA
from normalize.dirt.specks import fix_specks
from normalize.fixers import MisreadLine, grammar_fixes
from normalize.fixes import replay
from normalize.grammars.enumerators import fix_enumerators
from normalize.grammars.symbol_words import symbol_words
from normalize.grammars.symbols import fix_dates, fix_symbols
from normalize.mending.misreadings import fix_misreadings
from normalize.names.abbreviations import abbreviations, closest
from normalize.names.acronyms import fix_acronyms
from normalize.triage import TextState

ENUMERATORS = tomllib.loads((DATA / "enumerators.toml").read_text(encoding="utf-8"))
MISREADINGS = tomllib.loads((DATA / "misreadings.toml").read_text(encoding="utf-8"))["misreading"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("s6 39 /QP-UBND", "số 39/QĐ-UBND"),
        ("Sb: 254/KH-UBND", "Số: 254/KH-UBND"),
        ("sé 45/2020/Nb-CP", "số 45/2020/NĐ-CP"),
        ("2703/0D-UBND", "2703/QĐ-UBND"),
        ("09-NOQ/TU", "09-NQ/TU"),
        ("51/NQ-HPND", "51/NQ-HĐND"),
        ("2173/DA-UBND", "2173/ĐA-UBND"),
        ("468/QD-TTg", "468/QĐ-TTg"),
        ("12/UBND-NC", "12/UBND-NC"),
        ("77/2015/QH13", "77/2015/QH13"),
        ("56-HD/VPTW", "56-HD/VPTW"),
        ("42/NQ-", "42/NQ-"),
        ("7/KH—UBND", "7/KH-UBND"),
    ],
)
def test_symbols_of_documents(raw: str, text: str) -> None:
    assert replay(raw, tuple(fix_symbols(raw))) == text


@pytest.mark.parametrize(
    "raw", ["15/7/2021", "2021 - 2025", "3/4 so ho", "24/7", "kinh te - xa hoi", "1.2/m2", "10/NGAY"]
)
def test_no_symbol_is_seen_where_there_is_none(raw: str) -> None:
    assert not list(fix_symbols(raw))


@pytest.mark.parametrize("raw", symbol_words().examples)
def test_a_number_before_a_hyphen_is_that_of_a_body_of_the_party(raw: str) -> None:
    assert [fix.restored for fix in fix_symbols(raw)] == [raw]


@pytest.mark.parametrize("raw", symbol_words().counter_examples)
def test_other_bodies_have_no_number_before_a_hyphen(raw: str) -> None:
    assert not list(fix_symbols(raw))


@pytest.mark.parametrize(("raw", "word"), symbol_words().number_word_read.examples)
def test_the_word_before_a_number_however_it_is_read(raw: str, word: str) -> None:
    assert [fix.restored for fix in fix_symbols(raw)][:-1] == [word]


@pytest.mark.parametrize("raw", symbol_words().number_word_read.counter_examples)
def test_other_words_stand_before_numbers_too(raw: str) -> None:
    assert len(list(fix_symbols(raw))) <= 1


@pytest.mark.parametrize(("raw", "number"), symbol_words().date_words_read.examples)
def test_letters_read_for_the_day_or_month_of_a_date(raw: str, number: str) -> None:
    assert [fix.restored for fix in fix_dates(raw)] == [number]


@pytest.mark.parametrize("raw", symbol_words().date_words_read.counter_examples)
def test_other_letters_stay_in_dates(raw: str) -> None:
    assert not list(fix_dates(raw))


@pytest.mark.parametrize(
    ("raw", "text"), [("ngay1 /7/2025", "ngay1/7/2025"), ("02 /2024", "02/2024"), ("31/ 12 /2025", "31/12/2025")]
)
def test_blanks_inside_dates_go(raw: str, text: str) -> None:
    assert replay(raw, tuple(fix_dates(raw))) == text


@pytest.mark.parametrize("row", ENUMERATORS["examples"], ids=lambda row: str(row["raw"]))
def test_enumerators(row: dict[str, str]) -> None:
    assert row["restored"] in [fix.restored for fix in fix_enumerators(row["raw"])]


@pytest.mark.parametrize("row", ENUMERATORS["counter_examples"], ids=lambda row: str(row["raw"]))
def test_what_only_looks_like_an_enumerator(row: dict[str, str]) -> None:
    assert all(fix.raw == fix.restored for fix in fix_enumerators(row["raw"]))


@pytest.mark.parametrize("row", MISREADINGS, ids=lambda row: str(row["restored"]))
def test_lost_words(row: dict[str, Any]) -> None:
    for raw in row["examples"]:
        assert [fix.restored for fix in fix_misreadings(raw)] == [row["restored"]], raw
    for raw in row["counter_examples"]:
        assert not list(fix_misreadings(raw)), raw


def test_a_second_d_is_the_barred_one() -> None:
    line = MisreadLine("d) He thong", TextState.GARBLED, item_before="d)")
    assert grammar_fixes(line)[0].restored == "đ)"


@pytest.mark.parametrize("heading", ["UY BAN NHAN DAN XA", "CAI CACH THE CHE", "TU NAM 2021 DEN NAM 2025"])
def test_capitals_of_a_heading_are_no_abbreviations(heading: str) -> None:
    assert not [fix.raw for fix in fix_acronyms(heading)]


def test_a_lone_sign_beside_a_lone_letter_at_the_edge_of_a_line_is_dust() -> None:
    assert [fix.raw for fix in fix_specks("co lien quan UBND phuong . A")] == [".", "A"]
    assert [fix.raw for fix in fix_specks("A , Theo ke hoach")] == ["A", ","]
    assert not list(fix_specks("< A B0 phan Thoi gian"))[2:]  # "B0" is a word
    assert not list(fix_specks("_ b) 100% co quan"))


def test_lists_of_letters_and_figures_are_no_specks() -> None:
    assert not list(fix_specks("tai cac diem a, b, c khoan 1"))
    assert not list(fix_specks("muc do 3, 4, 5."))
    assert not list(fix_specks("- Chu tri"))


def test_abbreviations_are_well_formed() -> None:
    rows = abbreviations()
    assert len({(row.short, row.kind) for row in rows}) == len(rows)
    assert {row.kind for row in rows} == {"instrument", "issuer", "word", "index", "foreign"}
    for row in rows:
        found = closest(row.short, (row.kind,))
        assert found is not None and found.short == row.short


@given(st.text(alphabet=st.sampled_from("aăđDĐQ0O1lIV/-–.,;:()|%€¢ 25UBNHCTg"), max_size=40))
def test_any_line_is_taken_and_its_fixes_fit(raw: str) -> None:
    for state in (TextState.GARBLED, TextState.DAMAGED):
        replay(raw, grammar_fixes(MisreadLine(raw, state)))


@pytest.mark.parametrize(
    ("line", "overprint"),
    [
        ("muu/ thue hién P op P ¥ *", ["P", "op", "P", "¥", "*"]),
        ("két qua giai quyét N AL X A", ["N", "AL", "X", "A"]),
        ("cac nhom A B C D", []),
        ("diem a, b, c, d", []),
        ("xa, y te, to cu o", []),
        ("Quy I I I I 2", []),
    ],
)
def test_what_is_printed_over_at_the_end_of_a_line(line: str, overprint: list[str]) -> None:
    assert [fix.raw for fix in fix_specks(line)] == overprint
