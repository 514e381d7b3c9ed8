"""Official names vouch for a misread capitalised word; names of people and places do not."""

import pytest

from normalize.careful import Wear, repair
from normalize.decoding.decoder import Piece
from normalize.names.official import in_official_names, sources

WORN = Wear(400, 8)


@pytest.mark.parametrize("name", [name for table in sources().values() for name in table.names])
def test_every_name_is_found_and_has_words_enough(name: str) -> None:
    assert len(name.split()) >= 3
    assert in_official_names(["của", *name.upper().split()]) == frozenset(range(1, len(name.split()) + 1))


@pytest.mark.parametrize("text", ["Nguyễn Văn Ban", "Sở Nội", "xã Tài Chính", "Ban Chỉ đường"])
def test_other_names_are_not_found(text: str) -> None:
    assert in_official_names(text.split()) == frozenset()


def test_a_capitalised_word_is_mended_inside_an_official_name_alone() -> None:
    line, piece = "Bán Chỉ huy Quân sự", Piece(0, 3, "Ban", 5.0, True)
    assert repair(line, piece, WORN) is None
    assert (repair(line, piece, WORN, official=True) or 0.0) > 0.9


@pytest.mark.parametrize(
    ("raw", "read", "taken"), [("năni", "năm", True), ("Đăkn", "Đám", False), ("tie", "tự", False)]
)
def test_small_letters_with_marks_are_no_foreign_name(raw: str, read: str, taken: bool) -> None:
    found = repair(f"so với {raw}", Piece(7, 7 + len(raw), read, 6.0, True), WORN)
    assert (found is not None) is taken
