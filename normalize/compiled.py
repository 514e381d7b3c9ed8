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
def word_cost(table: NDArray[np.uint64], history: np.uint64, backoffs: NDArray[np.float64], word: np.uint64) -> float:
    """-ln P(word | history) of a packed history whose `contexts` are given."""
    shift = np.uint64(16)
    cost = 0.0
    if (history >> np.uint64(32)) & np.uint64(0xFFFF):
        entry = find(table, ((history & np.uint64(0xFFFFFFFFFFFF)) << shift) | word)
        if entry:
            return entry_cost(entry)
        cost += backoffs[3]
    if (history >> shift) & np.uint64(0xFFFF):
        entry = find(table, ((history & np.uint64(0xFFFFFFFF)) << shift) | word)
        if entry:
            return cost + entry_cost(entry)
        cost += backoffs[2]
    entry = find(table, ((history & np.uint64(0xFFFF)) << shift) | word)
    if entry:
        return cost + entry_cost(entry)
    return cost + backoffs[1] + entry_cost(find(table, word))  # type: ignore[no-any-return]  # the same


@njit(cache=True)
def unigram_costs(table: NDArray[np.uint64], words: int) -> NDArray[np.float64]:
    """-ln P(word) of the ids 0..words-1."""
    out = np.empty(words)
    for word in range(words):
        out[word] = entry_cost(find(table, np.uint64(word)))
    return out


@njit(cache=True)
def _shorten(table, history):  # type: ignore[no-untyped-def]
    """Drop the oldest words of a history while no n-gram of the model begins with it: equal futures become one
    state.
    """
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
            total += (entry & np.uint64(0xFFFF)) * BOOST_STEP
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
