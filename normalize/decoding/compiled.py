"""The compiled inner loops of the decoder: look-ups in the language model and the beam through a lattice.

They stand in one file because the compiler keeps its results by the file of a function: a function changed in
another file would leave
stale machine code behind in its callers. For that reason the file is longer than others.

A hash table is an array of uint64 entries with open addressing: 32 bits of fingerprint, 16 bits of cost, 16 bits
of back-off. An n-gram
is packed into a uint64 key, 16 bits a word, the newest lowest; a history likewise holds up to three words.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

BOUNDARY_ID = 1  # the word that begins a sentence
COST_STEP = 1 / 2048  # nats a unit of the stored cost: 0 to 32 nats
BACKOFF_STEP = 1 / 4096  # nats a unit of the stored back-off weight, which runs from -8 to 8
BACKOFF_SHIFT = 8.0
SILENT, RESTART = -1, -2  # instead of a word id: the model hears nothing; the model starts afresh
_SLACK = 1e-6  # nats: sums taken in another order differ by less
BOOST_STEP = 1 / 1024  # nats a unit of the bonus of a boosted n-gram


@njit(cache=True, inline="always")
def mix_key(key: np.uint64) -> np.uint64:  # type: ignore[no-any-unimported,unused-ignore]
    """Spread a 64-bit key evenly (the finaliser of MurmurHash3)."""
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xFF51AFD7ED558CCD)
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xC4CEB9FE1A85EC53)
    key ^= key >> np.uint64(33)
    return key  # type: ignore[no-any-return,unused-ignore]


@njit(cache=True)
def find(table: NDArray[np.uint64], key: np.uint64) -> np.uint64:
    """The entry of an n-gram key, or 0."""
    mixed = mix_key(key)
    size = np.uint64(len(table))
    at = ((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)
    mark = (mixed >> np.uint64(32)) | np.uint64(1)
    while True:
        entry = table[at]
        if entry == np.uint64(0) or (entry >> np.uint64(32)) == mark:
            return entry  # type: ignore[no-any-return]  # numba has no types
        at += np.uint64(1)
        if at == size:
            at = np.uint64(0)


@njit(cache=True, inline="always")
def entry_cost(entry: np.uint64) -> float:
    return ((entry >> np.uint64(16)) & np.uint64(0xFFFF)) * COST_STEP


@njit(cache=True, inline="always")
def entry_backoff(entry: np.uint64) -> float:
    """Cost of backing off from this context, in nats."""
    if entry == np.uint64(0):
        return 0.0
    return BACKOFF_SHIFT - (entry & np.uint64(0xFFFF)) * BACKOFF_STEP


@njit(cache=True)
def fill(table: NDArray[np.uint64], keys: NDArray[np.uint64], payload: NDArray[np.uint64]) -> None:
    """Put the n-grams into an empty table of more entries than there are keys."""
    size = np.uint64(len(table))
    for i in range(len(keys)):
        mixed = mix_key(keys[i])
        at = ((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)
        while table[at] != np.uint64(0):
            at += np.uint64(1)
            if at == size:
                at = np.uint64(0)
        table[at] = (((mixed >> np.uint64(32)) | np.uint64(1)) << np.uint64(32)) | payload[i]


class Model(NamedTuple):
    """A language model as the beam asks it: its hash table, and by word id -ln P(word) and the nats of backing off from
    the context of that word alone.
    """

    table: NDArray[np.uint64]
    alone: NDArray[np.float64]
    backoff: NDArray[np.float64]


class Boosts(NamedTuple):
    """Bonuses of n-grams as a hash table like that of the language model.

    lengths[w]: bit i is set when an n-gram of i + 1 words ends in word w; most[w]: nats that w may get at most.
    """

    table: NDArray[np.uint64]
    lengths: NDArray[np.uint8]
    most: NDArray[np.float64]


@njit(cache=True)
def contexts(table, history):  # type: ignore[no-untyped-def]
    """Back-off costs of the contexts of two and of three words of a packed history (newest word lowest).

    A length that the history does not have, or that the model has never seen, costs nothing.
    """
    two = three = 0.0
    if (history >> np.uint64(16)) & np.uint64(0xFFFF):
        two = entry_backoff(find(table, history & np.uint64(0xFFFFFFFF)))
        if (history >> np.uint64(32)) & np.uint64(0xFFFF):
            three = entry_backoff(find(table, history & np.uint64(0xFFFFFFFFFFFF)))
    return two, three


@njit(cache=True)
def _pair(table, history, word):  # type: ignore[no-untyped-def]
    """The entry of the last word of a history and the word behind it, or 0."""
    return find(table, ((history & np.uint64(0xFFFF)) << np.uint64(16)) | word)


@njit(cache=True)
def _behind(table, history, two, three, word, pair):  # type: ignore[no-untyped-def]
    """What the model says of a word behind a history whose last word it knows to stand before it.

    two, three: the `contexts` of the history; pair: the `_pair` of its last word, which is not 0. Returns (-ln P(word |
    history), the history behind the word, its contexts). That history holds only words with which an n-gram of the
    model begins: equal futures become one state. The model holds with each n-gram all shorter ones at its end, so that
    longer ones are looked for only where the shorter ones were found.
    """
    shift = np.uint64(16)
    after = entry_backoff(pair)
    triple = np.uint64(0)
    if (history >> shift) & np.uint64(0xFFFF):
        triple = find(table, ((history & np.uint64(0xFFFFFFFF)) << shift) | word)
    if not triple:
        return three + two + entry_cost(pair), ((history << shift) | word) & np.uint64(0xFFFFFFFF), after, 0.0
    behind = ((history << shift) | word) & np.uint64(0xFFFFFFFFFFFF)
    if (history >> np.uint64(32)) & np.uint64(0xFFFF):
        entry = find(table, ((history & np.uint64(0xFFFFFFFFFFFF)) << shift) | word)
        if entry:
            return entry_cost(entry), behind, after, entry_backoff(triple)
    return three + entry_cost(triple), behind, after, entry_backoff(triple)


@njit(cache=True)
def _unseen(backoff, history, two, three):  # type: ignore[no-untyped-def]
    """Nats of backing off to a word alone from a history with these `contexts`."""
    return three + two + backoff[history & np.uint64(0xFFFF)]


@njit(cache=True)
def word_cost(model: Model, history: np.uint64, word: np.uint64) -> float:
    """-ln P(word | history) of a packed history (newest word lowest)."""
    two, three = contexts(model.table, history)
    pair = _pair(model.table, history, word)
    if pair:
        return _behind(model.table, history, two, three, word, pair)[0]  # type: ignore[no-any-return]  # the same
    return _unseen(model.backoff, history, two, three) + model.alone[word]  # type: ignore[no-any-return]  # the same


@njit(cache=True)
def unigrams(table, words):  # type: ignore[no-untyped-def]
    """(-ln P(word), nats of backing off from it) of the ids 0..words-1."""
    cost, backoff = np.empty(words), np.empty(words)
    for word in range(words):
        entry = find(table, np.uint64(word))
        cost[word], backoff[word] = entry_cost(entry), entry_backoff(entry)
    return cost, backoff


@njit(cache=True)
def _bonus(boosts, history, word, lengths):  # type: ignore[no-untyped-def]
    """Sum of the bonuses (nats) of the boosted n-grams that end in this word; bit i of lengths: some of i + 1 words."""
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
        if not (lengths >> length) & 1:
            continue
        entry = find(boosts, key)
        if entry:
            total += (entry & np.uint64(0xFFFF)) * BOOST_STEP
    return total


@njit(cache=True)
def sorted_by_end(nodes, end):  # type: ignore[no-untyped-def]
    """(order, first): the arcs by end node, in their order among equals; first[n]:first[n + 1] of it end at node n."""
    first = np.zeros(nodes + 2, np.int64)
    for a in range(len(end)):
        first[end[a] + 2] += 1
    for n in range(nodes):
        first[n + 2] += first[n + 1]
    order = np.empty(len(end), np.int64)
    for a in range(len(end)):
        order[first[end[a] + 1]] = a
        first[end[a] + 1] += 1
    return order, first[:-1]


class States(NamedTuple):
    """What the beam knows at each node (row) of its best histories (columns), the cheapest first.

    twin: the first history of the node with the same last word; two, three: their `contexts`; unseen: cost with what
    the model takes for a next word that it has not seen there.
    """

    history: NDArray[np.uint64]
    cost: NDArray[np.float64]
    twin: NDArray[np.int64]
    two: NDArray[np.float64]
    three: NDArray[np.float64]
    unseen: NDArray[np.float64]


class Steps(NamedTuple):
    """Ways to reach one node: cost so far, state and arc taken, and what the history behind it will be."""

    cost: NDArray[np.float64]
    source: NDArray[np.int32]
    arc: NDArray[np.int32]
    history: NDArray[np.uint64]
    two: NDArray[np.float64]
    three: NDArray[np.float64]


@njit(cache=True)
def _touch(table, arcs, start, word, states, used):  # type: ignore[no-untyped-def]
    """Read where the table would hold each of these words behind each last word of its node, for nothing but that.

    What the processor has not at hand takes it as long as a hundred steps: asked for side by side, all is there when
    `_steps` wants it one by one.
    """
    seen = np.uint64(0)
    size = np.uint64(len(table))
    for a in arcs:
        s, w = start[a], word[a]
        if w < 0:
            continue
        for k in range(used[s]):
            if states.twin[s, k] == k:
                mixed = mix_key(((states.history[s, k] & np.uint64(0xFFFF)) << np.uint64(16)) | np.uint64(w))
                seen ^= table[((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)]
    return seen


@njit(cache=True)
def _steps(arcs, lattice, model, boosts, states, used, width, weight, steps, pairs):  # type: ignore[no-untyped-def]
    """Every way to reach a node by these arcs from the states before it, into `steps`; returns how many.

    pairs: room for what the model says of a word behind each last word of a node.
    """
    start, word, cost = lattice
    keep = states.history.shape[1]
    count = 0
    best = np.inf
    pairs[0] = _touch(model.table, arcs, start, word, states, used)
    for a in arcs:
        s, w = start[a], word[a]
        for k in range(used[s]):
            total = states.cost[s, k] + cost[a]
            if total > best + width:
                break  # the states of a node stand in the order of their costs
            history, two, three = states.history[s, k], states.two[s, k], states.three[s, k]
            if w == RESTART:
                history, two, three = np.uint64(BOUNDARY_ID), 0.0, 0.0
            elif w != SILENT:
                before, heard, twin = history, np.uint64(w), states.twin[s, k]
                if twin == k:
                    pairs[k] = _pair(model.table, history, heard)
                if pairs[twin]:
                    nats, history, two, three = _behind(model.table, history, two, three, heard, pairs[twin])
                    total += weight * nats
                else:
                    total = states.unseen[s, k] + (cost[a] + weight * model.alone[w])
                    history, two, three = heard, 0.0, 0.0
                if boosts.lengths[w] and total - boosts.most[w] - _SLACK <= best + width:
                    total -= _bonus(boosts.table, before, heard, boosts.lengths[w])
            if total > best + width:
                continue
            best = min(best, total)
            steps.cost[count], steps.source[count], steps.arc[count] = total, s * keep + k, a
            steps.history[count], steps.two[count], steps.three[count] = history, two, three
            count += 1
    return count


@njit(cache=True)
def _ranked(cost, count, rank):  # type: ignore[no-untyped-def]
    """The numbers of the first `count` costs in rising order, equal ones in their own, into `rank`."""
    for i in range(count):
        at = i
        while at > 0 and cost[rank[at - 1]] > cost[i]:
            rank[at] = rank[at - 1]
            at -= 1
        rank[at] = i


@njit(cache=True)
def _state(states, node, used, history):  # type: ignore[no-untyped-def]
    """The number of the state of a node with this history, -1 when there is none."""
    for k in range(used):
        if states.history[node, k] == history:
            return k
    return -1


@njit(cache=True)
def _set_state(states, node, k, cost, history, two, three, unseen):  # type: ignore[no-untyped-def]
    """Write down the state number k of a node. unseen: nats of backing off from its history."""
    states.history[node, k], states.cost[node, k] = history, cost
    states.two[node, k], states.three[node, k], states.unseen[node, k] = two, three, cost + unseen
    twin = 0
    while (states.history[node, twin] ^ history) & np.uint64(0xFFFF):
        twin += 1
    states.twin[node, k] = twin


@njit(cache=True)
def _costs_through(arcs, states, onward, edge_cost, edge_from, edge_to, edge_arc):  # type: ignore[no-untyped-def]
    """Cost of the best whole path through each arc. onward: 0 for the last states, else inf; edges in order."""
    through = np.full(arcs, np.inf)
    for e in range(len(edge_cost) - 1, -1, -1):
        total = edge_cost[e] + onward[edge_to[e]]
        a, s = edge_arc[e], edge_from[e]
        through[a] = min(through[a], total)
        onward[s] = min(onward[s], total - states[s])
    return through


@njit(cache=True)
def _way_back(final, keep, came_from, came_by):  # type: ignore[no-untyped-def]
    """The arcs of the path that ends in state `final`."""
    path = np.empty(len(came_from), np.int64)
    steps = 0
    at = final
    while at >= keep:
        path[steps] = came_by[at]
        at = came_from[at]
        steps += 1
    return path[:steps][::-1].copy()


@njit(cache=True)
def beam(order, first, lattice, model, boosts, history, keep, width, weight):  # type: ignore[no-untyped-def]
    """The cheapest path from node 0 to the last. order[first[n]:first[n + 1]]: the arcs that end at node n.

    lattice: (start, word, cost) of all arcs. Returns (path, its cost, through, last history). `keep` histories a node,
    none dearer than the best + `width`.
    """
    nodes = len(first) - 1
    size = (nodes, keep)
    states = States(
        np.zeros(size, np.uint64), np.full(size, np.inf), np.zeros(size, np.int64), np.zeros(size), np.zeros(size),
        np.zeros(size),
    )  # fmt: skip
    came_from, came_by = np.zeros(nodes * keep, np.int32), np.full(nodes * keep, -1, np.int32)
    used = np.zeros(nodes, np.int64)
    two, three = contexts(model.table, history)
    _set_state(states, 0, 0, 0.0, history, two, three, weight * _unseen(model.backoff, history, two, three))
    used[0] = 1
    most = keep * np.max(first[1:] - first[:-1])
    steps = Steps(
        np.empty(most), np.empty(most, np.int32), np.empty(most, np.int32),
        np.empty(most, np.uint64), np.empty(most), np.empty(most),
    )  # fmt: skip
    rank, pairs = np.empty(most, np.int64), np.empty(keep, np.uint64)
    room = len(order) * keep
    edge_cost, edge_from = np.empty(room), np.empty(room, np.int32)
    edge_to, edge_arc = np.empty(room, np.int32), np.empty(room, np.int32)
    edges = 0
    for n in range(1, nodes):
        count = _steps(
            order[first[n] : first[n + 1]], lattice, model, boosts, states, used, width, weight, steps, pairs
        )
        _ranked(steps.cost, count, rank)
        for step in rank[:count]:
            total = steps.cost[step]
            if total > steps.cost[rank[0]] + width:
                break
            to = _state(states, n, used[n], steps.history[step])
            if to < 0:
                if used[n] == keep:
                    continue
                to = used[n]
                used[n] += 1
                history, two, three = steps.history[step], steps.two[step], steps.three[step]
                unseen = weight * _unseen(model.backoff, history, two, three)
                _set_state(states, n, to, total, history, two, three, unseen)
                came_from[n * keep + to], came_by[n * keep + to] = steps.source[step], steps.arc[step]
            edge_cost[edges], edge_from[edges] = total, steps.source[step]
            edge_to[edges], edge_arc[edges] = n * keep + to, steps.arc[step]
            edges += 1
    final = (nodes - 1) * keep
    onward = np.full(nodes * keep, np.inf)
    onward[final : final + used[nodes - 1]] = 0.0
    through = _costs_through(
        len(order), states.cost.reshape(nodes * keep), onward, edge_cost[:edges], edge_from, edge_to, edge_arc
    )
    return _way_back(final, keep, came_from, came_by), states.cost[nodes - 1, 0], through, states.history[nodes - 1, 0]
