"""What stands before an item or after "Chương", "Quý": Roman numerals and the letters of items, read by their grammar.

>>> [f.restored for f in fix_enumerators("I11. NHIEM VU TRONG TAM")]
['III.']
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from normalize.data import DATA
from normalize.decoding.request import in_capitals
from normalize.fixes import Fix
from normalize.letters import plain

_TABLE = DATA / "enumerators.toml"
_LETTER = re.compile(r"^\s*(?P<bullet>[-–+*_~.]\s+)?(?P<letter>[Cc]c|[^\W\d_]|[¢&])(?P<stop>[.)/])(?=\s)")
_NUMERAL = re.compile(r"(?<![\w/.\-–])[IVX]*[VX][IVX]*(?![\w/\-–])")  # "II" may be a misread "11" or "Il"
_SHORTEST = 2
_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX")


@dataclass(frozen=True, slots=True)
class Grammar:
    """data/enumerators.toml, ready to use. numerals: 'III' -> 3."""

    letters: str
    letter_like: Mapping[str, str]
    start: re.Pattern[str]
    first: re.Pattern[str]  # the run between blanks with which `start` begins
    inside: re.Pattern[str]
    alone: re.Pattern[str]  # what `inside` finds behind the word, at the start of a run between blanks
    behind_quarter: re.Pattern[str]  # the text up to the number of a quarter
    i_like: str
    numerals: Mapping[str, int]


@cache
def grammar() -> Grammar:
    """Read the table. Raises KeyError or TOMLDecodeError when it is broken."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    i_like, largest = table["roman"]["i"], table["roman"]["largest"]
    signs = "IVX" + re.escape(i_like)
    words = "|".join(table["before_roman"])
    return Grammar(
        table["letters"],
        table["letter_like"],
        re.compile(rf"^\s*(?P<roman>[{signs}i]{{1,5}})(?P<stop>\s?[.,](?=\s|$)|/(?=\s)|(?=_?\s*\|))"),
        re.compile(rf"[{signs}i]{{1,5}}(?:[.,/]|_?\||_?\Z)"),
        re.compile(rf"(?<!\w)(?:{words})\s+(?P<roman>[{signs}]{{1,5}})(?P<stop>)(?!\w)", re.IGNORECASE),
        re.compile(rf"[{signs}]{{1,5}}(?!\w)", re.IGNORECASE),
        re.compile(rf"{table['quarter']}\s+\Z", re.IGNORECASE),
        i_like,
        {_TENS[n // 10] + _UNITS[n % 10]: n for n in range(1, largest + 1)},
    )


def roman(seen: str) -> str | None:
    """The Roman numeral that the signs stand for; None when they are figures, letters or no numeral.

    >>> roman("I11"), roman("V1"), roman("11"), roman("TT"), roman("IIII")
    ('III', 'VI', None, None, None)
    """
    rules = grammar()
    if not any(sign in "IVX" for sign in seen):
        return None
    read = "".join("I" if sign in rules.i_like else sign for sign in seen.replace("i", "I"))
    return read if read in rules.numerals else None


def fix_enumerators(line: str) -> Iterator[Fix]:
    """Roman numerals and item letters; the ones that are right come as anchors without a change."""
    rules = grammar()
    letter = _LETTER.match(line)
    if letter:
        read = rules.letter_like.get(letter["letter"], letter["letter"])
        if read.lower() in rules.letters:
            span = letter.span("letter")
            yield Fix(span[0], letter.end(), line[span[0] : letter.end()], read + letter["stop"], "enumerator", 0.97)
            return
    first = rules.start.match(line)
    folded = plain(line) if len(plain(line)) == len(line) else line
    for match in [*([first] if first else []), *rules.inside.finditer(folded)]:
        found = roman(match["roman"]) or _quarter(folded[: match.start("roman")], match["roman"])
        if found:
            start, end = match.start("roman"), match.end("stop")
            yield Fix(start, end, line[start:end], found + match["stop"].strip(), "enumerator", 0.97)


def may_be_letter(run: str) -> bool:
    """Whether a run between blanks may be the letter of an item with its stop."""
    return _LETTER.match(run + " ") is not None


def may_count(run: str) -> bool:
    """Whether a run between blanks may be what `fix_enumerators` reads, or the beginning of it: a letter, or a numeral
    before a word or behind one.
    """
    rules = grammar()
    seen = rules.first.match(run) or rules.alone.match(run) or rules.alone.match(plain(run))
    return seen is not None or may_be_letter(run)


def _quarter(before: str, seen: str) -> str | None:
    """There are four quarters: figures of ones behind "Quý" are the second or the third."""
    behind = grammar().behind_quarter.search(before) is not None
    return "I" * len(seen) if behind and seen in ("11", "111") else None


def fix_numerals(line: str) -> Iterator[Fix]:
    """Numerals with a V or X that stand alone inside a line of small letters, as anchors: no word looks like them.

    >>> [f.raw for f in fix_numerals("Dai hoi Dang bo lan thtr IX, nhiém ky VI")], list(fix_numerals("VI TRI VIEC LAM"))
    (['IX', 'VI'], [])
    """
    for match in _NUMERAL.finditer(line):
        if len(match.group()) >= _SHORTEST and match.group() in grammar().numerals and not in_capitals(line):
            yield Fix(match.start(), match.end(), match.group(), match.group(), "enumerator", 0.97)


def item_letter(line: str) -> str | None:
    """The letter of the item that begins on this line, with its stop: 'd)'; None when none does."""
    match = _LETTER.match(line)
    return match["letter"] + match["stop"] if match else None


def fix_letter_order(line: str, before: str | None) -> Iterator[Fix]:
    """A second "d)" behind "d)" is "đ)": the English model knows no bar. before: the item letter found last.

    >>> [f.restored for f in fix_letter_order("d) He thong giai quyet", "d)")]
    ['đ)']
    """
    match = _LETTER.match(line)
    if match and before is not None and match["letter"] == "d" and before == "d" + match["stop"]:
        start = match.start("letter")
        yield Fix(start, match.end(), line[start : match.end()], "đ" + match["stop"], "enumerator", 0.97)
