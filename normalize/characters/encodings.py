"""Text layers in codes older than Unicode (TCVN3, VNI, VISCII, VPS, VIQR), or UTF-8 read as Latin: found and decoded.

>>> decoded("C¶i c¸ch hµnh chÝnh", Encoding.TCVN3)
'Cải cách hành chính'
>>> decoded("Caûi caùch haønh chính", Encoding.VNI)
'Cải cách hành chính'
>>> decoded("Ca?i ca'ch ha`nh chi'nh", Encoding.VIQR)
'Cải cách hành chính'
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain

from normalize.data import DATA
from normalize.letters import has_strong_letter, is_syllable

_TABLE = DATA / "encodings.toml"
_RUN = re.compile(r"[^ \t\r\n]+")
_EDGE = "\"'“”()[]{}.,;:!?-–/|…"
_ENOUGH_WORDS = 5
_LEAST_SHARE = 0.4  # of all words hold a code: in Vietnamese two of three do
_RIGHT_AFTER = 0.8  # of the words with a code this share must become a syllable
_MOST_UNICODE = 0.3  # of them hold a letter that no Western code page has: in Vietnamese two of three do
_LATIN = 0xFF  # the last code of Latin-1
_LETTERS = re.compile(r"[^\W\d_]+")
_VIQR = re.compile(r"(?P<bar>[dD][dD])|(?P<letter>[aeiouyAEIOUY])(?P<shape>[(^+*]?)(?P<tone>['`?~.]?)")
_VIQR_SIGN = re.compile(r"dd|[aeiouy](?:[(^+*`~]|['?.](?=[a-z]))", re.IGNORECASE)


class Encoding(StrEnum):
    """What the codes of a text layer stand for."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    UTF8_AS_LATIN = "utf8"
    VISCII = "viscii"
    VPS = "vps"
    VIQR = "viqr"


@cache
def _entry(encoding: Encoding) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))[encoding.value]
    return found


@cache
def pairs(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """The table of one encoding and the pattern that finds its codes, longest first."""
    table = dict(pair.split("=", 1) for pair in str(_entry(encoding)["pairs"]).split())
    codes = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, codes)))


def decoded(word: str, encoding: Encoding) -> str:
    """The word in Unicode; a code that the table lacks stays as it is."""
    if encoding is Encoding.UTF8_AS_LATIN:
        return _from_utf8_as_latin(word)
    if encoding is Encoding.VIQR:
        return _RUN.sub(lambda m: _from_viqr(m.group()), word)
    table, pattern = pairs(encoding)
    return pattern.sub(lambda m: table[m.group()], word)


def _from_utf8_as_latin(word: str) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return word.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return word


def _from_viqr(word: str) -> str:
    """Marks behind letters put over them; a syllable has one tone, so a second mark of tone is punctuation."""
    marks = _entry(Encoding.VIQR)
    toned = False
    out, at = [], 0
    for match in _VIQR.finditer(word):
        out.append(word[at : match.start()])
        at = match.end()
        if match["bar"]:
            out.append("đ" if match["bar"][0] == "d" else "Đ")
            continue
        tone = "" if toned else marks["tones"].get(match["tone"], "")
        letter = match["letter"] + marks["shapes"].get(match["shape"], "") + tone
        one = unicodedata.normalize("NFC", letter)
        out.append(one + match["tone"] * toned if len(one) == 1 else match.group())
        toned = toned or bool(tone)
    return "".join([*out, word[at:]])


def encoding_of(texts: Sequence[str]) -> Encoding | None:
    """The old encoding that these lines are in; None for Unicode text, garbled or not.

    Proof asked for: enough words hold a code; of those four in five become syllables, and half of them gain a letter
    that only Vietnamese has. Accents that an English model invents ("thé") fail it: they decode to no syllable, or
    there are too few of them. Of two encodings that share codes (VISCII and VPS), the one that makes more syllables.
    """
    runs = chain.from_iterable(map(_RUN.findall, texts))
    words = list(filter(None, map(_word_in, runs)))
    above = list(filter(_is_coded, words))
    best, most = None, 0
    for encoding in Encoding:
        coded = above if encoding is not Encoding.VIQR else list(filter(_is_viqr, words))
        enough = len(coded) >= max(_ENOUGH_WORDS, _LEAST_SHARE * len(words))
        if enough and sum(map(_is_unicode, coded)) <= _MOST_UNICODE * len(coded):
            right = _syllables_of(coded, encoding)
            best, most = (encoding, right) if right > most else (best, most)
    return best


@lru_cache(maxsize=65536)
def _word_in(run: str) -> str:
    """The run without the marks around it; '' when it is no word."""
    word = run.strip(_EDGE)
    return word if len(word) > 1 and any(map(str.isalpha, word)) else ""


@lru_cache(maxsize=65536)
def _is_coded(word: str) -> bool:
    """Whether the word may hold codes above ASCII."""
    return not (word.isascii() or any(map(str.isdecimal, word)))


@lru_cache(maxsize=65536)
def _is_unicode(word: str) -> bool:
    """Whether the word holds a sign that no Western code page has."""
    return any(ord(c) > _LATIN and not _is_western(c) for c in word)


def _is_western(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeError:
        return False
    return True


@lru_cache(maxsize=65536)
def _is_viqr(word: str) -> bool:
    """Whether the word holds a mark behind a vowel, as VIQR writes it."""
    return word.isascii() and _VIQR_SIGN.search(word) is not None and not any(map(str.isdecimal, word))


def _syllables_of(coded: Sequence[str], encoding: Encoding) -> int:
    """How many of the words become syllables; 0 where they are too few to prove the encoding."""
    read = [decoded(word, encoding) for word in coded]
    right = sum(all(is_syllable(part) for part in _LETTERS.findall(text)) for text in read)
    changed = sum(text != word for text, word in zip(read, coded, strict=True))
    strong = sum(map(has_strong_letter, read))
    proven = min(right, changed / 0.7) >= _RIGHT_AFTER * len(coded) and strong >= 0.5 * len(coded)
    return right if proven else 0
