"""Vietnamese text without its marks, letter for letter: rules hold where a tone was lost, and spans still fit."""

import unicodedata
from functools import lru_cache

_ODD = dict.fromkeys("–—−‒―‐‑", "-") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’´`", "'") | {"đ": "d", "Đ": "d"}


class _Letters(dict[int, str]):
    """Letter -> letter without marks, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = _ODD.get(letter) or unicodedata.normalize("NFD", letter)[0].lower()
        self[code] = base if len(base) == 1 else letter
        return self[code]


_LETTERS = _Letters()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` in lower case without diacritics; as long as the NFC text itself.

    >>> plain("Đến hết năm 2025 – ỦY BAN")
    'den het nam 2025 - uy ban'
    """
    return text.translate(_LETTERS)
