"""Figures in which the engine saw a letter for a digit, though it was sure of it: `ó5` for 65.

What letters those are, with examples, is the table figures.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

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


@cache
def _digits() -> dict[int, str]:
    rows = tomllib.loads(Path(__file__).with_name("figures.toml").read_text("utf8"))["sign"]
    return {ord(letter): row["printed"] for row in rows for letter in row["read"]}
