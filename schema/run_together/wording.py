"""How well words follow others, in nats: the language model of normalize/, for readers of run-together tables."""

from functools import lru_cache

from normalize.decoding.language_model import log_probability, vocabulary
from normalize.tokens import BOUNDARY, model_words

_AFTER_MARK = 1.0
_WORST = 11.0
_WORST_CAPITAL = 4.5


@lru_cache(100_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words that the language model sees in a printed word; a mark that ends a sentence is a boundary.

    >>> words_of("VP-TK;"), words_of("31/3/2024")
    (('VP', 'TK', '<s>'), ('<d>',))
    """
    return tuple(model_words(text)[1:])


@lru_cache(20_000)
def capital_cost(word: str) -> float:
    """Cost of a word with a capital amid a sentence, by how much more often it stands there in small letters.

    >>> capital_cost("làm") > 3 > capital_cost("việt")
    True
    """
    known = vocabulary()
    small, title, _ = known.case[known.ids.get(word.lower(), 0)]
    return min(max(float(small - title), 0.0), _WORST_CAPITAL)


@lru_cache(500_000)
def words_cost(words: tuple[str, ...], before: tuple[str, ...]) -> float:
    """Cost of words after the (up to three) words before them; () stands for the beginning of a text."""
    cost, context = 0.0, before[-3:] or (BOUNDARY,)
    for word in words:
        if word == BOUNDARY:
            cost, context = cost + _AFTER_MARK, (BOUNDARY,)
        else:
            cost += min(_WORST, -log_probability(word, context))
            context = (*context, word)[-3:]
    return cost
