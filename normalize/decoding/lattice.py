"""The lattice of what a stretch of lines may say, and the cheapest way through it.

Nodes are numbered in reading order; an arc reads some raw characters as some text and may hand one word to the
language model. The beam keeps the best histories of each node; for every arc the cost of the best whole path through
it is known afterwards, from which the decoder takes how sure each reading is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from normalize.decoding import language_model as lm
from normalize.decoding.compiled import BOOST_STEP, RESTART, SILENT, Boosts, beam, boosted

__all__ = ["RESTART", "SILENT", "Boosts", "Lattice", "Path", "boost_table", "by_key", "cheapest", "key_of"]

_LONGEST_GRAM = 4
_LARGEST_BONUS = 65535  # as the table stores it: 64 nats


@dataclass(frozen=True, slots=True)
class Lattice:
    """Arcs as columns of one length: from node to node (start < end), the word for the model, nats."""

    nodes: int
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    word: NDArray[np.int64]
    cost: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Path:
    """arcs: numbers of the arcs of the cheapest path, in order. through[a]: cost of the best whole path through
    arc a (inf: pruned).
    """

    arcs: NDArray[np.int64]
    cost: float
    through: NDArray[np.float64]
    history: int  # the packed last words, to go on from


def key_of(words: Sequence[str]) -> int | None:
    """An n-gram of one to four lower-case words as one number; None when the model lacks one of them."""
    ids = lm.vocabulary().ids
    key = 0
    for word in words:
        number = ids.get(word, lm.NO_WORD)
        if number == lm.NO_WORD:
            return None
        key = (key << 16) | number
    return key if 1 <= len(words) <= _LONGEST_GRAM else None


def by_key(boosts: Mapping[tuple[str, ...], float]) -> dict[int, float]:
    """The bonuses of n-grams by their keys; those that have none are left out."""
    return {key: nats for words, nats in boosts.items() if (key := key_of(words)) is not None}


def boost_table(boosts: Mapping[int, float]) -> Boosts:
    """The table of n-grams with a bonus in nats, by their keys; one that is not above 0 counts for nothing."""
    if not boosts:
        return _no_boosts()
    keys, nats = np.fromiter(boosts, np.uint64), np.fromiter(boosts.values(), np.float64)
    given = nats > 0
    bonus = np.minimum(_LARGEST_BONUS, np.rint(nats[given] / BOOST_STEP)).astype(np.uint64)
    table: Boosts = boosted(keys[given], bonus, len(lm.vocabulary().ids))
    return table


@cache
def _no_boosts() -> Boosts:
    """The table of no n-gram."""
    table: Boosts = boosted(np.empty(0, np.uint64), np.empty(0, np.uint64), len(lm.vocabulary().ids))
    return table


def cheapest(
    lattice: Lattice, boosts: Boosts, history: int, keep: int = 16, width: float = 10.0, weight: float = 1.0
) -> Path:
    """The cheapest path from node 0 to the last node. Every node must be reachable. weight scales the language
    model.
    """
    path, total, through, last = beam(
        lattice.nodes, lattice.end, (lattice.start, lattice.word, lattice.cost), lm.model(), boosts,
        np.uint64(history), keep, width, weight,
    )  # fmt: skip
    return Path(path, float(total), through, int(last))
