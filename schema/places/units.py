"""Administrative units named in text: 'phường Mỏ Chè', 'thành phố Sông Công', 'Phường 5'."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.names.contexts import levels
from schema.places.gazetteer import is_province, name_key, places
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules

TWO_TIER_SINCE = dt.date(2025, 7, 1)
"""Since this day a commune stands directly under a province (Luật 72/2025/QH15)."""

CITY = "thành phố"
PROVINCE = "tỉnh"
CITY_DISTRICT = "quận"
"""What only cities run by the centre are parted into."""


@dataclass(frozen=True)
class LevelRule:
    """One level of administration. ranks: 1 province, 2 district, 3 commune. since, until: None for no limit.

    shortest: syllables of the shortest name that a unit of this level has.
    """

    level: str
    ranks: tuple[int, ...]
    pattern: str
    shortest: int = 1
    since: dt.date | None = None
    until: dt.date | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.level not in levels():
            raise ValueError(f"{self.level!r} is none of the levels of places: {', '.join(levels())}")

    def matches(self, text: str) -> bool:
        found = find_units(text)
        return bool(found) and found[0].level == self.level


@dataclass(frozen=True)
class NameEnd(PatternRow):
    """Words in capitals that end a unit's name: 'tỉnh Bắc Ninh Ban hành'. pattern: over text without marks."""

    pattern: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.match(plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit. level: 'phường'; name: 'Mỏ Chè', '5'."""

    level: str
    name: str
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        return f"{self.level} {self.name}"

    @property
    def rank(self) -> int:
        """1 province, 2 district, 3 commune."""
        if self.level == CITY:
            return 1 if is_central_city(self.name) else 2
        return ranks_of(self.level)[0]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two spellings the same unit."""
        return self.level, name_key(self.name)


def ranks_of(level: str) -> tuple[int, ...]:
    """The ranks that units of a level have, 1 province, 2 district, 3 commune. Raises KeyError for no level."""
    return {rule.level: rule.ranks for rule in load_rules("levels", LevelRule)}[level]


def is_central_city(name: str) -> bool:
    """Whether a city, its marks apart, is or was run by the centre, as a province is; some were cities of one before.

    >>> is_central_city("Huế"), is_central_city("Hai Phong"), is_central_city("Sông Công")
    (True, True, False)
    """
    return any(place.parent is None for place in places(CITY, name))


def province_unit(name: str) -> str:
    """A province with its level.

    >>> province_unit("Gia Lai"), province_unit("Hải Phòng")
    ('tỉnh Gia Lai', 'thành phố Hải Phòng')
    """
    return f"{CITY if is_central_city(name) else PROVINCE} {name}"


@cache
def _level_words() -> re.Pattern[str]:
    rules = load_rules("levels", LevelRule)
    alternatives = "|".join(f"(?P<l{i}>{rule.pattern})" for i, rule in enumerate(rules))
    return re.compile(rf"(?<![\w.])(?:{alternatives})(?=[\s\d]|(?<=\.)\w)\s*")


_NAME_WORD = re.compile(r"[^\W\d_][\w’']*|\d{1,3}(?![\w/.%,])")
_LONGEST_NAME = 5
"""Words of the longest name of a unit."""


@lru_cache(256)
def find_units(text: str, misread: bool = False) -> tuple[Unit, ...]:
    """The units that the text names, in order; a level word without a name ('của tỉnh') names none.

    misread: level words may have lost their marks, as in the capitals of a letterhead that an English engine read.

    >>> [unit.text for unit in find_units("UBND phường Mỏ Chè, thành phố Sông Công và của tỉnh")]
    ['phường Mỏ Chè', 'thành phố Sông Công']
    >>> find_units("UBND PHƯỜNG 5")[0].name
    '5'
    >>> find_units("PHƯƠNG AN PHA"), find_units("PHƯƠNG AN PHA", misread=True)[0].text
    ((), 'phường An Pha')
    """
    found: list[Unit] = []
    flat = plain(text)
    for match in _level_words().finditer(flat):
        first = text[match.end() : match.end() + 1]
        if (found and match.start() < found[-1].end) or not (first.isupper() or first.isdigit()):
            continue  # "xã" mostly stands without a name behind it
        rule = next(r for i, r in enumerate(load_rules("levels", LevelRule)) if match.group(f"l{i}") is not None)
        written = text[match.start() : match.end()].strip().casefold()
        end = _name_end(text, flat, match.end(), rule.level)
        end = _cut_end(text, flat, match.end(), end, rule.level)
        numbered = text[match.end() : end].isdigit() and 1 in rule.ranks
        name = cased_name(" ".join(text[match.end() : end].split()))
        if len(name.split()) >= rule.shortest and (misread or _is_level_word(written, rule)) and not numbered:
            found.append(Unit(rule.level, name, match.start(), end))
    return tuple(found)


def _is_level_word(written: str, rule: LevelRule) -> bool:
    """A whole level word carries its own marks (a "phương án" is no phường); an abbreviation has none to carry."""
    written = unicodedata.normalize("NFC", written)
    return written == rule.level or plain(written) != plain(rule.level)


def _name_end(text: str, flat: str, start: int, level: str) -> int:
    """One past the last letter of a name that begins at `start`; `start` when none does.

    The name of a unit goes on at a word for a level as low as its own: "XÃ ĐÔNG XÁ BẮC", "PHƯỜNG LÂM XÃ ĐÔNG".
    """
    at, end = start, start
    for count in range(_LONGEST_NAME):
        word = _NAME_WORD.match(text, at)
        if word is None or not (word.group()[0].isupper() or (count == 0 and word.group()[0].isdigit())):
            break
        if count and _opens_unit(text, flat, at, level):
            break
        end = word.end()
        if word.group().isdigit():
            break
        gap = re.compile(r"\s?-\s?(?=[^\W\d_])|\s+").match(text, end)
        if gap is None:
            break
        at = gap.end()
    return end


def _cut_end(text: str, flat: str, start: int, end: int, level: str) -> int:
    """The end of the name without the capitals that follow it: 'tỉnh Bắc Ninh Ban hành', 'UBND HUYỆN X PHÒNG NỘI VỤ'.

    An unknown name stays whole: a commune "Đông Lạc Tây" is no "Đông Lạc". Only the provinces are a closed list.
    """
    words = list(_NAME_WORD.finditer(text, start, end))
    for index, word in enumerate(words):
        if any(rule.regex.match(flat, word.start()) for rule in load_rules("name_ends", NameEnd)):
            return words[index - 1].end() if index else start
    for word in reversed(words):
        if is_province(level, text[start : word.end()]):
            return word.end()
    return end


def _opens_unit(text: str, flat: str, at: int, within: str) -> bool:
    """Whether a word for a level of another rank, with its own marks, stands at `at`: 'Mỏ Chè THÀNH PHỐ SÔNG CÔNG'."""
    match = _level_words().match(flat, at)
    if match is None:
        return False
    written = unicodedata.normalize("NFC", match.group().strip())
    written = text[at : at + len(written)].casefold()
    rules = load_rules("levels", LevelRule)
    return any(written == rule.level and rule.ranks != ranks_of(within) for rule in rules)


def is_other_level(words: Sequence[str], level: str) -> bool:
    """Whether the words, marks apart, end with the word for another level: 'của huyén' before what may be a phường.

    >>> is_other_level(["dan", "huyén"], "phường"), is_other_level(["thi", "xa"], "xã"), is_other_level(["xa"], "xã")
    (True, True, False)
    """
    before = f" {plain(' '.join(words))}"
    ends = [rule.level for rule in load_rules("levels", LevelRule) if before.endswith(f" {plain(rule.level)}")]
    return bool(ends) and max(ends, key=len) != level


def cased_name(name: str) -> str:
    """A name set in capitals as it is written in running text; other names as they are.

    >>> cased_name("MỎ CHÈ"), cased_name("BÀ RỊA - VŨNG TÀU"), cased_name("Ia H'Drai")
    ('Mỏ Chè', 'Bà Rịa - Vũng Tàu', "Ia H'Drai")
    """
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word.group()[0] + word.group()[1:].lower(), name)


def commonest(units: Iterable[Unit]) -> Unit | None:
    """The unit named most often; of those named equally often the one that is known. None of none, or of several."""
    units = list(units)
    counts = Counter(unit.key for unit in units)
    if not counts:
        return None
    most = max(counts.values())
    best = [key for key, count in counts.items() if count == most]
    known = [key for key in best if places(*key)]
    chosen = known if len(best) > 1 else best
    return next(unit for unit in units if unit.key == chosen[0]) if len(chosen) == 1 else None
