"""The language model: how likely a syllable is after the three before it. Read-only arrays, shared between processes.

The file is one open-addressing hash table of uint64 entries, memory-mapped: 32 bits of fingerprint, 16 bits of cost, 16
bits of back-off. Costs are nats (negative natural logarithms). An n-gram is known by the mixed hash of its word ids,
never by itself: two n-grams are mistaken for each other about once in 10^9 look-ups, which changes a cost and nothing
else.
"""

import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalize.data import DATA, undisturbed
from normalize.decoding.compiled import Model, find, prepared, word_cost
from normalize.tokens import BOUNDARY, NUMBER, SYMBOL, UNKNOWN

NO_WORD, NUMBER_ID, SYMBOL_ID, UNKNOWN_ID = 0, 2, 3, 4  # 1: compiled.BOUNDARY_ID
RESERVED = ("", BOUNDARY, NUMBER, SYMBOL, UNKNOWN)
FINGERPRINT_KEY = np.uint64(2**64 - 1)  # no n-gram: the entry whose payload is the fingerprint of the vocabulary


class ModelMismatchError(ValueError):
    """vocabulary.tsv and the files of the model were not built together: every id would mean another word."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that the model knows. words[i] has the id i; case[i] = ln P(lower), ln P(Title), ln P(UPPER) of it
    in running text.
    """

    words: tuple[str, ...]
    ids: dict[str, int]
    case: NDArray[np.float32]


def vocabulary(folder: Path = DATA) -> Vocabulary:
    """data/vocabulary.tsv: word, then how often it stood in lower case, with a capital, in capitals. Ids count
    from 0 in file order.
    """
    return _vocabulary(folder)  # kept by the folder, whether it was named or not


@cache
@undisturbed
def _vocabulary(folder: Path) -> Vocabulary:
    rows = [line.split("\t") for line in (folder / "vocabulary.tsv").read_text(encoding="utf-8").splitlines()]
    words = RESERVED + tuple([row[0] for row in rows])
    counted = map(int, chain.from_iterable(row[1:4] for row in rows))
    counts = np.fromiter(chain([1] * 3 * len(RESERVED), counted), np.float32, 3 * len(words)).reshape(-1, 3)
    share = (counts + np.array([1.0, 0.3, 0.1], np.float32)) / (counts.sum(axis=1, keepdims=True) + 1.4)
    return Vocabulary(words, {w: i for i, w in enumerate(words)}, np.log(share).astype(np.float32))


def fingerprint(words: tuple[str, ...]) -> int:
    """32 bits that tell one list of words from another: order counts, for a word's id is its place.

    >>> fingerprint(("cải", "cách")) == fingerprint(("cách", "cải"))
    False
    """
    return zlib.crc32("\n".join(words).encode())


@cache
def table(folder: Path = DATA) -> NDArray[np.uint64]:
    """The hash table, mapped into memory and read-only. Raises ModelMismatchError when it counts other words."""
    mapped: NDArray[np.uint64] = np.load(folder / "language_model.npy", mmap_mode="r")
    _check("language_model.npy", folder, int(find(mapped, FINGERPRINT_KEY)) & 0xFFFFFFFF)
    return mapped


def _check(name: str, folder: Path, found: int) -> None:
    """Raise ModelMismatchError unless a file holds the fingerprint of the vocabulary beside it."""
    expected = fingerprint(vocabulary(folder).words)
    if found != expected:
        raise ModelMismatchError(
            f"{folder}: {name} was built with another vocabulary.tsv (fingerprint {found:08x}, the words have "
            f"{expected:08x}); take all files from one build, or run: python -m normalize.training language"
        )


@cache
def pairs(folder: Path = DATA) -> NDArray[np.uint64]:
    """Which words may follow each word, as `compiled.may_follow` asks it; behind it all the fingerprint of the words.
    Raises ModelMismatchError when that is of other words.
    """
    kept: NDArray[np.uint64] = np.load(folder / "followers.npy")
    _check("followers.npy", folder, int(kept[-1]))
    return kept


@cache
def model() -> Model:
    """The shipped model, ready for the beam."""
    return Model(table(), pairs(), *prepared(table(), len(vocabulary().words)))


@lru_cache(maxsize=1 << 18)
def log_probability(word: str, context: tuple[str, ...] = ()) -> float:
    """ln P(word | the words before it), up to three of them, newest last; lower case, tone marks in the old style.
    BOUNDARY begins a sentence.

    >>> log_probability("chính", ("cải", "cách", "hành")) > log_probability("chỉnh", ("cải", "cách", "hành"))
    True
    """
    known = vocabulary().ids
    history = np.uint64(0)
    for before in context[-3:]:
        history = (history << np.uint64(16)) | np.uint64(known.get(before, UNKNOWN_ID))
    return -float(word_cost(model(), history, np.uint64(known.get(word, UNKNOWN_ID))))


def sentence_cost(words: list[str]) -> float:
    """-ln P of the words after a boundary, unknown words as such: for tests and for weighing texts.

    >>> sentence_cost("cải cách hành chính".split()) < sentence_cost("cái cạch hạnh chinh".split())
    True
    """
    total = 0.0
    for i, word in enumerate(words):
        total -= log_probability(word, tuple([BOUNDARY, *words[:i]][-3:]))
    return total
