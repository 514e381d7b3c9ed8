"""Numbers of instruments and names of laws as they were printed, where a letter or two of them was misread.

The code of a symbol follows from the sort of instrument, its end from who issued it; a law is known by its name.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from schema.head.document_types import DocumentType
from schema.head.head_wordings import head_regex
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules


@dataclass(frozen=True)
class BodyCode(PatternRow):
    """How the symbols of one issuer end. pattern: at the start of the issuer's name without marks.

    also: other ends that are printed for it, and are no misreadings.
    """

    code: str
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.match(plain(text)) is not None


@dataclass(frozen=True)
class LawName:
    """Names of laws, as published."""

    names: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        found = mended_law(text)
        return any(_letters(found) == _letters(name) for name in self.names)


_PARTY = re.compile(r"(?P<lead>\d+-[^\W\d_]+/)(?P<body>[^\W\d_]+)")
_STATE = re.compile(r"(?P<lead>\d+[a-zA-Z]?/(?:(?:19|20)\d\d/)?)(?P<code>[^\W\d_]+)-(?P<body>[^\W\d_]+)")
_LONG_CODE = 4
"""Letters of a code in which two may be misread: of "UBND", but not of "CP"."""


def mended_number(number: str, code: str | None, issuer: str | None) -> str:
    """The number with its code and its end as they must be; unchanged where they are further off than a misreading.

    >>> mended_number("06/QĐĐ-TTg", "QĐ", "Thủ tướng Chính phủ"), mended_number("12/SNV-VP", None, "Sở Nội vụ")
    ('06/QĐ-TTg', '12/SNV-VP')
    >>> mended_number("15/KH-UBNĐ", "KH", "UBND tỉnh"), mended_number("15/BC-UBND", "KH", "UBND tỉnh")
    ('15/KH-UBND', '15/BC-UBND')
    >>> mended_number("09-CTr/TƯ", "CTr", "Ban Chấp hành Đảng bộ thành phố")
    '09-CTr/TU'
    >>> mended_number("317-TB/ThU", None, "Ban Thường vụ Thành ủy")
    '317-TB/ThU'
    """
    if party := _PARTY.fullmatch(number):
        return party["lead"] + _with_end(party["body"], issuer)
    parts = _STATE.fullmatch(number)
    if parts is None:
        return number
    sort = parts["code"] if _is_known(parts["code"]) else _mended(parts["code"], code)
    return f"{parts['lead']}{sort}-{_with_end(parts['body'], issuer)}"


def _is_known(code: str) -> bool:
    """Whether it is the code of some sort of document: 'NQ' is no misread 'NĐ'."""
    return any(rule.code == code for rule in load_rules("document_types", DocumentType))


def _with_end(printed: str, issuer: str | None) -> str:
    rows = load_rules("symbol_bodies", BodyCode) if issuer else ()
    row = next((row for row in rows if row.matches(issuer or "")), None)
    return printed if row is None or printed in row.also else _mended(printed, row.code)


def _mended(printed: str, due: str | None) -> str:
    """`due` where what is printed is a misreading of it: one letter of a short code, two of a long one."""
    if due is None:
        return printed
    errors = Levenshtein.distance(plain(printed), plain(due))
    return due if errors <= (2 if len(due) >= _LONG_CODE else 1) - (len(printed) <= 2 < len(due)) else printed


def date_in_year_of(symbol: str, text: str) -> dt.date | None:
    """The day and month at the start of a text, in the year that a symbol proves, where the year cannot be read.

    >>> date_in_year_of("2021/NĐ-CP", " ngày 06 tháng 12 năm 202ĩ của Chính phủ")
    datetime.date(2021, 12, 6)
    """
    year = re.match(r"((?:19|20)\d\d)/", symbol)
    found = head_regex("day_of_unread_year").search(plain(text)) if year else None
    if found is None or year is None:
        return None
    try:
        return dt.date(int(year[1]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def mended_law(name: str) -> str:
    """The law's name as it was published, where no more than one letter in twelve was misread; else as it is.

    >>> mended_law("Luật Tố chức chính qu yền địa phương"), mended_law("Luật Nhà ở")
    ('Luật Tổ chức chính quyền địa phương', 'Luật Nhà ở')
    """
    key = _letters(name)
    known = next(((letters, law) for letters, law in _laws() if _same(key, letters)), None)
    if known is None:
        return name
    whole = known[0] == key and len(name.split()) == len(known[1].split())
    return _with_marks(name, known[1]) if whole else known[1]


def _with_marks(name: str, law: str) -> str:
    """The name in its own case and with its own commas, its letters with the marks of the law's."""
    marks = iter(filter(str.isalpha, law))
    put = (next(marks) if c.isalpha() else c for c in name)
    return "".join(new.upper() if old.isupper() else new.lower() for old, new in zip(name, put, strict=True))


def _same(one: str, other: str) -> bool:
    allowed = len(other) // 12
    return Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, plain(text)))


@cache
def _laws() -> tuple[tuple[str, str], ...]:
    return tuple((_letters(name), name) for row in load_rules("laws", LawName) for name in row.names)
