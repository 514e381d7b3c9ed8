"""What it costs the channel to print a known word as the raw signs that stand on the page.

>>> from normalize.decoding.channel import Channel
>>> letter_cost("Séng", "Sông", Channel.ENGLISH) < letter_cost("Séng", "Hồng", Channel.ENGLISH)
True
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding.channel import LONGEST_CHUNK, MAX_RAW, UNKNOWN_LETTER, Channel, confusions, letters_of


@dataclass(frozen=True, slots=True)
class Spelt:
    """Words by the numbers of their letters: letters[i, :length[i]] is words[i]; -1 a letter the channel lacks."""

    words: tuple[str, ...]
    letters: NDArray[np.int16]
    length: NDArray[np.int64]


def spelt(words: Iterable[str]) -> Spelt:
    """The words, ready to be compared with raw signs all at once."""
    listed = tuple(words)
    length = np.array(list(map(len, listed)), np.int64)
    letters = np.full((len(listed), max(map(len, listed), default=0)), UNKNOWN_LETTER, np.int16)
    letters[np.arange(letters.shape[1]) < length[:, None]] = letters_of("".join(listed))
    return Spelt(listed, letters, length)


def letter_costs(raw: str, words: Spelt, channel: Channel, most: float = np.inf) -> NDArray[np.float64]:
    """Nats of the cheapest way in which the engine prints each word as `raw`; infinite where it is above `most`.

    Infinite also for a word with a letter that the engine does not know, and for a run longer than any syllable.
    """
    if len(raw) > MAX_RAW:
        return np.full(len(words.words), np.inf)
    table = confusions(channel)
    out: NDArray[np.float64] = _costs(table.rows((raw,)), table.cost, words.letters, words.length, most)
    return out


def letter_cost(raw: str, word: str, channel: Channel) -> float:
    """The same for one word."""
    return float(letter_costs(raw, spelt((word,)), channel)[0])


@njit(cache=True)
def _costs(rows, cost, letters, length, most):  # type: ignore[no-untyped-def]
    """Row by row of the dynamic programme: best[j], the letters so far printed as the first j raw characters."""
    size = rows.shape[0] - 1
    out = np.full(len(length), np.inf)
    best, after = np.empty(size + 1), np.empty(size + 1)
    for word in range(len(length)):
        best[:] = np.inf
        best[0] = 0.0
        least = 0.0
        for at in range(length[word]):
            letter = letters[word, at]
            least = np.inf
            for j in range(size + 1):
                value = np.inf
                for chunk in range(min(LONGEST_CHUNK, j) + 1):
                    if letter >= 0:
                        value = min(value, best[j - chunk] + np.float64(cost[rows[j - chunk, chunk], letter]))
                after[j] = value
                least = min(least, value)
            best, after = after, best
            if least > most:
                break
        if least <= most and best[size] <= most:
            out[word] = best[size]
    return out
