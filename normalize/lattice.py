"""The lattice of what a stretch of lines may say, and the cheapest way through it.

Nodes are numbered in reading order; an arc reads some raw characters as some text and may hand one word to the
language model.
The beam keeps the best histories of each node; for every arc the cost of the best whole path through it is known
afterwards, from which
the decoder takes how sure each reading is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from normalize.compiled import beam

SILENT, RESTART = -1, -2  # instead of a word id: the model hears nothing; the model starts afresh


@dataclass(slots=True)
class Lattice:
    """Arcs as columns; `payload` is whatever the builder wants back with the path (its own numbering of readings)."""

    nodes: int = 1
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    word: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    payload: list[int] = field(default_factory=list)

    def node(self) -> int:
        """A new node behind all others."""
        self.nodes += 1
        return self.nodes - 1

    def arc(self, start: int, end: int, word: int, cost: float, payload: int) -> None:
        self.start.append(start)
        self.end.append(end)
        self.word.append(word)
        self.cost.append(cost)
        self.payload.append(payload)

    def arcs(self, start: int, end: int, words: Sequence[int], costs: Sequence[float], payload: int) -> None:
        """Parallel arcs with payloads from `payload` on."""
        self.start += [start] * len(words)
        self.end += [end] * len(words)
        self.word += words
        self.cost += costs
        self.payload += range(payload, payload + len(words))


@dataclass(frozen=True, slots=True)
class Path:
    """arcs: numbers of the arcs of the cheapest path, in order. through[a]: cost of the best whole path through
    arc a (inf: pruned).
    """

    arcs: NDArray[np.int64]
    cost: float
    through: NDArray[np.float64]
    history: int  # the packed last words, to go on from


def cheapest(
    lattice: Lattice,
    table: NDArray[np.uint64],
    boosts: NDArray[np.uint64],
    history: int,
    keep: int = 16,
    width: float = 11.0,
    weight: float = 1.0,
) -> Path:
    """The cheapest path from node 0 to the last node. Every node must be reachable. weight scales the language
    model.
    """
    end = np.array(lattice.end, np.int64)
    order = np.argsort(end, kind="stable")
    first = np.searchsorted(end[order], np.arange(lattice.nodes + 1))
    start = np.array(lattice.start, np.int64)[order]
    word = np.array(lattice.word, np.int64)[order]
    cost = np.array(lattice.cost, np.float64)[order]
    path, total, through, last = beam(
        lattice.nodes, first, start, word, cost, table, boosts, np.uint64(history), keep, width, weight
    )
    back = np.empty(len(order))
    back[order] = through
    return Path(order[path], float(total), back, int(last))
