"""Enumerators at the start of a line: I. 1. 1.1. a) (1) - + • Điều 1. PHẦN I.

One printed mark can be read in several ways ("l." is 1 or I, "i)" the letter or the Roman numeral): `read_markers`
returns every reading, `open_levels.Outline.choose` keeps the one that continues what stands above it.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal

from normalize.letters import CAPITAL
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import load_rules
from schema.values.roman import roman_label, roman_value


class Style(StrEnum):
    """How an enumerator is printed; its members stand from the outermost to the innermost as a rule."""

    PART = "part"
    CAPITAL = "capital"
    ROMAN = "roman"
    ARTICLE = "article"
    ARABIC = "arabic"
    DECIMAL = "decimal"
    CLOSED = "closed"
    BRACKETED = "bracketed"
    LETTER = "letter"
    STAR = "star"
    DASH = "dash"
    PLUS = "plus"


RANK = {
    Style.PART: 0,
    Style.CAPITAL: 1,
    Style.ROMAN: 2,
    Style.ARTICLE: 2,
    Style.ARABIC: 3,
    Style.DECIMAL: 4,
    Style.CLOSED: 9,
    Style.BRACKETED: 9,
    Style.LETTER: 9,
    Style.STAR: 10,
    Style.DASH: 11,
    Style.PLUS: 12,
}
"""A mark closes every open level of a higher rank. 1) (1) and a) nest in any order, so they share a rank."""

UNNUMBERED = frozenset({Style.STAR, Style.DASH, Style.PLUS})
UNKNOWN = (0,)
"""Ordinal of a mark whose glyph was misread: it continues an open level of its style, or is no mark at all."""
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order in which Vietnamese texts letter their items: no f, j, w, z; đ after d."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of an enumerator. ordinal: (2,) for "II." and "b)", (1, 3) for "1.3."; () for dashes.

    label is what a section path prints: "II", "1.3", "b", "(2)", "" for dashes. end: characters it takes, blanks too.
    """

    style: Style
    ordinal: tuple[int, ...]
    label: str
    end: int

    @property
    def numbered(self) -> bool:
        return self.style not in UNNUMBERED

    @property
    def level(self) -> int:
        """Rank in the outline; 1.1.1 stands below 1.1."""
        return RANK[self.style] + (len(self.ordinal) - 2 if self.style is Style.DECIMAL else 0)


@dataclass(frozen=True)
class Ordinal:
    """A number in words, as divisions have it: 'Phần thứ nhất', 'Phần hai'. word: in small letters."""

    word: str
    value: int
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return any(marker.ordinal == (self.value,) for marker in read_markers(text))


@dataclass(frozen=True)
class DivisionRule:
    """A word that numbers a division: 'Điều' 1, 'PHẦN' I. outer: it may open the body of a document.

    ordinal: the word between it and its number in words, 'Phần thứ nhất'; '' where it is numbered in figures alone.
    """

    word: str
    style: Literal["part", "article"]
    outer: bool = True
    ordinal: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The word with its number, at the start of a line."""
        in_words = "|".join(row.word for row in load_rules("ordinals", Ordinal))
        number = rf"(?P<number>[IVXl|]+|\d{{1,3}}|(?:{self.ordinal}\s+)?(?P<words>{in_words}))"
        return re.compile(rf"\s*{self.word}\s+{number}(?:\s*[.:/)]+\s*|\s*[-–—]\s+|\s*$)", re.I)

    def value_of(self, match: re.Match[str]) -> int | None:
        """The number of a match of `regex`; None for what is no Roman numeral."""
        if words := match["words"]:
            return next(row.value for row in load_rules("ordinals", Ordinal) if row.word == words.lower())
        number = match["number"]
        return int(number) if number.isdigit() else roman_value(number.upper())

    def matches(self, text: str) -> bool:
        return self.regex.match(text) is not None


# "10/10 xã" at the start of a line counts communes.
_ROMAN = re.compile(r"\s*([IVXLl|1]{1,6})(?!\.\d{3}\b|/\d)\s*[.,:/)]+\s*(?=\S|$)")
# "II - CHỈ TIÊU", "1- Phòng Nội vụ": a dash for the full stop, as the Party's papers have it (Hướng dẫn 36-HD/VPTW).
_DASHED_ROMAN = re.compile(rf"\s*([IVX]{{1,6}})\s?[-–—]\s+(?=[{CAPITAL}])")
_DASHED_ARABIC = re.compile(
    rf"\s*(\d{{1,2}})(?:[-–—]\s+(?=[{CAPITAL}]|\d{{1,3}}(?:,\d+)?\s?%)|\s[-–—]\s(?=[{CAPITAL}]))"
)
# "A- MỤC TIÊU", "Đ - TỔ CHỨC THỰC HIỆN": with a blank before the dash only above a title in capitals.
_DASHED_CAPITAL = re.compile(rf"\s*([A-EĐGHK])(?:[-–—]\s*|\s[-–—]\s+)(?=[{CAPITAL}])")
_SMALL_ROMAN = re.compile(r"\s*(i{1,3})\s*[.,]\s+(?=\S)")
_BARE_ROMAN = re.compile(r"\s*([IVX]{1,5})\s+(?=[^\W\d_])")
_MISREAD_ROMAN = re.compile(r"\s*(?!\d+[.)])\S{1,5}[.,:)]\s+(?=[^\W\d_])")
_CAPITAL = re.compile(r"\s*([A-EĐGHK])\s*[./)]\s+(?=\S)")
_DECIMAL = re.compile(
    r"\s*(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3}|\d{1,2}/\d{1,2}(?=\.\s))\s?[.)/:]*\s+"
    + r"(?=[^\W\d]|[“\"(]|\d{1,3}(?:,\d+)?\s?%)"
)
# "5, Sở Tài chính": a comma for the full stop behind the number of a short title.
_SHORT_TITLE = rf",\s+(?=[{CAPITAL}][^.;:,\d]{{4,60}}$)"
_ARABIC = re.compile(
    r"\s*(\d{1,2}|[lI|O])(?!\.\d{3}\b|/\d)\s?"
    + rf"(?:(?:[./]+\s*|:\s+)(?=[^\W\d]|[“\"(]|\d+\s?%|\d{{1,3}} |$)|{_SHORT_TITLE})"
)
_CLOSED = re.compile(r"\s*(\d{1,2}|[lI|])\s?\)\s*[.:]?\s*(?=\S)")
_BRACKETED = re.compile(r"\s*\(\s?(\d{1,2}|[lI|]|[a-zđ])\s?\)\s*[.:]?\s*(?=\S|$)")
_LETTER = re.compile(rf"\s*(\w)\s?(?:[)}}/]\s*[.:]?\s*|[.]\s+|,\s+(?=[{CAPITAL}]))(?=\S|$)")
_DOUBLED_LETTER = re.compile(r"\s*[^\W\d_]{2}\)\s+(?=\S)")
# A dash before "a." is dirt in the margin: nobody prints both.
_DASH = re.compile(r"[\s._'`‹:]*[-–—−~‒][-–—−~._\s]*(?=[^\s\d])(?![a-zđ][.)]\s)|\s*[-–—−]\s+(?=\d)")
_SPECKS = re.compile(r"[\s._'`‹›:,\"~—–-]+(?=\w)")
_BULLET = re.compile(r"\s*[•●▪■◦➢✓·]\s*(?=\S)")
_PLUS = re.compile(r"\s*\+\s*(?=\S)")
_STAR = re.compile(r"\s*[*∗]+\s*(?=[^\s)])")
_LOOKALIKE = {"l": 1, "I": 1, "|": 1, "O": 0}


def _number(text: str) -> int:
    return _LOOKALIKE[text] if text in _LOOKALIKE else int(text)


def read_markers(line: str) -> tuple[Marker, ...]:
    """Every reading of the enumerator that `line` starts with, the likeliest first; () where it starts with none.

    >>> [(m.style.value, m.label) for m in read_markers("II. MỤC TIÊU")]
    [('roman', 'II')]
    >>> [(m.style.value, m.label) for m in read_markers("11. Tổ chức thực hiện")]
    [('arabic', '11'), ('roman', 'II')]
    >>> [read_markers(line)[0].label for line in ("1.2. Tiêu chí thành phần", "(3). Giảm biên chế")]
    ['1.2', '(3)']
    >>> [read_markers(line)[0].label for line in ("II - CHỈ TIÊU", "1- Phòng Nội vụ", "2 - Sở Y tế")]
    ['II', '1', '2']
    >>> read_markers("1- 95% hồ sơ")[0].label, read_markers("80 - 95% hồ sơ"), read_markers("80-95% hồ sơ")
    ('1', (), ())
    >>> [read_markers(line)[0].label for line in ("A- MỤC TIÊU", "Đ - TỔ CHỨC THỰC HIỆN")], read_markers("C - vitamin")
    (['A', 'Đ'], ())
    >>> read_markers("100% hồ sơ"), read_markers("15/7/2021 của Chính phủ"), read_markers("1.000 hồ sơ")
    ((), (), ())
    """
    found = [*_divisions(line), *_unnumbered(line), *_numbered(line)]
    if (specks := _SPECKS.match(line)) and not line[0].isspace():
        found += [replace(m, end=m.end + specks.end()) for m in _numbered(line[specks.end() :])]
    return tuple(found)


def _divisions(line: str) -> list[Marker]:
    out: list[Marker] = []
    for rule in load_rules("divisions", DivisionRule):
        if match := rule.regex.match(line):
            value = rule.value_of(match)
            if value:
                out.append(Marker(Style(rule.style), (value,), match["number"], match.end()))
    return out


def _unnumbered(line: str) -> list[Marker]:
    for style, pattern in (
        (Style.DASH, _DASH),
        (Style.PLUS, _PLUS),
        (Style.STAR, _STAR),
        (Style.DASH, _BULLET),
    ):
        if match := pattern.match(line):
            return [Marker(style, (), "", match.end())]
    return []


def _numbered(line: str) -> list[Marker]:
    out: list[Marker] = []
    if match := _DECIMAL.match(line):
        parts = tuple(int(part) for part in re.split(r"[./]", match[1]))
        return [Marker(Style.DECIMAL, parts, ".".join(map(str, parts)), match.end())]
    if match := _ARABIC.match(line) or _DASHED_ARABIC.match(line):
        value = _number(match[1])
        chapter = match[1] == "I" and mostly_capitals(line[match.end() :])  # "I. MỤC TIÊU" is no misread "1. MỤC TIÊU"
        out += [] if chapter else [Marker(Style.ARABIC, (value,), str(value), match.end())]
    if (match := _roman(line)) and (value := roman_value(match[1].upper()) or 0):
        at_front = re.search(r"[IVXLi]", match[1]) is not None
        out.insert(0 if at_front else len(out), Marker(Style.ROMAN, (value,), roman_label(value), match.end()))
    if match := _CAPITAL.match(line) or _dashed_capital(line):
        out.append(Marker(Style.CAPITAL, (LETTERS.index(match[1].lower()) + 1,), match[1], match.end()))
    if not any(m.style is Style.ROMAN for m in out) and (match := _MISREAD_ROMAN.match(line)):
        unknown = Marker(Style.ROMAN, UNKNOWN, "", match.end())
        out += [unknown] if mostly_capitals(line[match.end() :]) else []
    if match := _CLOSED.match(line):
        out.append(Marker(Style.CLOSED, (_number(match[1]),), str(_number(match[1])), match.end()))
    out += _bracketed(line) + _lettered(line)
    return out


def _roman(line: str) -> re.Match[str] | None:
    return _ROMAN.match(line) or _DASHED_ROMAN.match(line) or _before_title(line)


def _dashed_capital(line: str) -> re.Match[str] | None:
    """A capital letter with a dash for the full stop, before a title in capitals: 'C- GIẢI PHÁP'."""
    match = _DASHED_CAPITAL.match(line)
    return match if match and mostly_capitals(line[match.end() :]) else None


def _before_title(line: str) -> re.Match[str] | None:
    """A Roman numeral that lost its full stop, or its capitals, before a title in capitals: 'II MỤC TIÊU'."""
    match = _BARE_ROMAN.match(line) or _SMALL_ROMAN.match(line)
    return match if match and mostly_capitals(line[match.end() :]) else None


def _bracketed(line: str) -> list[Marker]:
    if not (match := _BRACKETED.match(line)):
        return []
    inner = match[1]
    value = LETTERS.find(inner) + 1 if inner.islower() and inner != "l" else _number(inner)
    label = f"({inner if inner.islower() and inner != 'l' else value})"
    return [Marker(Style.BRACKETED, (value,), label, match.end())] if value else []


def _lettered(line: str) -> list[Marker]:
    if doubled := _DOUBLED_LETTER.match(line):
        return [Marker(Style.LETTER, UNKNOWN, "", doubled.end())]
    if not (match := _LETTER.match(line)) or (match[1] in "Ii" and mostly_capitals(line[match.end() :])):
        return []  # "I. MỤC TIÊU" opens a chapter
    glyph = match[1] if match[1] in LETTERS else plain(match[1])
    value = LETTERS.find(glyph) + 1
    known = [Marker(Style.LETTER, (value,), glyph, match.end())] if value and not match[1].isupper() else []
    return [*known, Marker(Style.LETTER, UNKNOWN, "", match.end())] if not match[1].isdigit() else []
