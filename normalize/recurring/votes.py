"""What a document says in many places helps where it is unclear: n-grams read surely elsewhere get a bonus."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from normalize.decoding.language_model import NO_WORD, vocabulary
from normalize.decoding.lattice import key_of
from normalize.fixes import Fix
from normalize.names.contexts import levels

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
    votes: dict[int, int] = {}
    grams, known = numbers, numbers != NO_WORD
    for size, step in _STEP.items():
        if size > 1:
            last = numbers[size - 1 :]
            grams, known = (grams[:-1] << np.uint64(16)) | last, known[:-1] & (last != NO_WORD)
        keys, counts = np.unique(grams[known], return_counts=True)
        often = counts >= _LEAST
        nats = np.minimum(_MOST, step * np.log2(counts[often]))
        listed = keys[often].tolist()
        boosts |= zip(listed, nats.tolist(), strict=True)
        votes |= zip(listed, counts[often].tolist(), strict=True)
    for level in levels():  # a ward's plan says "phường" on every page, where the letters could as well be "phương"
        key = key_of(level.split())
        if key is not None and key in votes:
            boosts[key] = min(_MOST_LEVEL, _STEP_LEVEL * np.log2(votes[key]).item())
    return boosts
