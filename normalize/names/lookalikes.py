"""How far a misread run of signs is from what may have been printed: an edit distance that knows lookalikes.

>>> distance("QP", "QĐ") < distance("QP", "NQ")
True
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.data import DATA

_TABLE = DATA / "lookalikes.toml"
_STEPS = {"near": 0.1, "middle": 0.3, "far": 0.5}
_OTHER_CASE = 0.2
_RUN = 0.2
_DROPPED = 0.8  # a sign too many or too few


@cache
def _costs() -> dict[tuple[str, str], float]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    costs: dict[tuple[str, str], float] = {}
    for step, cost in _STEPS.items():
        for printed, seen in table[step].items():
            for sign in seen:
                costs.setdefault((sign, printed), cost)
    return costs


@cache
def _runs() -> tuple[tuple[str, str], ...]:
    return tuple(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["runs"].items())


def _sign_cost(seen: str, printed: str) -> float:
    if seen == printed:
        return 0.0
    cost = _costs().get((seen, printed))
    if cost is not None:
        return cost
    if seen.lower() == printed.lower():
        return _OTHER_CASE
    cost = _costs().get((seen.upper(), printed))
    return 1.0 if cost is None else min(1.0, cost + _OTHER_CASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """Words that may have been printed: signs[i, :length[i]] are the numbers, in `alphabet`, of those of word i."""

    alphabet: tuple[str, ...]
    signs: NDArray[np.int64]
    length: NDArray[np.int64]


def printed(words: Sequence[str]) -> Printed:
    """The words, ready to be compared with a misread run all at once."""
    alphabet = tuple(sorted(set().union(*words)))
    signs = np.zeros((len(words), max(map(len, words), default=0)), np.int64)
    for i, word in enumerate(words):
        signs[i, : len(word)] = [alphabet.index(sign) for sign in word]
    return Printed(alphabet, signs, np.array([len(word) for word in words], np.int64))


@lru_cache(maxsize=16384)
def _sign_costs(seen: str, alphabet: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([_sign_cost(seen, sign) for sign in alphabet])


def distances(seen: str, words: Printed, some: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
    """The least cost of reading `seen` where each word stood: 0 when the same, about 1 for each unlike sign.

    some: the numbers of the words to look at; None: all.
    """
    signs, length = (words.signs, words.length) if some is None else (words.signs[some], words.length[some])
    found = _edits(_costs_of(seen, words), signs, length)
    for run, sign in _runs():
        if run in seen:
            costs = _costs_of(seen.replace(run, sign), words)
            found = np.minimum(found, _RUN + _edits(costs, signs, length))
    return found  # type: ignore[no-any-return]  # numba has no types


def distance(seen: str, word: str) -> float:
    """The same for one word."""
    return float(distances(seen, printed([word]))[0])


def _costs_of(seen: str, words: Printed) -> NDArray[np.float64]:
    """costs[i, j]: of reading the sign seen[i] where sign j of the alphabet stood."""
    rows = [_sign_costs(sign, words.alphabet) for sign in seen]
    return np.array(rows).reshape(len(rows), len(words.alphabet))


@njit(cache=True)
def _edits(costs, signs, length):  # type: ignore[no-untyped-def]
    out = np.empty(len(length))
    row, before = np.empty(signs.shape[1] + 1), np.empty(signs.shape[1] + 1)
    for word in range(len(length)):
        for j in range(length[word] + 1):
            row[j] = _DROPPED * j
        for i in range(len(costs)):
            before, row = row, before
            row[0] = _DROPPED * (i + 1)
            for j in range(1, length[word] + 1):
                same = before[j - 1] + costs[i, signs[word, j - 1]]
                row[j] = min(same, before[j] + _DROPPED, row[j - 1] + _DROPPED)
        out[word] = row[length[word]]
    return out
