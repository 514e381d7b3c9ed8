"""Organisations: one name and id for each across its spellings, within the unit that it belongs to."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from schema.context import Definition, PlanContext
from schema.head.bodies import IssuerRule
from schema.places.units import PROVINCE, LevelRule, find_units, province_unit, ranks_of
from schema.plain import plain
from schema.records import AgencyRow, AssignmentRow
from schema.ruletable import PatternRow, load_rules


@dataclass(frozen=True)
class Abbreviation:
    """An abbreviation and what it stands for, both without marks."""

    short: str
    full: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return f" {self.short} " in f" {_words(text)} "


@dataclass(frozen=True)
class AgencyRule:
    """A known organisation. kind: what sort of body it is; rank: the level it belongs to, 0 for the issuer's own."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    rank: int = 0
    counter_examples: tuple[str, ...] = ()

    @property
    def examples(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    def matches(self, text: str) -> bool:
        return agency_key(text) in {agency_key(name) for name in self.examples}


@dataclass(frozen=True)
class AgencyKind(PatternRow):
    """How names of one kind begin; the first row that fits holds. pattern: over text without marks."""

    kind: str
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.match(plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation as one: id, name, kind and unit. unit is None where the document does not say."""

    agency_id: str
    name: str
    kind: str | None
    unit: str | None


@dataclass(frozen=True)
class SmallWord:
    """A word that does not tell two names apart. word: without marks."""

    word: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.word in _words(text).split() and self.word not in agency_key(text).split()


@dataclass(frozen=True)
class OwnUnitWord:
    """A word at the end of a name that points to the issuer's own unit. word: with its marks."""

    kind: Literal["level", "pointer"]
    word: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return text.lower().endswith(f" {self.word}") and _own_unit().search(text) is not None


_COMMUNE = 3
_DEPARTMENT = "department"
"""The kind of the bodies that provinces alone have."""


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row.word for row in load_rules("small_words", SmallWord))


@cache
def _own_unit() -> re.Pattern[str]:
    """The level word that ends a name."""
    rows = load_rules("own_units", OwnUnitWord)
    levels = [*(rule.level for rule in load_rules("levels", LevelRule)), *(r.word for r in rows if r.kind == "level")]
    pointers = "|".join(row.word for row in rows if row.kind == "pointer")
    return re.compile(rf"\s(?:{'|'.join(levels)})(?:\s(?:{pointers}))?[\s.,;]*$", re.IGNORECASE)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text)))


def agency_key(text: str) -> str:
    """What two spellings of one organisation share: abbreviations written out, small words and own level word gone.

    >>> agency_key("VP HĐND-UBND phường") == agency_key("Văn phòng HĐND và UBND phường Mỏ Chè")
    True
    """
    words = f" {_words(_without_unit(text))} "
    for row in sorted(load_rules("abbreviations", Abbreviation), key=lambda row: -len(row.short)):
        words = words.replace(f" {row.short} ", f" {row.full} ")
    kept = [word for word in words.split() if word not in _small_words()]
    return " ".join(kept) or words.strip()


def _without_unit(text: str) -> str:
    """The name without the unit at its end, named or not: 'Văn phòng HĐND và UBND phường Mỏ Chè', 'Công an xã'."""
    units = [unit for unit in find_units(text) if unit.start > 0]
    if units and units[-1].end >= len(text.rstrip(" .;,")):
        return text[: units[-1].start].rstrip()
    found = _own_unit().search(text)
    return text[: found.start()] if found and found.start() > 0 else text


@cache
def _known() -> dict[str, AgencyRule]:
    return {agency_key(name): rule for rule in load_rules("agencies", AgencyRule) for name in rule.examples}


def is_known_agency(text: str) -> bool:
    """Whether a spelling is one of an organisation that the table knows, abbreviations and its unit apart."""
    return agency_key(text) in _known()


def read_agency(text: str, context: PlanContext) -> Agency:
    """The organisation that a spelling means in this document, its own abbreviations honoured.

    >>> context = PlanContext("x", definitions=(Definition("Bộ phận Một cửa", "Bộ phận Tiếp nhận và Trả kết quả"),))
    >>> read_agency("Bộ phận một cửa", context).name
    'Bộ phận Tiếp nhận và Trả kết quả'
    """
    meant = _defined(text, context.definitions)
    key = agency_key(meant)
    rule = _known().get(key)
    unit = _unit(meant, rule, context)
    name = rule.name if rule else _tidy(_without_unit(meant))
    return Agency(_agency_id(key if rule is None else agency_key(rule.name), unit), name, _kind(meant, rule), unit)


def _defined(text: str, definitions: Sequence[Definition]) -> str:
    """The text with the document's own short forms written out, whole words, the longest first."""
    for definition in sorted(definitions, key=lambda d: -len(d.short)):
        pattern = rf"(?<!\w){re.escape(plain(definition.short))}(?!\w)"
        if found := re.search(pattern, plain(text)):
            text = f"{text[: found.start()]}{definition.full}{text[found.end() :]}"
    return text


def _tidy(name: str) -> str:
    text = " ".join(re.sub(r"\s*[-–]\s*", " - ", name).split()).strip(" -.,;:")
    return text[:1].upper() + text[1:]


def _kind(text: str, rule: AgencyRule | None) -> str | None:
    if rule is not None:
        return rule.kind
    if kind := next((row.kind for row in load_rules("agency_kinds", AgencyKind) if row.matches(text)), None):
        return kind
    body = next((row for row in load_rules("issuers", IssuerRule) if row.matches(text)), None)
    return body.kind if body else None


def _unit(text: str, rule: AgencyRule | None, context: PlanContext) -> str | None:
    """The unit named with it; else the province for its departments; else the issuer's own."""
    named = [unit for unit in find_units(text) if unit.start > 0]
    own = f"{context.issuer_level} {context.issuer_name}" if context.issuer_level and context.issuer_name else None
    if named and named[-1].text != own:
        return _path(named[-1].text, context)
    rank = rule.rank if rule else int(_kind(text, rule) == _DEPARTMENT)
    if rank == 1 and context.issuer_level != PROVINCE:
        return province_unit(context.province) if context.province else None
    if rank == 2 and context.issuer_level and _COMMUNE in ranks_of(context.issuer_level):
        return _path(context.parent_unit, context) if context.parent_unit else None
    return _path(own, context) if own else None


def _path(unit: str, context: PlanContext) -> str:
    """The unit with its province, so that two communes of one name stay two."""
    return f"{unit}, {context.province}" if context.province and context.province not in unit else unit


def _agency_id(key: str, unit: str | None) -> str:
    return hashlib.sha256(f"{key}\n{plain(unit or '')}".encode()).hexdigest()[:16]


def agency_rows(assignments: Iterable[AssignmentRow], context: PlanContext) -> tuple[AgencyRow, ...]:
    """The organisations of one plan by id: the spellings seen, how often each leads and joins."""
    rows: list[AgencyRow] = []
    for assignment in assignments:
        for spelling in assignment.lead:
            rows.append(_row(read_agency(spelling, context), spelling, led=1, joined=0))
        for spelling in assignment.partners:
            rows.append(_row(read_agency(spelling, context), spelling, led=0, joined=1))
    return merge_agencies(rows)


def _row(agency: Agency, spelling: str, led: int, joined: int) -> AgencyRow:
    return AgencyRow(
        agency.agency_id, agency.name, agency.kind, agency.unit, (" ".join(spelling.split()),), led, joined
    )


def merge_agencies(rows: Iterable[AgencyRow]) -> tuple[AgencyRow, ...]:
    """Rows of many documents as one row for each id, ordered by id. Associative: merged rows may be merged again."""
    by_id: dict[str, list[AgencyRow]] = defaultdict(list)
    for row in rows:
        by_id[row.agency_id].append(row)
    return tuple(_merged(by_id[agency_id]) for agency_id in sorted(by_id))


def _merged(rows: Sequence[AgencyRow]) -> AgencyRow:
    # The longest name is the least abbreviated; the alphabet breaks ties, whatever the order of the documents.
    first = min(rows, key=lambda row: (-len(row.name), row.name))
    return replace(
        first,
        aliases=tuple(sorted({alias for row in rows for alias in row.aliases})),
        assignments_led=sum(row.assignments_led for row in rows),
        assignments_joined=sum(row.assignments_joined for row in rows),
    )
