"""Names of bodies set in capitals, above all schools, hospitals and companies, in the case of running text.

A department is called by its field ("Sở Nội vụ"); an institution bears a name of its own behind what it is, and each
word of that name has its capital.

>>> institution_case("TRƯỜNG ĐẠI HỌC SƯ PHẠM HÀ SƠN"), institution_case("BỆNH VIỆN ĐA KHOA MỎ CHÈ")
('Trường Đại học Sư phạm Hà Sơn', 'Bệnh viện Đa khoa Mỏ Chè')
>>> institution_case("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG") is None
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from schema.ruletable import load_rules


class Place(StrEnum):
    """Where phrases stand in a name: at its beginning, saying what the institution is; anywhere behind that; or at the
    beginning of a body that is called by its field.
    """

    FIRST = "first"
    BEHIND = "behind"
    SORT = "sort"


@dataclass(frozen=True, slots=True)
class Phrases:
    """A row of rules/institutions.toml: phrases as they are written in running text. An example is the name of an
    institution in the case that it must get; of a sort, the sort alone.
    """

    place: str
    written: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Place(self.place)

    def matches(self, text: str) -> bool:
        words = text.upper().split()
        if self.place == Place.SORT:
            return words_of_sort(words) == len(words) > 1
        return institution_case(text.upper()) == text


@cache
def _phrases(place: Place) -> dict[tuple[str, ...], str]:
    """Words in capitals -> the phrase as it is written."""
    rows = (row for row in load_rules("institutions", Phrases) if row.place == place)
    return {tuple(phrase.upper().split()): phrase for row in rows for phrase in row.written}


def institution_case(printed: str) -> str | None:
    """The name in running case; None where the capitals begin with nothing that a name of its own follows."""
    words = tuple(printed.split())
    first = _longest(words, Place.FIRST)
    if first is None:
        return None
    out = [_phrases(Place.FIRST)[first]]
    at = len(first)
    while at < len(words):
        found = _longest(words[at:], Place.BEHIND)
        out.append(words[at].capitalize() if found is None else _phrases(Place.BEHIND)[found])
        at += len(found or words[at : at + 1])
    return " ".join(out)


def _longest(words: Sequence[str], place: Place) -> tuple[str, ...] | None:
    """The longest phrase that the words begin with."""
    listed = _phrases(place)
    sizes = range(min(len(words), max(map(len, listed))), 0, -1)
    return next((key for size in sizes if (key := tuple(words[:size])) in listed), None)


def words_of_sort(words: Sequence[str]) -> int:
    """How many words of a name in capitals say what sort of body it is: two of 'VĂN PHÒNG', one of 'SỞ'."""
    return len(_longest([word.upper() for word in words], Place.SORT) or words[:1])


def is_small(word: str) -> bool:
    """Whether a word inside a name is written small: 'xã', 'và'."""
    return _phrases(Place.BEHIND).get((word.upper(),), "").islower()
