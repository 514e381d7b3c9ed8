"""Repair of text that is right but for a word here and there: what may be read anew, and which readings are believed.

The Vietnamese model of an OCR engine errs seldom, and most of what looks odd in right text is right: names, foreign
words, abbreviations. So only lines with a word that is no word are read at all, and only a clear reading is taken.
"""

import re

from normalize.abbreviations import weights
from normalize.decoder import Piece
from normalize.letters import has_strong_letter, is_syllable, plain

_WORD = re.compile(r"[^\W_]+(?:['’‘`~^][^\W_]+)*")
_KEPT = ("foreign", "word", "index", "issuer", "instrument")
_CLEAR_ODD = 2.5  # nats for a word that is no word
_CLEAR_WORD = 7.0  # nats for a word that is one
_ROMAN = re.compile(r"[IVXLC]+\Z")


def is_odd(word: str) -> bool:
    """Whether a word cannot stand in right Vietnamese: no syllable, abbreviation, numeral or known foreign word.

    >>> [word for word in ("thưc", "UBND", "hiên", "thựchiện", "VIII", "đưọc", "Index", "b", "nghìệm") if is_odd(word)]
    ['thưc', 'thựchiện', 'đưọc', 'nghìệm']
    """
    letters = sum(c.isalpha() for c in word)
    if letters < 2 or is_syllable(word) or word in weights(_KEPT) or _ROMAN.match(word):
        return False
    if word.isupper() and not has_strong_letter(word):
        return False
    return not (any(c.isdigit() for c in word) and not has_strong_letter(word))


def needs_reading(line: str) -> bool:
    """Whether the line holds an odd word."""
    return any(is_odd(match.group()) for match in _WORD.finditer(line))


def is_believed(raw: str, piece: Piece) -> bool:
    """Whether a reading of the careful channel is taken over the raw text.

    Never: a change of case, signs or blanks alone, a word of another language, a dropped word, a digit more or less, a capitalised word that is a syllable.
    """
    text = piece.text
    if not piece.known or not text.strip() or not raw.strip():
        return False
    if raw.lower() == text.lower() or [c for c in raw if c.isdigit()] != [c for c in text if c.isdigit()]:
        return False
    if not any(c.isalpha() for c in raw) or not all(is_syllable(word) for word in _WORD.findall(text)):
        return False
    if "".join(_WORD.findall(raw)) == "".join(_WORD.findall(text)):
        return False
    words = _WORD.findall(raw)
    if any(is_odd(word) for word in words):
        return piece.margin >= _CLEAR_ODD and _same_frame(raw, text)
    return piece.margin >= _CLEAR_WORD and not raw[:1].isupper() and plain(raw) == plain(text)


def _same_frame(raw: str, text: str) -> bool:
    """Whether the reading keeps the first letter or most others: a foreign name is not bent into a syllable."""
    a, b = plain(raw).lower(), plain(text).lower().replace(" ", "")
    alike = sum(x == y for x, y in zip(a, b, strict=False)) + sum(
        x == y for x, y in zip(a[::-1], b[::-1], strict=False)
    )
    return alike >= max(len(a), len(b)) * 0.6
