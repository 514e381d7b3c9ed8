"""Values that official Vietnamese text writes in fixed shapes: dates and numbers with symbols. Total: bad data is None.

Every finder returns spans, so that the raw text stays beside the value. Shapes after Nghị định 30/2020/NĐ-CP (number
and symbol, place and date) and Hướng dẫn 36-HD/VPTW (party documents: the sort before the slash, '01-NQ/TU').
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from normalize.letters import CAPITAL, SMALL
from schema.plain import plain
from schema.ruletable import load_rules
from schema.values.date_words import DateWord, with_sixes

_FIRST_YEAR, _LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date and its span in the text. date is None where a day is meant but not given whole ('ngày   tháng 10').

    parts: day, month and year as printed, () where date is None.
    """

    date: dt.date | None
    start: int
    end: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolFound:
    """A document's number and symbol, '254/KH-UBND'. number is None where only the printed symbol stands there."""

    number: str | None
    symbol: str
    start: int
    end: int


_DIGITS = r"[0-9oliq]"
_GAP = r"[\s.…_/:-]*"
_SHORT_DATE = r"(?<![\d/.-])(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<y2>\d{4})(?![\d/])"
_AS_DIGIT = str.maketrans("oliq", "0110")


@cache
def _dates() -> re.Pattern[str]:
    """A date in words (d1, m1, y1), of which day, month or year may be missing, or in figures (d2, m2, y2)."""
    day, month, year = (
        "|".join(plain(row.word) for row in load_rules("date_words", DateWord) if row.part == part)
        for part in ("day", "month", "year")
    )
    in_words = (
        rf"\b(?:{day})[\s.:]*(?P<d1>[0-3][\s.]\d|{_DIGITS}{{1,2}})?{_GAP}"
        rf"\b(?:{month})[\s.:-]*(?P<m1>[01]\.\d|{_DIGITS}{{1,2}})?{_GAP}"
        rf"\b(?:{year})\s*(?P<y1>[0-9o]{{2}}\s?[0-9o]\s?[0-9o]\b)?"
    )
    return re.compile(f"{in_words}|{_SHORT_DATE}")


def find_dates(text: str) -> tuple[DateFound, ...]:
    """All dates, in order.

    >>> [f.date.isoformat() for f in find_dates("ngày 13 tháng 10 năm 2021; 15/7/2021") if f.date]
    ['2021-10-13', '2021-07-15']
    >>> find_dates("ngày     tháng 10 năm 2021")[0].date is None
    True
    """
    return tuple(_date_found(text, match) for match in _dates().finditer(plain(_sixes(text))))


_SLASHES = str.maketrans("⁄∕", "//")


def _sixes(text: str) -> str:
    """The text with the 'ó' that a recogniser made of a 6, and the slashes of fractions as slashes; length kept."""
    return with_sixes(text.translate(_SLASHES))


def _date_found(text: str, found: re.Match[str]) -> DateFound:
    for shape in "12":
        if (date := _date(found, shape)) is not None:
            parts = (text[found.start(name + shape) : found.end(name + shape)] for name in "dmy")
            return DateFound(date, found.start(), found.end(), tuple(parts))
    return DateFound(None, found.start(), found.end())


def _date(found: re.Match[str], shape: str) -> dt.date | None:
    parts = [found.group(name + shape) for name in "ymd"]
    if any(part is None or not any(c.isdigit() for c in part) for part in parts):
        return None
    year, month, day = (int(re.sub(r"[\s.]", "", part.translate(_AS_DIGIT))) for part in parts)
    try:
        return dt.date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


@dataclass(frozen=True)
class SymbolCode:
    """What the symbols of one sort of instrument begin with: 'KH' of '254/KH-UBND'."""

    code: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return any(self.code in found.symbol for found in find_symbols(text))


@dataclass(frozen=True)
class SymbolLead:
    """The word before a number with a symbol. read: signs that are read for its last letter."""

    word: str
    read: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return plain(self.word) in _with_plain_leads(text) and bool(find_symbols(text))


_LETTERS = r"(?:[^\W\d_]\s[^\W\d_]\b|[^\W\d_]{1,13}[0-9]{0,2})"
_NO_NAME = rf"(?![^\W\d_][{SMALL}]{{3}})"  # '12/KH-UBND - Khánh Hòa, ngày': a place, no part of the code
# Since 2025 resolutions of the Government under Nghị quyết 206/2025/QH15 bear a decimal: '66.7/2025/NQ-CP'.
_DECIMAL_NUMBER = r"\d{1,3}\.\d{1,2}(?=/20\d\d/)"
_YEAR_PART = r"(?:(?:19|20)\d\s?[\dIl](?:\s?/\s?|(?=[^\W\d_]{2,3}\s?-)))?"


@cache
def _symbols() -> re.Pattern[str]:
    """A number with its symbol: of the state (n1, s1), of the party (n2, s2), or without a number (s3).

    The hyphen behind a sort, which cannot end a code, is read as other marks too: '06/QĐ: TTg'. A leading 1 may stand
    apart from the digits behind it: 'số 1 18/2025/NĐ-CP'.
    """
    codes = [row.code for row in load_rules("symbol_codes", SymbolCode)]
    hyphen = rf"(?:{'|'.join(f'(?<=/{code})' for code in codes)})\s?[:~=;]\s?(?=[{CAPITAL}]{{2}})"
    code = rf"{_LETTERS}(?:(?:\s?[-–.&]\s?(?:[-–]\s?)?|{hyphen})(?:{_NO_NAME}{_LETTERS}|\d{{1,3}}(?!\d|/)))*"
    slash = rf"(?:\s?/\s?|\s?(?=(?:{'|'.join(codes)})\s?-))"
    leads = [plain(row.word) for row in load_rules("symbol_leads", SymbolLead)]
    apart, bare_lead, lead = (
        "|".join(f"(?<={before}{word}{behind})" for word in leads)
        for before, behind in (("", " "), ("", ""), (r"\b", ""))
    )
    number = rf"(?P<n1>{_DECIMAL_NUMBER}|(?:(?:{apart})1\s(?=\d{{1,3}}\s?/))?\d{{1,5}}[a-zA-Z]?)"
    state = rf"{number}{slash}(?P<s1>{_YEAR_PART}{code})"
    party = rf"(?P<n2>\d{{1,5}})\s?[-–]\s?(?P<s2>[^\W\d_]{{1,6}}\s?/\s?{code})"
    bare = rf"(?:{bare_lead})\s?[:.]?[\s.…_]*(?P<s3>/\s?{code})"
    return re.compile(rf"(?:(?<![\w/])|{lead})(?:{party}|{state})|{bare}")


def find_symbols(text: str) -> tuple[SymbolFound, ...]:
    """All numbers with a symbol, in order, blanks inside them folded away.

    >>> [s.number for s in find_symbols("số 254/KH-UBND, 01-NQ/TU, 45/2020/NĐ-CP và 13/2019/TT- BNV ngày 1/2/2020")]
    ['254/KH-UBND', '01-NQ/TU', '45/2020/NĐ-CP', '13/2019/TT-BNV']
    >>> [s.number for s in find_symbols("Số: 12/KH-UBND - Khánh Hòa, ngày 14")]
    ['12/KH-UBND']
    >>> [s.number for s in find_symbols("Nghị quyết số 76 NQ-CP; số 8KH-UBND")]  # a slash that was lost
    ['76/NQ-CP', '8/KH-UBND']
    >>> [(s.number, s.symbol) for s in find_symbols("Số:      /KH-UBND")]
    [(None, '/KH-UBND')]
    """
    read = _with_plain_leads(text)
    return tuple(found for match in _symbols().finditer(read) if (found := _symbol(match, read)))


def _with_plain_leads(text: str) -> str:
    """The text with 'số' in any spelling written 'so', so that one pattern finds it; length kept, other case kept."""
    read = _sixes(text)
    for row in load_rules("symbol_leads", SymbolLead):
        head, last = row.word[:-1], row.word[-1]
        opening = "".join(f"[{letter.upper()}{letter}]" for letter in head)
        read = re.sub(rf"\b{opening}[{last}{last.upper()}{row.read}](?=\b|\d)", plain(row.word), read)
    return read


def _symbol(match: re.Match[str], text: str) -> SymbolFound | None:
    if match.group("s3"):
        symbol = _tight(text[match.start("s3") : match.end("s3")])
        return SymbolFound(None, symbol, match.start("s3"), match.end("s3")) if _is_code(symbol) else None
    shape = "2" if match.group("n2") else "1"
    number, symbol = _tight(match.group("n" + shape)), _tight(match.group("s" + shape))
    if not _is_code(symbol):
        return None
    whole = f"{number}-{symbol}" if shape == "2" else f"{number}/{symbol}"
    return SymbolFound(whole, symbol, match.start(), match.end())


_HYPHENS = str.maketrans("–:~=;", "-----")


def _tight(symbol: str) -> str:
    """Without blanks and doubled hyphens, a year with its last digit and slash: '118/2025NĐ-CP', '202I/NĐ-CP'."""
    tight = re.sub(r"^((?:19|20)\d)[Il](?=/)", r"\g<1>1", re.sub(r"\s+", "", symbol))
    tight = re.sub(r"^((?:19|20)\d\d)(?=[^\W\d_])", r"\1/", tight)
    return re.sub(r"--+", "-", tight.translate(_HYPHENS))


def _is_code(symbol: str) -> bool:
    """'KH-UBND', 'NQ/TU', '2020/NĐ-CP', 'CTr/TU', 'QH13' are codes; 'năm', 'tháng', 'bộ' after a slash are words."""
    letters = [c for c in symbol if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) >= 2 and capitals >= 2 and 2 * capitals > len(letters)
