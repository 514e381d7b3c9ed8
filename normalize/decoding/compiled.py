"""The compiled inner loops of the decoder: look-ups in the language model and the beam through a lattice.

They stand in one file because the compiler keeps its results by the file of a function: a function changed in
another file would leave
stale machine code behind in its callers.

A hash table is an array of uint64 entries with open addressing: 32 bits of fingerprint, 16 bits of cost, 16 bits
of back-off. An n-gram
is packed into a uint64 key, 16 bits a word, the newest lowest; a history likewise holds up to three words.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

BOUNDARY_ID = 1  # the word that begins a sentence
COST_STEP = 1 / 2048  # nats a unit of the stored cost: 0 to 32 nats
BACKOFF_STEP = 1 / 4096  # nats a unit of the stored back-off weight, which runs from -8 to 8
BACKOFF_SHIFT = 8.0
SILENT, RESTART = -1, -2  # instead of a word id: the model hears nothing; the model starts afresh
MOST_SAVED = 1.0  # nats that backing off once makes a word cheaper at most
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


@njit(cache=True)
def contexts(table: NDArray[np.uint64], history: np.uint64, out: NDArray[np.float64]) -> None:
    """Back-off costs of the contexts of one, two and three words of a packed history (newest word lowest) into
    out[1:4].

    A length that the history does not have, or that the model has never seen, costs nothing; out[0] is unused.
    """
    out[1] = entry_backoff(find(table, history & np.uint64(0xFFFF)))
    out[2] = 0.0
    out[3] = 0.0
    if (history >> np.uint64(16)) & np.uint64(0xFFFF):
        out[2] = entry_backoff(find(table, history & np.uint64(0xFFFFFFFF)))
        if (history >> np.uint64(32)) & np.uint64(0xFFFF):
            out[3] = entry_backoff(find(table, history & np.uint64(0xFFFFFFFFFFFF)))


@njit(cache=True)
def _cost_behind(table, history, backoffs, word, alone, most):  # type: ignore[no-untyped-def]
    """(-ln P(word | history), words of the n-gram that says so) of a packed history whose `contexts` are given.

    alone: -ln P(word). The cost is infinite where it is seen early to be above `most`.
    """
    shift = np.uint64(16)
    cost = 0.0
    if (history >> np.uint64(32)) & np.uint64(0xFFFF):
        entry = find(table, ((history & np.uint64(0xFFFFFFFFFFFF)) << shift) | word)
        if entry:
            return entry_cost(entry), 4
        cost += backoffs[3]
    if (history >> shift) & np.uint64(0xFFFF):
        if cost > most + 2 * MOST_SAVED:
            return np.inf, 0
        entry = find(table, ((history & np.uint64(0xFFFFFFFF)) << shift) | word)
        if entry:
            return cost + entry_cost(entry), 3
        cost += backoffs[2]
    if cost > most + MOST_SAVED:
        return np.inf, 0
    entry = find(table, ((history & np.uint64(0xFFFF)) << shift) | word)
    if entry:
        return cost + entry_cost(entry), 2
    return cost + backoffs[1] + alone, 1


@njit(cache=True)
def word_cost(table: NDArray[np.uint64], history: np.uint64, backoffs: NDArray[np.float64], word: np.uint64) -> float:
    """-ln P(word | history) of a packed history whose `contexts` are given."""
    alone = entry_cost(find(table, word))
    return _cost_behind(table, history, backoffs, word, alone, np.inf)[0]  # type: ignore[no-any-return]  # the same


@njit(cache=True)
def unigram_costs(table: NDArray[np.uint64], words: int) -> NDArray[np.float64]:
    """-ln P(word) of the ids 0..words-1."""
    out = np.empty(words)
    for word in range(words):
        out[word] = entry_cost(find(table, np.uint64(word)))
    return out


@njit(cache=True)
def _after(history, word, length):  # type: ignore[no-untyped-def]
    """The history behind a word that an n-gram of `length` words weighed.

    Only words with which an n-gram of the model begins are kept: equal futures become one state.
    """
    history = ((history << np.uint64(16)) | word) & np.uint64(0xFFFFFFFFFFFF)
    if length < 3:
        return history & (np.uint64(0xFFFFFFFF) if length == 2 else np.uint64(0xFFFF))
    return history


@njit(cache=True)
def _shortened(table, history):  # type: ignore[no-untyped-def]
    """The same for a word that an n-gram of four words weighed, which does not tell of shorter ones."""
    if (history >> np.uint64(32)) and not find(table, history):
        history &= np.uint64(0xFFFFFFFF)
        if not find(table, history):
            history &= np.uint64(0xFFFF)
    return history


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


@njit(cache=True)
def _steps(  # type: ignore[no-untyped-def]
    arcs, start, word, cost, table, alone, boosts, lengths, bonus, states, used, width, weight, new
):
    """Every way to reach a node by these arcs from the states before it, into `new`; returns how many, and the best
    cost.
    """
    histories, costs, backoffs = states
    new_cost, new_from, new_arc, new_history, new_length = new
    keep = histories.shape[1]
    count = 0
    best = np.inf
    for a in arcs:
        s, w = start[a], word[a]
        for k in range(used[s]):
            total = costs[s, k] + cost[a]
            if total > best + width:
                break  # the states of a node stand in the order of their costs
            history = np.uint64(BOUNDARY_ID) if w == RESTART else histories[s, k]
            length = 0
            if w >= 0:
                most = (best + width - total + bonus[w]) / weight + _SLACK
                nats, length = _cost_behind(table, history, backoffs[s, k], np.uint64(w), alone[w], most)
                total += weight * nats
                if lengths[w] and total - bonus[w] - _SLACK <= best + width:
                    total -= _bonus(boosts, history, np.uint64(w), lengths[w])
                history = _after(history, np.uint64(w), length)
            if total > best + width:
                continue
            best = min(best, total)
            new_cost[count], new_from[count], new_arc[count] = total, s * keep + k, a
            new_history[count], new_length[count] = history, length
            count += 1
    return count, best


@njit(cache=True)
def _state(histories, used, history):  # type: ignore[no-untyped-def]
    """The number of the state of one node with this history, -1 when there is none."""
    for k in range(used):
        if histories[k] == history:
            return k
    return -1


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
def beam(  # type: ignore[no-untyped-def]
    order, first, start, word, cost, table, alone, boosts, lengths, bonus, history, keep, width, weight
):
    """The cheapest path from node 0 to the last. order[first[n]:first[n + 1]]: the arcs that end at node n.

    alone[w]: -ln P(w); lengths[w]: of the boosted n-grams that end in w, as bits; bonus[w]: nats that they
    give it at most. Returns (path, its cost, through, last
    history). `keep` histories a node, none dearer than the best + `width`.
    """
    nodes = len(first) - 1
    histories = np.zeros((nodes, keep), np.uint64)
    costs = np.full((nodes, keep), np.inf)
    backoffs = np.zeros((nodes, keep, 4))
    came_from, came_by = np.zeros(nodes * keep, np.int32), np.full(nodes * keep, -1, np.int32)
    used = np.zeros(nodes, np.int64)
    histories[0, 0], costs[0, 0], used[0] = history, 0.0, 1
    contexts(table, history, backoffs[0, 0])
    most = keep * np.max(first[1:] - first[:-1])
    new_cost, new_from, new_arc = np.empty(most), np.empty(most, np.int32), np.empty(most, np.int32)
    new_history, new_length = np.empty(most, np.uint64), np.empty(most, np.int8)
    new = (new_cost, new_from, new_arc, new_history, new_length)
    room = len(order) * keep
    edge_cost, edge_from = np.empty(room), np.empty(room, np.int32)
    edge_to, edge_arc = np.empty(room, np.int32), np.empty(room, np.int32)
    edges = 0
    for n in range(1, nodes):
        count, best = _steps(
            order[first[n] : first[n + 1]], start, word, cost, table, alone, boosts, lengths, bonus,
            (histories, costs, backoffs), used, width, weight, new,
        )  # fmt: skip
        for o in np.argsort(new_cost[:count]):
            total, came, arc = new_cost[o], new_from[o], new_arc[o]
            if total > best + width:
                break
            h = new_history[o] if new_length[o] < 4 else _shortened(table, new_history[o])
            to = _state(histories[n], used[n], h)
            if to < 0:
                if used[n] == keep:
                    continue
                to = used[n]
                used[n] += 1
                histories[n, to], costs[n, to] = h, total
                came_from[n * keep + to], came_by[n * keep + to] = came, arc
                contexts(table, h, backoffs[n, to])
            edge_cost[edges], edge_from[edges] = total, came
            edge_to[edges], edge_arc[edges] = n * keep + to, arc
            edges += 1
    final = (nodes - 1) * keep
    onward = np.full(nodes * keep, np.inf)
    onward[final : final + used[nodes - 1]] = 0.0
    through = _costs_through(
        len(order), costs.reshape(nodes * keep), onward, edge_cost[:edges], edge_from, edge_to, edge_arc
    )
    return _way_back(final, keep, came_from, came_by), costs[nodes - 1, 0], through, histories[nodes - 1, 0]
