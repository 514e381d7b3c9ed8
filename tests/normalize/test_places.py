"""Places: units with their dates, and misread names that mean one unit or none."""

from datetime import date

import pytest

from normalize.decoding.channel import Channel
from normalize.letters import plain
from normalize.names.places import Mention, places, read_places
from normalize.training.places import rows, split_name


@pytest.mark.parametrize(
    ("level", "raw", "name"),
    [
        ("thành phố", ("Séng", "Cong"), "Sông Công"),
        ("tỉnh", ("Tién", "Giang"), "Tiền Giang"),
        ("thành phố", ("Hai", "Phong"), "Hải Phòng"),
        ("xã", ("TAN", "BINH", "Poc"), "Tân Bình"),
        ("tỉnh", ("Quang", "Nam"), "Quảng Nam"),
    ],
)
def test_a_misread_name_of_one_unit(level: str, raw: tuple[str, ...], name: str) -> None:
    guess = read_places([Mention(level, raw)], Channel.ENGLISH)[Mention(level, raw)]
    assert " ".join(guess.syllables) == name


@pytest.mark.parametrize(
    ("level", "raw"),
    [
        ("xã", ("Qwx", "Zrt")),
        ("phường", ("TP-HT",)),
        ("tỉnh", ("Béo",)),
        ("thành phố", ("Séng", "Cong", "Ha")),  # upper, lower, eastern: a longer name that no list has
    ],
)
def test_an_unknown_name_is_kept(level: str, raw: tuple[str, ...]) -> None:
    assert read_places([Mention(level, raw)], Channel.ENGLISH) == {}


def test_units_know_when_they_existed() -> None:
    huyen = [place for place in places() if place.level == "huyện"]
    dac_khu = [place for place in places() if place.level == "đặc khu"]
    assert huyen and all(place.until == date(2025, 6, 30) for place in huyen)
    assert dac_khu and all(place.since == date(2025, 7, 1) and place.until is None for place in dac_khu)


def test_the_table_is_built_from_units() -> None:
    before = [{"FullName": "Tỉnh Anh", "District": [{"FullName": "Huyện Bình", "Ward": [{"FullName": "Xã Cát"}]}]}]
    since = [{"FullName": "Tỉnh Anh", "Wards": [{"FullName": "Phường Dương"}]}]
    assert [row[:3] for row in rows(before, since)] == [
        ("tỉnh", "Anh", ""),
        ("huyện", "Bình", "Tỉnh Anh"),
        ("xã", "Cát", "Huyện Bình"),
        ("tỉnh", "Anh", ""),
        ("phường", "Dương", "Tỉnh Anh"),
    ]


def test_a_name_without_a_level_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        split_name("Cát")


@pytest.mark.parametrize("words", [("Hoang", "Ap"), ("Phu", "Truong")])
def test_letters_that_are_a_syllable_are_read_as_no_other_letters(words: tuple[str, ...]) -> None:
    """ "xa Phu Truong" may be Phú Trượng, which no list knows; it is no Phú Trung."""
    mention = Mention("xã", words)
    guess = read_places([mention], Channel.ENGLISH).get(mention)
    assert guess is None or tuple(plain(word) for word in guess.syllables) == words
