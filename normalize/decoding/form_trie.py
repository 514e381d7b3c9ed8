"""The trie of forms as the search walks it, and what its branches and the engine's confusions have in common: kinds.

A kind tells which letters may follow a node: small ones, capitals or both, and how often they change between consonants
and vowels at most. A syllable changes twice ("ngh", "iê", "ng"), so that a run of two syllables is seen to be no
syllable before its branches are walked.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding.channel import alphabet
from normalize.decoding.forms import Forms
from normalize.letters import plain

_FAR = np.float32(1e9)
_VOWELS = frozenset("aeiouy")
_CASES = range(3)  # small letters only, capitals only, both
_CHANGES = 3  # so often, or more: any letters
_ANY = 2  # the case that is both
_KINDS = 3 * 2 * (_CHANGES + 1)


class Trie(NamedTuple):
    """A trie whose children stand together, those with the likeliest form below first: the search meets good readings
    early, which bounds the rest, and leaves all siblings of a branch that is too dear.

    Node n has the letter letter[n], which sign[n] tells together with the case of the letters that may follow; below[n]
    is the least prior of the forms in its branch. What the search asks once
    it stands there lies side by side: its children node[n, 0]:node[n, 1], its form node[n, 2] or -1, its group
    node[n, 3]. Of group g: height[g], how many letters the longest form goes on, kind[g], what letters those are.
    prior[f]: nats of form f before any letter is seen. The root is node 0.
    """

    letter: NDArray[np.uint16]
    sign: NDArray[np.uint16]
    below: NDArray[np.float32]
    node: NDArray[np.int32]
    height: NDArray[np.int64]
    kind: NDArray[np.int64]
    prior: NDArray[np.float32]


class Table(NamedTuple):
    """An engine's confusions as the search asks for them.

    cost[i, c]: nats to print letter c as chunk i; cheapest[i]: the least of that row. By kind: same[i, kind] is the
    least cost of chunk i by letters that make no change, other[i, kind] by those that make one, after which the kind is
    changed[kind]. widest[case]: the kind of any letters of that case.
    """

    cost: NDArray[np.float32]
    cheapest: NDArray[np.float32]
    same: NDArray[np.float32]
    other: NDArray[np.float32]
    changed: NDArray[np.int8]
    widest: NDArray[np.int64]


def _kind(case: int, vowel: bool, changes: int) -> int:
    """The number of a kind. vowel: the letter before is one."""
    return (case * 2 + vowel) * (_CHANGES + 1) + changes


def table(cost: NDArray[np.float32], cheapest: NDArray[np.float32]) -> Table:
    """The same for the letters of `channel.alphabet`."""
    vowel, capital = _letter_kinds()
    cases = (~capital, capital, np.ones_like(capital))
    least = {(case, v): cost[:, cases[case] & (vowel == v)].min(axis=1) for case in _CASES for v in (False, True)}
    kinds = list(product(_CASES, (False, True), range(_CHANGES + 1)))
    none = np.full(len(cost), _FAR, np.float32)
    same = [least[case, v] for case, v, _ in kinds]
    other = [least[case, not v] if changes else none for case, v, changes in kinds]
    left = {changes: changes if changes == _CHANGES else max(0, changes - 1) for changes in range(_CHANGES + 1)}
    changed = [_kind(case, not v, left[changes]) for case, v, changes in kinds]
    return Table(
        cost,
        cheapest,
        np.array(same).T.copy(),
        np.array(other).T.copy(),
        np.array(changed, np.int8),
        np.array([_kind(case, True, _CHANGES) for case in _CASES]),
    )


def trie(forms: Forms, prior: NDArray[np.float32]) -> Trie:
    """The forms in the order of these priors."""
    vowel, capital = _letter_kinds()
    found: Trie = _trie(forms.letter, forms.child, forms.sibling, forms.form, prior, vowel, capital)
    return found


def _letter_kinds() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each letter of the channel is a vowel, and whether it is a capital."""
    letters = alphabet()
    vowel = [plain(letter).lower() in _VOWELS for letter in letters]
    return np.array(vowel), np.array([letter.isupper() for letter in letters])


@njit(cache=True)
def _trie(letter, child, sibling, form, prior, vowel, capital):  # type: ignore[no-untyped-def]
    """The same of the columns of the forms: one compiled function, since each that is called takes long to load."""
    below, height = _below(child, sibling, form, prior)
    kind = _kinds(letter, child, sibling, vowel, capital)
    order, first, last = _side_by_side(child, sibling, below)
    group, heights, kinds = _groups(height[order], kind[order])
    node = np.empty((len(order), 4), np.int32)
    node[:, 0], node[:, 1], node[:, 2], node[:, 3] = first, last, form[order], group
    sign = letter + len(vowel) * (kind // (2 * (_CHANGES + 1)))  # the case is the highest part of a kind
    return Trie(
        letter[order].astype(np.uint16), sign[order].astype(np.uint16), below[order], node, heights, kinds, prior
    )


@njit
def _groups(height, kind):  # type: ignore[no-untyped-def]
    """(the group of each node, by group its height, its kind): nodes of one height and one kind are a group."""
    number = np.full((np.max(height) + 1, _KINDS), -1, np.int32)
    group, first = np.empty(len(height), np.int32), np.empty(number.size, np.int64)
    groups = 0
    for node in range(len(height)):
        if number[height[node], kind[node]] < 0:
            number[height[node], kind[node]], first[groups] = groups, node
            groups += 1
        group[node] = number[height[node], kind[node]]
    return group, height[first[:groups]], kind[first[:groups]].astype(np.int64)


@njit
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


@njit
def _kinds(letter, child, sibling, vowel, capital):  # type: ignore[no-untyped-def]
    """The number of the kind of each node, as `_kind` has it. Children have higher numbers than their parents."""
    changes, cases = np.zeros(len(child), np.int8), np.zeros(len(child), np.int8)  # as bits: 1 small, 2 capitals
    kind = np.zeros(len(child), np.int8)
    for node in range(len(child) - 1, 0, -1):
        own = vowel[letter[node]]
        below = child[node]
        while below >= 0:
            changes[node] = max(changes[node], min(_CHANGES, changes[below] + (own != vowel[letter[below]])))
            cases[node] |= cases[below] | (2 if capital[letter[below]] else 1)
            below = sibling[below]
        kind[node] = (max(0, cases[node] - 1) * 2 + int(own)) * (_CHANGES + 1) + changes[node]
    kind[0] = _ANY * 2 * (_CHANGES + 1) + _CHANGES  # the root has no letter: anything may follow
    return kind


@njit
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
