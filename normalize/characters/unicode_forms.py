"""Letters and signs in another spelling of Unicode, put into the ordinary one (data/unicode.toml).

>>> [(fix.raw, fix.restored) for fix in unicode_fixes("QÐ-UBND")]
[('QÐ-UBND', 'QĐ-UBND')]
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from normalize.data import DATA
from normalize.fixes import Fix

_TABLE = DATA / "unicode.toml"
_RUN = re.compile(r"[^ \t]+")
_CHANCE = 0.999


@cache
def signs() -> Mapping[int, str]:
    """Code -> what is meant, as str.translate takes it. Raises KeyError or TOMLDecodeError for a broken table."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    meant = {ord(code): text for code, text in table["signs"].items()}
    for first, last in table["ranges"].values():
        meant |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord(first), ord(last) + 1)}
    return meant


@cache
def _doubled() -> Mapping[str, str]:
    """Two spellings of one sign side by side -> the sign."""
    return dict(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["doubled"])


@cache
def _odd_signs() -> re.Pattern[str]:
    """Any of the codes that are meant otherwise: none of them is ASCII, and most lines hold none."""
    return re.compile(f"[{''.join(map(re.escape, map(chr, signs())))}]")


def ordinary(text: str) -> str:
    """The text with ordinary signs and composed letters.

    >>> ordinary("Quý II⁄2024")
    'Quý II/2024'
    """
    for pair, sign in _doubled().items():
        text = text.replace(pair, sign)
    return unicodedata.normalize("NFC", text.translate(signs()))


def unicode_fixes(raw: str) -> Iterator[Fix]:
    """A fix for each run between blanks that is spelt otherwise."""
    if raw.isascii() or (not _odd_signs().search(raw) and unicodedata.is_normalized("NFC", raw)):
        return
    for match in _RUN.finditer(raw):
        text = ordinary(match.group())
        if text != match.group():
            yield Fix(match.start(), match.end(), match.group(), text, "unicode", _CHANCE)
