"""The language model: how likely a syllable is after the three before it. Read-only arrays, shared between processes.

The file is one open-addressing hash table of uint64 entries, memory-mapped: 32 bits of fingerprint, 16 bits of cost, 16 bits of
back-off. Costs are nats (negative natural logarithms). An n-gram is known by the mixed hash of its word ids, never by itself: two
n-grams are mistaken for each other about once in 10^9 look-ups, which changes a cost and nothing else.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.tokens import BOUNDARY, NUMBER, SYMBOL, UNKNOWN

DATA = Path(__file__).parent / "data"
NO_WORD, BOUNDARY_ID, NUMBER_ID, SYMBOL_ID, UNKNOWN_ID = 0, 1, 2, 3, 4
RESERVED = ("", BOUNDARY, NUMBER, SYMBOL, UNKNOWN)
COST_STEP = 1 / 2048  # nats a unit of the stored cost: 0 to 32 nats
BACKOFF_STEP = 1 / 4096  # nats a unit of the stored back-off weight, which runs from -8 to 8
BACKOFF_SHIFT = 8.0


@njit(cache=True, inline="always")
def mix_key(key: np.uint64) -> np.uint64:  # type: ignore[no-any-unimported,unused-ignore]
    """Spread a 64-bit key evenly (the finaliser of MurmurHash3)."""
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xFF51AFD7ED558CCD)
    key ^= key >> np.uint64(33)
    key *= np.uint64(0xC4CEB9FE1A85EC53)
    key ^= key >> np.uint64(33)
    return key


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
            return entry
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
    """Back-off costs of the contexts of one, two and three words of a packed history (newest word lowest) into out[1:4].

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
    return cost + backoffs[1] + entry_cost(find(table, word))


@njit(cache=True)
def unigram_costs(table: NDArray[np.uint64], words: int) -> NDArray[np.float64]:
    """-ln P(word) of the ids 0..words-1."""
    out = np.empty(words)
    for word in range(words):
        out[word] = entry_cost(find(table, np.uint64(word)))
    return out


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that the model knows. words[i] has the id i; case[i] = ln P(lower), ln P(Title), ln P(UPPER) of it in running text."""

    words: tuple[str, ...]
    ids: dict[str, int]
    case: NDArray[np.float32]


@cache
def vocabulary(folder: Path = DATA) -> Vocabulary:
    """data/vocabulary.tsv: word, then how often it stood in lower case, with a capital, in capitals. Ids count from 0 in file order."""
    rows = [line.split("\t") for line in (folder / "vocabulary.tsv").read_text(encoding="utf-8").splitlines()]
    words = RESERVED + tuple(row[0] for row in rows)
    counts = np.array([[1, 1, 1]] * len(RESERVED) + [[int(c) for c in row[1:4]] for row in rows], np.float32)
    share = (counts + np.array([1.0, 0.3, 0.1], np.float32)) / (counts.sum(axis=1, keepdims=True) + 1.4)
    return Vocabulary(words, {w: i for i, w in enumerate(words)}, np.log(share).astype(np.float32))


@cache
def table(folder: Path = DATA) -> NDArray[np.uint64]:
    """The hash table, mapped into memory and read-only."""
    mapped: NDArray[np.uint64] = np.load(folder / "language_model.npy", mmap_mode="r")
    return mapped


def sentence_cost(words: list[str]) -> float:
    """-ln P of the words after a boundary, unknown words as such: for tests and for weighing texts.

    >>> sentence_cost("cải cách hành chính".split()) < sentence_cost("cái cạch hạnh chinh".split())
    True
    """
    known = vocabulary().ids
    history, total = np.uint64(BOUNDARY_ID), 0.0
    backoffs = np.zeros(4)
    for word in words:
        number = np.uint64(known.get(word, UNKNOWN_ID))
        contexts(table(), history, backoffs)
        total += word_cost(table(), history, backoffs, number)
        history = ((history << np.uint64(16)) | number) & np.uint64(0xFFFFFFFFFFFF)
    return total
