"""Aligned pairs -> a confusion table, by expectation maximisation over the ways to share characters among letters.

The counts of a letter are smoothed towards those of its kin: the same letter in any mark, then a rule of thumb (the
plain letter is likely, nothing and strange runs are not). Source of the method: Ristad and Yianilos 1998, with chunks
of up to three characters.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding.channel import LONGEST_CHUNK, alphabet
from normalize.letters import plain
from normalize.tokens import Kind, atoms

_ROUNDS = 8
_KIN_WEIGHT = 3.0  # pseudo-counts that a letter takes from its kin
_SAME_SHAPE = frozenset("cosvwxzupk")  # letters whose capital is the small letter, only bigger
_SAME_SHAPE_SHARE = 0.03  # how often such a letter comes out in the other size, at least
_LEAST = 0.02  # expected counts below this are noise


@dataclass(frozen=True, slots=True)
class Example:
    """A raw word, the right word behind it, and how much it counts."""

    raw: str
    right: str
    weight: float = 1.0


@njit(cache=True)
def _expect(
    rows: NDArray[np.int32], letters: NDArray[np.int32], p: NDArray[np.float64], out: NDArray[np.float64]
) -> float:
    """Expected uses out[i, j, k] of chunk raw[j:j+k] for letter i under p[i, j, k]; returns the likelihood."""
    n, m = len(letters), rows.shape[0] - 1
    forward = np.zeros((n + 1, m + 1))
    backward = np.zeros((n + 1, m + 1))
    forward[0, 0] = 1.0
    for i in range(n):
        for j in range(m + 1):
            if forward[i, j] > 0:
                for k in range(min(LONGEST_CHUNK, m - j) + 1):
                    forward[i + 1, j + k] += forward[i, j] * p[i, j, k]
    backward[n, m] = 1.0
    for i in range(n - 1, -1, -1):
        for j in range(m + 1):
            for k in range(min(LONGEST_CHUNK, m - j) + 1):
                backward[i, j] += p[i, j, k] * backward[i + 1, j + k]
    total = forward[n, m]
    if total > 0:
        for i in range(n):
            for j in range(m + 1):
                for k in range(min(LONGEST_CHUNK, m - j) + 1):
                    out[i, j, k] = forward[i, j] * p[i, j, k] * backward[i + 1, j + k] / total
    return float(total)


def _thumb(letter: str, chunk: str) -> float:
    """Rule-of-thumb probability before anything is seen."""
    if chunk == letter:
        return 0.4
    if not chunk:
        return 0.01
    if len(chunk) == 1:
        if plain(chunk).lower() == plain(letter).lower():
            return 0.15 if plain(chunk) == plain(letter) else 0.02
        return 1e-3
    near = 10.0 if plain(letter).lower() in plain(chunk).lower() else 1.0
    return near * (1e-5 if len(chunk) == 2 else 1e-7)


class _Table:
    """Probabilities P(chunk | letter) during training."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, float]] = {}

    def probability(self, letter: str, chunk: str) -> float:
        known = self.seen.get(letter, {}).get(chunk, 0.0)
        return max(known, 1e-3 * _thumb(letter, chunk)) if self.seen else _thumb(letter, chunk)

    def update(self, counts: dict[str, dict[str, float]]) -> None:
        kin: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for letter, chunks in counts.items():
            for chunk, n in chunks.items():
                kin[plain(letter)][chunk] += n
        sizes = {base: sum(chunks.values()) for base, chunks in kin.items()}
        for letter in alphabet():
            own, base = counts.get(letter, {}), plain(letter)
            total = sum(own.values()) + _KIN_WEIGHT
            merged = {c: n / total for c, n in own.items() if n >= _LEAST}
            prior: dict[str, float] = defaultdict(float)
            for chunk, n in kin.get(base, {}).items():
                if not _other_mark(letter, chunk):
                    prior[chunk] += 0.7 * n / sizes[base]
            for chunk in {letter, base, ""}:
                prior[chunk] += 0.3 * _thumb(letter, chunk)
            for chunk, share in prior.items():
                merged[chunk] = merged.get(chunk, 0.0) + _KIN_WEIGHT / total * share
            other = base.swapcase()
            if base.lower() in _SAME_SHAPE:
                merged[other] = max(merged.get(other, 0.0), _SAME_SHAPE_SHARE)
            self.seen[letter] = merged


def _other_mark(letter: str, chunk: str) -> bool:
    """A kin's own mark says nothing of this letter: 'é' is what é comes out as, not what ẹ does."""
    return len(chunk) == 1 and chunk != plain(chunk) and chunk != letter


def learn(examples: Iterable[Example]) -> list[tuple[str, str, float]]:
    """(letter, chunk, nats) rows, sorted; likely chunks only."""
    merged: dict[tuple[str, str], float] = defaultdict(float)
    known = set(alphabet())
    for example in examples:
        if example.raw and set(example.right) <= known and len(example.raw) <= 3 * len(example.right):
            merged[example.raw, example.right] += example.weight
    table = _Table()
    for _ in range(_ROUNDS):
        table.update(_count(merged, table))
    rows = [
        (letter, c, -float(np.log(p))) for letter, chunks in table.seen.items() for c, p in chunks.items() if p > 1e-5
    ]
    return sorted(rows, key=lambda row: (row[0], row[2], row[1]))


def _count(examples: dict[tuple[str, str], float], table: _Table) -> dict[str, dict[str, float]]:
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (raw, right), weight in examples.items():
        n, m = len(right), len(raw)
        p = np.zeros((n, m + 1, LONGEST_CHUNK + 1))
        for i, letter in enumerate(right):
            for j in range(m + 1):
                for k in range(min(LONGEST_CHUNK, m - j) + 1):
                    p[i, j, k] = table.probability(letter, raw[j : j + k])
        out = np.zeros_like(p)
        if _expect(np.zeros((m + 1, 1), np.int32), np.zeros(n, np.int32), p, out) <= 0:
            continue
        for i, j, k in zip(*np.nonzero(out > 1e-4), strict=True):
            counts[right[i]][raw[j : j + k]] += weight * out[i, j, k]
    return counts


def cut(raw: str) -> bool:
    """Whether the raw text is one word atom (a pair to learn letters from)."""
    found = atoms(raw)
    return len(found) == 1 and found[0].kind is Kind.WORD
