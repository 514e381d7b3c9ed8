"""The lattice of what a stretch of lines may say, and the cheapest way through it.

Nodes are numbered in reading order; an arc reads some raw characters as some text and may hand one word to the language model.
The beam keeps the best histories of each node; for every arc the cost of the best whole path through it is known afterwards, from which
the decoder takes how sure each reading is.
"""

from dataclasses import dataclass, field

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.language_model import BOUNDARY_ID, contexts, find, word_cost

SILENT, RESTART = -1, -2  # instead of a word id: the model hears nothing; the model starts afresh
_HISTORY = np.uint64(0xFFFFFFFFFFFF)


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


@dataclass(frozen=True, slots=True)
class Path:
    """arcs: numbers of the arcs of the cheapest path, in order. through[a]: cost of the best whole path through arc a (inf: pruned)."""

    arcs: NDArray[np.int64]
    cost: float
    through: NDArray[np.float64]
    history: int  # the packed last words, to go on from


@njit(cache=True)
def _shorten(table, history):  # type: ignore[no-untyped-def]
    """Drop the oldest words of a history while no n-gram of the model begins with it: equal futures become one state."""
    if (history >> np.uint64(32)) and not find(table, history):
        history &= np.uint64(0xFFFFFFFF)
    if (history >> np.uint64(16)) and not (history >> np.uint64(32)) and not find(table, history):
        history &= np.uint64(0xFFFF)
    return history


@njit(cache=True)
def _bonus(boosts, history, word):  # type: ignore[no-untyped-def]
    """Sum of the bonuses (nats) of the boosted n-grams that end in this word."""
    total = 0.0
    key = np.uint64(0)
    for length in range(4):
        if length == 0:
            key = word
        else:
            mask = (np.uint64(1) << np.uint64(16 * length)) - np.uint64(1)
            if not (history >> np.uint64(16 * (length - 1))) & np.uint64(0xFFFF):
                break
            key = ((history & mask) << np.uint64(16)) | word
        entry = find(boosts, key)
        if entry:
            total += (entry & np.uint64(0xFFFF)) / 1024.0
    return total


@njit(cache=True)
def beam(  # type: ignore[no-untyped-def]
    nodes, first, start, word, cost, table, boosts, history, keep, width, weight
):
    """Arcs are sorted by end node; those that end at node n are first[n]:first[n+1].

    Returns (path, its cost, through, last history). `keep` histories a node, none dearer than the best + `width`.
    """
    arcs = len(start)
    state_history = np.zeros((nodes, keep), np.uint64)
    state_cost = np.full((nodes, keep), np.inf)
    state_backoff = np.zeros((nodes, keep, 4))
    state_from = np.zeros((nodes, keep), np.int64)
    state_arc = np.full((nodes, keep), -1, np.int64)
    used = np.zeros(nodes, np.int64)
    state_history[0, 0] = history
    state_cost[0, 0] = 0.0
    contexts(table, history, state_backoff[0, 0])
    used[0] = 1
    boosted = len(boosts) > 1
    edge_cost = np.empty(1 << 16)
    edge_from = np.empty(1 << 16, np.int64)
    edge_to = np.empty(1 << 16, np.int64)
    edge_arc = np.empty(1 << 16, np.int64)
    edges = 0
    room = 64
    buffer_cost = np.empty(room)
    buffer_history = np.empty(room, np.uint64)
    buffer_from = np.empty(room, np.int64)
    buffer_arc = np.empty(room, np.int64)
    for n in range(1, nodes):
        count = 0
        best = np.inf
        for a in range(first[n], first[n + 1]):
            s = start[a]
            w = word[a]
            for k in range(used[s]):
                total = state_cost[s, k] + cost[a]
                if total > best + width:
                    continue
                h = state_history[s, k]
                if w >= 0:
                    total += weight * word_cost(table, h, state_backoff[s, k], np.uint64(w))
                    if boosted:
                        total -= _bonus(boosts, h, np.uint64(w))
                    h = ((h << np.uint64(16)) | np.uint64(w)) & np.uint64(0xFFFFFFFFFFFF)
                elif w == -2:
                    h = np.uint64(BOUNDARY_ID)
                if total > best + width:
                    continue
                best = min(best, total)
                if count == room:
                    room *= 2
                    grown_cost = np.empty(room)
                    grown_cost[:count] = buffer_cost
                    buffer_cost = grown_cost
                    grown_history = np.empty(room, np.uint64)
                    grown_history[:count] = buffer_history
                    buffer_history = grown_history
                    grown_from = np.empty(room, np.int64)
                    grown_from[:count] = buffer_from
                    buffer_from = grown_from
                    grown_arc = np.empty(room, np.int64)
                    grown_arc[:count] = buffer_arc
                    buffer_arc = grown_arc
                buffer_cost[count] = total
                buffer_history[count] = h
                buffer_from[count] = s * keep + k
                buffer_arc[count] = a
                count += 1
        order = np.argsort(buffer_cost[:count])
        for o in order:
            total = buffer_cost[o]
            if total > best + width:
                break
            h = buffer_history[o]
            if word[buffer_arc[o]] >= 0:
                h = _shorten(table, h)
            to = -1
            for k in range(used[n]):
                if state_history[n, k] == h:
                    to = k
                    break
            if to < 0:
                if used[n] == keep:
                    continue
                to = used[n]
                used[n] += 1
                state_history[n, to] = h
                state_cost[n, to] = total
                state_from[n, to] = buffer_from[o]
                state_arc[n, to] = buffer_arc[o]
                contexts(table, h, state_backoff[n, to])
            if edges == len(edge_cost):
                edge_cost = np.concatenate((edge_cost, np.empty(edges)))
                edge_from = np.concatenate((edge_from, np.empty(edges, np.int64)))
                edge_to = np.concatenate((edge_to, np.empty(edges, np.int64)))
                edge_arc = np.concatenate((edge_arc, np.empty(edges, np.int64)))
            edge_cost[edges] = total
            edge_from[edges] = buffer_from[o]
            edge_to[edges] = n * keep + to
            edge_arc[edges] = buffer_arc[o]
            edges += 1
    # backwards: what the best path onwards from each state costs
    flat_cost = state_cost.reshape(nodes * keep)
    onward = np.full(nodes * keep, np.inf)
    final = nodes - 1
    for k in range(used[final]):
        onward[final * keep + k] = 0.0
    through = np.full(arcs, np.inf)
    for e in range(edges - 1, -1, -1):
        rest = onward[edge_to[e]]
        total = edge_cost[e] + rest
        a = edge_arc[e]
        through[a] = min(through[a], total)
        onward[edge_from[e]] = min(onward[edge_from[e]], total - flat_cost[edge_from[e]])
    path = np.empty(nodes, np.int64)
    steps = 0
    at = final * keep
    while at >= keep:
        path[steps] = state_arc[at // keep, at % keep]
        at = state_from[at // keep, at % keep]
        steps += 1
    return path[:steps][::-1].copy(), state_cost[final, 0], through, state_history[final, 0]


def cheapest(
    lattice: Lattice,
    table: NDArray[np.uint64],
    boosts: NDArray[np.uint64],
    history: int,
    keep: int = 24,
    width: float = 14.0,
    weight: float = 1.0,
) -> Path:
    """The cheapest path from node 0 to the last node. Every node must be reachable. weight scales the language model."""
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
