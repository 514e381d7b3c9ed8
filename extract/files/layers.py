"""Triage of text layers: is what the PDF page brings along right, or must the page be read afresh?

Measured: of the words of right Vietnamese about 0.6 hold a letter that no neighbouring language has; of layers that an
English model made of it, hardly one in a hundred does.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"[^\W\d_]{2,}")
# ă â ê ô, ơ ư, and the tones hỏi and nặng, as combining marks; đ has none.
VIETNAMESE_MARKS = frozenset("\u0306\u0302\u031b\u0309\u0323")
GOOD_SHARE = 0.35
# Of a page full of text the share is known well: a layer below this has lost a quarter of its marks, and an image is
# there to be read afresh.
MANY_WORDS, GOOD_SHARE_OF_MANY = 60, 0.45
# Of right Vietnamese 0.76 to 0.92 of a page's words have a mark of any kind (codes in capitals counted too); of a layer
# that lost two marks of five, 0.43 to 0.54.
MARKED_SHARE = 0.65
# Fewer words than this tell nothing about the language.
ENOUGH_WORDS = 8
# Replacement characters, private use, controls: a font without a map to Unicode.
MAX_RUBBISH_SHARE = 0.03
# Letters in the midst of words that only a broken map or a misreading puts there.
MAX_ODD_SHARE = 0.1
# Fonts of the encodings before Unicode, TCVN3 (.VnTime, .VnArialH) and VNI (VNI-Times): right text, decoded later.
LEGACY_FONT = re.compile(r"\.?Vn[A-Z]|VNI[-_ ]", re.ASCII)
# On a page that is mostly picture the layer must cover this share of the ink that looks like letters.
COVERED_SHARE = 0.6
PICTURE_SHARE = 0.2
UPRIGHT_SHARE = 0.6


class Verdict(StrEnum):
    """What is to become of a text layer, and why."""

    NO_TEXT = "no text"
    GOOD = "good"
    LEGACY = "legacy encoding"
    UNMAPPED = "characters without meaning"
    GARBLED = "misread"
    SCANT = "does not cover what is printed"
    TURNED = "lies on its side"

    @property
    def usable(self) -> bool:
        return self in (Verdict.GOOD, Verdict.LEGACY)


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What the verdict rests on.

    picture  share of the page that images cover, 0 to 1
    covered  share of the letter-like ink that lies under words of the layer, 0 to 1; asked for only where picture > 0.2
    upright  share of words that run from left to right as shown, 0 to 1
    """

    text: str
    fonts: Sequence[str]
    picture: float
    covered: float
    upright: float


def verdict_on(facts: LayerFacts) -> Verdict:
    """The triage. A page with a picture can be read afresh, so there the layer must prove itself.

    >>> verdict_on(LayerFacts("Uy ban nhan dan xa xay dung ke hoach nam nay", (), 1.0, 1.0, 1.0)).value
    'misread'
    """
    scanned = facts.picture > PICTURE_SHARE
    if not facts.text.strip():
        return Verdict.NO_TEXT
    if rubbish_share(facts.text) > MAX_RUBBISH_SHARE:
        return Verdict.UNMAPPED
    if facts.upright < UPRIGHT_SHARE:
        return Verdict.TURNED
    if scanned and facts.covered < COVERED_SHARE:
        return Verdict.SCANT
    words = WORD.findall(unicodedata.normalize("NFC", facts.text))
    needed = GOOD_SHARE_OF_MANY if scanned and len(words) >= MANY_WORDS else GOOD_SHARE
    marked = not scanned or marked_share(words) >= MARKED_SHARE
    if len(words) >= ENOUGH_WORDS and vietnamese_share(words) >= needed and marked:
        return Verdict.GOOD
    if scanned:
        return Verdict.GARBLED
    if any(LEGACY_FONT.match(font) for font in facts.fonts):
        return Verdict.LEGACY
    return Verdict.GOOD if odd_share(words) <= MAX_ODD_SHARE else Verdict.GARBLED


def vietnamese_share(words: Sequence[str]) -> float:
    """Share of the words with a letter or tone that marks them as Vietnamese; 0 without words.

    >>> vietnamese_share(["Ủy", "ban", "nhân", "dân", "xã"])
    0.6
    """
    return sum(map(is_vietnamese, words)) / len(words) if words else 0.0


def marked_share(words: Sequence[str]) -> float:
    """Share of the words with any letter beyond those of English, codes in capitals left out; 1 where there are none.

    >>> marked_share(["Ủy", "ban", "nhân", "dân", "xã", "UBND"])
    0.8
    """
    spelt = [word for word in words if not (word.isupper() and word.isascii())]
    return sum(not word.isascii() for word in spelt) / len(spelt) if spelt else 1.0


def is_vietnamese(word: str) -> bool:
    """Whether the word holds ă â đ ê ô ơ ư or a vowel with hỏi or nặng."""
    return any(letter in "đĐ" or letter in VIETNAMESE_MARKS for letter in unicodedata.normalize("NFD", word))


def rubbish_share(text: str) -> float:
    """Share of the characters that mean nothing: replaced, private use, unassigned or control; blanks left out."""
    characters = [c for c in text if not c.isspace()]
    bad = sum(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") for c in characters)
    return bad / len(characters) if characters else 0.0


def odd_share(words: Sequence[str]) -> float:
    """Share of the words with letters that neither English nor Vietnamese has; 0 without words.

    Text in a legacy encoding under a font of another name comes out so, and text whose font has a wrong map.
    """
    return sum(any(map(_is_odd, word)) for word in words) / len(words) if words else 0.0


def _is_odd(letter: str) -> bool:
    base = unicodedata.normalize("NFD", letter)[0]
    return not (base.isascii() or letter in "đĐ")
