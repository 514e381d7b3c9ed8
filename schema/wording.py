"""How well words follow others, in nats: the language model of normalize/, as the readers of run-together tables need it."""

from functools import lru_cache

import numpy as np

from normalize.language_model import BOUNDARY_ID, UNKNOWN_ID, contexts, table, vocabulary, word_cost
from normalize.tokens import BOUNDARY, model_words

_AFTER_MARK = 1.0
_WORST = 11.0
_HISTORY = np.uint64(0xFFFFFFFFFFFF)


@lru_cache(100_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words that the language model sees in a printed word; a mark that ends a sentence is a boundary.

    >>> words_of("VP-TK;"), words_of("31/3/2024")
    (('VP', 'TK', '<s>'), ('<d>',))
    """
    return tuple(model_words(text)[1:])


@lru_cache(500_000)
def words_cost(words: tuple[str, ...], before: tuple[str, ...]) -> float:
    """Cost of words after the (up to three) words before them; () stands for the beginning of a text."""
    known, cost = vocabulary().ids, 0.0
    history = np.uint64(BOUNDARY_ID)
    for word in before[-3:]:
        history = _pushed(history, known.get(word, UNKNOWN_ID), word)
    backoffs = np.zeros(4)
    for word in words:
        number = known.get(word, UNKNOWN_ID)
        if word == BOUNDARY:
            cost += _AFTER_MARK
        else:
            contexts(table(), history, backoffs)
            cost += min(_WORST, float(word_cost(table(), history, backoffs, np.uint64(number))))
        history = _pushed(history, number, word)
    return cost


def _pushed(history: np.uint64, number: int, word: str) -> np.uint64:
    if word == BOUNDARY:
        return np.uint64(BOUNDARY_ID)
    return ((history << np.uint64(16)) | np.uint64(number)) & _HISTORY
