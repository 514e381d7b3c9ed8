"""Legal bases: every instrument that the grounds of a plan cite, in order, repeats included.

Of the instruments in one ground those count that the plan itself stands on: the first, and those set beside it by ';',
',' or 'và'. One that a cited instrument merely speaks of ("... về thực hiện Nghị quyết số 01-NQ/TU") does not count.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from schema.head.ground_openings import BULLETS, opens_ground, words_apart
from schema.head.head_wordings import head_regex
from schema.head.symbols import date_in_year_of, mended_law, mended_number
from schema.outline.flow import PrintedLine
from schema.outline.passages import Passage, passage_of
from schema.plain import plain
from schema.records import LegalBasisRow
from schema.ruletable import load_rules
from schema.values.dates_and_symbols import find_dates, find_symbols


@dataclass(frozen=True)
class InstrumentRule:
    """A kind of instrument. named: cited by its name rather than by a number. code: its part of a symbol, 'QĐ'."""

    name: str
    pattern: str
    named: bool = False
    code: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"\b{self.pattern}\b")

    def matches(self, text: str) -> bool:
        mention = next(iter(_mentions(text, 0, len(text))), None)
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

    @property
    def is_law(self) -> bool:
        """A law is often cited by its name alone."""
        return any(rule.named and rule.name == self.instrument for rule in load_rules("instruments", InstrumentRule))


# A citation without its number, or its date, is as often misread as it is printed so.
_COMPLETE = 0.7


@dataclass(frozen=True, slots=True)
class _Mention:
    rule: InstrumentRule
    start: int
    end: int


def read_bases(lines: Sequence[PrintedLine]) -> tuple[tuple[Basis, ...], Passage]:
    """The instruments cited in the lines of the grounds, with the passage that their spans point into."""
    passage = passage_of(lines)
    edges = [*_starts(passage), len(passage.text)]
    found = [basis for start, end in pairwise(edges) for basis in read_ground(passage.text, start, end)]
    return tuple(found), passage


def _starts(passage: Passage) -> list[int]:
    text, flat = passage.text, plain(passage.text)
    starts = set()
    for line, start in zip(passage.lines, passage.starts, strict=True):
        small = line.text.lstrip(BULLETS)[:1].islower()
        ended = flat[:start].rstrip().endswith(";" if small else (";", "."))
        if opens_ground(line.text) or (ended and _misread_opening(text[start : start + 60])):
            starts.add(start)
    for match in head_regex("next_ground").finditer(flat):
        if text[match.end()].isupper():
            starts.add(match.end())
    return sorted(starts)


_MISREAD_LEAD = 3


def _misread_opening(text: str) -> bool:
    """A line after a full stop that cites an instrument within three words: 'Cén cir Luật', 'in của Luật'."""
    mention = next(_mentions(text, 0, len(text)), None)
    if mention is None or not _is_cited(text, mention, len(text)):
        return False
    return 1 <= len(text[: mention.start].split()) <= _MISREAD_LEAD


def read_ground(text: str, start: int, end: int) -> tuple[Basis, ...]:
    """The instruments that one ground, text[start:end], counts.

    >>> t = "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về thực hiện Kết luận số 1-KL/TW;"
    >>> [(b.number, b.issuer) for b in read_ground(t, 0, len(t))]
    [('76/NQ-CP', 'Chính phủ')]
    """
    opening = head_regex("opens_ground").match(words_apart(text[start:end]).lstrip(BULLETS)) or _misread_opening(
        text[start : start + 60]
    )
    mentions = list(_mentions(text, start, end))
    counted: list[_Mention] = []
    trail: _Mention | None = None
    referred = False
    for mention in mentions:
        if opening and _counts(text, start, mention, trail, referred):
            counted.append(mention)
            referred = False
        else:
            referred = referred or _is_cited(text, mention, end)
            if not _is_cited(text, mention, end):
                continue
        trail = mention
    result: list[Basis] = []
    for mention in counted:
        later = (m.start for m in mentions if m.start > mention.start and (m in counted or _is_cited(text, m, end)))
        result += _bases_of(text, mention, next(later, end))
    return tuple(result)


@cache
def _any_instrument() -> re.Pattern[str]:
    rules = sorted(enumerate(load_rules("instruments", InstrumentRule)), key=lambda pair: -len(pair[1].pattern))
    spaced = ((i, rule.pattern.replace(" ", "[ .]")) for i, rule in rules)  # "Nghị.định": a speck in the blank
    return re.compile(rf"\b(?:{'|'.join(f'(?P<i{i}>{pattern})' for i, pattern in spaced)})\b")


def _mentions(text: str, start: int, end: int) -> Iterator[_Mention]:
    """Names of instruments written as such: with a capital, or with a number behind."""
    for match in _any_instrument().finditer(plain(text), start, end):
        capital = text[match.start()].isupper()
        if capital or re.match(r"\s*so\b\s*:?\s*\d", plain(text[match.end() : match.end() + 12])):
            rules = load_rules("instruments", InstrumentRule)
            rule = next(rule for i, rule in enumerate(rules) if match.group(f"i{i}") is not None)
            yield _Mention(rule, match.start(), match.end())


def _is_cited(text: str, mention: _Mention, end: int) -> bool:
    """Whether it stands there with a number, or as a law by its name."""
    if mention.rule.named:
        return True
    behind = plain(text[mention.end : min(end, mention.end + 18)])
    return (
        re.match(
            r"\s*(?:lien tich\s*)?(?:so(?=\d)|\S{1,3}(?=\s))?\s*:?\s*\d+[a-z]?\s*[-/nqkc]|\s*so\b\s*[:.'-]?\s*[\d./]",
            behind,
        )
        is not None
    )


def _counts(text: str, start: int, mention: _Mention, trail: _Mention | None, referred: bool) -> bool:
    between = words_apart(text[(trail.end if trail else start) : mention.start]).lstrip(BULLETS)
    if trail is None:
        opening = head_regex("opens_ground").match(between)
        lead = between[opening.end() :] if opening else between
        return head_regex("plain_lead").match(lead) is not None or _is_cited(text, mention, len(text))
    if between.rstrip().endswith(";"):
        return text[mention.start].isupper()
    return (
        not referred
        and head_regex("beside").search(between) is not None
        and _is_cited(text, mention, len(text))
        and not (trail.rule.named and mention.rule.named and _amends(text, trail, mention))
    )


def _amends(text: str, law: _Mention, inner: _Mention) -> bool:
    """'Luật sửa đổi, bổ sung một số điều của Luật A và Luật B': the laws it amends are part of its name."""
    name = plain(text[law.end : inner.start])
    return head_regex("amends").match(name) is not None and "ngay" not in name and "so:" not in name


def _bases_of(text: str, mention: _Mention, limit: int) -> Iterator[Basis]:
    """One mention is one instrument, or several that share their kind: 'Quyết định số 1/QĐ-BNV và 2/QĐ-BNV'."""
    if mention.rule.named:
        yield _law(text, mention, limit)
        return
    flat, name = plain(text), mention.rule.name
    about = head_regex("about").search(flat, mention.end, limit)
    head = text[mention.start : about.start() if about else limit]
    symbols = [symbol for symbol in find_symbols(head) if symbol.number]
    for index, symbol in enumerate(symbols):
        until = mention.start + symbols[index + 1].start if index + 1 < len(symbols) else limit
        after = mention.start + symbol.end
        date = (
            _first_date(text, after, until)
            or _first_date(text, after, limit)
            or _first_date(text, mention.end, after)
            or date_in_year_of(symbol.symbol, text[after:until])
        )
        issuer = _proposer(text, mention.start) or _issuer(text, after, limit)
        number = mended_number(symbol.number or "", mention.rule.code, issuer)
        yield Basis(name, number, date, issuer, mention.start, limit)
    if not symbols:
        bare = head_regex("bare_number").match(flat, mention.end, limit)
        date, issuer = _first_date(text, mention.end, limit), _issuer(text, mention.end, limit)
        yield Basis(name, bare.group(1) if bare else None, date, issuer, mention.start, limit)


def _first_date(text: str, start: int, end: int) -> dt.date | None:
    """The date of an instrument stands in the ground's first clause, close to its number."""
    return next((found.date for found in find_dates(text[start:end]) if found.start < 120), None)


def _law(text: str, mention: _Mention, limit: int) -> Basis:
    """A law by its name: up to its date, number, year, or the next mark. An amending law names those it amends."""
    amends = head_regex("amends").match(plain(text[mention.end :])) is not None
    until = max(limit, _clause_end(text, mention.end)) if amends else limit
    after = mention.end + (len(" sua doi, bo sung") if amends else 0)
    found = head_regex("law_ends").search(plain(text[:until]), after)
    end = found.start() if found else until
    name = " ".join(text[mention.start : end].split()).rstrip(" ,")
    if joined := re.search(r"\s+va$", plain(name)):
        name = name[: joined.start()]
    date = _first_date(text, end, until)
    return Basis(mention.rule.name, mended_law(name), date, None, mention.start, max(end, until))


def _clause_end(text: str, start: int) -> int:
    found = re.compile(r";|\.\s").search(text, start)
    return found.start() if found else len(text)


@cache
def _issuer_named() -> re.Pattern[str]:
    ends = head_regex("issuer_ends").pattern
    return re.compile(rf"{head_regex('issuer_opens').pattern}(?P<name>[^;]+?)(?={ends})")


@cache
def _issuer_behind() -> re.Pattern[str]:
    return re.compile(rf"\bcua\s+(?P<name>[^;]+?)(?={head_regex('issuer_ends').pattern})")


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
            return " ".join(text[found.start("name") : found.end("name")].split()) or None
    found = _issuer_behind().search(flat, start, min(end, start + 80))
    return " ".join(text[found.start("name") : found.end("name")].split()) if found else None


def basis_rows(plan_id: str, lines: Sequence[PrintedLine]) -> tuple[LegalBasisRow, ...]:
    """The grounds' lines as rows of the output."""
    bases, passage = read_bases(lines)
    rows = []
    for ordinal, basis in enumerate(bases, 1):
        on = passage.lines_of(basis.start, basis.end)
        sure = min((line.confidence for line in on), default=1.0)
        rows.append(
            LegalBasisRow(
                plan_id=plan_id,
                ordinal=ordinal,
                instrument=basis.instrument,
                number=basis.number,
                date=basis.date,
                issuer=basis.issuer,
                page=on[0].page_number if on else 1,
                raw_text=passage.raw_of(basis.start, basis.end),
                confidence=sure * _COMPLETE ** ((basis.number is None) + (basis.date is None and not basis.is_law)),
            )
        )
    return tuple(rows)
