"""What the name of a unit is where an engine lost its marks: read out of all the places that print it, at once.

'Thanh Phd Trung', 'THANH PHA TRUNG' and 'Thanh Pha Trung' are one name. Each candidate costs what the engine
takes to print all of them for it, and what its syllables, or the whole of it, count for among the names of units.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from normalize.decoding.channel import Channel
from normalize.decoding.language_model import vocabulary
from normalize.decoding.letter_costs import Spelt, letter_costs, spelt
from normalize.letters import is_syllable
from schema.places.gazetteer import name_key, names_of
from schema.places.units import Unit, is_other_level

Costs = NDArray[np.float64]

# How far the letters of a mention, marks apart, may be from those of the name that is looked for.
_FAR = 0.26
# Nats above the likeliest syllable: one mention that a speck spoilt says no more against another than that.
_MOST = 10.0
# Syllables, best first, of each place of a name that are put together to names which no table has.
_BEST = 5
_LONGEST = 4
"""Syllables of the longest misread name that is looked for: with each, the readings multiply."""
# What a syllable that no unit bears counts for, in units.
_UNSEEN = 0.3
# Half of the names are taken to be names of units that the table has, most of those to lie in the province named.
_KNOWN, _IN_PROVINCE = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name and the chance, 0 to 1, that it is the one printed. as_read: the chance of the name that was asked for."""

    name: str
    chance: float
    as_read: float


def read_misread_name(unit: Unit, province: str | None, lines: Sequence[str]) -> NameReading | None:
    """The likeliest name of a unit that was read as `unit`, from the raw lines that name it; None where none does.

    province: the one it lies in, where that is known. Names of one syllable too many or too few are not found.
    """
    size = len(unit.name.split())
    if not 1 <= size <= _LONGEST or not unit.name.replace(" ", "").isalpha():
        return None
    mentions = Counter(found for line in lines for found in _mentions(line, unit, size))
    if not mentions:
        return None
    columns = [_column(mentions, at) for at in range(size)]
    ranked = sorted((*_known(unit, province, columns), *_free(columns)))
    best = ranked[0][0]
    odds = {name: exp(best - cost) for cost, name in reversed(ranked)}
    total = sum(odds.values())
    return NameReading(ranked[0][1], 1 / total, odds.get(unit.name, 0.0) / total)


def _mentions(line: str, unit: Unit, size: int) -> list[tuple[str, ...]]:
    """The words of a raw line that may be the name: capitals, the same letters but for some, no other level before."""
    words = [word for piece in line.split() if (word := piece.strip(_EDGES))]
    wanted, found = name_key(unit.name), []
    for at in range(len(words) - size + 1):
        window = tuple(words[at : at + size])
        letters = name_key("".join(window))
        if all(word[0].isupper() for word in window) and not is_other_level(words[max(0, at - 2) : at], unit.level):
            far = Levenshtein.normalized_distance(letters, wanted, score_cutoff=_FAR)
            found += [window] if letters and far <= _FAR else []
    return found


_EDGES = ".,;:()|*-–—_=\"'‘’“”"


@dataclass(frozen=True, slots=True)
class _Syllables:
    """All syllables that a name may hold, in both cases, and what each counts for among names (nats)."""

    title: Spelt
    capitals: Spelt
    cost: Costs
    number: dict[str, int]


@cache
def _syllables() -> _Syllables:
    borne = Counter(syllable for name in names_of(None) for syllable in name.split() if syllable.isalpha())
    spoken = {word.capitalize() for word in vocabulary().words if word.isalpha() and is_syllable(word)}
    words = (*borne, *sorted(spoken - set(borne)))
    counts = np.array([borne.get(word, 0) + _UNSEEN for word in words])
    number = {word: at for at, word in enumerate(words)}
    return _Syllables(spelt(words), spelt(map(str.upper, words)), -np.log(counts / counts.sum()), number)


def _column(mentions: Counter[tuple[str, ...]], at: int) -> Costs:
    """What each syllable costs at one place of the name, all mentions together; one read alike again tells less."""
    total: Costs = np.zeros(len(_syllables().cost))
    for mention, count in mentions.items():
        total = total + (1 + log(count)) * _printed_as(mention[at])
    return total


@lru_cache(maxsize=1024)
def _printed_as(raw: str) -> Costs:
    """Nats of each syllable above the likeliest one."""
    table = _syllables()
    costs = letter_costs(raw, table.capitals if re.fullmatch(r"[^a-z]{2,}", raw) else table.title, Channel.ENGLISH)
    least = float(costs.min())
    return np.minimum(costs - least, _MOST) if least < np.inf else np.zeros(len(costs))


def _known(unit: Unit, province: str | None, columns: Sequence[Costs]) -> list[tuple[float, str]]:
    """Cost of the names that the table has for this level."""
    found: list[tuple[float, str]] = []
    for within, share in ((None, 1 - _IN_PROVINCE), (province, _IN_PROVINCE)) if province else ((None, 1.0),):
        names = Counter(names_of(unit.level, within))
        for name, count in names.items():
            places = [_syllables().number.get(syllable) for syllable in name.split()]
            if len(places) == len(columns) and None not in places:
                letters = sum(float(column[at]) for column, at in zip(columns, places, strict=True) if at is not None)
                found.append((letters - log(_KNOWN * share * count / names.total()), name))
    return found


def _free(columns: Sequence[Costs]) -> list[tuple[float, str]]:
    """Cost of names put together from the likeliest syllables of each place."""
    ranked = [_likeliest(column) for column in columns]
    return [
        (sum(cost for cost, _ in combined) - log(1 - _KNOWN), " ".join(word for _, word in combined))
        for combined in product(*ranked)
    ]


def _likeliest(column: Costs) -> list[tuple[float, str]]:
    """The best syllables of one place, with their costs."""
    table = _syllables()
    costs = column + table.cost
    return [(float(costs[at]), table.title.words[at]) for at in np.argsort(costs)[:_BEST].tolist()]
