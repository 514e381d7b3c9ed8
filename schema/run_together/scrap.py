"""Tokens that stand for nothing on the page: what an engine read of dirt, of a stamp, or of words it could not read."""

import re
from functools import lru_cache

from normalize.careful import is_odd
from normalize.decoding.language_model import log_probability

_STRANGE = re.compile(r"[®©€£¥§ﬁﬂ\\{}<>=_~^#$@⟨⟩’‘'`°»«]|[^\W\d_][?!](?=.)")
"""Signs that no cell of a plan has inside a word."""
_EDGES = "®©\\{}<>=_~^#$⟨⟩`°»«"
_WORD = re.compile(r"[^\W\d_]{2,}")
_RARE = -11.3
"""ln P from which a syllable without marks is more likely what an English model made of print than a word."""
_LONE_WORD = "y"
"""The small letter that is a word."""
_TITLE = re.compile(r"[A-Z][a-z]{3,}\W*")
"""As names of companies are written."""


@lru_cache(50_000)
def without_edges(text: str) -> str:
    """A word without the signs that dirt left at its ends, where a word is left.

    >>> without_edges("hoạch}"), without_edges("có_"), without_edges("Copgoni®"), without_edges("(VNeID)")
    ('hoạch', 'có', 'Copgoni®', '(VNeID)')
    """
    kept = text.strip(_EDGES)
    return kept if kept.isalpha() and not is_odd(kept) else text


@lru_cache(50_000)
def is_scrap(text: str) -> bool:
    r"""Whether a token is none of the page's words, numbers and marks.

    >>> [is_scrap(text) for text in ("Công_(110", "lrll:", "(’agAnganh", "⟨?⟩", "glilir?g")]
    [True, True, True, True, True]
    >>> [is_scrap(text) for text in ("oe", "pen", "a", "y", "web")]
    [True, True, True, False, False]
    >>> [is_scrap(text) for text in ("VP-TK;", "KH&CN", "30/CT-TTg", "(SIPAS)", "Viettel,", "-", "5G", "“Một")]
    [False, False, False, False, False, False, False, False]
    """
    if _STRANGE.search(text) or (text.islower() and text.isascii() and text.isalpha() and _hardly_printed(text)):
        return True
    return any(map(is_odd, _WORD.findall(text))) and not _TITLE.fullmatch(text) and not any(map(str.isdigit, text))


def _hardly_printed(word: str) -> bool:
    """Whether a plan hardly prints a small word of plain letters: a lone letter, or a syllable that nobody writes."""
    return word != _LONE_WORD if len(word) == 1 else log_probability(word, ()) < _RARE
