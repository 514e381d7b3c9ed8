"""Repair of text that is right but for a word here and there: what may be read anew, and which readings are believed.

The Vietnamese model of an OCR engine errs seldom, and most of what looks odd in right text is right: names, foreign
words, abbreviations. So only lines with a word that is no word are read at all, and only a clear reading is taken.
"""

import re
from collections.abc import Sequence

from normalize.abbreviations import weights
from normalize.decoder import Piece
from normalize.letters import ToneStyle, has_strong_letter, in_style, is_syllable, plain

_WORD = re.compile(r"[^\W_]+(?:['’‘`~^][^\W_]+)*")
_KEPT = ("foreign", "word", "index", "issuer", "instrument")
_CLEAR_ODD = 1.5  # nats for a word that is no word
_CLEAR_MARK = 2.0  # nats for a word that is one, when only its marks change
_CLEAR_WORD = 4.5  # nats when its letters change too
_WORN = 400  # words on a worn page for each odd one
_DUST = re.compile(r"[`´ˆ˜¨‹›¬¦]+\Z")
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


def is_worn(texts: Sequence[str]) -> bool:
    """Whether the lines of a page show that an engine misread it here and there, so that each of its lines is read.

    One odd word with Vietnamese letters in a few hundred is proof enough: right text has none, and a page that has some
    has as many words that are wrong but look right ("tố chức", "triến khai").
    """
    words = [match.group() for text in texts for match in _WORD.finditer(text)]
    odd = sum(not word.isascii() and is_odd(word) for word in words)
    return odd >= 2 and odd * _WORN >= len(words)


def is_believed(raw: str, piece: Piece) -> bool:
    """Whether a reading of the careful channel is taken over the raw text.

    Never: a change of case, signs, blanks or tone style alone, a word of another language, a dropped word, a digit more
    or less, a capitalised word that is a syllable (it may be a name).
    """
    text = piece.text
    if not text:
        return piece.margin >= _CLEAR_ODD and bool(_DUST.match(raw))
    words, read = _WORD.findall(raw), _WORD.findall(text)
    if not piece.known or not read or not all(is_syllable(word) for word in read):
        return False
    same_digits = [c for c in raw if c.isdigit()] == [c for c in text if c.isdigit()]
    if not same_digits or _same_word("".join(words)) == _same_word("".join(read)):
        return False
    if any(is_odd(word) for word in words):
        return piece.margin >= _CLEAR_ODD and _same_frame(raw, text)
    least = _CLEAR_MARK if plain(raw) == plain(text) else _CLEAR_WORD
    return bool(words) and piece.margin >= least and not raw[:1].isupper() and not any(c.isdigit() for c in raw)


def _same_word(text: str) -> str:
    """The text without case and style of tone marks."""
    return in_style(text.lower(), ToneStyle.OLD)


def _same_frame(raw: str, text: str) -> bool:
    """Whether the reading keeps the first letter or most others: a foreign name is not bent into a syllable."""
    a, b = plain(raw).lower(), plain(text).lower().replace(" ", "")
    alike = sum(x == y for x, y in zip(a, b, strict=False)) + sum(
        x == y for x, y in zip(a[::-1], b[::-1], strict=False)
    )
    return alike >= max(len(a), len(b)) * 0.6
