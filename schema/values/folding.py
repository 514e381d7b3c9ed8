"""Text as the patterns of cells and times see it: without marks, without dust, torn numbers closed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.plain import plain
from schema.ruletable import PatternRow, load_rules
from schema.values.date_words import with_sixes

# What a recogniser makes of the digits of a date, and of dust between two words.
_MAY_BE_TORN = re.compile(r"\d\s\d|[/.-]\s\d")
_TORN_NUMBER = re.compile(
    r"(?<=[/.-])\s?[01]\s\d\s?(?=[/.-]\s?20\d)|(?<!\d)[0-3]\s\d(?=\s?[/.-]\s?\d{1,2}\s?[/.-]\s?20\d)"
)
_TORN_YEAR = re.compile(r"(?<=[/.-])\s?20\s?\d\s?\d\b|(?<=/)2\s0[1-4]\d\b|\b20(?:\d\s\d|\s\d\d)\b")
_IN_SPAN = re.compile(r"(?<=\b20\d\d)[.,:'](?= ?[-–] ?20\d\d\b)")
_TWO_SLASHES = re.compile(r"/⁄|⁄/")
_STRAY = re.compile(r"['\"`^°~_](?<!\S.)['\"`^°~_]*(?=\s|\w)")


@dataclass(frozen=True)
class OtherSpelling:
    """A word that is spelt in two ways: as the patterns have it, and otherwise. Both without marks."""

    usual: str
    other: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.usual in folded(text).split() and self.usual not in plain(text).split()


@cache
def _other_spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = load_rules("other_spellings", OtherSpelling)
    return tuple((re.compile(rf"\b{row.other}\b"), row.usual) for row in rows)


@lru_cache(50_000)
def folded(text: str) -> str:
    """The text as the patterns see it: lower case, no marks, one blank between words, one dash, 'quy' for 'quí'.

    >>> folded("Quí II –  HẰNG năm")
    'quy ii - hang nam'
    >>> folded("Quý II/⁄2024"), folded("Giai đoạn 2023.- 2025")
    ('quy ii/2024', 'giai doan 2023 -2025')
    >>> folded("30/6/2 024"), folded("15/1 2/20 24"), folded("1.2 024 hồ sơ")
    ('30/6/2024', '15/12/2024', '1.2 024 ho so')
    """
    read = with_sixes(unicodedata.normalize("NFC", text))
    if _MAY_BE_TORN.search(read):
        read = _TORN_NUMBER.sub(_closed, _TORN_YEAR.sub(_closed, read))
    clean = _IN_SPAN.sub(" ", _TWO_SLASHES.sub("/", plain(read)))
    words = " ".join(_STRAY.sub(" ", clean).split())
    for other, usual in _other_spellings():
        words = other.sub(usual, words)
    return words


def _closed(found: re.Match[str]) -> str:
    return "".join(found[0].split())


class FoldedRow(PatternRow):
    """A row whose pattern is found anywhere in folded text."""

    def matches(self, text: str) -> bool:
        """Whether the pattern is found in `text`."""
        return self.regex.search(folded(text)) is not None
