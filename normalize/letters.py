"""Facts of the Vietnamese alphabet: what carries a mark, what a syllable may look like, where the tone mark stands.

>>> plain("Đường lối")
'Duong loi'
>>> is_syllable("nghiêm"), is_syllable("ngiêm"), is_syllable("thtr")
(True, False, False)
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from normalize.data import DATA

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền sắc ngã hỏi nặng, as combining marks
_MARKS = TONES | frozenset("\u0302\u0306\u031b")  # and the circumflex, the breve and the horn
_ANY_MARK = re.compile(f"[{''.join(sorted(_MARKS))}]")
_STRONG = frozenset("\u0302\u0306\u031b")
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = frozenset(("\u0301", "\u0323"))

SMALL = "a-zđ" + "".join(
    letter
    for vowel in "aăâeêioôơuưy"
    for tone in ("", *sorted(TONES))
    if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
)
"""Small letters, for a character class. Not à-ỹ: that range holds Đ, Ă, Ơ, Ư and every capital with a stacked mark."""
CAPITAL = SMALL.upper()
"""The same letters as capitals."""


class ToneStyle(StrEnum):
    """Where the tone mark of an open oa, oe, uy stands: hòa (old) or hoà (new)."""

    OLD = "old"
    NEW = "new"


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text without Vietnamese marks, đ as d; other letters and the case stay."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _ANY_MARK.sub("", split))


@lru_cache(maxsize=65536)
def has_strong_letter(word: str) -> bool:
    """Whether the word holds a letter that no West European alphabet has: ă â đ ê ô ơ ư, or a hook or a dot below.

    â ê ô also stand in French, and an English OCR model hardly ever prints them.
    """
    if word.isascii():
        return False
    split = unicodedata.normalize("NFD", word)
    return "đ" in word or "Đ" in word or any(c in _STRONG or c in "\u0309\u0323" for c in split)


@lru_cache(maxsize=4096)
def case_counts(text: str) -> tuple[int, int]:
    """(letters, capitals among them): 'UBND xã' -> (6, 4)."""
    letters = list(filter(str.isalpha, text))
    return len(letters), sum(map(str.isupper, letters))


@lru_cache(maxsize=65536)
def without_tone(syllable: str) -> tuple[str, str]:
    """(the syllable without its tone marks, the marks: one at most in a right one): 'hòa' -> ('hoa', '\\u0300')."""
    split = unicodedata.normalize("NFD", syllable)
    tones = [c for c in split if c in TONES]
    base = unicodedata.normalize("NFC", "".join(c for c in split if c not in TONES))
    return base, "".join(tones)


def with_tones(base: str) -> frozenset[str]:
    """The syllables that `without_tone` takes to this one: without a tone, and with each on each of its letters.

    >>> sorted(with_tones("ô"))
    ['ô', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ']
    """
    toned = (base[:end] + tone + base[end:] for end in range(1, len(base) + 1) for tone in TONES)
    return frozenset(unicodedata.normalize("NFC", word) for word in (base, *toned))


@dataclass(frozen=True, slots=True)
class Spelling:
    """The syllables that the spelling rules allow, tone left out; and the same without any mark."""

    bases: frozenset[str]
    folded: frozenset[str]


@cache
def spelling() -> Spelling:
    """Read data/syllables.toml. Raises KeyError or TOMLDecodeError when the table is broken."""
    table = tomllib.loads((DATA / "syllables.toml").read_text(encoding="utf-8"))
    onsets, rhymes = table["onsets"], table["rhymes"]
    bases = set(table["whole"]["spelt"]) | set(rhymes["bare"])
    bases |= {"qu" + rhyme for rhyme in rhymes["after_qu"]}
    bases |= {onset + "y" for onset in rhymes["y_after"]}
    for rhyme in rhymes["any"]:
        kind = "front" if rhyme[0] in "ieêy" else "back"
        bases |= {onset + rhyme for onset in (*onsets["any"], *onsets[kind])}
    folded = plain("\n".join(bases)).split("\n")  # all at once is ten times faster
    return Spelling(frozenset(bases), frozenset(folded))


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether the word, in any case, is spelt as a syllable can be: a stop at the end takes sắc or nặng only.

    >>> is_syllable("HỢP"), is_syllable("HỜP"), is_syllable("1ap")
    (True, False, False)
    """
    base, tone = without_tone(word.lower())
    if base not in spelling().bases or len(tone) > 1:
        return False
    return tone in _STOP_TONES or not base.endswith(_STOPS)


@lru_cache(maxsize=65536)
def is_plain_syllable(word: str) -> bool:
    """Whether the word is what a Vietnamese syllable leaves when all marks are dropped: 'hanh', 'chinh'."""
    return word.isascii() and word.lower() in spelling().folded


@cache
def _open_rhymes() -> tuple[dict[str, str], dict[str, str]]:
    """Open oa, oe, uy with their tone: old style -> new style, and back."""
    table = tomllib.loads((DATA / "syllables.toml").read_text(encoding="utf-8"))["tone_style"]
    old, new = table["old"].split(), table["new"].split()
    return dict(zip(old, new, strict=True)), dict(zip(new, old, strict=True))


def in_style(word: str, style: ToneStyle) -> str:
    """The word with the tone mark of an open oa, oe, uy where the style puts it.

    >>> in_style("HÒA", ToneStyle.NEW), in_style("uỷ", ToneStyle.OLD), in_style("quý", ToneStyle.NEW)
    ('HOÀ', 'ủy', 'quý')
    """
    tail = word[-2:]
    old_to_new, new_to_old = _open_rhymes()
    table = old_to_new if style is ToneStyle.NEW else new_to_old
    moved = table.get(tail.lower())
    if moved is None or word[-3:-2] in ("q", "Q"):
        return word
    cased = "".join(m.upper() if t.isupper() else m for m, t in zip(moved, tail, strict=True))
    return word[:-2] + cased


@cache
def _otherwise(style: ToneStyle) -> re.Pattern[str]:
    """What may be an open rhyme, at the end of a word, that the style spells otherwise. Classes of letters: names of
    rhymes one beside the other take five times as long.
    """
    old_to_new, new_to_old = _open_rhymes()
    rhymes = old_to_new if style is ToneStyle.NEW else new_to_old
    first, last = ("".join({letter for rhyme in rhymes for letter in (rhyme[at], rhyme[at].upper())}) for at in (0, 1))
    return re.compile(rf"(?<![qQ])[{first}][{last}](?!\S)")


def text_in_style(text: str, style: ToneStyle) -> str:
    """A text with every word between blanks so: a table of names at once, many times as fast as word by word.

    >>> text_in_style("Hoà Bình, Hoài Đức\\nUỶ QUÝ", ToneStyle.OLD)
    'Hòa Bình, Hoài Đức\\nỦY QUÝ'
    """
    return _otherwise(style).sub(lambda rhyme: in_style(rhyme.group(), style), text)


@lru_cache(maxsize=65536)
def tone_style(word: str) -> ToneStyle | None:
    """The style that the word shows; None when it shows none."""
    if word.isascii() or word[-3:-2] in ("q", "Q"):
        return None
    tail = word[-2:].lower()
    old_to_new, new_to_old = _open_rhymes()
    if tail in old_to_new:
        return ToneStyle.OLD
    return ToneStyle.NEW if tail in new_to_old else None
