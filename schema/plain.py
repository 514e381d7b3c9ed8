"""Vietnamese text without its marks, letter for letter: rules hold where a tone was lost, and spans still fit."""

import unicodedata
from functools import cache

_DASHES = dict.fromkeys("–—−‒―‐‑", "-")
_QUOTES = dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’´`", "'")


@cache
def _base(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    letter = _DASHES.get(letter) or _QUOTES.get(letter) or letter
    plain = unicodedata.normalize("NFD", letter)[0].lower()
    return plain if len(plain) == 1 else letter


def plain(text: str) -> str:
    """`text` in lower case without diacritics; as long as the NFC text itself.

    >>> plain("Đến hết năm 2025 – ỦY BAN")
    'den het nam 2025 - uy ban'
    """
    return "".join(map(_base, text))
