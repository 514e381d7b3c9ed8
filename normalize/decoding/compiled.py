"""The compiled inner loops of the decoder: look-ups in the language model and the beam through a lattice.

They stand in one file because the compiler keeps its results by the file of a function: a function changed in another
file would leave stale machine code behind in its callers. For that reason the file is longer than others.

A hash table is an array of uint64 entries with open addressing: 32 bits of fingerprint, 16 bits of cost, 16 bits of
back-off. An n-gram is packed into a uint64 key, 16 bits a word, the newest lowest; a history likewise holds up to three
words.
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
MARK_BITS = 19  # of a fingerprint: as many as number the words of the marks (4 MB)
SPREAD = np.uint64(0x9E3779B1)  # word ids by this, in 32 bits: neighbours lie far apart
PLACE_BITS = 6
PLACE_MASK = (1 << PLACE_BITS) - 1
BOOST_STEP = 1 / 1024  # nats a unit of the bonus of a boosted n-gram


@njit(inline="always")
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
    return find_mixed(table, mix_key(key))  # type: ignore[no-any-return]  # numba has no types


@njit
def find_mixed(table, mixed):  # type: ignore[no-untyped-def]
    """The same of a key that is mixed already."""
    size = np.uint64(len(table))
    at = ((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)
    mark = (mixed >> np.uint64(32)) | np.uint64(1)
    while True:
        entry = table[at]
        if entry == np.uint64(0) or (entry >> np.uint64(32)) == mark:
            return entry
        at += np.uint64(1)
        if at == size:
            at = np.uint64(0)


@njit
def _marks_of(table: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Two bits of one word for every fingerprint of a table: a Bloom filter, each of whose questions reads one place.

    A small table, which stays near the processor: most n-grams that the beam asks for are not in the large one.
    """
    marks = np.zeros(1 << MARK_BITS, np.uint64)
    for entry in table:
        if entry:
            marks[entry >> np.uint64(64 - MARK_BITS)] |= _two_bits(entry)
    return marks


@njit(inline="always")
def _two_bits(mixed):  # type: ignore[no-untyped-def]
    """The bits of a mixed key in its word of the marks, by what follows the number of the word in its fingerprint."""
    one, six = np.uint64(1), np.uint64(63)
    return (one << ((mixed >> np.uint64(58 - MARK_BITS)) & six)) | (one << ((mixed >> np.uint64(52 - MARK_BITS)) & six))


@njit(inline="always")
def _may_stand(marks, mixed):  # type: ignore[no-untyped-def]
    """Whether an n-gram of this mixed key may be in the table; of those that are not, one in forty."""
    bits = _two_bits(mixed)
    return (marks[mixed >> np.uint64(64 - MARK_BITS)] & bits) == bits


@njit(inline="always")
def may_follow(pairs, before, word):  # type: ignore[no-untyped-def]
    """Whether the model may know these two words one behind the other; of the pairs that it lacks, one in thirty.

    pairs[before]: the place of its row of bits, and in the lowest PLACE_BITS how many bits number them. The bits of a
    word stand together, so that a word is asked for all its followers in one place near the processor.
    """
    row = pairs[before]
    at = ((word * SPREAD) & np.uint64(0xFFFFFFFF)) >> (np.uint64(32) - (row & np.uint64(PLACE_MASK)))
    return (pairs[(row >> np.uint64(PLACE_BITS)) + (at >> np.uint64(6))] >> (at & np.uint64(63))) & np.uint64(1)


@njit(inline="always")
def entry_cost(entry: np.uint64) -> float:
    return ((entry >> np.uint64(16)) & np.uint64(0xFFFF)) * COST_STEP


@njit(inline="always")
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
    """A language model as the beam asks it: its hash table, the words that may follow each word (see `may_follow`), a
    bit for each fingerprint that may stand in the table, and by word id -ln P(word) and the nats of backing off from
    the context of that word alone.
    """

    table: NDArray[np.uint64]
    pairs: NDArray[np.uint64]
    marks: NDArray[np.uint64]
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
def boosted(keys, bonus, words):  # type: ignore[no-untyped-def]
    """The table of different n-gram keys and their bonuses in steps, for a vocabulary of so many words."""
    table = np.zeros(2 * len(keys) + 2, np.uint64)
    fill(table, keys, bonus)
    lengths, most = np.zeros(words, np.uint8), np.zeros(words)
    best = np.zeros((words, 4), np.uint16)
    for i in range(len(keys)):
        last, more, rest = keys[i] & np.uint64(0xFFFF), 0, keys[i] >> np.uint64(16)
        while rest:
            more += 1
            rest >>= np.uint64(16)
        lengths[last] |= np.uint8(1 << more)
        if bonus[i] > best[last, more]:
            most[last] += (bonus[i] - best[last, more]) * BOOST_STEP
            best[last, more] = bonus[i]
    return Boosts(table, lengths, most)


@njit
def _entry(table, marks, key):  # type: ignore[no-untyped-def]
    """The entry of an n-gram key in the model, or 0."""
    mixed = mix_key(key)
    return find_mixed(table, mixed) if _may_stand(marks, mixed) else np.uint64(0)


@njit
def contexts(table, marks, history):  # type: ignore[no-untyped-def]
    """Back-off costs of the contexts of two and of three words of a packed history (newest word lowest).

    A length that the history does not have, or that the model has never seen, costs nothing.
    """
    two = three = 0.0
    if (history >> np.uint64(16)) & np.uint64(0xFFFF):
        two = entry_backoff(_entry(table, marks, history & np.uint64(0xFFFFFFFF)))
        if (history >> np.uint64(32)) & np.uint64(0xFFFF):
            three = entry_backoff(_entry(table, marks, history & np.uint64(0xFFFFFFFFFFFF)))
    return two, three


@njit
def _pair(table, marks, history, word):  # type: ignore[no-untyped-def]
    """The entry of the last word of a history and the word behind it, or 0."""
    return _entry(table, marks, ((history & np.uint64(0xFFFF)) << np.uint64(16)) | word)


@njit
def _behind(table, marks, history, two, three, word, pair):  # type: ignore[no-untyped-def]
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
        triple = _entry(table, marks, ((history & np.uint64(0xFFFFFFFF)) << shift) | word)
    if not triple:
        return three + two + entry_cost(pair), ((history << shift) | word) & np.uint64(0xFFFFFFFF), after, 0.0
    behind = ((history << shift) | word) & np.uint64(0xFFFFFFFFFFFF)
    if (history >> np.uint64(32)) & np.uint64(0xFFFF):
        entry = _entry(table, marks, ((history & np.uint64(0xFFFFFFFFFFFF)) << shift) | word)
        if entry:
            return entry_cost(entry), behind, after, entry_backoff(triple)
    return three + entry_cost(triple), behind, after, entry_backoff(triple)


@njit
def _unseen(backoff, history, two, three):  # type: ignore[no-untyped-def]
    """Nats of backing off to a word alone from a history with these `contexts`."""
    return three + two + backoff[history & np.uint64(0xFFFF)]


@njit(cache=True)
def word_cost(model: Model, history: np.uint64, word: np.uint64) -> float:
    """-ln P(word | history) of a packed history (newest word lowest)."""
    two, three = contexts(model.table, model.marks, history)
    pair = _pair(model.table, model.marks, history, word)
    if pair:
        return _behind(model.table, model.marks, history, two, three, word, pair)[0]  # type: ignore[no-any-return]  # the same
    return _unseen(model.backoff, history, two, three) + model.alone[word]  # type: ignore[no-any-return]  # the same


@njit(cache=True)
def prepared(table, words):  # type: ignore[no-untyped-def]
    """(marks of a table, -ln P(word), nats of backing off from it) with a row for each of the ids 0..words-1."""
    cost, backoff = np.empty(words), np.empty(words)
    for word in range(words):
        entry = find(table, np.uint64(word))
        cost[word], backoff[word] = entry_cost(entry), entry_backoff(entry)
    return _marks_of(table), cost, backoff


@njit
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


@njit
def _sorted_by_end(nodes, end):  # type: ignore[no-untyped-def]
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

    words: the different last words of the histories of a node, in order, and how many there are; last: which of them is
    that of a history; two, three: the `contexts` of a history; unseen: cost with what the model takes for a next word
    that it has not seen there.
    """

    history: NDArray[np.uint64]
    cost: NDArray[np.float64]
    words: NDArray[np.uint64]
    different: NDArray[np.int64]
    last: NDArray[np.int64]
    two: NDArray[np.float64]
    three: NDArray[np.float64]
    unseen: NDArray[np.float64]
    least: NDArray[np.float64]


class Steps(NamedTuple):
    """Ways to reach one node: cost so far, state and arc taken, and what the history behind it will be."""

    cost: NDArray[np.float64]
    source: NDArray[np.int32]
    arc: NDArray[np.int32]
    history: NDArray[np.uint64]
    two: NDArray[np.float64]
    three: NDArray[np.float64]


@njit
def _ask(model, arcs, start, word, states, used, asked):  # type: ignore[no-untyped-def]
    """The mixed key of each of these words behind each last word of its node into `asked`; 0: the model lacks the pair.
    Behind them, in the last column, what is 0 where it lacks all of them.

    What the processor has not at hand takes it as long as a hundred steps: where the table would hold what `_steps`
    will want one by one is read here, side by side and for nothing but that.
    """
    table, pairs, marks, histories = model.table, model.pairs, model.marks, states.history
    words, lasts = states.words, states.last
    for i in range(len(arcs)):
        s, w = start[arcs[i]], np.uint64(word[arcs[i]])
        some = np.uint64(0)
        for d in range(states.different[s] if word[arcs[i]] >= 0 else 0):
            asked[i, d] = np.uint64(0)
            if may_follow(pairs, words[s, d], w):
                mixed = mix_key((words[s, d] << np.uint64(16)) | w)
                asked[i, d] = mixed * np.uint64(_may_stand(marks, mixed))
                some |= asked[i, d]
        asked[i, -1] = some
    seen, size = np.uint64(0), np.uint64(len(table))
    for i in range(len(arcs)):
        s, w = start[arcs[i]], np.uint64(word[arcs[i]])
        for k in range(used[s] if word[arcs[i]] >= 0 and asked[i, -1] else 0):
            mixed = asked[i, lasts[s, k]]
            if mixed:
                seen ^= table[((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)]
                mixed = mix_key(((histories[s, k] & np.uint64(0xFFFFFFFF)) << np.uint64(16)) | w)
                if _may_stand(marks, mixed):
                    seen ^= table[((mixed & np.uint64(0xFFFFFFFF)) * size) >> np.uint64(32)]
    return seen


@njit
def _steps(arcs, lattice, model, boosts, states, used, width, weight, steps, asked):  # type: ignore[no-untyped-def]
    """Every way to reach a node by these arcs from the states before it, into `steps`; returns how many.

    asked: room for what `_ask` finds; its last place keeps the compiler from leaving out what it reads. The arrays are
    taken out of their tuples first: in a loop each access would count the references to the array.
    """
    start, word, cost = lattice
    table, marks, alone = model.table, model.marks, model.alone
    boosted, lengths, most = boosts.table, boosts.lengths, boosts.most
    histories, costs, _, _, lasts, twos, threes, unseen, least = states
    step_cost, step_source, step_arc, step_history, step_two, step_three = steps
    keep = histories.shape[1]
    count = 0
    best = np.inf
    asked[-1, -1] = _ask(model, arcs, start, word, states, used, asked)
    for i in range(len(arcs)):
        a = arcs[i]
        s, w, nats_of_arc = start[a], word[a], cost[a]
        unheard = w >= 0 and not asked[i, -1] and not lengths[w]  # behind each word that the node may end with
        if unheard and least[s] + (nats_of_arc + weight * alone[w]) > best + width:
            continue
        for k in range(used[s]):
            total = costs[s, k] + nats_of_arc
            if total > best + width:
                break  # the states of a node stand in the order of their costs
            history, two, three = histories[s, k], twos[s, k], threes[s, k]
            if w == RESTART:
                history, two, three = np.uint64(BOUNDARY_ID), 0.0, 0.0
            elif w != SILENT:
                before, heard, last = history, np.uint64(w), lasts[s, k]
                pair = find_mixed(table, asked[i, last]) if asked[i, last] else np.uint64(0)
                if pair:
                    nats, history, two, three = _behind(table, marks, history, two, three, heard, pair)
                    total += weight * nats
                else:
                    total = unseen[s, k] + (nats_of_arc + weight * alone[w])
                    history, two, three = heard, 0.0, 0.0
                if lengths[w] and total - most[w] - _SLACK <= best + width:
                    total -= _bonus(boosted, before, heard, lengths[w])
            if total > best + width:
                continue
            best = min(best, total)
            step_cost[count], step_source[count], step_arc[count] = total, s * keep + k, a
            step_history[count], step_two[count], step_three[count] = history, two, three
            count += 1
    return count


@njit
def _ranked(cost, count, rank):  # type: ignore[no-untyped-def]
    """The numbers of the first `count` costs in rising order, equal ones in their own, into `rank`."""
    for i in range(count):
        at = i
        while at > 0 and cost[rank[at - 1]] > cost[i]:
            rank[at] = rank[at - 1]
            at -= 1
        rank[at] = i


@njit
def _state(histories, node, used, history):  # type: ignore[no-untyped-def]
    """The number of the state of a node with this history, -1 when there is none."""
    for k in range(used):
        if histories[node, k] == history:
            return k
    return -1


@njit
def _set_state(states, node, k, cost, history, two, three, unseen):  # type: ignore[no-untyped-def]
    """Write down the state number k of a node. unseen: nats of backing off from its history."""
    histories, costs, words, different, lasts, twos, threes, unseens, least = states
    histories[node, k], costs[node, k] = history, cost
    twos[node, k], threes[node, k], unseens[node, k] = two, three, cost + unseen
    least[node] = min(least[node], cost + unseen)
    last, word = 0, history & np.uint64(0xFFFF)
    while last < different[node] and words[node, last] != word:
        last += 1
    words[node, last], lasts[node, k] = word, last
    different[node] = max(different[node], last + 1)


@njit
def _costs_through(arcs, states, onward, edge_cost, edge_from, edge_to, edge_arc):  # type: ignore[no-untyped-def]
    """Cost of the best whole path through each arc. onward: 0 for the last states, else inf; edges in order."""
    through = np.full(arcs, np.inf)
    for e in range(len(edge_cost) - 1, -1, -1):
        total = edge_cost[e] + onward[edge_to[e]]
        a, s = edge_arc[e], edge_from[e]
        through[a] = min(through[a], total)
        onward[s] = min(onward[s], total - states[s])
    return through


@njit
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
def beam(nodes, end, lattice, model, boosts, history, keep, width, weight):  # type: ignore[no-untyped-def]
    """The cheapest path from node 0 to the last. end: the node behind each arc.

    lattice: (start, word, cost) of all arcs. Returns (path, its cost, through, last history). `keep` histories a node,
    none dearer than the best + `width`.
    """
    order, first = _sorted_by_end(nodes, end)
    size = (nodes, keep)
    states = States(
        np.zeros(size, np.uint64), np.full(size, np.inf), np.zeros(size, np.uint64), np.zeros(nodes, np.int64),
        np.zeros(size, np.int64), np.zeros(size), np.zeros(size), np.zeros(size), np.full(nodes, np.inf),
    )  # fmt: skip
    came_from, came_by = np.zeros(nodes * keep, np.int32), np.full(nodes * keep, -1, np.int32)
    used = np.zeros(nodes, np.int64)
    two, three = contexts(model.table, model.marks, history)
    _set_state(states, 0, 0, 0.0, history, two, three, weight * _unseen(model.backoff, history, two, three))
    used[0] = 1
    most = keep * np.max(first[1:] - first[:-1])
    steps = Steps(
        np.empty(most), np.empty(most, np.int32), np.empty(most, np.int32),
        np.empty(most, np.uint64), np.empty(most), np.empty(most),
    )  # fmt: skip
    step_cost, step_source, step_arc, step_history, step_two, step_three = steps
    histories, backoff = states.history, model.backoff
    rank, asked = np.empty(most, np.int64), np.empty((most // keep + 1, keep + 1), np.uint64)
    room = len(order) * keep
    edge_cost, edge_from = np.empty(room), np.empty(room, np.int32)
    edge_to, edge_arc = np.empty(room, np.int32), np.empty(room, np.int32)
    edges = 0
    for n in range(1, nodes):
        count = _steps(
            order[first[n] : first[n + 1]], lattice, model, boosts, states, used, width, weight, steps, asked
        )
        _ranked(step_cost, count, rank)
        for i in range(count):
            step = rank[i]
            total, history = step_cost[step], step_history[step]
            if total > step_cost[rank[0]] + width:
                break
            to = _state(histories, n, used[n], history)
            if to < 0:
                if used[n] == keep:
                    continue
                to = used[n]
                used[n] += 1
                two, three = step_two[step], step_three[step]
                _set_state(states, n, to, total, history, two, three, weight * _unseen(backoff, history, two, three))
                came_from[n * keep + to], came_by[n * keep + to] = step_source[step], step_arc[step]
            edge_cost[edges], edge_from[edges] = total, step_source[step]
            edge_to[edges], edge_arc[edges] = n * keep + to, step_arc[step]
            edges += 1
    final = (nodes - 1) * keep
    onward = np.full(nodes * keep, np.inf)
    onward[final : final + used[nodes - 1]] = 0.0
    through = _costs_through(
        len(order), states.cost.reshape(nodes * keep), onward, edge_cost[:edges], edge_from, edge_to, edge_arc
    )
    return _way_back(final, keep, came_from, came_by), states.cost[nodes - 1, 0], through, states.history[nodes - 1, 0]
