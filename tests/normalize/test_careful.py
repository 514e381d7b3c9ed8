"""What may be mended on pages that an engine of today read, and how sure it is."""

import tomllib

import pytest

from normalize.careful import Wear, chance_of, is_dust, is_repair, repair, wear_of
from normalize.data import DATA
from normalize.decoding.decoder import Piece

DUST = tomllib.loads((DATA / "careful.toml").read_text(encoding="utf-8"))["dust"]


@pytest.mark.parametrize(
    ("line", "piece", "repairs"),
    [
        ("triển kha1", Piece(6, 10, "khai", 5.0, True), False),  # a digit less
        ("kế hoặch", Piece(3, 7, "hoạch", 5.0, True), True),
        ("xóa bỏ", Piece(0, 3, "xoá", 5.0, True), False),  # style of the mark
        ("kế hoặch", Piece(3, 7, "hoặch", 5.0, False), False),  # as it stands
    ],
)
def test_only_other_words_are_a_repair(line: str, piece: Piece, repairs: bool) -> None:
    assert is_repair(line, piece) is repairs


def test_signs_that_dust_is_read_as_are_told_from_print() -> None:
    assert [is_dust(signs) for signs in DUST["examples"]] == [True] * len(DUST["examples"])
    assert [is_dust(signs) for signs in DUST["counter_examples"]] == [False] * len(DUST["counter_examples"])


def test_a_word_does_not_count_for_the_wear_that_speaks_for_it() -> None:
    line = "kế hoặch"
    piece = Piece(3, 7, "hoạch", 5.0, True)
    wear = wear_of([line, "năm nay"], [(line, [piece])])
    assert wear == Wear(4, 1)
    assert wear.beside(piece) == Wear(4, 0).beside(piece)


def test_a_reading_is_believed_more_where_others_were_misread() -> None:
    line = "cải cách thể chế"
    piece = Piece(9, 12, "thể", 1.2, True)
    clean, worn = Wear(500, 0), Wear(500, 25)
    assert chance_of("thế", piece, clean.beside(piece)) < chance_of("thế", piece, worn.beside(piece))
    assert repair(line, piece, worn) is None  # says the same


@pytest.mark.parametrize(
    ("likelier", "piece", "than", "other"),
    [
        ("tố", Piece(0, 2, "tổ", 0.5, True), "Mời", Piece(0, 3, "Mỗi", 0.5, True)),  # one mark, not two of one letter
        ("riên", Piece(0, 4, "niên", 1.5, True), "liên", Piece(0, 4, "niên", 1.5, True)),  # no text has "riên"
        ("đưọc", Piece(0, 4, "được", 1.5, True), "dược", Piece(0, 4, "được", 1.5, True)),  # no syllable is spelt so
    ],
)
def test_what_engines_seldom_misread_is_believed_less(likelier: str, piece: Piece, than: str, other: Piece) -> None:
    assert chance_of(likelier, piece, 0.01) > chance_of(than, other, 0.01)
