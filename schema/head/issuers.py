"""Who issued a document: which body of the letterhead, the unit it belongs to, what stands above it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schema.head.bodies import ABOVE_ONLY, Body, IssuerRule
from schema.head.head_wordings import head_regex
from schema.places.gazetteer import places
from schema.places.spellings import Evidence, spell
from schema.places.units import (
    CITY,
    CITY_DISTRICT,
    PROVINCE,
    TWO_TIER_SINCE,
    Unit,
    commonest,
    find_units,
    is_central_city,
    province_unit,
)
from schema.plain import plain
from schema.ruletable import load_rules

_COMMITTEE = "ubnd"


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


def read_issuer(bodies: Sequence[Body], evidence: Evidence, date: dt.date | None) -> Issuer:
    """Who issued it. The evidence only fills in what the letterhead leaves out, and tells how names are spelt.

    date: of issue, or any day of the year the plan is for; None when nobody knows. A unit that the text names no more
    often than another is not taken.
    """
    named = [body for body in bodies if body.rule.kind not in ABOVE_ONLY]
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
    unit = _whole(unit, evidence) if unit else None
    cities = _two_tier(date) or (unit is not None and unit.level == CITY_DISTRICT)
    top = _top_unit([u for u in (*above, unit) if u is not None], evidence, date, cities)
    if unit is None:
        return Issuer(_as_written(body, evidence), province=top.name if top else None)
    spelt = spell(unit, top.name if top else None, evidence, date)
    body = replace(body, unit=spelt.unit) if body.rule.of_unit else body
    department = not body.rule.of_unit and spelt.unit.rank == 1  # it stands below the province itself
    parent = _text_of(spelt.unit) if department else _parent(spelt.unit, above, evidence, top, date, cities)
    province = top.name if top else None  # one that the document does not name stays open
    name, unit_name = (_in_full(body, spelt.unit, evidence), spelt.unit.name) if spelt.told else (None, None)
    return Issuer(name, unit.level, unit_name, parent, province, bool(named) and spelt.sure)


def _as_written(body: Body, evidence: Evidence) -> str:
    """The body's name; one printed in capitals in the case in which the running text writes it oftenest."""
    if body.rule.of_unit or not body.printed.isupper():
        return body.name
    same = re.findall(rf"(?<!\w){re.escape(body.name)}(?!\w)", evidence.whole, re.IGNORECASE)
    written = Counter(found for found in same if not found.isupper() and found[:1].isupper())
    return max(written, key=lambda found: (written[found], found), default=body.name)


def _in_full(body: Body, unit: Unit, evidence: Evidence) -> str:
    """The body's name as above; one whose letterhead names its unit apart, with it where the running text calls it so:
    'UBND TỈNH KHÊ LŨNG' / 'SỞ Y TẾ', "Sở Y tế tỉnh Khê Lũng xây dựng Kế hoạch".
    """
    name = _as_written(body, evidence)
    whole = f"{name} {_text_of(unit)}"
    return whole if not body.rule.of_unit and whole.casefold() in evidence.whole.casefold() else name


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


_OFTEN = 2
"""Times that a text names a unit in full from which its name in the letterhead was cut short."""


def _whole(unit: Unit, evidence: Evidence) -> Unit:
    """The unit with its name in full, where the letterhead breaks it off at a line's end and the text goes on with it
    oftener than not: 'UBND THỊ TRẤN LŨNG' / 'KHÊ'.
    """
    named = [other for other in evidence.units if other.level == unit.level]
    beginning = plain(unit.name)
    longer = Counter(other.name for other in named if plain(other.name).startswith(f"{beginning} "))
    whole, times = longer.most_common(1)[0] if longer else ("", 0)
    alike = sum(plain(other.name) == beginning for other in named)
    return replace(unit, name=whole) if times >= max(_OFTEN, alike + 1) else unit


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
