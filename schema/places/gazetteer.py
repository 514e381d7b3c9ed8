"""What the table of administrative units knows: spellings, parents and provinces of units by level, name and time."""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from normalize.letters import ToneStyle, in_style
from normalize.names.contexts import levels
from schema.plain import plain


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of the table. parent: full name of the unit above ('Thành phố Sông Công'), None for provinces.

    since, until: first and last day it existed; None where the table does not say.
    """

    level: str
    name: str
    parent: str | None
    province: str
    since: dt.date | None
    until: dt.date | None

    def existed(self, date: dt.date | None) -> bool:
        """Whether it existed on that day; True where nobody can tell."""
        return date is None or (
            (self.since is None or self.since <= date) and (self.until is None or date <= self.until)
        )


def name_key(name: str) -> str:
    """What the spellings of one name share: letters and digits without marks."""
    return re.sub(r"\W", "", plain(name))


def without_level(full: str) -> str:
    """'Tỉnh Thái Nguyên' -> 'Thái Nguyên'."""
    level = next((level for level in levels() if full.startswith(f"{level.capitalize()} ")), None)
    return full[len(level) :].lstrip() if level else full


@cache
def _places() -> Mapping[tuple[str, str], tuple[Place, ...]]:
    text = resources.files("normalize").joinpath("data/places.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    next(rows)
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for level, name, parent, province, since, until in rows:
        place = Place(level, name, parent or None, without_level(province), _day(since), _day(until))
        found[level, name_key(name)].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def places(level: str, name: str, date: dt.date | None = None) -> tuple[Place, ...]:
    """The units of that level and name, marks and case apart, that existed on that day (any day for None)."""
    return tuple(place for place in _places().get((level, name_key(name)), ()) if place.existed(date))


@cache
def names_of(level: str | None, province: str | None = None) -> tuple[str, ...]:
    """The names of all units of a level, once for each unit, in that province where one is named. None: any level."""
    return tuple(
        place.name
        for (of_level, _), found in _places().items()
        if level in (None, of_level)
        for place in found
        if province is None or name_key(place.province) == name_key(province)
    )


def is_province(level: str, name: str) -> bool:
    """Whether it is, marks and all, the name of a province or centrally run city of any time."""
    return any(place.parent is None and same_spelling(place.name, name) for place in places(level, name))


def same_spelling(one: str, other: str) -> bool:
    """Alike with their marks; case, blanks, and where the tone stands ('Hoà', 'Hòa') do not count."""
    return _spelling(one) == _spelling(other)


def _spelling(name: str) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    return "".join(in_style(word, ToneStyle.NEW) for word in words)


def is_spelt(level: str, name: str) -> bool:
    """Whether the table has a unit of that level and spelling, of any time."""
    return any(same_spelling(place.name, name) for place in places(level, name))


def read_as(level: str, name: str, province: str | None, date: dt.date | None) -> str | None:
    """The one unit of the province whose name a recogniser may have read as `name`; None for none, or several.

    Marks are lost and mixed up easily; of the letters one may be misread, for one that looks like it. With no province
    named, a name that lost all its marks is taken when the whole country knows it once.
    """
    found = places(level, name, date) or places(level, name)
    if province is not None or _all_provinces(found):
        within = found if _all_provinces(found) else _within(found, province)
        within = within or (_close(level, name, province, date) if province is not None else ())
    else:
        within = found if name.isascii() else ()
    names = {place.name for place in within}
    return names.pop() if len(names) == 1 else None


def _all_provinces(found: tuple[Place, ...]) -> bool:
    """Whether all of them, at least one, are provinces."""
    return bool(found) and all(place.parent is None for place in found)


def _within(found: tuple[Place, ...], province: str | None) -> tuple[Place, ...]:
    return tuple(p for p in found if province is not None and name_key(p.province) == name_key(province))


# Letters, without marks, that recognisers take for one another.
_LOOK_ALIKE = tuple(
    frozenset(pair) for pair in ("ao", "ce", "eo", "co", "il", "it", "lt", "nu", "uv", "hb", "gq", "rn")
)


def _close(level: str, name: str, province: str, date: dt.date | None) -> tuple[Place, ...]:
    """Units of the province that differ in one letter, which looks like the one read, or is missing."""
    key = name_key(name)
    if len(key) < 5:
        return ()
    return tuple(
        place
        for (other_level, other), found in _places().items()
        if other_level == level and _confusable(key, other)
        for place in found
        if name_key(place.province) == name_key(province) and place.existed(date)
    )


def _confusable(read: str, printed: str) -> bool:
    edits = list(Levenshtein.editops(read, printed))
    if len(edits) != 1:
        return False
    edit = edits[0]
    return edit.tag != "replace" or frozenset((read[edit.src_pos], printed[edit.dest_pos])) in _LOOK_ALIKE
