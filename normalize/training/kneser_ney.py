"""Interpolated modified Kneser-Ney n-grams over word ids, and several such models mixed into one back-off model.

An n-gram is a uint64 key, 16 bits a word, the newest word lowest: sorted keys hold the n-grams of one context together.
Sources: Chen and Goodman 1998 (modified Kneser-Ney); Stolcke 2002 (static mixture of back-off models).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.decoding.compiled import BOUNDARY_ID

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
ORDER = 4
_WORD = np.uint64(16)


@dataclass(frozen=True, slots=True)
class NGrams:
    """One order of a back-off model: sorted keys, P(word | context) of each, and the back-off weight of each as a
    context.
    """

    keys: Keys
    probability: Floats
    backoff: Floats


def _windows(stream: NDArray[np.uint64], length: int) -> Keys:
    """Keys of all windows of `length` words in which the boundary stands nowhere but first."""
    size = len(stream) - length + 1
    if size <= 0:
        return np.empty(0, np.uint64)
    keys = np.zeros(size, np.uint64)
    valid = np.ones(size, bool)
    for offset in range(length):
        word = stream[offset : offset + size]
        keys = (keys << _WORD) | word
        if offset:
            valid &= word != BOUNDARY_ID
    return keys[valid]


def _low(keys: Keys, words: int) -> Keys:
    return keys & np.uint64((1 << (16 * words)) - 1)


def _counts(stream: NDArray[np.uint64]) -> list[tuple[Keys, NDArray[np.int64]]]:
    """(keys, counts) of the orders 1..ORDER: raw counts on top, numbers of different left neighbours below."""
    top = np.unique(_windows(stream, ORDER), return_counts=True)
    orders = [top]
    for length in range(ORDER - 1, 0, -1):
        own = np.unique(_low(orders[0][0], length), return_counts=True)
        if length > 1:  # nothing can stand left of a boundary: what begins with one keeps its raw count
            windows = _windows(stream, length)
            first = windows[(windows >> np.uint64(16 * (length - 1))) == BOUNDARY_ID]
            start = np.unique(first, return_counts=True)
            keys = np.concatenate([own[0], start[0]])
            counts = np.concatenate([own[1], start[1]])
            order = np.argsort(keys, kind="stable")
            own = keys[order], counts[order]
        orders.insert(0, own)
    return orders


def _discounts(counts: NDArray[np.int64]) -> Floats:
    """The discount of a count of 0, 1, 2, 3 and more."""
    n = [max(1, int((counts == k).sum())) for k in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    raw = [0.0, 1 - 2 * y * n[1] / n[0], 2 - 3 * y * n[2] / n[1], 3 - 4 * y * n[3] / n[2]]
    clipped: Floats = np.clip(np.array(raw), [0, 0.1, 0.2, 0.3], [0, 0.95, 1.9, 2.8])
    return clipped


def _groups(keys: Keys) -> tuple[Keys, NDArray[np.int64], NDArray[np.int64]]:
    """(contexts, first row of each context, context number of each row)."""
    contexts, first, inverse = np.unique(keys >> _WORD, return_index=True, return_inverse=True)
    return contexts, first.astype(np.int64), inverse.astype(np.int64)


def _find(keys: Keys, wanted: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return at, (keys[at] == wanted) if len(keys) else np.zeros(len(wanted), bool)


def estimate(stream: NDArray[np.uint64], vocabulary: int) -> list[NGrams]:
    """A model of the stream: NGrams of order 1..ORDER. vocabulary: number of words among which the rest is shared."""
    models: list[NGrams] = []
    for length, (keys, counts) in enumerate(_counts(stream), start=1):
        discount = _discounts(counts)[np.minimum(counts, 3)]
        contexts, first, group = _groups(keys)
        total = np.add.reduceat(counts, first).astype(float)
        gamma = np.add.reduceat(discount, first) / total
        if length == 1:
            lower: Floats = np.full(len(keys), 1 / vocabulary)
        else:
            at, _ = _find(models[-1].keys, _low(keys, length - 1))
            lower = models[-1].probability[at]
            below = models[-1]
            where, known = _find(contexts, below.keys)
            models[-1] = NGrams(below.keys, below.probability, np.where(known, gamma[where], 1.0))
        models.append(NGrams(keys, (counts - discount) / total[group] + gamma[group] * lower, np.ones(len(keys))))
        if length == 1:
            models[0] = _all_words(models[0], float(gamma[0]) / vocabulary, vocabulary)
    return models


def _all_words(unigrams: NGrams, floor: float, vocabulary: int) -> NGrams:
    """Unigrams for every id, seen or not, so that lookups never fail."""
    probability = np.full(vocabulary, floor)
    probability[unigrams.keys.astype(np.int64)] = unigrams.probability
    return NGrams(np.arange(vocabulary, dtype=np.uint64), probability, np.ones(vocabulary))


def probability(model: list[NGrams], keys: Keys, length: int) -> Floats:
    """P(last word | words before) of each key, backing off where the model has not seen it."""
    order = model[length - 1]
    at, known = _find(order.keys, keys)
    out = np.where(known, order.probability[at], 0.0)
    if length > 1 and not known.all():
        rest = keys[~known]
        context = model[length - 2]
        where, seen = _find(context.keys, rest >> _WORD)
        weight = np.where(seen, context.backoff[where], 1.0)
        out[~known] = weight * probability(model, _low(rest, length - 1), length - 1)
    return out


def mix(models: list[list[NGrams]], weights: list[float], keep: list[Keys]) -> list[NGrams]:
    """The weighted mixture as one back-off model over the n-grams `keep` (by order, order 1 ignored: all words)."""
    vocabulary = len(models[0][0].keys)
    mixed: list[NGrams] = []
    for length in range(1, ORDER + 1):
        keys = np.arange(vocabulary, dtype=np.uint64) if length == 1 else keep[length - 1]
        p = np.zeros(len(keys))
        for model, weight in zip(models, weights, strict=True):
            p += weight * probability(model, keys, length)
        mixed.append(NGrams(keys, p, np.ones(len(keys))))
        if length > 1:
            below = mixed[-2]
            contexts, first, _ = _groups(keys)
            seen = np.add.reduceat(p, first)
            lower = np.add.reduceat(probability(mixed[:-1], _low(keys, length - 1), length - 1), first)
            gamma = np.maximum(1 - seen, 1e-6) / np.maximum(1 - lower, 1e-6)
            where, known = _find(contexts, below.keys)
            mixed[-2] = NGrams(below.keys, below.probability, np.where(known, gamma[where], 1.0))
    return mixed


def perplexity(model: list[NGrams], stream: NDArray[np.uint64]) -> float:
    """Per word, boundaries not counted."""
    keys = _windows(stream, ORDER)
    return float(np.exp(-np.log(probability(model, keys, ORDER)).mean()))
