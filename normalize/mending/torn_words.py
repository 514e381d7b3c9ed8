"""Marks that a speck made inside a word of two syllables: "nhiệm-vụ", "bí: mật", "gia.đình", on a worn page.

The language model tells a word of two syllables by how often the second follows the first. In 3.6 million words of
official texts such a mark stands between two such syllables four times, by slips of the typist. A comma proves nothing:
"trực, tiếp công dân".

>>> [(fix.raw, fix.restored) for fix in fix_torn_words("chủ trì nhiệm-vụ xây: dựng gia.đình, cơ quan, tổ chức")]
[('-', ' '), (':', ''), ('.', ' ')]
"""

import math
import re
from collections.abc import Iterator

from normalize.decoding.language_model import log_probability
from normalize.fixes import Fix
from normalize.letters import SMALL, ToneStyle, in_style, is_syllable

_TORN = re.compile(rf"(?<![\w./])(?P<a>[^\W\d_][{SMALL}]+)(?P<mark>[-.](?! )|:(?= )) ?(?P<b>[{SMALL}]{{2,}})(?![\w.])")
_FOLLOWS = math.log(0.3)
"""ln P(b | a) from which two syllables are one word."""
_KNOWN = math.log(1e-4)
"""ln P(a) of a syllable that the model has met often enough to say what follows it; loan words are rarer: "ăng-ten"."""
_CHANCE = 0.95


def fix_torn_words(line: str) -> Iterator[Fix]:
    """One Fix for each such mark: a glued one becomes a blank, one before a blank is dropped.

    A full stop between two small words needs no proof when it is glued to both and one bears a mark of its own:
    no address does.
    """
    at = 0
    while (match := _TORN.search(line, at)) is not None:
        at = match.start("b")  # the second word may be the first of the next pair
        start, end = match.span("mark")
        if _is_torn(match["a"], match["mark"], match["b"]):
            yield Fix(start, end, match["mark"], " " if match["mark"] in "-." else "", "speck", _CHANCE)


def _is_torn(a: str, mark: str, b: str) -> bool:
    if not (is_syllable(a.lower()) and is_syllable(b)):
        return False
    if mark == ".":
        return a[1:].islower() and not (a + b).isascii()
    first, second = (in_style(word.lower(), ToneStyle.OLD) for word in (a, b))
    return log_probability(second, (first,)) >= _FOLLOWS and log_probability(first) >= _KNOWN
