"""Figures in which the engine saw a letter for a digit, though it was sure of it: `ó5` for 65.

What letters those are, with examples, is the table figures.toml; so is what a hand's digits are read as.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FIGURE = re.compile(r"[\d.,/%()-]*\d[\d.,/%()-]*")
SYMBOL = re.compile(r"\A[^/]+/[^\W\d_]{2,}-")


def as_figure(word: str) -> str:
    """The word, letters that stand for digits made digits; as it is unless nothing but a figure comes of it, or the
    number of a document in front of its symbol.

    >>> as_figure("4ó"), as_figure("có"), as_figure("ó"), as_figure("2026"), as_figure("§2/KH-UBND")
    ('46', 'có', 'ó', '2026', '82/KH-UBND')
    """
    number, slash, symbol = word.partition("/") if SYMBOL.search(word) else (word, "", "")
    figure = number.translate(_digits())
    known = any(letter.isdigit() for letter in number)
    return figure + slash + symbol if known and figure != number and FIGURE.fullmatch(figure) else word


def as_lone_figure(word: str) -> str:
    """The same for a word that a table's cell holds alone: no letter stands so there.

    >>> as_lone_figure("ó"), as_lone_figure("§."), as_lone_figure("a")
    ('6', '8.', 'a')
    """
    figure = word.translate(_digits())
    return figure if FIGURE.fullmatch(figure) else word


def is_hands_number(word: str) -> bool:
    """Whether a word has a digit and, for others, signs that stand in no printed number.

    >>> is_hands_number("0†"), is_hands_number("Ø3"), is_hands_number("15/7"), is_hands_number("Ít†")
    (True, True, False, False)
    """
    rest = word.translate(_without_hands_signs())
    return rest != word and any(map(str.isdigit, rest)) and not any(map(str.isalpha, rest))


@cache
def _digits() -> dict[int, str]:
    return {ord(letter): row["printed"] for row in _table()["sign"] for letter in row["read"]}


@cache
def _without_hands_signs() -> dict[int, int | None]:
    return str.maketrans("", "", _table()["hand"]["signs"])


def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("figures.toml").read_text("utf8"))
