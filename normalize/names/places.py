"""Administrative units: the table, and which of them the misread names of a document mean.

A name is read as a unit of the table only when one unit explains its letters clearly better than all others, given the
level word in front ("phường", "huyện") and the units that the rest of the document names. Else its letters stay.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import Spelt, letter_costs, spelt
from normalize.letters import ToneStyle, in_style, is_plain_syllable, plain

_TABLE = Path(__file__).parent.parent / "data" / "places.tsv"
LEVELS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu")
_FREE = 5.0  # nats a syllable: a name that is dearer to explain stays as it is
_LOSS = 1.0  # nats by which the first syllables of a name may be dearer than that
_MOST_SYLLABLES = 5  # of a name
_CLEAR = 1.5  # nats to the next unit of another name
_SUREST = 0.97  # chance of a unit that leads by far: lists are never complete
_SUREST_OF_PART = 0.85  # the same where more capitals follow, which may belong to a longer name
_OTHER_LETTERS = (
    5.0  # nats against a syllable of other letters than those read, where these are one themselves, without a mark
)
_SIDES = frozenset({"thuong", "ha", "trung", "dong", "tay", "nam", "bac", "noi", "ngoai"})  # end longer names
_KNOWN = 3.0  # nats for a unit that lies in, or holds, one that the document names elsewhere


class Place(NamedTuple):
    """One unit. parent and province: full names ("Thành phố Sông Công"). since, until: None: not known."""

    level: str
    name: str
    parent: str
    province: str
    since: date | None
    until: date | None


@cache
def places() -> tuple[Place, ...]:
    """All units, old and new. Raises ValueError for a row of the wrong shape."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    out = []
    for line in lines[1:]:
        level, name, parent, province, since, until = line.split("\t")
        out.append(Place(level, name, parent, province, _day(since), _day(until)))
    return tuple(out)


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Name:
    """One name at one level: its syllables (mark of an open rhyme in the old style) and the units that bear it."""

    syllables: tuple[str, ...]
    units: tuple[Place, ...]


@cache
def _name_syllables(name: str) -> tuple[str, ...]:
    """The syllables of a name; none of one with figures in it ("Quận 1")."""
    if any(map(str.isdigit, name)):
        return ()
    return tuple(in_style(word, ToneStyle.OLD) for word in name.replace("-", " ").split())


@cache
def names() -> dict[tuple[str, int], tuple[Name, ...]]:
    """(level, number of syllables) -> its names."""
    found: dict[tuple[str, tuple[str, ...]], list[Place]] = defaultdict(list)
    for place in places():
        syllables = _name_syllables(place.name)
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
    numbers = {syllable: i for i, syllable in enumerate(_syllables(False).words)}
    rows = [[numbers[syllable] for syllable in name.syllables] for name in names().get((level, size), ())]
    return np.array(rows, np.int64).reshape(len(rows), size)


@cache
def _plain_syllables() -> NDArray[np.str_]:
    """The syllables of all names without marks, in the order of `_syllables`."""
    return np.array([plain(word).lower() for word in _syllables(False).words])


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


def read_places(mentions: Sequence[Mention], channel: Channel) -> dict[Mention, Guess]:
    """The mentions whose unit is clear; two rounds, the second knowing what the first was sure of."""
    known: Counter[str] = Counter()
    guesses: dict[Mention, Guess] = {}
    counts = Counter(mentions)
    for _ in range(2):
        guesses = {}
        for mention in counts:
            guess = _clear(mention, channel, known)
            if guess is not None:
                guesses[mention] = guess[0]
        known = _named(guesses, counts)
    return guesses


def _named(guesses: dict[Mention, Guess], counts: Counter[Mention]) -> Counter[str]:
    """Full names of the units that the document names, and of those above them when all bearers agree."""
    known: Counter[str] = Counter()
    for mention, guess in guesses.items():
        full = f"{mention.level} {' '.join(guess.syllables)}".lower()
        known[full] += counts[mention]
    return known


def _clear(mention: Mention, channel: Channel, known: Counter[str]) -> tuple[Guess, Name] | None:
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
    sure = _SUREST if len(name.syllables) == len(mention.words) else _SUREST_OF_PART
    return Guess(name.syllables, sure / (1 + math.exp(-lead))), name


def _goes_on(mention: Mention, size: int) -> bool:
    """Whether the word behind the first `size` ones belongs to the name, which thus is another unit's."""
    return size < len(mention.words) and plain(mention.words[size]).lower() in _SIDES


def _support(name: Name, level: str, known: Counter[str]) -> float:
    """Nats for a name that the document uses already, or whose unit lies in one that it names."""
    own = f"{level} {' '.join(name.syllables)}".lower()
    support = 1.0 * math.log1p(known[own])
    above = any(_old(unit.parent) in known or _old(unit.province) in known for unit in name.units if unit.parent)
    return support + (_KNOWN if above else 0.0)


@lru_cache(maxsize=16384)
def _old(full: str) -> str:
    return " ".join(in_style(word, ToneStyle.OLD) for word in full.lower().split())
