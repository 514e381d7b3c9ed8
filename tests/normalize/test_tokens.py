"""Cutting lines into atoms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.tokens import BOUNDARY, NUMBER, SYMBOL, Kind, atoms, model_word, model_words

CUTS = [
    ('d6, "s6"', ["d6", ",", '"', "s6", '"']),
    ("45/2020/ND-CP;", ["45/2020/ND-CP", ";"]),
    ("ngay 30/9/2021).", ["ngay", "30/9/2021", ")", "."]),
    ("hoa-Xa hoi", ["hoa", "-", "Xa", "hoi"]),
    ("80% P& an", ["80%", "P&", "an"]),
    ("1.2. Tiéu", ["1.2", ".", "Tiéu"]),
    ("1ap co’ quan", ["1ap", "co’", "quan"]),
    ("| TK |", ["|", "TK", "|"]),
    ("", []),
]


@pytest.mark.parametrize(("line", "texts"), CUTS)
def test_lines_are_cut_at_marks_and_blanks(line: str, texts: list[str]) -> None:
    assert [atom.text for atom in atoms(line)] == texts


@given(st.text(max_size=60))
def test_atoms_stand_where_they_say_and_leave_only_blanks_over(line: str) -> None:
    rest = list(line)
    for atom in atoms(line):
        assert line[atom.start : atom.end] == atom.text
        rest[atom.start : atom.end] = " " * (atom.end - atom.start)
    assert not "".join(rest).strip()


@pytest.mark.parametrize(
    ("text", "kind"), [("15/7/2021", Kind.SYMBOL), ("2.500", Kind.NUMBER), ("15i", Kind.WORD), ("¢", Kind.WORD)]
)
def test_what_an_atom_looks_like(text: str, kind: Kind) -> None:
    assert [atom.kind for atom in atoms(text)] == [kind]


def test_the_model_hears_classes_and_boundaries() -> None:
    words = model_words("Năm 2025, UBND xã ban hành Kế hoạch số 12/KH-UBND.")
    assert words == [BOUNDARY, "năm", NUMBER, ",", "UBND", "xã", "ban", "hành", "kế", "hoạch", "số", SYMBOL, BOUNDARY]


@pytest.mark.parametrize(("word", "known"), [("Hoà", "hòa"), ("ỦY", "ủy"), ("TTHC", "TTHC"), ("CTr", "CTr")])
def test_words_are_folded_for_the_model_but_acronyms_are_not(word: str, known: str) -> None:
    assert model_word(word) == known
