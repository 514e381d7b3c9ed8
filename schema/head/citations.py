"""One instrument cited in a ground: its kind, number, date and issuer, or the name of a law."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schema.head.head_wordings import head_regex
from schema.head.symbols import date_in_year_of, mended_law, mended_number
from schema.plain import plain
from schema.ruletable import WholeWordsRow, load_rules
from schema.values.dates_and_symbols import SymbolFound, find_dates, find_symbols


@dataclass(frozen=True)
class InstrumentRule(WholeWordsRow):
    """A kind of instrument. named: cited by its name rather than by a number. code: its part of a symbol, 'QĐ'."""

    name: str
    pattern: str
    named: bool = False
    code: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        mention = next(iter(find_mentions(text, 0, len(text))), None)
        return mention is not None and mention.rule.name == self.name


@dataclass(frozen=True, slots=True)
class Basis:
    """One instrument cited. number: its number and symbol, or its name for a law. start, end: span in the passage."""

    instrument: str
    number: str | None
    date: dt.date | None
    issuer: str | None
    start: int
    end: int


def is_law(instrument: str | None) -> bool:
    """Whether a kind of instrument is often cited by its name alone; None is an instrument of no known kind."""
    return any(rule.named and rule.name == instrument for rule in load_rules("instruments", InstrumentRule))


@dataclass(frozen=True, slots=True)
class Mention:
    """The name of a kind of instrument in a text, and its span."""

    rule: InstrumentRule
    start: int
    end: int


@cache
def _any_instrument() -> re.Pattern[str]:
    rules = sorted(enumerate(load_rules("instruments", InstrumentRule)), key=lambda pair: -len(pair[1].pattern))
    spaced = ((i, rule.pattern.replace(" ", "[ .]")) for i, rule in rules)  # "Nghị.định": a speck in the blank
    return re.compile(rf"\b(?:{'|'.join(f'(?P<i{i}>{pattern})' for i, pattern in spaced)})\b")


def find_mentions(text: str, start: int, end: int) -> Iterator[Mention]:
    """Names of instruments written as such: with a capital, or with a number behind."""
    for match in _any_instrument().finditer(plain(text), start, end):
        capital = text[match.start()].isupper()
        if capital or head_regex("number_behind").match(plain(text[match.end() : match.end() + 12])):
            rules = load_rules("instruments", InstrumentRule)
            rule = next(rule for i, rule in enumerate(rules) if match.group(f"i{i}") is not None)
            yield Mention(rule, match.start(), match.end())


def is_cited(text: str, mention: Mention, end: int) -> bool:
    """Whether it stands there with a number, or as a law by its name."""
    if mention.rule.named:
        return True
    behind = plain(text[mention.end : min(end, mention.end + 18)])
    if _announces_numbers(text, mention, end):
        return True
    return head_regex("cited_number").match(behind) is not None


# How far the name of a kind may stand from its numbers in brackets: '... quy định chi tiết ... (số 16/2026/NĐ-CP'.
_TO_LIST = 300


def _announces_numbers(text: str, mention: Mention, end: int) -> bool:
    """'các Nghị định của Chính phủ về ... (số 16/2026/NĐ-CP, số 17/2026/NĐ-CP)': numbers alone, in brackets."""
    if not head_regex("several").search(plain(text[: mention.start])):
        return False
    return head_regex("numbers_listed").search(plain(text), mention.end, min(end, mention.end + _TO_LIST)) is not None


def amends(text: str, law: Mention, inner: Mention) -> bool:
    """'Luật sửa đổi, bổ sung một số điều của Luật A và Luật B': the laws it amends are part of its name."""
    name = plain(text[law.end : inner.start])
    return head_regex("amends").match(name) is not None and head_regex("name_is_over").search(name) is None


def bases_of(text: str, mention: Mention, limit: int) -> Iterator[Basis]:
    """One mention is one instrument, or several that share their kind: 'Quyết định số 1/QĐ-BNV và 2/QĐ-BNV'."""
    if mention.rule.named:
        yield _law(text, mention, limit)
        return
    flat, name = plain(text), mention.rule.name
    symbols = _numbers_behind(text, mention, limit)
    listed = _announces_numbers(text, mention, len(text))
    if listed:
        limit = _list_end(text, mention.end)
        symbols = _numbers_listed(text, mention, limit)
    for index, symbol in enumerate(symbols):
        until = mention.start + symbols[index + 1].start if index + 1 < len(symbols) else limit
        after = mention.start + symbol.end
        date = (
            _first_date(text, after, until)
            or _first_date(text, after, limit)
            or _first_date(text, mention.end, after)
            or date_in_year_of(symbol.symbol, text[after:until])
        )
        issuer = _proposer(text, mention.start) or _issuer(text, mention.end if listed else after, limit)
        number = mended_number(symbol.number or "", mention.rule.code, issuer)
        yield Basis(name, number, date, issuer, mention.start, limit)
    if not symbols:
        bare = head_regex("bare_number").match(flat, mention.end, limit)
        date, issuer = _first_date(text, mention.end, limit), _issuer(text, mention.end, limit)
        yield Basis(name, bare.group(1) if bare else None, date, issuer, mention.start, limit)


def _numbers_behind(text: str, mention: Mention, limit: int) -> list[SymbolFound]:
    """The numbers behind the name of the kind, up to what the instrument is about; spans from the name's start on."""
    about = head_regex("about").search(plain(text), mention.end, limit)
    head = text[mention.start : about.start() if about else limit]
    return [symbol for symbol in find_symbols(head) if symbol.number]


def _numbers_listed(text: str, mention: Mention, limit: int) -> list[SymbolFound]:
    """The numbers that stand alone, in brackets behind what the instruments are about."""
    flat, listed = plain(text), head_regex("listed_number")
    symbols = [symbol for symbol in find_symbols(text[mention.start : limit]) if symbol.number]
    return [s for s in symbols if listed.search(flat, mention.end, mention.start + s.start)]


def _first_date(text: str, start: int, end: int) -> dt.date | None:
    """The date of an instrument stands in the ground's first clause, close to its number."""
    return next((found.date for found in find_dates(text[start:end]) if found.start < 120), None)


def _law(text: str, mention: Mention, limit: int) -> Basis:
    """A law by its name: up to its date, number, year, or the next mark. An amending law names those it amends."""
    amends_others = head_regex("amends").match(plain(text[mention.end :]))
    until = max(limit, _clause_end(text, mention.end)) if amends_others else limit
    after = mention.end + (amends_others.end() if amends_others else 0)
    ends = head_regex("law_ends").finditer(plain(text[:until]), after)
    found = next((m for m in ends if not (amends_others and head_regex("next_law").match(m[0]))), None)
    end = found.start() if found else until
    name = " ".join(text[mention.start : end].split()).rstrip(" ,")
    if joined := head_regex("trailing_and").search(plain(name)):
        name = name[: joined.start()]
    date = _first_date(text, end, until)
    return Basis(mention.rule.name, mended_law(name), date, None, mention.start, max(end, until))


def _list_end(text: str, start: int) -> int:
    """The end of a list of numbers that share their kind: "các Kế hoạch: số 15/KH-UBND ...; số 28/KH-UBND ...;"."""
    end = _clause_end(text, start)
    while end < len(text) and head_regex("goes_on_listing").match(plain(text), end):
        end = _clause_end(text, end + 1)
    return end


# How far behind the number what it is about may stand before 'của Ủy ban nhân dân tỉnh'.
_TO_ISSUER = 80


def _clause_end(text: str, start: int) -> int:
    found = re.compile(r";|\.\s").search(text, start)
    return found.start() if found else len(text)


@cache
def _issuer_named() -> re.Pattern[str]:
    ends = head_regex("issuer_ends").pattern
    return re.compile(rf"{head_regex('issuer_opens').pattern}(?P<name>[^;]+?)(?={ends})")


@cache
def _issuer_behind() -> re.Pattern[str]:
    opens, ends = head_regex("issued_by").pattern, head_regex("issuer_ends").pattern
    return re.compile(rf"{opens}(?P<name>[^;]+?)(?={ends})")


def _proposer(text: str, mention: int) -> str | None:
    """'Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số ...': who proposes has issued it."""
    window = max(0, mention - 160)
    found = head_regex("proposer").search(plain(text[window:mention]))
    return " ".join(text[window + found.start("name") : window + found.end("name")].split()) if found else None


def _issuer(text: str, start: int, end: int) -> str | None:
    """Who issued it: right behind number and date ('của Chính phủ', ', Ban Chấp hành Đảng bộ tỉnh')."""
    flat = plain(text)
    dates = [start + found.end for found in find_dates(text[start:end]) if found.start < 40]
    for at in (*dates[:1], start):
        found = _issuer_named().match(flat, at, end)
        if found is not None:
            return _body(text, found)
    behind = (found for found in _issuer_behind().finditer(flat, start, end) if found.start() < start + _TO_ISSUER)
    found = next((found for found in behind if head_regex("issuing_body").match(found["name"])), None)
    return _body(text, found) if found else None


def _body(text: str, found: re.Match[str]) -> str | None:
    """The words of the name; None for 'của Nghị định số 5/2024/NĐ-CP', which is an instrument and issues none."""
    name = " ".join(text[found.start("name") : found.end("name")].split())
    return None if not name or _any_instrument().match(plain(name)) else name
