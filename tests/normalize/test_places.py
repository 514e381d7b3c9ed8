"""Places: units with their dates, and misread names that mean one unit or none."""

import pytest

from normalize.decoding.channel import Channel
from normalize.fixes import Fix
from normalize.letters import plain
from normalize.names.names import place_fixes
from normalize.names.places import Mention, belief, places, read_places
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
    assert huyen and all(place.until == "2025-06-30" for place in huyen)
    assert dac_khu and all(place.since == "2025-07-01" and not place.until for place in dac_khu)


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


def _chances(*mentions: Mention) -> list[float]:
    guesses = read_places(mentions, Channel.ENGLISH)
    return [round(guesses[mention].chance, 2) for mention in mentions]


def test_a_unit_is_surer_beside_the_one_above_it() -> None:
    district, commune = Mention("huyện", ("Déng", "Hy")), Mention("xã", ("Hop", "Tién"))
    assert _chances(district, commune) == [round(belief().placed, 2)] * 2
    assert _chances(commune) == [round(belief().alone, 2)]
    assert _chances(Mention("tỉnh", ("Tién", "Giang"))) == [round(belief().province, 2)]


def _spans(words: list[tuple[str, str, float]]) -> tuple[str, list[Fix]]:
    line, spans = "", []
    for raw, text, chance in words:
        spans.append(Fix(len(line), len(line) + len(raw), raw, text, "decoder", chance))
        line += raw + " "
    return line, spans


def test_words_that_were_read_surely_are_no_name_of_a_place() -> None:
    """Two cells of a table on one line: "Công an xã" and "Hội Phụ nữ" beside it."""
    line, spans = _spans([("xa", "xã", 1.0), ("Héi", "Hội", 0.99), ("Phu", "Phụ", 0.99), ("nir", "nữ", 0.99)])
    fixes, boosts = place_fixes([spans], [line], Channel.ENGLISH)
    assert not any(fixes.values()) and not boosts


DATE = [("M¢é", "về", 0.4), ("Ché", "Chế", 0.4), (",", ",", 1.0), ("ngay", "ngày", 1.0), ("13", "13", 1.0)]


@pytest.mark.parametrize(
    ("date", "read"), [(DATE, ["Mỏ", "Chè"]), (DATE[:3], []), ([("Ha", "Hà", 0.9), *DATE[1:]], [])]
)
def test_the_place_of_a_date_is_one_that_the_document_names(
    date: list[tuple[str, str, float]], read: list[str]
) -> None:
    lines = [_spans([("phudng", "phường", 1.0), ("Mo", "Mở", 0.5), ("Ché", "Chế", 0.5)]), _spans(date)]
    fixes, _ = place_fixes([spans for _, spans in lines], [line for line, _ in lines], Channel.ENGLISH)
    assert [fix.restored for fix in fixes[1]] == read
