"""The head of a plan with all that documents its fields: letterhead, issuer, title, period, grounds, signature."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extract.page import PageSource
from normalize.fixes import RestoredPage
from normalize.letters import CAPITAL
from schema.head.document_types import promulgates, promulgating_sort
from schema.head.head_wordings import find_head_wording
from schema.head.header import Head, Letterhead, has_lost_dots, read_head, read_letterhead
from schema.head.issuers import Issuer, read_issuer
from schema.head.segment import Segment
from schema.head.signature import Signature, read_signature
from schema.outline.flow import PrintedLine
from schema.outline.parts import mostly_capitals
from schema.places.gazetteer import name_key
from schema.places.spellings import Evidence, evidence_of, is_printed
from schema.places.units import find_units
from schema.plain import plain
from schema.records import PlanRow
from schema.values.dates_and_symbols import find_dates, find_symbols
from schema.values.periods import Period, read_period

# Numbers and days are often written by hand into a printed form; below this a recogniser was guessing. On a dotted line
# a hand wrote for certain, and strokes that touch the dots are misread with more confidence.
_LEGIBLE = 0.7
_LEGIBLE_ON_DOTS = 0.9


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What was read before the body. confidence: 0 to 1."""

    doc_type: str
    number: str | None
    date: dt.date | None
    place: str | None
    issuer: Issuer
    title: str | None
    period: Period
    signature: Signature
    grounds: tuple[tuple[PrintedLine, ...], ...]
    confidence: float


def read_plan_head(pages: Sequence[RestoredPage], lines: Sequence[PrintedLine], segment: Segment) -> PlanHead:
    """The head of one plan; where a decision promulgates it, number, date, issuer and signature are the decision's."""
    bearer = segment.decision or segment
    top = lines[bearer.start : bearer.heading]
    letterhead = read_letterhead(top)
    own = read_head(lines, segment)
    decided = read_head(lines, segment.decision) if segment.decision else None
    number, date = _number(pages, top, letterhead), _date(pages, top, letterhead)
    if segment.decision is None and segment.attached and number is None:
        number, date = _promulgation(lines[segment.heading : own.grounds_end])
    grounds = _grounds(lines, decided, own)
    evidence = evidence_of(pages, [line for part in grounds for line in part], lines[segment.first : segment.end])
    named = _of_plan(own.title) or (_of_plan(decided.title) if decided else None)
    introduction = _introduction(lines[segment.heading : segment.end], own.grounds_end - segment.heading)
    period = _period((named, decided.title if decided else None, introduction), date)
    issuer = read_issuer(letterhead.bodies, evidence, date or _some_day(letterhead, period))
    title = _named_right(named, issuer, evidence)
    attached = segment.decision is not None or (segment.attached and number is not None)
    return PlanHead(
        doc_type=promulgating_sort() if attached else segment.kind.name,
        number=number,
        date=date,
        place=_place(pages, top, letterhead, issuer, bool(evidence.misread)),
        issuer=issuer,
        title=title,
        period=period,
        signature=_signature(lines, segment, own, decided),
        grounds=grounds,
        confidence=_confidence(lines, bearer, own, number, date, issuer, title),
    )


def _some_day(letterhead: Letterhead, period: Period) -> dt.date | None:
    """A day in the year of issue, to tell which levels there were: an unsure date, or the year that the plan is for."""
    return (letterhead.date.date if letterhead.date else None) or period.start


def _of_plan(title: str | None) -> str | None:
    """The plan's title out of the decision's: 'Ban hành Kế hoạch cải cách hành chính' -> 'Cải cách hành chính'."""
    found = find_head_wording("promulgates_plan", plain(title)) if title else None
    if title is None or found is None:
        return title
    rest = title[found.end() :]
    return rest[:1].upper() + rest[1:]


def _place(
    pages: Sequence[RestoredPage], top: Sequence[PrintedLine], letterhead: Letterhead, issuer: Issuer, misread: bool
) -> str | None:
    """The place in the spelling of the unit that it is: the issuer's seat is most often its own unit or province.

    misread: the text lost its marks; a name that cannot be told for the issuer cannot be told here.
    """
    place = letterhead.place
    if place is None or issuer.level is None or issuer.unit_name is None:
        return None if misread and issuer.level is not None else place
    whole = f"{issuer.level.capitalize()} {issuer.unit_name}"
    above = (issuer.parent or "").split(" ", 1)[-1]
    for name in (issuer.unit_name, whole, issuer.province or "", above):
        if len(name) >= 3 and name_key(name) == name_key(place):
            return name
    legible = _legible_words(pages, top[letterhead.date_lines[0]], place) if letterhead.date_lines else True
    near = [name for name in (issuer.unit_name, whole) if len(name) >= 5 and _near(name, place, legible)]
    return near[0] if near else place if legible else None


def _legible_words(pages: Sequence[RestoredPage], line: PrintedLine, text: str) -> bool:
    wanted = set(text.split())
    words = pages[line.page].page.lines[line.line].words
    return all(word.confidence >= _LEGIBLE for word in words if word.text.strip(",.") in wanted)


def _near(name: str, other: str, legible: bool = True) -> bool:
    """Alike up to a fifth of the letters, marks apart; a third where the recogniser was guessing."""
    return Levenshtein.normalized_distance(name_key(name), name_key(other)) <= (1 / 5 if legible else 1 / 3)


def _named_right(title: str | None, issuer: Issuer, evidence: Evidence) -> str | None:
    """The title with the issuer's own unit spelt as it is: names suffer most from a poor reading."""
    if title is None or issuer.unit_name is None or not (issuer.sure or evidence.misread):
        return title
    printed = {u.name for u in evidence.printed_units}
    for unit in reversed(find_units(title, misread=bool(evidence.misread))):
        own = unit.level == issuer.level and _near(issuer.unit_name, unit.name, not evidence.misread)
        if own and unit.name not in printed:
            spelt = f"{unit.level} {issuer.unit_name}"
            spelt = spelt.upper() if mostly_capitals(title[unit.start : unit.end]) else spelt
            title = f"{title[: unit.start]}{spelt}{title[unit.end :]}"
    return title


def _number(pages: Sequence[RestoredPage], top: Sequence[PrintedLine], letterhead: Letterhead) -> str | None:
    found, at = letterhead.number, letterhead.number_line
    if found is None or found.number is None or at is None:
        return None
    digits = re.sub(r"\D.*", "", found.number)
    if _is_layer(pages, top[at]) and _ON_DOTS.search(top[at].raw[:_LONGEST_NUMBER]):
        return None
    return found.number if _legible(pages, (top[at],), digits) else None


def _date(pages: Sequence[RestoredPage], top: Sequence[PrintedLine], letterhead: Letterhead) -> dt.date | None:
    if letterhead.date is None:
        return None
    on = [top[at] for at in letterhead.date_lines]
    if _is_layer(pages, on[0]) and any(
        has_lost_dots(line.text, part) for line in on for part in letterhead.date.parts[:2]
    ):
        return None
    return letterhead.date.date if all(_legible(pages, on, part) for part in letterhead.date.parts) else None


# A hand's number on the printed dots, in a layer that does not say how sure it is: one in three is wrong.
_ON_DOTS = re.compile(r"[.…_]\s*\d|\d\s?[.…_]+\s*\d*\s*/")
_LONGEST_NUMBER = 24
"""Characters of a line in which its 'Số: ...' stands; the date may stand behind it."""


def _is_layer(pages: Sequence[RestoredPage], line: PrintedLine) -> bool:
    """Whether an unknown recogniser read the line, which does not say how sure it was."""
    return pages[line.page].page.source is not PageSource.OCR and not is_printed(pages, line)


def _legible(pages: Sequence[RestoredPage], on: Sequence[PrintedLine], digits: str) -> bool:
    """Whether the word that shows these digits was read surely; text without word confidences is taken as it is."""
    words = [word for line in on for word in pages[line.page].page.lines[line.line].words]
    plain_texts = [(word, re.sub(r"[.…_]", "", word.text)) for word in words]
    # the year holds the digits of many a day, and is no witness for it
    whole = [word for word, text in plain_texts if digits in re.findall(r"\d+", text)]
    shown = [w.confidence - _needed(w.text) for w in whole or [word for word, text in plain_texts if digits in text]]
    if not shown:
        return all(word.confidence >= _LEGIBLE for word in words)
    return max(shown) >= 0


def _needed(text: str) -> float:
    return _LEGIBLE_ON_DOTS if re.search(r"[.…_]\s*\d|\d\s*[.…_]", text) else _LEGIBLE


def _promulgation(lines: Sequence[PrintedLine]) -> tuple[str | None, dt.date | None]:
    """Number and date out of '(Ban hành kèm theo Quyết định số 18/QĐ-UBND ngày 05 tháng 3 năm 2024 ...)'."""
    text = " ".join(line.text for line in lines[:12])
    lead = find_head_wording("attached_note", plain(text))
    if lead is None:
        return None, None
    after = text[lead.end() : lead.end() + 120]
    symbol = next((s for s in find_symbols(after) if s.number), None)
    return (symbol.number if symbol else None), next((d.date for d in find_dates(after)), None)


def _grounds(lines: Sequence[PrintedLine], decided: Head | None, own: Head) -> tuple[tuple[PrintedLine, ...], ...]:
    """The lines of the grounds: of the decision, where there is one, and of the plan."""
    parts = (lines[head.grounds_start : head.grounds_end] for head in (decided, own) if head)
    return tuple(tuple(line for line in part if not promulgates(line.text)) for part in parts)


_LINES_OF_INTRODUCTION = 4
"""Lines of the longest sentence that introduces a plan."""
_GROUND_BEFORE = re.compile(rf".*(?:;\s+|\.\s+(?=[{CAPITAL}]))")


def _introduction(lines: Sequence[PrintedLine], body: int) -> str | None:
    """The sentence that ends by introducing the plan, '... như sau:', without the grounds before it; None without one.

    body: index of the body's first line.
    """
    for last in range(body, min(len(lines), body + _LINES_OF_INTRODUCTION) + 1):
        text = " ".join(line.text for line in lines[max(0, last - _LINES_OF_INTRODUCTION) : last])
        if find_head_wording("introduces", plain(text)):
            return _GROUND_BEFORE.sub("", text)
    return None


def _period(texts: Sequence[str | None], issued: dt.date | None) -> Period:
    """Of the first that names one: the title, the decision's title, the sentence that introduces the plan."""
    for text in texts:
        if text and (period := read_period(text, issued)) is not None:
            return period
    return Period(None, None)


def _signature(lines: Sequence[PrintedLine], segment: Segment, own: Head, decided: Head | None) -> Signature:
    if segment.decision is not None and decided is not None:
        return read_signature(lines, decided.grounds_end, segment.decision.end)
    return read_signature(lines, own.grounds_end, segment.end)


def _confidence(
    lines: Sequence[PrintedLine],
    bearer: Segment,
    own: Head,
    number: str | None,
    date: dt.date | None,
    issuer: Issuer,
    title: str | None,
) -> float:
    """Mean confidence of the head's lines, less a fifth for every field that a plan has and that was not found."""
    indices = {*range(bearer.start, bearer.heading + 1), *own.title_lines}
    sure = [lines[index].confidence for index in indices]
    missing = sum(value is None for value in (number, date, title)) + _lacks_unit(issuer) + (not issuer.sure)
    return (sum(sure) / len(sure) if sure else 0.5) * 0.8**missing


def _lacks_unit(issuer: Issuer) -> bool:
    return issuer.unit_name is None and not issuer.national


_REVIEW_BELOW = 0.75
"""Confidence of a head below which a person should look: one field missed (0.8), or lines that were poorly read."""


def plan_row(plan_id: str, document_id: str, head: PlanHead) -> PlanRow:
    """The head as a row of the output."""
    return PlanRow(
        plan_id=plan_id,
        document_id=document_id,
        doc_type=head.doc_type,
        doc_number=head.number,
        issued_date=head.date,
        issued_place=head.place,
        issuer=head.issuer.name,
        issuer_level=head.issuer.level,
        issuer_name=head.issuer.unit_name,
        parent_unit=head.issuer.parent,
        province=head.issuer.province,
        title=head.title,
        period_start=head.period.start,
        period_end=head.period.end,
        signer_name=head.signature.name,
        signer_title=head.signature.title,
        confidence=head.confidence,
        needs_review=_needs_review(head),
    )


def _needs_review(head: PlanHead) -> bool:
    """A field that every plan prints was not read, or what was read is doubtful."""
    missing = None in (head.number, head.date, head.title) or _lacks_unit(head.issuer)
    return missing or head.confidence < _REVIEW_BELOW or not head.issuer.sure or head.signature.doubtful
