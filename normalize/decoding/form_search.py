"""The forms that a channel may have printed as a raw word: a search through their trie, the cheapest first."""

import numpy as np
from numba import njit

from normalize.decoding.channel import LONGEST_CHUNK

_DEEPEST = 40  # letters of a form
_SLACK = np.float32(1e-3)  # nats: sums taken in another order differ by less
_FAR = np.float32(1e9)


@njit
def _rest(rows, cheapest, longest):  # type: ignore[no-untyped-def]
    """rest[m, j]: least cost of raw[j:] by any letters, m at most, up to the longest form."""
    size = rows.shape[0] - 1
    rest = np.full((longest + 1, size + 1), _FAR, np.float32)
    rest[:, size] = 0.0
    for m in range(1, longest + 1):
        if m > size:  # more letters than signs are no cheaper
            rest[m] = rest[m - 1]
            continue
        for j in range(size - 1, -1, -1):
            for k in range(1, min(LONGEST_CHUNK, size - j) + 1):
                rest[m, j] = min(rest[m, j], cheapest[rows[j, k]] + rest[m - 1, j + k])
    return rest


@njit
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


@njit
def _look_ahead(rows, cost, tail, widest):  # type: ignore[no-untyped-def]
    """ahead[j, case * letters + c]: nats of letter c printed as what begins at j, and of letters of that case for the
    rest.

    tail: as `_tails` has it; widest[case]: the kind of any letters of that case.
    """
    size, letters = rows.shape[0] - 1, cost.shape[1]
    ahead = np.full((size + 1, len(widest) * letters), _FAR, np.float32)
    for j in range(size + 1):
        for k in range(min(LONGEST_CHUNK, size - j) + 1):
            row = rows[j, k]
            for case in range(len(widest)):
                rest, first = tail[widest[case], j + k], case * letters
                for c in range(letters):
                    nats = cost[row, c] + rest
                    ahead[j, first + c] = nats if nats < ahead[j, first + c] else ahead[j, first + c]
    return ahead


@njit
def _by_letter(rows, cost):  # type: ignore[no-untyped-def]
    """chunk[c, j, k]: nats of letter c printed as the k characters that begin at j."""
    size, letters = rows.shape[0] - 1, cost.shape[1]
    chunk = np.full((letters, size + 1, LONGEST_CHUNK + 1), _FAR, np.float32)
    for j in range(size + 1):
        for k in range(min(LONGEST_CHUNK, size - j) + 1):
            row = rows[j, k]
            for c in range(letters):
                chunk[c, j, k] = cost[row, c]
    return chunk


@njit
def _togo(trie, rest, tail):  # type: ignore[no-untyped-def]
    """togo[g, j]: least cost of raw[j:] by what may follow a node of group g."""
    togo = np.empty((len(trie.kind), tail.shape[1]), np.float32)
    for g in range(len(togo)):
        for j in range(togo.shape[1]):
            togo[g, j] = max(rest[trie.height[g], j], tail[trie.kind[g], j])
    return togo


@njit(inline="always")
def _children(sign, below, first, last, costs, at, low, high, ahead, most, nats, stack, least, top):  # type: ignore[no-untyped-def]
    """Write the children first:last whose branches may hold a form within `most` on the stack, and into `least` what
    the cheapest form of each costs at the least; returns its new top. The most promising child comes first.

    costs[at + j]: of the letters before, printed as the first j raw characters, of which low to high are in reach;
    ahead: from each of them. Loops without a branch: most children are left.
    """
    bottom = top
    for i in range(last - first):
        nats[i] = costs[at + low] + ahead[low, sign[first + i]]
    for j in range(low + 1, high + 1):
        for i in range(last - first):
            other = costs[at + j] + ahead[j, sign[first + i]]
            nats[i] = other if other < nats[i] else nats[i]
    for i in range(last - first):
        stack[top], least[top] = first + i, nats[i] + below[first + i]
        top += least[top] < most
    best = bottom
    for i in range(bottom + 1, top):
        best = i if least[i] < least[best] else best
    stack[bottom], stack[best] = stack[best], stack[bottom]
    least[bottom], least[best] = least[best], least[bottom]
    return top


@njit(inline="always")
def _next_row(costs, at, after, low, high, chunk, c):  # type: ignore[no-untyped-def]
    """One letter more: costs[after + j], the letters so far printed as the first j characters, from costs[at + j],
    those without it, low <= j <= high; up to LONGEST_CHUNK behind them.
    """
    for j in range(low, high + LONGEST_CHUNK + 1):
        costs[after + j] = _FAR
    for i in range(low, high + 1):
        so_far = costs[at + i]
        for k in range(LONGEST_CHUNK + 1):
            value = so_far + chunk[c, i, k]
            costs[after + i + k] = value if value < costs[after + i + k] else costs[after + i + k]


@njit(inline="always")
def _reach(costs, at, low, end, togo, group, most):  # type: ignore[no-untyped-def]
    """(first, last) of the costs from which all may be read within `most` by what may follow; last is -1: none."""
    first, last = end + 1, -1
    for j in range(low, end + 1):
        if costs[at + j] + togo[group, j] < most:
            first = min(first, j)
            last = j
    return first, last


@njit
def _keep(found, found_cost, found_total, count, form, cost, total):  # type: ignore[no-untyped-def]
    """Write down a form, instead of the dearest when there is no more room; returns how many there are."""
    at = count if count < len(found) else int(np.argmax(found_total))
    found[at], found_cost[at], found_total[at] = form, cost, total
    return min(count + 1, len(found))


@njit
def _within(rows, table, trie, bound, window, found, found_cost, found_total):  # type: ignore[no-untyped-def]
    """The forms of the least channel cost + prior, none above `bound` or dearer than the best by `window`; how many.

    Walks the trie depth first. A branch is left when its cheapest continuation (letters of its kind for the rest, any
    letters, as many as its longest form has, and the likeliest form below) is above the bound. What it calls stands in
    line and no array is cut: in a loop either would count the references to the arrays, a third of the time.
    """
    letter, sign, below, nodes, height, _, prior = trie
    size, room = rows.shape[0] - 1, rows.shape[0] + LONGEST_CHUNK
    rest, tail = _rest(rows, table.cheapest, np.max(height)), _tails(rows, table.same, table.other, table.changed)
    togo, chunk = _togo(trie, rest, tail), _by_letter(rows, table.cost)
    ahead = _look_ahead(rows, table.cost, tail, table.widest)
    costs, nats = np.empty(_DEEPEST * room, np.float32), np.empty(len(chunk), np.float32)
    stack, least = np.empty(_DEEPEST * len(chunk), np.int32), np.empty(_DEEPEST * len(chunk), np.float32)
    at, stop = np.zeros(_DEEPEST, np.int64), np.zeros(_DEEPEST, np.int64)  # of the stack: siblings left at each depth
    low, high = np.zeros(_DEEPEST, np.int64), np.zeros(_DEEPEST, np.int64)  # the part of the costs in reach, likewise
    costs[0] = 0.0
    depth, count, node = 0, 0, 0
    while depth >= 0:
        if node >= 0:
            at[depth] = stop[depth - 1] if depth else 0
            stop[depth] = _children(
                sign, below, nodes[node, 0], nodes[node, 1], costs, depth * room, low[depth], high[depth], ahead,
                bound + _SLACK, nats, stack, least, at[depth],
            )  # fmt: skip
            node = -1
        if at[depth] == stop[depth]:
            depth -= 1
            continue
        child = stack[at[depth]]
        at[depth] += 1
        if least[at[depth] - 1] >= bound + _SLACK:
            continue  # what was found since is better
        after, end = (depth + 1) * room, min(size, high[depth] + LONGEST_CHUNK)
        _next_row(costs, depth * room, after, low[depth], high[depth], chunk, letter[child])
        first, last = _reach(costs, after, low[depth], end, togo, nodes[child, 3], bound - below[child] + _SLACK)
        form, cost = nodes[child, 2], costs[after + size]
        if form >= 0 and last == size and cost + prior[form] < bound:
            count = _keep(found, found_cost, found_total, count, form, cost, cost + prior[form])
            bound = min(bound, cost + prior[form] + window)
            if count == len(found):
                bound = min(bound, found_total.max())
        if last >= 0 and nodes[child, 0] < nodes[child, 1] and depth < _DEEPEST - 2:
            depth += 1
            low[depth], high[depth], node = first, last, child
    return count


@njit
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
def search(rows, size, most, table, trie, window, room):  # type: ignore[no-untyped-def]
    """The best forms for each raw word, the cheapest first, at most `room` of them, none dearer than the word's `most`
    nats or than the best by `window`.

    rows: of the chunks of all words (`Confusions.rows`); size: letters of each. Returns (how many forms each word has,
    those of all words, what each costs the channel).
    """
    counts, total, at = np.zeros(len(size), np.int64), 0, 0
    forms, nats = np.empty(len(size) * room, np.int32), np.empty(len(size) * room, np.float32)
    found, found_cost, found_total = np.empty(room, np.int32), np.empty(room, np.float32), np.empty(room, np.float32)
    for word in range(len(size)):
        own = rows[at : at + size[word] + 1]
        at += size[word] + 1
        count = _within(own, table, trie, most[word], window, found, found_cost, found_total)
        counts[word] = _ranked(found, found_cost, found_total, count, window)
        for i in range(counts[word]):
            forms[total + i], nats[total + i] = found[i], found_cost[i]
        total += counts[word]
    return counts, forms[:total], nats[:total]
