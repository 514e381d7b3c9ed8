"""The gate: what kind of text is this page, this line? Cheap, and it decides how much restoration may touch.

In right Vietnamese about two words of three hold a letter that no other alphabet has; the text layer that an English
OCR model made of the same page holds none. That difference, not the share of misspelt words, parts them.

>>> text_state(["Ủy ban nhân dân xã xây dựng kế hoạch"])
<TextState.RIGHT: 'right'>
>>> text_state(["Uy ban nhan dan xa xay dung ké hoach khic phyc"])
<TextState.GARBLED: 'garbled'>
>>> text_state(["Uy ban nhan dan xa xay dung ke hoach khac phuc"])
<TextState.PLAIN: 'plain'>
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from normalize.letters import has_strong_letter, is_plain_syllable, is_syllable, plain
from normalize.tokens import runs_of

_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[€¢£¥&%$@'’])*")
_RULES = re.compile(r"[_|]+")
_EDGE = ".,;:()\"“”'‘’…"
JOINTS = "-–—/.,&:()+'’\"“”"  # signs that stand between words with good reason


class TextState(StrEnum):
    """What restoration may do with a text."""

    RIGHT = "right"  # right Vietnamese: leave it
    DAMAGED = "damaged"  # Vietnamese letters, some of them wrong: repair words that are no words
    GARBLED = "garbled"  # an English model read it: read every word anew
    PLAIN = "plain"  # letters right, marks gone: put the marks back
    FOREIGN = "foreign"  # another language, or figures only: leave it
    SCRAP = "scrap"  # what an engine made of a page that lay on its side: no text at all
    UNSURE = "unsure"  # too short to tell: as its surroundings


class Shares(NamedTuple):
    """Counts over words. strong: with a letter that only Vietnamese has; odd: with a digit or sign inside.

    letters: of all words together.
    """

    words: int
    strong: int
    syllables: int
    plain_syllables: int
    folded_syllables: int
    marked: int
    odd: int
    letters: int


_COUNT_BITS = 40  # of a count: no text has a million million letters
_MOST_COUNTED = (1 << _COUNT_BITS) - 1
_PLACES = tuple(_COUNT_BITS * field for field in range(len(Shares._fields)))  # of the counts in a packed number
_STRONG_AT = _PLACES[Shares._fields.index("strong")]


@lru_cache(maxsize=65536)
def _packed_share(run: str) -> int:
    """What a run without blanks adds, as one number: numbers are summed several times faster than tuples.

    Field after field of the `Shares` of its words, so many bits each.
    """
    return sum(map(_share_of_word, _WORD.findall(run)))


def _unpacked(packed: int) -> Shares:
    return Shares(*(packed >> at & _MOST_COUNTED for at in _PLACES))


def _share_of_word(word: str) -> int:
    """What one word adds, packed; a number, an acronym, a lone letter: nothing."""
    letters = len(word) if word.isalpha() else sum(map(str.isalpha, word))
    if letters < 2:
        return 0
    folded = is_plain_syllable(plain(word))
    if word.isupper() and not folded:
        return 0
    ascii_, right = word.isascii(), is_syllable(word)
    fields = (1, has_strong_letter(word), right, folded and ascii_, folded, not ascii_, letters < len(word), letters)
    return sum(count << at for count, at in zip(fields, _PLACES, strict=True))


def shares(texts: Sequence[str]) -> Shares:
    """Count the words of two letters and more that are no number and no acronym."""
    return _unpacked(sum(map(_packed, texts)))


def _packed(text: str) -> int:
    """The `Shares` of a text, packed."""
    return sum(map(_packed_share, runs_of(text)))


# Pages read on their side or upside down by an English model: 2.6 to 3.5 letters a word; English itself: 4.1 and more.
_PAGE_OF_SCRAP, _LETTERS_OF_WORD = 40, 3.7


def text_state(texts: Sequence[str]) -> TextState:
    """The state of lines that belong together (a page, or one long line)."""
    return _state(shares(texts))


def _state(count: Shares) -> TextState:
    if count.words < 4:
        return TextState.UNSURE
    if count.strong >= 0.25 * count.words:
        wrong = count.words - count.syllables
        return TextState.RIGHT if wrong <= max(1, 0.03 * count.words) else TextState.DAMAGED
    if count.folded_syllables < 0.5 * count.words:
        scrap = count.words >= _PAGE_OF_SCRAP and count.letters < _LETTERS_OF_WORD * count.words
        return TextState.SCRAP if scrap else TextState.FOREIGN
    if count.plain_syllables >= 0.97 * count.words and count.marked <= 0.01 * count.words:
        return TextState.PLAIN
    return TextState.GARBLED


_OWN_WORDS = 6  # a line shorter than this follows its page


def line_states(pages: Sequence[Sequence[str]]) -> list[list[TextState]]:
    """The state of every line of every page of one document.

    A page decides for its lines. A page too short to tell follows the document, a document too short to tell is left as
    it is. A long line that is plainly of the other kind (a garbled layer under one born-digital stamp) follows itself.
    """
    counts = [list(map(_packed, page)) for page in pages]
    by_page = list(map(sum, counts))
    own = [_state(_unpacked(page)) for page in by_page]
    text = sum(count for count, state in zip(by_page, own, strict=True) if state is not TextState.SCRAP)
    whole = _state(_unpacked(text))
    if whole is TextState.UNSURE:
        whole = TextState.RIGHT
    states = [whole if state is TextState.UNSURE else state for state in own]
    return [[_line_state(line, state) for line in page] for page, state in zip(counts, states, strict=True)]


def _line_state(packed: int, page: TextState) -> TextState:
    """packed: the `Shares` of the line. Few lines have to be looked at closely."""
    misread = page in (TextState.GARBLED, TextState.PLAIN, TextState.FOREIGN)
    strong = packed >> _STRONG_AT & _MOST_COUNTED
    if strong < 2 if misread else strong > 0:
        return page
    count = _unpacked(packed)
    if misread and count.strong >= 0.25 * count.words:
        own = _state(count)
        return page if own is TextState.UNSURE else own
    if page in (TextState.RIGHT, TextState.DAMAGED) and count.words >= _OWN_WORDS:
        own = _state(count)
        evidence = count.marked + count.odd >= 2 and count.folded_syllables >= 0.7 * count.words
        return TextState.GARBLED if own is TextState.GARBLED and evidence else page
    return page


@lru_cache(maxsize=65536)
def is_scrap(text: str) -> bool:
    """Whether a run of characters is scrap that stands for no word, however it is read.

    A rule that touches a word is no part of it.

    >>> is_scrap("YS%%%“%E;;ND"), is_scrap("g}(;glld.og(r;%"), is_scrap("Céng"), is_scrap("(HDND-UBND);")
    (True, True, False, False)
    >>> is_scrap("va__|"), is_scrap("|__sita")
    (False, False)
    """
    return any(map(_is_scrap, _RULES.split(text)))


def _is_scrap(text: str) -> bool:
    core = text.strip(_EDGE)
    return len(core) >= 5 and sum(not c.isalnum() and c not in JOINTS for c in core) >= 3
