"""data/symbols.toml: how symbols and dates are read, with the patterns that come of it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from normalize.data import DATA

PART = r"[^\W_]+(?:&[^\W_]+)*"
"""A part of a symbol, between two joints."""


@dataclass(frozen=True, slots=True)
class NumberWordRead:
    """How the word before a number is read: the table says what each field holds. Examples: text, word restored."""

    first: str
    digit: str
    behind_digit: str
    rest: str
    marks: str
    number_sign: str
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateWordsRead:
    """How the words of a date are read, as patterns. Examples: a date, and the number in it that is restored."""

    day: str
    month: str
    year: str
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SymbolWords:
    """The table. number_word: as it is written in running text. party: bodies of the Party; the examples are symbols of
    their form. date_digits_read: digit -> the letters read for it.
    """

    number_word: str
    party: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    number_word_read: NumberWordRead
    date_words_read: DateWordsRead
    date_digits_read: Mapping[str, str]


@cache
def symbol_words() -> SymbolWords:
    """Read the table. Raises msgspec.ValidationError or TOMLDecodeError when it is broken."""
    return msgspec.convert(tomllib.loads((DATA / "symbols.toml").read_text(encoding="utf-8")), SymbolWords)


@cache
def symbol() -> re.Pattern[str]:
    """A number or none, its joint, a year, and the parts of what may be its symbol."""
    read = symbol_words().number_word_read
    stuck = rf"(?<=\s[{read.first}]{read.number_sign}"
    return re.compile(
        rf"(?:(?<![\w/.,-])|{stuck})(?=\d)|{stuck}[{read.marks}])(?=\d))"
        r"(?P<number>\d{1,5}[a-zA-Z]?)?(?P<join>\s?[/-]\s?)(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
        rf"(?P<rest>{PART}(?:\s?[-–—/]\s?{PART}){{0,3}}\s?[-–—]?)"
    )


@cache
def number_before() -> re.Pattern[str]:
    """The word right in front of a number. one: the first 1 of the number, which stands apart in narrow print and is
    then read as a stroke: "số I 18/2025/NĐ-CP".
    """
    read = symbol_words().number_word_read
    first = rf"[{read.first}]|{read.digit}(?=[{read.behind_digit}])"
    return re.compile(
        rf"(?<!\w)(?P<word>(?:{first})[{read.rest}]{{0,2}}[{read.marks}]?)(?P<gap>:?\s{{0,12}})(?P<one>(?<=\s)[Il1]\s)?$"
    )


@cache
def date_words() -> re.Pattern[str]:
    """A date in words, of which the day and the month may be read as letters: "ngay 06 thang OL nam 2022"."""
    read = symbol_words().date_words_read
    number = rf"[\d{''.join(symbol_words().date_digits_read.values())}]{{1,2}}"
    return re.compile(
        rf"(?<!\w){read.day}\s+(?P<day>{number})\s+{read.month}\s+(?P<month>{number})"
        rf"\s+{read.year}\s+(?=(?:19|20)\d\d(?!\d))"
    )


@cache
def digits_read() -> dict[int, str]:
    """The letters read for digits -> the digits."""
    return {ord(letter): digit for digit, letters in symbol_words().date_digits_read.items() for letter in letters}
