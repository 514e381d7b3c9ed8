"""What the table of administrative units knows: spellings, parents and provinces of units by level, name and time."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

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
    return re.sub(r"^(?:Tỉnh|Thành phố|Thị xã|Huyện|Quận)\s+", "", full)


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


def known_length(level: str, words: list[str]) -> int:
    """How many of the words, from the first, make the longest name of a unit of that level; 0 for none."""
    for count in range(len(words), 0, -1):
        if (level, name_key(" ".join(words[:count]))) in _places():
            return count
    return 0


def spelt(level: str, name: str, province: str | None, date: dt.date | None) -> str | None:
    """The one right spelling of a name that may have lost marks or a letter; None where there is none, or several.

    A misread letter is put right only within a known province.
    """
    known = _narrowed(places(level, name, date) or places(level, name), province)
    if not known and province is not None:
        known = _close(level, name, province, date)
    names = {place.name for place in known}
    return names.pop() if len(names) == 1 else name if name in names else None


def _narrowed(found: tuple[Place, ...], province: str | None) -> tuple[Place, ...]:
    within = tuple(p for p in found if province is not None and name_key(p.province) == name_key(province))
    return within or found


def _close(level: str, name: str, province: str, date: dt.date | None) -> tuple[Place, ...]:
    key = name_key(name)
    if len(key) < 5:
        return ()
    return tuple(
        place
        for (other_level, other), found in _places().items()
        if other_level == level and Levenshtein.distance(other, key, score_cutoff=1) <= 1
        for place in found
        if name_key(place.province) == name_key(province) and place.existed(date)
    )
