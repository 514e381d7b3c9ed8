"""Administrative units: the table, and which of them the misread names of a document mean.

A name is read as a unit of the table only when one unit explains its letters clearly better than all others, given the
level word in front ("phường", "huyện") and the units that the rest of the document names. Else its letters stay.
"""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.data import DATA, undisturbed
from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import Spelt, letter_costs, spelt
from normalize.letters import ToneStyle, in_style, is_plain_syllable, plain, text_in_style

_FIGURE = re.compile(r"\d")
_FREE = 5.0  # nats a syllable: a name that is dearer to explain stays as it is
_LOSS = 1.0  # nats by which the first syllables of a name may be dearer than that
_MOST_SYLLABLES = 5  # of a name
_CLEAR = 1.5  # nats to the next unit of another name
_OTHER_LETTERS = (
    5.0  # nats against a syllable of other letters than those read, where these are one themselves, without a mark
)
_KNOWN = 3.0  # nats for a unit that lies in, or holds, one that the document names elsewhere


@dataclass(frozen=True, slots=True)
class Belief:
    """data/place_names.toml. sides: last words of longer names, without marks. The others: chances (0 to 1) that a unit
    which leads by far is the one meant: a province; a unit beside the one above it or one inside it; any other.
    """

    sides: frozenset[str]
    province: float
    placed: float
    alone: float


@cache
def belief() -> Belief:
    """data/place_names.toml. Raises TypeError or TOMLDecodeError when it is broken."""
    found = tomllib.loads((DATA / "place_names.toml").read_text(encoding="utf-8"))
    return Belief(frozenset(plain(word) for word in found.pop("sides")), **found.pop("chance"), **found)


class Place(NamedTuple):
    """One unit. parent and province: full names ("Thành phố Sông Công"). since, until: as 2025-06-30, '' not known."""

    level: str
    name: str
    parent: str
    province: str
    since: str
    until: str


@cache
@undisturbed
def places() -> tuple[Place, ...]:
    """All units, old and new. Raises ValueError for a row of the wrong shape."""
    lines = [
        line
        for line in (DATA / "places.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    out = []
    for line in lines[1:]:
        level, name, parent, province, since, until = line.split("\t")
        out.append(Place(level, name, parent, province, since, until))
    return tuple(out)


class Name(NamedTuple):
    """One name at one level: its syllables (mark of an open rhyme in the old style) and the units that bear it."""

    syllables: tuple[str, ...]
    units: tuple[Place, ...]


def _syllables_by_name() -> dict[str, tuple[str, ...]]:
    """Name -> its syllables; none of one with figures in it ("Quận 1")."""
    spelt_so = list(dict.fromkeys(place.name for place in places()))
    styled = text_in_style("\n".join(spelt_so).replace("-", " "), ToneStyle.OLD).split("\n")
    parted = (() if _FIGURE.search(name) else tuple(name.split()) for name in styled)
    return dict(zip(spelt_so, parted, strict=True))


@cache
@undisturbed
def names() -> dict[tuple[str, int], tuple[Name, ...]]:
    """(level, number of syllables) -> its names."""
    found: dict[tuple[str, tuple[str, ...]], list[Place]] = defaultdict(list)
    by_name = _syllables_by_name()
    for place in places():
        syllables = by_name[place.name]
        if syllables:
            found[place.level, syllables].append(place)
    out: dict[tuple[str, int], list[Name]] = defaultdict(list)
    for (level, syllables), units in found.items():
        out[level, len(syllables)].append(Name(syllables, tuple(units)))
    return {key: tuple(rows) for key, rows in out.items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """Raw words behind a level word that may be a name; fewer of them may be it when more capitals follow."""

    level: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a mention means: the first len(syllables) of its words; chance that this is so."""

    syllables: tuple[str, ...]
    chance: float


@cache
def _syllables(upper: bool) -> Spelt:
    """Every syllable of every name, as it stands on a page."""
    found = sorted({syllable for rows in names().values() for name in rows for syllable in name.syllables})
    return spelt(syllable.upper() if upper else syllable for syllable in found)


@cache
def _composed(level: str, size: int) -> NDArray[np.int64]:
    """names()[level, size] by the numbers of their syllables: one row a name."""
    rows = names().get((level, size), ())
    numbers = map(_numbers().__getitem__, chain.from_iterable(name.syllables for name in rows))
    return np.fromiter(numbers, np.int64, len(rows) * size).reshape(len(rows), size)


@cache
def _numbers() -> dict[str, int]:
    """The number of each syllable in `_syllables`."""
    return {syllable: i for i, syllable in enumerate(_syllables(False).words)}


@cache
def _plain_syllables() -> NDArray[np.str_]:
    """The syllables of all names without marks, in the order of `_syllables`."""
    return np.array(plain("\n".join(_syllables(False).words)).lower().split("\n"))


@lru_cache(maxsize=4096)
def _savings(raw: str, channel: Channel) -> NDArray[np.float64]:
    """What each syllable, read behind `raw`, saves over an unknown one (nats)."""
    syllables = _syllables(raw.isupper() and len(raw) > 1)
    costs = letter_costs(raw, syllables, channel, _MOST_SYLLABLES * _FREE + _LOSS)
    if raw.isascii() and is_plain_syllable(raw.lower()):
        costs = costs + _OTHER_LETTERS * (_plain_syllables() != raw.lower())
    return np.where(abs(syllables.length - len(raw)) <= 3, _FREE - costs, -np.inf)


@lru_cache(maxsize=4096)
def _candidates(mention: Mention, channel: Channel) -> tuple[tuple[float, Name], ...]:
    """Names that could be meant, with what they save over an unknown name (nats), best first."""
    out = []
    for size in range(1, len(mention.words) + 1):
        composed = _composed(mention.level, size)
        saved, near = np.zeros(len(composed)), np.ones(len(composed), bool)
        for raw, column in zip(mention.words, composed.T, strict=False):
            saved = saved + _savings(raw, channel)[column]
            near &= saved >= -_LOSS
        for number in np.nonzero(near & (saved > 0))[0].tolist():
            name = names()[mention.level, size][number]
            out.append((float(saved[number]) + 0.3 * math.log(len(name.units)), name))
    return tuple(sorted(out, key=lambda pair: -pair[0])[:40])


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names, as full names in small letters: units with their counts, and the units right above those
    that may be meant.
    """

    units: Counter[str]
    above: frozenset[str]


def read_places(mentions: Sequence[Mention], channel: Channel) -> dict[Mention, Guess]:
    """The mentions whose unit is clear; two rounds, the second knowing what the first was sure of."""
    known = Named(Counter(), frozenset())
    guesses: dict[Mention, Guess] = {}
    counts = Counter(mentions)
    for _ in range(2):
        found = {mention: one for mention in counts if (one := _clear(mention, channel, known)) is not None}
        guesses = {mention: guess for mention, (guess, _) in found.items()}
        known = _named({mention: name for mention, (_, name) in found.items()}, counts)
    return guesses


def _named(names_: dict[Mention, Name], counts: Counter[Mention]) -> Named:
    units: Counter[str] = Counter()
    for mention, name in names_.items():
        units[_full(mention.level, name)] += counts[mention]
    above = frozenset(_old(unit.parent) for name in names_.values() for unit in name.units if unit.parent)
    return Named(units, above)


def _full(level: str, name: Name) -> str:
    return f"{level} {' '.join(name.syllables)}".lower()


def _clear(mention: Mention, channel: Channel, known: Named) -> tuple[Guess, Name] | None:
    ranked = sorted(
        ((saved + _support(name, mention.level, known), name) for saved, name in _candidates(mention, channel)),
        key=lambda p: -p[0],
    )
    if not ranked:
        return None
    best, name = ranked[0]
    rival = next((saved for saved, other in ranked[1:] if other.syllables != name.syllables), 0.0)
    lead = best - max(rival, 0.0)
    if lead < _CLEAR or _goes_on(mention, len(name.syllables)):
        return None
    return Guess(name.syllables, _surest(mention, name, known) / (1 + math.exp(-lead))), name


def _surest(mention: Mention, name: Name, known: Named) -> float:
    """The chance of a unit that leads by far. A list holds all real units, but documents name others beside them."""
    if any(not unit.parent for unit in name.units):
        return belief().province
    placed = _lies_in(name, known) or _full(mention.level, name) in known.above
    return belief().placed if placed else belief().alone


def _lies_in(name: Name, known: Named) -> bool:
    """Whether a unit of the name lies in one that the document names."""
    return any(
        _old(unit.parent) in known.units or _old(unit.province) in known.units for unit in name.units if unit.parent
    )


def _goes_on(mention: Mention, size: int) -> bool:
    """Whether the word behind the first `size` ones belongs to the name, which thus is another unit's."""
    return size < len(mention.words) and plain(mention.words[size]).lower() in belief().sides


def _support(name: Name, level: str, known: Named) -> float:
    """Nats for a name that the document uses already, or whose unit lies in one that it names."""
    return math.log1p(known.units[_full(level, name)]) + (_KNOWN if _lies_in(name, known) else 0.0)


@lru_cache(maxsize=16384)
def _old(full: str) -> str:
    return " ".join(in_style(word, ToneStyle.OLD) for word in full.lower().split())
