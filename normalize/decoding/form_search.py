"""The forms that a channel may have printed as a raw word: a search through their trie, the cheapest first."""

import numpy as np
from numba import njit

from normalize.decoding.channel import LONGEST_CHUNK

_DEEPEST = 40  # letters of a form
_SLACK = np.float32(1e-3)  # nats: sums taken in another order differ by less
_FAR = np.float32(1e9)


@njit(cache=True)
def _rest(rows, cheapest, longest):  # type: ignore[no-untyped-def]
    """rest[m, j]: least cost of raw[j:] by any letters, m at most, up to the longest form."""
    size = rows.shape[0] - 1
    rest = np.full((longest + 1, size + 1), _FAR, np.float32)
    rest[:, size] = 0.0
    for m in range(1, longest + 1):
        for j in range(size - 1, -1, -1):
            for k in range(1, min(LONGEST_CHUNK, size - j) + 1):
                rest[m, j] = min(rest[m, j], cheapest[rows[j, k]] + rest[m - 1, j + k])
    return rest


@njit(cache=True)
def _tails(rows, same, other, changed):  # type: ignore[no-untyped-def]
    """tail[kind, j]: least cost of raw[j:] by the letters that may follow a node of this kind.

    A letter that is lost costs something and saves no change, so that none is counted.
    """
    size = rows.shape[0] - 1
    tail = np.full((len(changed), size + 1), _FAR, np.float32)
    tail[:, size] = 0.0
    for j in range(size - 1, -1, -1):
        for k in range(1, min(LONGEST_CHUNK, size - j) + 1):
            row = rows[j, k]
            for kind in range(len(changed)):
                least = min(same[row, kind] + tail[kind, j + k], other[row, kind] + tail[changed[kind], j + k])
                tail[kind, j] = min(tail[kind, j], least)
    return tail


@njit(cache=True)
def _by_letter(rows, cost, rest):  # type: ignore[no-untyped-def]
    """Two tables in nats; rest[j]: least cost of raw[j:] by any letters.

    chunk[c, j, k] letter c printed as the k characters that end before j
    ahead[c, j]    letter c printed as what begins at j, and any letters for the rest
    """
    size, letters = rows.shape[0] - 1, cost.shape[1]
    chunk = np.full((letters, size + 1, LONGEST_CHUNK + 1), _FAR, np.float32)
    ahead = np.full((letters, size + 1), _FAR, np.float32)
    for j in range(size + 1):
        for k in range(min(LONGEST_CHUNK, size - j) + 1):
            row = rows[j, k]
            for c in range(letters):
                chunk[c, j + k, k] = cost[row, c]
                ahead[c, j] = min(ahead[c, j], cost[row, c] + rest[j + k])
    return chunk, ahead


@njit(cache=True, inline="always")
def _next_row(table, depth, low, high, chunk, c, rest, tail, most):  # type: ignore[no-untyped-def]
    """One letter more: table[depth, j], the letters so far printed as the first j characters; returns the live part of
    the row, (first, last) j from which all may be read within `most`. rest: by as many letters as may follow; tail: by
    letters as may follow.
    """
    size = table.shape[1] - 1
    first, last = size + 1, -1
    for j in range(low, min(size, high + LONGEST_CHUNK) + 1):
        value = _FAR
        for k in range(max(0, j - high), min(LONGEST_CHUNK, j - low) + 1):
            value = min(value, table[depth - 1, j - k] + chunk[c, j, k])
        table[depth, j] = value
        if value + max(rest[j], tail[j]) < most:
            first = min(first, j)
            last = j
    return first, last


@njit(cache=True)
def _keep(found, found_cost, found_total, count, form, cost, total):  # type: ignore[no-untyped-def]
    """Write down a form, instead of the dearest when there is no more room; returns how many there are."""
    at = count if count < len(found) else int(np.argmax(found_total))
    found[at], found_cost[at], found_total[at] = form, cost, total
    return min(count + 1, len(found))


@njit(cache=True)
def _within(rest, chunk, ahead, tail, trie, bound, window, found, found_cost, found_total):  # type: ignore[no-untyped-def]
    """The forms of the least channel cost + prior, none above `bound` or dearer than the best by `window`; how many.

    Walks the trie depth first. A branch is left when its cheapest continuation (letters of its kind for the rest, any
    letters, as many as its longest form has, and the likeliest form below) is above the bound.
    """
    letter, first, last, form, below, height, kind, prior = trie
    size = rest.shape[1] - 1
    table = np.full((_DEEPEST, size + 1), _FAR, np.float32)
    low, high = np.zeros(_DEEPEST, np.int64), np.zeros(_DEEPEST, np.int64)  # the live part of each row
    at, stop = np.zeros(_DEEPEST, np.int64), np.zeros(_DEEPEST, np.int64)  # siblings left at each depth
    table[0, 0] = 0.0
    at[1], stop[1] = first[0], last[0]
    depth, count = 1, 0
    while depth > 0:
        node = at[depth]
        if node >= stop[depth] or below[node] >= bound:  # its siblings are dearer
            depth -= 1
            continue
        at[depth] += 1
        least, c = below[node], letter[node]
        ahead_of = _FAR
        for j in range(low[depth - 1], high[depth - 1] + 1):
            ahead_of = min(ahead_of, table[depth - 1, j] + ahead[c, j])
        if ahead_of + least >= bound + _SLACK:
            continue
        low[depth], high[depth] = _next_row(
            table, depth, low[depth - 1], high[depth - 1], chunk, c, rest[height[node]], tail[kind[node]],
            bound - least + _SLACK,
        )  # fmt: skip
        if high[depth] < 0:
            continue
        if form[node] >= 0 and high[depth] == size:
            total = table[depth, size] + prior[form[node]]
            if total < bound:
                count = _keep(found, found_cost, found_total, count, form[node], table[depth, size], total)
                bound = min(bound, total + window)
                if count == len(found):
                    bound = min(bound, found_total.max())
        if first[node] < last[node] and depth < _DEEPEST - 2:
            depth += 1
            at[depth], stop[depth] = first[node], last[node]
    return count


@njit(cache=True)
def _ranked(found, found_cost, found_total, count, window):  # type: ignore[no-untyped-def]
    """Put the first `count` forms in the order of their totals, equal ones by their numbers; returns how many are not
    dearer than the best by more than the window.
    """
    for i in range(1, count):
        form, cost, total = found[i], found_cost[i], found_total[i]
        at = i
        while at > 0 and (found_total[at - 1] > total or (found_total[at - 1] == total and found[at - 1] > form)):
            found[at], found_cost[at], found_total[at] = found[at - 1], found_cost[at - 1], found_total[at - 1]
            at -= 1
        found[at], found_cost[at], found_total[at] = form, cost, total
    while count and found_total[count - 1] > found_total[0] + window:
        count -= 1
    return count


@njit(cache=True)
def search(rows, table, trie, most, window, found, found_cost, found_total):  # type: ignore[no-untyped-def]
    """The best forms for a raw word, the cheapest first, none dearer than `most` or than the best by `window`.

    rows: of its chunks in the confusion table. found, found_cost (channel alone) and found_total (with the prior) take
    as many as they have room for; returns how many there are.
    """
    rest = _rest(rows, table.cheapest, trie.height[0])
    chunk, ahead = _by_letter(rows, table.cost, rest[-1])
    tail = _tails(rows, table.same, table.other, table.changed)
    count = _within(rest, chunk, ahead, tail, trie, most, window, found, found_cost, found_total)
    return _ranked(found, found_cost, found_total, count, window)
