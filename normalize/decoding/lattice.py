"""The lattice of what a stretch of lines may say, and the cheapest way through it.

Nodes are numbered in reading order; an arc reads some raw characters as some text and may hand one word to the
language model. The beam keeps the best histories of each node; for every arc the cost of the best whole path through
it is known afterwards, from which the decoder takes how sure each reading is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from normalize.decoding import language_model as lm
from normalize.decoding.compiled import BOOST_STEP, RESTART, SILENT, Boosts, beam, fill, sorted_by_end

__all__ = ["RESTART", "SILENT", "Boosts", "Lattice", "Path", "boost_table", "cheapest"]

_LONGEST_GRAM = 4


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


def boost_table(boosts: Mapping[tuple[str, ...], float]) -> Boosts:
    """n-grams of one to four lower-case words with a bonus in nats; those with a word that the model lacks are left
    out.
    """
    if not boosts:
        return _no_boosts()
    ids = lm.vocabulary().ids
    best: dict[int, int] = {}  # the last word and the length, as one number -> the largest bonus
    keys, values = [], []
    for words, nats in boosts.items():
        numbers = [ids.get(word, lm.NO_WORD) for word in words]
        if 1 <= len(words) <= _LONGEST_GRAM and lm.NO_WORD not in numbers and nats > 0:
            key = 0
            for number in numbers:
                key = (key << 16) | number
            bonus = min(65535, round(nats / BOOST_STEP))
            keys.append(key)
            values.append(bonus)
            end = numbers[-1] * _LONGEST_GRAM + len(words) - 1
            best[end] = max(best.get(end, 0), bonus)
    last, more = np.divmod(np.array(list(best), np.int64), _LONGEST_GRAM)
    lengths, most = np.zeros(len(ids), np.uint8), np.zeros(len(ids))
    np.bitwise_or.at(lengths, last, (1 << more).astype(np.uint8))
    np.add.at(most, last, np.array(list(best.values()), np.float64) * BOOST_STEP)
    table = np.zeros(2 * len(keys) + 2, np.uint64)
    fill(table, np.array(keys, np.uint64), np.array(values, np.uint64))
    return Boosts(table, lengths, most)


@cache
def _no_boosts() -> Boosts:
    """The table of no n-gram."""
    words = len(lm.vocabulary().ids)
    return Boosts(np.zeros(1, np.uint64), np.zeros(words, np.uint8), np.zeros(words))


def cheapest(
    lattice: Lattice, boosts: Boosts, history: int, keep: int = 16, width: float = 11.0, weight: float = 1.0
) -> Path:
    """The cheapest path from node 0 to the last node. Every node must be reachable. weight scales the language
    model.
    """
    order, first = sorted_by_end(lattice.nodes, lattice.end)
    path, total, through, last = beam(
        order, first, (lattice.start, lattice.word, lattice.cost), lm.model(), boosts,
        np.uint64(history), keep, width, weight,
    )  # fmt: skip
    return Path(path, float(total), through, int(last))
