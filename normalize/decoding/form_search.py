"""The forms that a channel may have printed as a raw word: a search through their trie, the cheapest first."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding.channel import LONGEST_CHUNK
from normalize.decoding.forms import Forms

_DEEPEST = 40  # letters of a form
_SLACK = np.float32(1e-3)  # nats: sums taken in another order differ by less
_FAR = np.float32(1e9)


class Trie(NamedTuple):
    """A trie whose children stand together, those with the likeliest form below first: the search meets good readings
    early, which bounds the rest, and leaves all siblings of a branch that is too dear.

    Node n has the letter letter[n], the children first[n]:last[n], the form form[n] or -1; below[n] is the least prior
    of the forms in its branch, height[n] how many letters its longest form goes on. prior[f]: nats of form f before any
    letter is seen. The root is node 0.
    """

    letter: NDArray[np.int16]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    form: NDArray[np.int32]
    below: NDArray[np.float32]
    height: NDArray[np.int64]
    prior: NDArray[np.float32]


def trie(forms: Forms, prior: NDArray[np.float32]) -> Trie:
    """The forms in the order of these priors."""
    found: Trie = _trie(forms.letter, forms.child, forms.sibling, forms.form, prior)
    return found


@njit(cache=True)
def _trie(letter, child, sibling, form, prior):  # type: ignore[no-untyped-def]
    """The same of the columns of the forms: one compiled function, since each that is called takes long to load."""
    below, height = _below(child, sibling, form, prior)
    order, first, last = _side_by_side(child, sibling, below)
    return Trie(letter[order], first, last, form[order], below[order], height[order], prior)


@njit(cache=True)
def _below(child, sibling, form, prior):  # type: ignore[no-untyped-def]
    """Of the branch of each node the least prior of its forms and the letters of the longest way down.

    Children have higher numbers than their parents.
    """
    least, height = np.full(len(child), _FAR, np.float32), np.zeros(len(child), np.int64)
    for node in range(len(child) - 1, -1, -1):
        if form[node] >= 0:
            least[node] = prior[form[node]]
        below = child[node]
        while below >= 0:
            least[node] = min(least[node], least[below])
            height[node] = max(height[node], height[below] + 1)
            below = sibling[below]
    return least, height


@njit(cache=True)
def _side_by_side(child, sibling, below):  # type: ignore[no-untyped-def]
    """(old number of each new node, its first child, behind its last): level by level, siblings by `below`."""
    order = np.zeros(len(child), np.int32)
    first, last = np.zeros(len(child), np.int32), np.zeros(len(child), np.int32)
    size = 1
    for node in range(len(child)):
        first[node] = size
        old = child[order[node]]
        while old >= 0:
            at = size
            while at > first[node] and below[order[at - 1]] > below[old]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = old
            size += 1
            old = sibling[old]
        last[node] = size
    return order, first, last


@njit(cache=True)
def _by_letter(rows, cost, cheapest, longest):  # type: ignore[no-untyped-def]
    """Of a raw word whose chunks have these rows of a confusion table, three tables in nats.

    rest[m, j]     least cost of raw[j:] by any letters, m at most, up to the longest form
    chunk[c, j, k] letter c printed as the k characters that end before j
    ahead[c, j]    letter c printed as what begins at j, and any letters for the rest
    """
    size = rows.shape[0] - 1
    rest = np.full((longest + 1, size + 1), _FAR, np.float32)
    rest[:, size] = 0.0
    for m in range(1, longest + 1):
        for j in range(size - 1, -1, -1):
            for k in range(1, min(LONGEST_CHUNK, size - j) + 1):
                rest[m, j] = min(rest[m, j], cheapest[rows[j, k]] + rest[m - 1, j + k])
    letters = cost.shape[1]
    chunk = np.full((letters, size + 1, LONGEST_CHUNK + 1), _FAR, np.float32)
    ahead = np.full((letters, size + 1), _FAR, np.float32)
    for j in range(size + 1):
        for k in range(min(LONGEST_CHUNK, size - j) + 1):
            row = rows[j, k]
            for c in range(letters):
                chunk[c, j + k, k] = cost[row, c]
                ahead[c, j] = min(ahead[c, j], cost[row, c] + rest[longest, j + k])
    return rest, chunk, ahead


@njit(cache=True, inline="always")
def _next_row(table, depth, low, high, chunk, c, rest, most):  # type: ignore[no-untyped-def]
    """One letter more: table[depth, j], the letters so far printed as the first j characters; returns the live part of
    the row, (first, last) j from which all may be read within `most`. rest: by as many letters as may follow.
    """
    size = table.shape[1] - 1
    first, last = size + 1, -1
    for j in range(low, min(size, high + LONGEST_CHUNK) + 1):
        value = _FAR
        for k in range(max(0, j - high), min(LONGEST_CHUNK, j - low) + 1):
            value = min(value, table[depth - 1, j - k] + chunk[c, j, k])
        table[depth, j] = value
        if value + rest[j] < most:
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
def _within(rest, chunk, ahead, trie, bound, window, found, found_cost, found_total):  # type: ignore[no-untyped-def]
    """The forms of the least channel cost + prior, none above `bound` or dearer than the best by `window`; how many.

    Walks the trie depth first. A branch is left when its cheapest continuation (any letters for the rest, as many as
    its longest form has, and the likeliest form below) is above the bound.
    """
    letter, first, last, form, below, height, prior = trie
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
            table, depth, low[depth - 1], high[depth - 1], chunk, c, rest[height[node]], bound - least + _SLACK
        )
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
def search(  # type: ignore[no-untyped-def]
    rows, cost, cheapest, trie, bound, deeper, most, window, found, found_cost, found_total
):
    """The best forms for a raw word, the cheapest first, as `_search` finds them; returns how many."""
    count = _search(rows, cost, cheapest, trie, bound, deeper, most, window, found, found_cost, found_total)
    return _ranked(found, found_cost, found_total, count, window)


@njit(cache=True)
def _search(  # type: ignore[no-untyped-def]
    rows, cost, cheapest, trie, bound, deeper, most, window, found, found_cost, found_total
):
    """The best forms for a raw word, none dearer than `most` or than the best by `window`; returns how many.

    rows: of its chunks in the confusion table `cost`, of whose rows `cheapest` is the least. found, found_cost (channel
    alone) and found_total (with the prior) hold as many as wanted at most, in no order. The search is tried within
    `bound` first, and within more by `deeper` as long as nothing is found.
    """
    rest, chunk, ahead = _by_letter(rows, cost, cheapest, trie.height[0])
    while True:
        count = _within(rest, chunk, ahead, trie, bound, window, found, found_cost, found_total)
        if count == len(found) or bound >= most:
            return count
        if count == 0:
            bound = min(most, bound + deeper)
            continue
        needed = found_total[:count].min() + window
        if needed <= bound:
            return count
        bound = min(most, needed + _SLACK)
