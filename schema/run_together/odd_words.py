"""Words that a reader would stop at: letters that are no syllable, and words that another reading would fit better.

The language model of restoration says how well a syllable fits between its neighbours; where a syllable of the same
letters with other marks fits much better, the one that stands there is likely a misreading: 'kiếm tra' for 'kiểm tra'.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from normalize.careful import is_odd
from normalize.decoding.language_model import log_probability, vocabulary
from normalize.letters import ToneStyle, in_style, is_syllable
from schema.plain import plain

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 8.0
_REACH = 3


def odd_words(text: str) -> int:
    """How many words are no syllables, abbreviations, numerals or known foreign words.

    >>> odd_words("Phòng Văn hóa và ThôngIn"), odd_words("UBND xã, Đài TT-TH, quý III, wifi")
    (1, 0)
    """
    return sum(is_odd(word) for word in _WORD.findall(text))


def misfit(text: str) -> float:
    """By how many nats another reading of some word fits better than the word that stands there; 0 to 8.

    >>> misfit("kiếm tra công tác cải cách hành chính") > 3 > misfit("kiểm tra công tác cải cách hành chính")
    True
    """
    words = tuple(in_style(word.lower(), ToneStyle.OLD) for word in _WORD.findall(text))
    return min(max((_gain(words, at) for at in range(len(words))), default=0.0), _MOST)


def _gain(words: Sequence[str], at: int) -> float:
    word = words[at]
    before, after = tuple(words[max(0, at - _REACH + 1) : at]), tuple(words[at + 1 : at + 2])
    rivals = _alike(plain(word))
    if len(rivals) < 2:
        return 0.0
    return max(_fit(before, rival, after) for rival in rivals) - _fit(before, word, after)


@lru_cache(maxsize=1 << 17)
def _fit(before: tuple[str, ...], word: str, after: tuple[str, ...]) -> float:
    """ln P of the word after those before it, and of the one after it."""
    follows = log_probability(after[0], (*before, word)[-_REACH:]) if after else 0.0
    return log_probability(word, before) + follows


@lru_cache(maxsize=16384)
def _alike(letters: str) -> tuple[str, ...]:
    """The syllables of the model with these letters, without marks."""
    return tuple(word for word in _by_letters().get(letters, ()) if is_syllable(word))


@cache
def _by_letters() -> Mapping[str, Sequence[str]]:
    """The words of the model by their letters without marks: most are never asked for, so that few are spelt out."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    words = [word for word in vocabulary().words if word.isalpha()]
    for letters, word in zip(plain("\n".join(words)).split("\n"), words, strict=True):  # at once is much faster
        groups[letters].append(word)
    return groups
