"""Names of people, and where one stands on a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from schema.head.head_wordings import head_regex
from schema.head.offices import office_in
from schema.places.gazetteer import places, same_spelling
from schema.places.units import CITY, PROVINCE, LevelRule
from schema.plain import plain
from schema.ruletable import load_rules

_WORD = r"[^\W\d_][\w'’]*"


@dataclass(frozen=True)
class Surname:
    """A family name. middle: no family name, but what stands behind one; a name that begins so has lost its own."""

    name: str
    middle: bool = False


def is_surname(word: str) -> bool:
    """Whether a word is a family name, in every letter."""
    return any(same_spelling(row.name, word) for row in load_rules("surnames", Surname) if not row.middle)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(plain(row.name) for row in load_rules("surnames", Surname) if not row.middle)


@cache
def _middles() -> tuple[str, ...]:
    return tuple(row.name for row in load_rules("surnames", Surname) if row.middle)


def as_person(text: str, *, rare: bool = False) -> str | None:
    """A person's name when the whole text is one, in the case of running text; else None.

    rare: family names that are in no list count too, for a place where nothing but a name is to be expected.

    >>> as_person("Nguyễn Văn An"), as_person("TRẦN THỊ BÌNH"), as_person("Thị Bình"), as_person("Xã Krông")
    ('Nguyễn Văn An', 'Trần Thị Bình', None, None)
    >>> as_person("Thiếu tá Hoàng Văn Đức"), as_person("BS. Vũ Thị Lụa")
    ('Hoàng Văn Đức', 'Vũ Thị Lụa')
    >>> as_person("Chế Xuân Kha"), as_person("Thập Xuân Kha"), as_person("Thập Xuân Kha", rare=True)
    ('Chế Xuân Kha', None, 'Thập Xuân Kha')
    """
    if before := head_regex("before_a_name").match(plain(text)):
        text = text[before.end() :]
    words = text.strip(" .,;:*-–_/\\|'\"").split()
    if not 2 <= len(words) <= 5 or not all(re.fullmatch(_WORD, word) and word[0].isupper() for word in words):
        return None
    listed = plain(words[0]) in _surnames()
    if not (listed or rare) or any(same_spelling(words[0], name) for name in _middles()):
        return None
    if office_in(text) is not None or _is_unit(words):
        return None
    capitals = [word.isupper() for word in words if len(word) > 1]
    if any(capitals) and not all(capitals):
        return None
    return " ".join(word.capitalize() if word.isupper() else word for word in words)


def _is_unit(words: Sequence[str]) -> bool:
    """Whether the words name a unit rather than a person: 'Xã Krông Nô', a province."""
    if any(same_spelling(words[0].capitalize(), rule.level.capitalize()) for rule in load_rules("levels", LevelRule)):
        return True
    return any(place.parent is None for level in (PROVINCE, CITY) for place in places(level, " ".join(words)))


def person_at_end(text: str) -> str | None:
    """A name that the line ends with, after a full stop, semicolon or wide blank of the recipients' column."""
    found = re.search(r"[.;,)]\s*(?P<rest>[^.;,()]+)$", text)
    return as_person(found.group("rest")) if found and len(found.group("rest").split()) >= 2 else None
