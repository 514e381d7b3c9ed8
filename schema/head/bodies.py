"""The bodies that a letterhead names, from the highest to the issuer, with their names in running case.

>>> [body.name for body in read_bodies(["UBND TỈNH AN BÌNH", "SỞ NỘI VỤ"])]
['Ủy ban nhân dân tỉnh An Bình', 'Sở Nội vụ']
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schema.head.head_wordings import find_head_wording, wordings
from schema.head.institutions import institution_case, is_small, words_of_sort
from schema.outline.parts import mostly_capitals
from schema.places.units import Unit, cased_name, find_units
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules

ABOVE_ONLY = ("party_above", "ministry_above", "unit_above")
"""Sorts of bodies that a letterhead names above the issuer only."""
_WORDS_OF_OFFICE = 2
"""'VĂN PHÒNG' alone; a longer name says itself whose office it is."""


@dataclass(frozen=True)
class IssuerRule(PatternRow):
    """A sort of issuing body. name: how it is written; None: as printed. rank: level of its unit, 0 for any.

    national: of the whole country, such as a ministry, which belongs to no unit.
    """

    kind: str
    pattern: str
    name: str | None = None
    of_unit: bool = False
    national: bool = False
    rank: int = 0
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.match(plain(text).strip()) is not None


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as printed: its sort, its name in running case, the unit its name ends with."""

    rule: IssuerRule
    printed: str
    unit: Unit | None

    @property
    def name(self) -> str:
        """'Ủy ban nhân dân phường Mỏ Chè', 'Sở Nội vụ'."""
        if self.rule.of_unit and self.rule.name:
            return f"{self.rule.name} {self.unit.text}" if self.unit else self.rule.name
        if self.rule.national and self.rule.name:
            return self.rule.name
        return sentence_case(self.printed)


def read_bodies(lines: Sequence[str]) -> tuple[Body, ...]:
    """The bodies that the left column of a letterhead names, from the highest to the issuer.

    >>> [b.name for b in read_bodies(["ỦY BAN NHÂN DÂN", "PHƯỜNG MỎ CHÈ"])]
    ['Ủy ban nhân dân phường Mỏ Chè']
    >>> [b.name for b in read_bodies(["HUYỆN AN HÒA", "ỦY BAN NHÂN DÂN", "XÃ MỎ CHÈ"])]
    ['huyện An Hòa', 'Ủy ban nhân dân xã Mỏ Chè']
    """
    printed: list[tuple[IssuerRule, str]] = []
    for text in (part for line in lines for part in _parted(line)):
        rule = _rule(text)
        if rule is not None and not (printed and (rule.kind == "unit_above" or _wants_more(*printed[-1], text))):
            printed.append((rule, text))
        elif printed and (mostly_capitals(text) or not mostly_capitals(printed[-1][1])):
            printed[-1] = (printed[-1][0], f"{printed[-1][1]} {text}")
    return tuple(_body(rule, text) for rule, text in printed)


def _parted(line: str) -> list[str]:
    """A line that holds two bodies, 'UBND HUYỆN AN HÒA PHÒNG NỘI VỤ', as two."""
    (row,) = wordings("next_body")
    cuts = [m.end() for m in row.found(line) if find_units(line[: m.start()])]
    edges = [0, *cuts, len(line)]
    parts = (line[a:b].strip(" *-–") for a, b in pairwise(edges))
    return [part for part in parts if sum(c.isalpha() for c in part) >= 2 or part.isdigit()]


def _rule(text: str) -> IssuerRule | None:
    return next((rule for rule in load_rules("issuers", IssuerRule) if rule.matches(text)), None)


def _wants_more(rule: IssuerRule, printed: str, text: str) -> bool:
    """'ỦY BAN NHÂN DÂN' still lacks its unit and the text names one; 'VĂN PHÒNG' goes on with 'HĐND', 'MÔI' with
    'TRƯỜNG'.
    """
    if rule.of_unit:
        units = _units_of(text)
        return not _units_of(printed) and bool(units) and units[0].start == 0
    if find_head_wording("unfinished_office", plain(printed)) is not None:
        return True
    goes_on = find_head_wording("rest_of_office", plain(text)) is not None
    return goes_on and rule.kind == "office" and len(printed.split()) <= _WORDS_OF_OFFICE


def _body(rule: IssuerRule, printed: str) -> Body:
    units = _units_of(printed) if rule.of_unit or rule.kind in ABOVE_ONLY else find_units(printed)
    return Body(rule, printed, units[0] if units else None)


def _units_of(printed: str) -> tuple[Unit, ...]:
    """The units of a line that names little else: in the capitals of a letterhead a level word often lost its marks."""
    return find_units(printed) or (find_units(printed, misread=True) if mostly_capitals(printed) else ())


def sentence_case(printed: str) -> str:
    """A body's name set in capitals, whole or in part, in the case of running text; names of units keep theirs.

    >>> sentence_case("PHÒNG NỘI VỤ HUYỆN AN HÒA"), sentence_case("Sở Y TẾ"), sentence_case("Sở GTVT")
    ('Phòng Nội vụ huyện An Hòa', 'Sở Y tế', 'Sở GTVT')
    >>> sentence_case("TRƯỜNG ĐẠI HỌC HÀ SƠN"), sentence_case("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG")
    ('Trường Đại học Hà Sơn', 'Trung tâm Phục vụ hành chính công')
    >>> sentence_case("BỘ KHOA HỌC VÀ CÔNG NGHỆ"), sentence_case("SỞ LAO ĐỘNG - XÃ HỘI")
    ('Bộ Khoa học và Công nghệ', 'Sở Lao động - Xã hội')
    """
    text = " ".join(printed.split())
    whole = text.isupper()
    if not any(_is_set_in_capitals(word, whole) for word in text.split()):
        return text
    cased = (institution_case(text) if whole else None) or _field_case(text, whole)
    for unit in find_units(text):
        cased = f"{cased[: unit.start]}{unit.level} {cased_name(unit.name)}{cased[unit.end :]}"
    return cased


def _field_case(text: str, whole: bool) -> str:
    """The name of a body that is called by its field: a capital for the sort and one for each field, 'Sở Nội vụ', but
    'Thanh tra tỉnh'.

    whole: all words are in capitals.
    """
    words = [word.lower() if _is_set_in_capitals(word, whole) else word for word in text.split()]
    field = words_of_sort(words)
    for at, word in enumerate(words):
        opens = at in (0, field) or find_head_wording("next_field", plain(words[at - 1])) is not None
        if opens and len(words) > 1 and word.islower() and not (at == field and is_small(word)):
            words[at] = word.capitalize()
    return " ".join(words)


def _is_set_in_capitals(word: str, whole: bool) -> bool:
    """A word in capitals that is no abbreviation. whole: all words are in capitals; else only marks tell a word."""
    return word.isupper() and len(word) > 1 and not _is_abbreviation(word) and (whole or not word.isascii())


def _is_abbreviation(word: str) -> bool:
    return find_head_wording("keeps_capitals", plain(word)) is not None
