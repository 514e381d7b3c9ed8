"""Text layers in the codes of fonts older than Unicode (TCVN3, VNI), or UTF-8 read as Latin: found and decoded.

>>> decoded("C¶i c¸ch hµnh chÝnh", Encoding.TCVN3)
'Cải cách hành chính'
>>> decoded("Caûi caùch haønh chính", Encoding.VNI)
'Cải cách hành chính'
"""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from normalize.letters import has_strong_letter, is_syllable

_TABLE = Path(__file__).parent / "data" / "encodings.toml"
_RUN = re.compile(r"\S+")
_EDGE = "\"'“”()[]{}.,;:!?-–/|…"
_ENOUGH_WORDS = 5
_RIGHT_AFTER = 0.8  # of the words with a code above ASCII, this share must become a syllable


class Encoding(StrEnum):
    """What the codes of a text layer stand for."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    UTF8_AS_LATIN = "utf8"


@cache
def pairs(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """The table of one encoding and the pattern that finds its codes, longest first."""
    entry = tomllib.loads(_TABLE.read_text(encoding="utf-8"))[encoding.value]
    table = dict(pair.split("=", 1) for pair in entry["pairs"].split())
    codes = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, codes)))


def decoded(word: str, encoding: Encoding) -> str:
    """The word in Unicode; a code that the table lacks stays as it is."""
    if encoding is Encoding.UTF8_AS_LATIN:
        return _from_utf8_as_latin(word)
    table, pattern = pairs(encoding)
    return pattern.sub(lambda m: table[m.group()], word)


def _from_utf8_as_latin(word: str) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return word.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return word


def encoding_of(texts: Sequence[str]) -> Encoding | None:
    """The old encoding that these lines are in; None for Unicode text, garbled or not.

    Proof asked for: of the words that hold a code above ASCII four in five become syllables, and half of them gain a
    letter that only Vietnamese has. Accents that an English model invents ("thé") fail it: they decode to no syllable.
    """
    words = [
        w
        for text in texts
        for w in (m.group().strip(_EDGE) for m in _RUN.finditer(text))
        if len(w) > 1 and not w.isascii()
    ]
    words = [w for w in words if not any(c.isdigit() for c in w)]
    if len(words) < _ENOUGH_WORDS or sum(map(has_strong_letter, words)) > 0.3 * len(words):
        return None
    for encoding in Encoding:
        read = [decoded(w, encoding) for w in words]
        right = sum(
            all(is_syllable(part) for part in re.findall(r"[^\W\d_]+", r)) and r != w
            for r, w in zip(read, words, strict=True)
        )
        strong = sum(map(has_strong_letter, read))
        if right >= _RIGHT_AFTER * len(words) and strong >= 0.5 * len(words):
            return encoding
    return None
