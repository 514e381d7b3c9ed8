"""The channel: what an engine makes of the letters of a syllable, and which syllables may thus stand behind a raw word.

A confusion table gives the cost (nats) with which one right letter comes out as 0 to 3 raw characters. A syllable
is read out of a raw
word by the cheapest way to share the raw characters among its letters, with the engine's own habits as the costs.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.language_model import DATA, Vocabulary, vocabulary
from normalize.letters import plain

LONGEST_CHUNK = 3
MAX_RAW = 24  # characters; longer runs are never one syllable
UNSEEN = (9.0, 9.0, 12.0, 15.0)  # nats of a chunk of 0..3 characters that the table has not seen for a letter
UNSEEN_MARK = 5.0  # the same letter with other marks
_ADDED = 7.0  # nats of a character too many beside one that stands for the letter: "ei" for ế, "¢é"
_COMMON = 4.0  # nats: dearer characters are not looked for beside another
_EXTRA_LETTERS = "fjwzFJWZ"
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


Links = tuple[NDArray[np.int32], NDArray[np.int32]]  # first child and next sibling of each node, or -1


class Channel(StrEnum):
    """Which confusions to expect: of an English model on Vietnamese pages, of the Vietnamese model, or of typing
    without marks.
    """

    ENGLISH = "eng"
    VIETNAMESE = "vie"
    PLAIN = "plain"


def alphabet() -> tuple[str, ...]:
    """Every letter of the Vietnamese alphabet with every mark, both cases, and the letters of foreign words."""
    lower = [unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES] + list("bcdđghklmnpqrstvx")
    return tuple(lower + [c.upper() for c in lower]) + tuple(_EXTRA_LETTERS)


@cache
def letter_numbers() -> dict[str, int]:
    """The column of each letter in a confusion table."""
    return {letter: j for j, letter in enumerate(alphabet())}


@dataclass(frozen=True, slots=True)
class Confusions:
    """cost[i, j]: nats to print letter j as chunk i. cheapest[i]: the least of row i. The last 4 rows serve unseen
    chunks by length.
    """

    chunks: dict[str, int]
    cost: NDArray[np.float32]
    cheapest: NDArray[np.float32]

    def rows(self, raw: str) -> NDArray[np.int32]:
        """rows[i, k]: row of the chunk raw[i:i+k], -1 past the end. Shape (len(raw) + 1, 4)."""
        size, unseen = len(raw), len(self.cost) - 4
        out = np.full((size + 1, LONGEST_CHUNK + 1), -1, np.int32)
        for i in range(size + 1):
            for k in range(min(LONGEST_CHUNK, size - i) + 1):
                out[i, k] = self.chunks.get(raw[i : i + k], unseen + k)
        return out


def make_confusions(rows: Iterable[tuple[str, str, float]]) -> Confusions:
    """(letter, chunk, cost) rows -> the dense table; what is not listed gets the cost of the unseen."""
    letters = letter_numbers()
    listed = [(letter, chunk, cost) for letter, chunk, cost in rows if letter in letters]
    singles = {c for letter in letters for c in (letter, plain(letter))}
    common = {chunk for letter, chunk, cost in listed if len(chunk) == 1 and chunk != letter and cost < _COMMON}
    pairs = sorted(a + b for a in common for b in common)
    names = sorted({chunk for _, chunk, _ in listed} | singles | {"", *pairs})
    chunks = {chunk: i for i, chunk in enumerate(names)}
    cost = np.empty((len(names) + 4, len(letters)), np.float32)
    for i, chunk in enumerate((*names, "", "?", "??", "???")):
        cost[i] = UNSEEN[len(chunk)]
        if len(chunk) == 1:
            base = plain(chunk)
            cost[i] = [UNSEEN_MARK if plain(letter) == base else UNSEEN[1] for letter in letters]
    for letter, chunk, nats in listed:
        cost[chunks[chunk], letters[letter]] = nats
    for pair in pairs:
        either = np.minimum(cost[chunks[pair[0]]], cost[chunks[pair[1]]])
        np.minimum(cost[chunks[pair]], either + _ADDED, out=cost[chunks[pair]])
    return Confusions(chunks, cost, cost.min(axis=1))


@cache
def confusions(channel: Channel, folder: Path = DATA) -> Confusions:
    """data/confusions_CHANNEL.tsv: letter, chunk, nats. Raises ValueError when a row is broken."""
    rows: list[tuple[str, str, float]] = []
    for line in (folder / f"confusions_{channel.value}.tsv").read_text(encoding="utf-8").split("\n"):
        if line:
            letter, chunk, nats = line.split("\t")
            rows.append((letter, chunk, float(nats)))
    return make_confusions(rows)


@dataclass(frozen=True, slots=True)
class Forms:
    """All cased forms as a trie: node 0 is the root; child/sibling are node numbers or -1, form[node] a form
    number or -1.

    Form number f is the word `texts[f]`, whose id in the language model is word[f] and whose case cost is case[f]
    (nats).
    """

    texts: tuple[str, ...]
    word: NDArray[np.int32]
    case: NDArray[np.float32]
    letter: NDArray[np.int16]
    child: NDArray[np.int32]
    sibling: NDArray[np.int32]
    form: NDArray[np.int32]
    shape: NDArray[np.int8]  # 0 lower, 1 Title, 2 UPPER, 3 as spelt


def _cased(words: Vocabulary) -> Iterable[tuple[str, int, float, int]]:
    """(text, word id, case cost, shape) of every form whose letters the channel knows."""
    letters = set(alphabet())
    for number, word in enumerate(words.words):
        if not word or not set(word) <= letters:
            continue
        if word != word.lower():  # an acronym
            yield word, number, 0.0, 3
            continue
        forms = (word, word[0].upper() + word[1:], word.upper())
        for shape, text in enumerate(forms):
            if shape < 2 or len(word) > 1:
                yield text, number, -float(words.case[number][shape]), shape


def make_forms(words: Vocabulary) -> Forms:
    """The trie of all cased forms of a vocabulary."""
    letters = letter_numbers()
    nodes: dict[tuple[int, int], int] = {}
    letter, child, sibling, form = [-1], [-1], [-1], [-1]
    texts: list[str] = []
    info: list[tuple[int, float, int]] = []
    for text, number, cost, shape in _cased(words):
        at = 0
        for character in text:
            key = (at, letters[character])
            if key not in nodes:
                nodes[key] = len(letter)
                letter.append(key[1])
                sibling.append(child[at])
                child.append(-1)
                form.append(-1)
                child[at] = nodes[key]
            at = nodes[key]
        if form[at] == -1:
            form[at] = len(texts)
            texts.append(text)
            info.append((number, cost, shape))
    return Forms(
        tuple(texts),
        np.array([i[0] for i in info], np.int32),
        np.array([i[1] for i in info], np.float32),
        np.array(letter, np.int16),
        np.array(child, np.int32),
        np.array(sibling, np.int32),
        np.array(form, np.int32),
        np.array([i[2] for i in info], np.int8),
    )


@cache
def forms(folder: Path = DATA) -> Forms:
    """The trie of the shipped vocabulary."""
    return make_forms(vocabulary(folder))


@njit(cache=True)
def cheapest_below(child, sibling, form, prior):  # type: ignore[no-untyped-def]
    """The least prior of the forms in the subtree of each node (children have higher numbers than their parents)."""
    nodes = len(child)
    out = np.full(nodes, np.float32(1e9), np.float32)
    for node in range(nodes - 1, -1, -1):
        if form[node] >= 0:
            out[node] = prior[form[node]]
        below = child[node]
        while below >= 0:
            out[node] = min(out[node], out[below])
            below = sibling[below]
    return out


def likely_first(child: NDArray[np.int32], sibling: NDArray[np.int32], below: NDArray[np.float32]) -> Links:
    """The same trie with the children of each node in the order of the least prior below them.

    The search meets good readings early then, which bounds the rest, and leaves all siblings of a branch that is too
    dear.
    """
    parent = np.full(len(child), -1, np.int32)
    for node, below_it in enumerate(child.tolist()):
        at = below_it
        while at >= 0:
            parent[at] = node
            at = int(sibling[at])
    order = np.lexsort((below, parent))
    order = order[parent[order] >= 0]
    first = np.full(len(child), -1, np.int32)
    after = np.full(len(child), -1, np.int32)
    same = parent[order[1:]] == parent[order[:-1]]
    after[order[:-1][same]] = order[1:][same]
    heads = order[np.concatenate([[True], ~same])]
    first[parent[heads]] = heads
    return first, after


@njit(cache=True)
def search(  # type: ignore[no-untyped-def]
    rows, cost, cheapest, letter, child, sibling, form, prior, below, bound, window, found, found_cost, found_total
):
    """The forms of the least channel cost + prior, none above `bound` or dearer than the best by `window`; returns
    how many.

    found, found_cost (channel alone) and found_total hold as many as wanted at most, in no order. Walks the trie
    depth first; the row
    of a node in the dynamic programme holds the cost of printing the letters so far as the first j raw characters.
    A branch is left
    when its cheapest continuation (any letters for the rest, the likeliest form below) is above the bound.
    """
    size = rows.shape[0] - 1
    rest = np.empty(size + 1, np.float32)  # least cost of raw[j:] by any letters
    rest[size] = 0.0
    for j in range(size - 1, -1, -1):
        rest[j] = 1e9
        for k in range(1, min(LONGEST_CHUNK, size - j) + 1):
            rest[j] = min(rest[j], cheapest[rows[j, k]] + rest[j + k])
    letters = cost.shape[1]
    chunk_cost = np.full((letters, size + 1, LONGEST_CHUNK + 1), np.float32(1e9), np.float32)  # by end and length
    for j in range(size + 1):
        for k in range(min(LONGEST_CHUNK, j) + 1):
            row = rows[j - k, k]
            for i in range(letters):
                chunk_cost[i, j, k] = cost[row, i]
    table = np.full((40, size + 1), np.float32(1e9), np.float32)
    low, high = np.zeros(40, np.int64), np.zeros(40, np.int64)  # the live part of each row
    stack = np.empty(4096, np.int32)
    depth_of = np.empty(4096, np.int16)
    table[0, 0] = 0.0
    count = 0
    stack[0] = child[0]
    depth_of[0] = 1
    top = 1
    while top > 0:
        top -= 1
        node = stack[top]
        depth = depth_of[top]
        least = below[node]
        if least >= bound:  # and its siblings are dearer
            continue
        if sibling[node] >= 0:
            stack[top] = sibling[node]
            depth_of[top] = depth
            top += 1
        which = letter[node]
        last = min(size, high[depth - 1] + LONGEST_CHUNK)
        first_live, last_live = size + 1, -1
        for j in range(low[depth - 1], last + 1):
            value = np.float32(1e9)
            for k in range(min(LONGEST_CHUNK, j - low[depth - 1]) + 1):
                if j - k <= high[depth - 1]:
                    value = min(value, table[depth - 1, j - k] + chunk_cost[which, j, k])
            table[depth, j] = value
            if value + rest[j] + least < bound:
                first_live = min(first_live, j)
                last_live = j
        if last_live < 0:
            continue
        low[depth], high[depth] = first_live, last_live
        which_form = form[node]
        if which_form >= 0 and last_live == size:
            total = table[depth, size] + prior[which_form]
            if total < bound:
                at = count
                if count == len(found):
                    at = int(np.argmax(found_total))
                else:
                    count += 1
                found[at] = which_form
                found_cost[at] = table[depth, size]
                found_total[at] = total
                bound = min(bound, total + window)
                if count == len(found):
                    bound = min(bound, found_total.max())
        if child[node] >= 0 and depth < 38:
            stack[top] = child[node]
            depth_of[top] = depth + 1
            top += 1
    return count
