"""Who issued a document: the bodies of the letterhead, the unit they belong to, what stands above it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schema.head.head_wordings import find_head_wording, head_regex
from schema.head.institutions import institution_case, is_small, words_of_sort
from schema.outline.parts import mostly_capitals
from schema.places.gazetteer import places
from schema.places.spellings import Evidence, spell
from schema.places.units import (
    CITY,
    CITY_DISTRICT,
    PROVINCE,
    TWO_TIER_SINCE,
    Unit,
    cased_name,
    commonest,
    find_units,
    is_central_city,
    province_unit,
)
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules


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


_ABOVE_ONLY = ("party_above", "ministry_above", "unit_above")
_COMMITTEE = "ubnd"
_WORDS_OF_OFFICE = 2
"""'VĂN PHÒNG' alone; a longer name says itself whose office it is."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued the plan. None where the document does not say.

    sure is False where only the running text tells, or where the unit's name may be misread. national: it belongs to no
    unit.
    """

    name: str | None = None
    level: str | None = None
    unit_name: str | None = None
    parent: str | None = None
    province: str | None = None
    sure: bool = False
    national: bool = False


def read_bodies(lines: Sequence[str]) -> tuple[Body, ...]:
    """The bodies that the left column of a letterhead names, from the highest to the issuer.

    >>> [b.name for b in read_bodies(["ỦY BAN NHÂN DÂN", "PHƯỜNG MỎ CHÈ"])]
    ['Ủy ban nhân dân phường Mỏ Chè']
    >>> [b.name for b in read_bodies(["UBND TỈNH AN BÌNH", "SỞ NỘI VỤ"])]
    ['Ủy ban nhân dân tỉnh An Bình', 'Sở Nội vụ']
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
    flat = plain(line)
    cuts = [m.end() for m in head_regex("next_body").finditer(flat) if find_units(line[: m.start()])]
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
    units = _units_of(printed) if rule.of_unit or rule.kind in _ABOVE_ONLY else find_units(printed)
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


def read_issuer(bodies: Sequence[Body], evidence: Evidence, date: dt.date | None) -> Issuer:
    """Who issued it. The evidence only fills in what the letterhead leaves out, and tells how names are spelt.

    date: of issue, or any day of the year the plan is for; None when nobody knows. A unit that the text names no more
    often than another is not taken.
    """
    named = [body for body in bodies if body.rule.kind not in _ABOVE_ONLY]
    body = named[-1] if named else _body_in(evidence.grounds) or _body_in(evidence.whole)
    if body is None:
        top = _top_unit([], evidence, date, _two_tier(date))
        return Issuer(province=top.name if top else None)
    if body.rule.national:
        return Issuer(body.name, sure=True, national=True)
    above = [b.unit for b in bodies[: bodies.index(body)] if b.unit] if body in bodies else []
    unit = body.unit or (above[-1] if above and not body.rule.of_unit else None)
    if unit is None and body.rule.of_unit:
        unit = _unit_in(evidence.grounds) or _unit_in(evidence.whole)
    cities = _two_tier(date) or (unit is not None and unit.level == CITY_DISTRICT)
    top = _top_unit([u for u in (*above, unit) if u is not None], evidence, date, cities)
    if unit is None:
        return Issuer(_as_written(body, evidence), province=top.name if top else None)
    spelt = spell(unit, top.name if top else None, evidence, date)
    body = replace(body, unit=spelt.unit) if body.rule.of_unit else body
    department = not body.rule.of_unit and spelt.unit.rank == 1  # it stands below the province itself
    parent = _text_of(spelt.unit) if department else _parent(spelt.unit, above, evidence, top, date, cities)
    province = top.name if top else None  # one that the document does not name stays open
    name, unit_name = (_as_written(body, evidence), spelt.unit.name) if spelt.told else (None, None)
    return Issuer(name, unit.level, unit_name, parent, province, bool(named) and spelt.sure)


def _as_written(body: Body, evidence: Evidence) -> str:
    """The body's name; one printed in capitals in the case in which the running text writes it oftenest."""
    if body.rule.of_unit or not body.printed.isupper():
        return body.name
    same = re.findall(rf"(?<!\w){re.escape(body.name)}(?!\w)", evidence.whole, re.IGNORECASE)
    written = Counter(found for found in same if not found.isupper() and found[:1].isupper())
    return max(written, key=lambda found: (written[found], found), default=body.name)


def _body_in(text: str) -> Body | None:
    """The 'UBND phường Mỏ Chè' that running text names most often."""
    unit = _unit_in(text)
    rule = next(rule for rule in load_rules("issuers", IssuerRule) if rule.kind == _COMMITTEE)
    return Body(rule, "", unit) if unit else None


def _unit_in(text: str) -> Unit | None:
    flat, found = plain(text), []
    for match in head_regex("body_of_unit").finditer(flat):
        units = find_units(text[match.end() : match.end() + 60])
        if units and units[0].start == 0:
            found.append(units[0])
    lowest = max((unit.rank for unit in found), default=0)
    return commonest(unit for unit in found if unit.rank == lowest)


def _top_unit(units: Sequence[Unit], evidence: Evidence, date: dt.date | None, cities: bool) -> Unit | None:
    """The province named, or the city run by the centre. cities: whether every city named is one, as above a quận."""
    for unit in units:
        if _is_top(unit, cities):
            return _as_told(unit, None, evidence, date)
    for text in (evidence.grounds, evidence.whole):
        found = [unit for unit in find_units(text) if _is_top(unit, cities)]
        for match in head_regex("party_of_province").finditer(plain(text)):
            found += [u for u in find_units(f"{PROVINCE} {text[match.end() : match.end() + 40]}") if u.start == 0]
        if best := commonest(Unit(u.level if _is_city(u, cities) else PROVINCE, u.name) for u in found):
            return _as_told(best, None, evidence, date)
    return None


def _as_told(unit: Unit, province: str | None, evidence: Evidence, date: dt.date | None) -> Unit | None:
    """The unit spelt right; None where its name cannot be told."""
    spelt = spell(unit, province, evidence, date)
    return spelt.unit if spelt.told else None


def _is_top(unit: Unit, cities: bool) -> bool:
    """A province, or a city of that rank; with `cities`, a city that nobody knows is one."""
    return unit.rank == 1 or (cities and unit.level == CITY and not places(unit.level, unit.name))


def _is_city(unit: Unit, cities: bool) -> bool:
    return is_central_city(unit.name) or (unit.level == CITY and _is_top(unit, cities))


def _parent(
    unit: Unit, above: Sequence[Unit], evidence: Evidence, top: Unit | None, date: dt.date | None, cities: bool
) -> str | None:
    """The unit directly above: printed above, or for its level the one that the text names most often."""
    if _is_top(unit, cities):
        return None
    province = top.name if top else None
    higher = [u for u in above if u.rank < unit.rank]
    if higher and (higher[-1].rank == unit.rank - 1 or _two_tier(date)):
        return _text_of(_as_told(higher[-1], province, evidence, date))
    if unit.rank == 2 or _two_tier(date):
        return _text_of(top)
    known = {plain(p.parent) for p in places(unit.level, unit.name, date) if p.parent is not None}
    for text in (evidence.grounds, evidence.whole):
        districts = [u for u in find_units(text) if u.rank == 2 and u.key != unit.key]
        districts = [u for u in districts if plain(u.text) in known] or districts
        if best := commonest(districts):
            return _text_of(_as_told(best, province, evidence, date))
    return None


def _text_of(unit: Unit | None) -> str | None:
    """'thành phố Hải Phòng', also where it was named a province by mistake; 'tỉnh Đồng Nai' was one once."""
    if unit is None:
        return None
    city = is_central_city(unit.name) and not places(unit.level, unit.name)
    return province_unit(unit.name) if city else unit.text


def _two_tier(date: dt.date | None) -> bool:
    return date is not None and date >= TWO_TIER_SINCE
