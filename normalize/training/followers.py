"""The table of the language model -> followers.npy: which words it may know behind each word."""

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding import compiled
from normalize.decoding import language_model as lm

_LEAST = 6  # bits that number the bits of a word: the 64 of one entry
_EACH = 16  # bits for each word that follows, or up to twice as many


def followers(table: NDArray[np.uint64], words: Sequence[str]) -> NDArray[np.uint64]:
    """The bits that `compiled.may_follow` asks, and behind them the fingerprint of the words. table: of n-grams of
    these words, each of whose pairs is looked for in it: ten seconds.
    """
    keys = _known_pairs(np.asarray(table), compiled.prepared(table, 1)[0], len(words))
    before, word = (keys >> np.uint64(16)).astype(np.int64), keys & np.uint64(0xFFFF)
    count = np.maximum(1, np.bincount(before, minlength=len(words)))
    size = np.maximum(_LEAST, np.ceil(np.log2(_EACH * count))).astype(np.uint64)
    row = np.cumsum([len(words), *(np.uint64(1) << (size - np.uint64(_LEAST))).tolist()]).astype(np.uint64)
    out = np.zeros(int(row[-1]) + 1, np.uint64)
    out[: len(words)] = (row[:-1] << np.uint64(compiled.PLACE_BITS)) | size
    at = ((word * compiled.SPREAD) & np.uint64(0xFFFFFFFF)) >> (np.uint64(32) - size[before])
    np.bitwise_or.at(out, (row[before] + (at >> np.uint64(6))).astype(np.int64), np.uint64(1) << (at & np.uint64(63)))
    out[-1] = lm.fingerprint(tuple(words))
    return out


@njit
def _known_pairs(table, marks, words):  # type: ignore[no-untyped-def]
    """The keys of all pairs of words that the table knows; the id 0 is no word."""
    room, count = len(table), 0
    keys = np.empty(room, np.uint64)
    for before in range(1, words):
        for word in range(words):
            key = (np.uint64(before) << np.uint64(16)) | np.uint64(word)
            if compiled._entry(table, marks, key):
                keys[count] = key
                count += 1
    return keys[:count]
