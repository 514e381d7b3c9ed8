"""What a document says in many places helps where it is unclear: n-grams read surely elsewhere get a bonus."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

from normalize.decoding.language_model import NO_WORD, vocabulary
from normalize.decoding.lattice import key_of
from normalize.fixes import Fix
from normalize.names.contexts import before_own_level, levels

_SURE = 0.9  # a reading this sure has a vote
_LEAST = 2  # votes that an n-gram needs
_STEP = {1: 0.1, 2: 0.15, 3: 0.2}  # nats for each doubling of the votes, by the length of the n-gram
_MOST = 1.2
_STEP_LEVEL = 0.8
_MOST_LEVEL = 2.5
_WORD = re.compile(r"[^\W\d_]+\Z")
GAP = ""  # between two runs of words


def sure_words(lines: Iterable[Sequence[Fix]]) -> list[str]:
    """Syllables that were read surely, as they are cased, with a GAP before each that does not follow another directly.

    lines: what was read on each line, in order.
    """
    words: list[str] = []
    for line in lines:
        end = -2  # of the fix before, where it was read surely
        for fix in line:
            text = fix.restored
            if fix.probability >= _SURE and (text.isalpha() or _WORD.match(text)):
                if fix.start - end > 1:
                    words.append(GAP)
                words.append(text)
                end = fix.end
            else:
                end = -2
    return words


def boosts_of(words: Sequence[str]) -> dict[int, float]:
    """n-grams of one to three lower-case syllables, by their keys -> bonus in nats. words: the `sure_words`."""
    ids = vocabulary().ids
    numbers = np.array([ids.get(word.lower(), NO_WORD) for word in words], np.uint64)
    boosts: dict[int, float] = {}
    grams, known = numbers, numbers != NO_WORD
    for size, step in _STEP.items():
        if size > 1:
            last = numbers[size - 1 :]
            grams, known = (grams[:-1] << np.uint64(16)) | last, known[:-1] & (last != NO_WORD)
        keys, counts = np.unique(grams[known], return_counts=True)
        often = counts >= _LEAST
        nats = np.minimum(_MOST, step * np.log2(counts[often]))
        boosts |= zip(keys[often].tolist(), nats.tolist(), strict=True)
    return boosts


def level_boosts(lines: Iterable[Sequence[Fix]]) -> dict[int, float]:
    """The level words of units, by their keys -> bonus in nats: a ward's plan says "phường" on every page, where the
    letters could as well be "phương", a district's "quận", where they could be "quản".

    A level has a vote wherever it was read surely, and wherever it stands as that of the unit whose plan it is.
    lines: what was read on each line, in order.
    """
    votes = Counter(level for line in lines for level in _levels_of(line))
    keys = {level: key_of(level.split()) for level in votes}
    return {
        key: min(_MOST_LEVEL, _STEP_LEVEL * math.log2(votes[level]))
        for level, key in keys.items()
        if key is not None and votes[level] >= _LEAST
    }


def _levels_of(line: Sequence[Fix]) -> Iterator[str]:
    """The level words on one line that have a vote."""
    words = "\n".join([fix.restored for fix in line]).lower().split("\n")  # at once, since every word passes here
    if _first_of_levels().isdisjoint(words):
        return
    for at, word in enumerate(words):
        if word not in _first_of_levels():
            continue
        for level in _split_levels():
            size = len(level)
            if tuple(words[at : at + size]) == level:
                own = any(tuple(words[max(0, at - len(front)) : at]) == front for front in before_own_level())
                if own or all(fix.probability >= _SURE for fix in line[at : at + size]):
                    yield " ".join(level)


@cache
def _split_levels() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(level.split()) for level in levels())


@cache
def _first_of_levels() -> frozenset[str]:
    return frozenset(level[0] for level in _split_levels())
