"""Placed blocks -> targets: one row for each number that is itself an aim, for each definite aim without a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schema.areas import PlanSubject, read_area
from schema.brackets import is_bracket_open
from schema.context import PlanContext
from schema.narrative.aims import aims_of, shares_bound, stand_beside, word_rules
from schema.narrative.sections import Placed, Role
from schema.narrative.statements import Statement, is_one_list, read_statements, says_an_aim
from schema.outline.blocks import Kind, LineRef
from schema.outline.parts import Part
from schema.plain import plain
from schema.records import Bbox, TargetRow, bbox_of
from schema.values.deadlines import Deadline
from schema.values.quantities import Comparator, Quantity, read_direction
from schema.values.statement_times import read_aim_time, read_time, statement_times
from schema.values.time_numbers import time_words


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text of aims was read: what its targets share. confidence: of the text itself, 0 to 1."""

    section: str | None
    area: str | None
    page: int
    bbox: Bbox | None
    raw_text: str
    confidence: float = 1.0


REVIEW_BELOW = 0.7
"""Targets less sure than this are marked for review."""
_ALL = 100
"""Per cent."""
_SURE, _COUNT, _NO_NUMBER, _SHARED, _IMPLAUSIBLE = 0.97, 0.82, 0.82, 0.93, 0.4
"""How often rows are right: a share; a count; no number; several aims in a clause; a share over 100 %."""


def read_targets(sections: Sequence[Placed], context: PlanContext) -> tuple[TargetRow, ...]:
    """The targets of the body, in reading order, numbered from 1. Appendix goals are read with `targets_from_text`."""
    held = [place for place in sections if _may_hold_targets(place) and not _names_a_group(place, sections)]
    if not any(place.role in _ON_AIMS for place in sections):
        held += [place for place in sections if _is_required(place)]
    rows = [row for place in held for row in _block_targets(place, sections, context)]
    return tuple(replace(row, target_no=number) for number, row in enumerate(rows, 1))


def lines_among_aims(sections: Sequence[Placed]) -> frozenset[LineRef]:
    """The lines of table rows that stand in sections on targets."""
    rows = (place for place in sections if place.block.kind is Kind.TABLE_ROW and place.role is Role.TARGETS)
    return frozenset(line for row in rows if row.block.part is Part.BODY for line in row.block.lines)


def targets_from_text(
    text: str, context: PlanContext, source: Source, figures_only: bool = True
) -> tuple[TargetRow, ...]:
    """The targets of one text, for instance a goal cell of an appendix; target_no is 0, to be numbered by the caller.

    figures_only: leave out statements without a number.
    """
    return tuple(
        row
        for statement in read_statements(text)
        if says_an_aim(statement) and (statement.aims or not figures_only)
        for row in _statement_rows(statement, context, source)
    )


_ON_AIMS = (Role.TARGETS, Role.AIMS)


def _is_required(place: Placed) -> bool:
    """Whether a block among the requirements names a figure: a plan without a section on aims says there what is to be
    reached, "Kiểm tra tối thiểu 30% số đơn vị".
    """
    block = place.block
    told = block.part is Part.BODY and block.kind in (Kind.ITEM, Kind.PARAGRAPH) and place.role is Role.REQUIREMENTS
    return told and bool(aims_of(place.text))


def _may_hold_targets(place: Placed) -> bool:
    if place.block.part is not Part.BODY or place.role not in _ON_AIMS:
        return False
    has_figures = bool(aims_of(place.text))
    if place.block.kind is Kind.TABLE_ROW or (place.own and place.text == place.block.text and not has_figures):
        return False
    return has_figures or not (place.block.kind is Kind.HEADING or place.text.endswith(":") or _is_aside(place.text))


_WORDS_OF_NAME = 8
"""Words of the longest name of a field above its aims."""


def _names_a_group(place: Placed, sections: Sequence[Placed]) -> bool:
    """A few words without a mark at their end, above the aims of a field: '- Nuôi trồng thủy sản'."""
    text, below = place.text.strip(), sections[place.index + 1 : place.index + 2]
    named = text[:1].isupper() and text[-1:].isalpha() and len(text.split()) <= _WORDS_OF_NAME
    return named and not aims_of(text) and any(aims_of(b.text) or _stands_below(b, place) for b in below)


def _stands_below(after: Placed, name: Placed) -> bool:
    """Whether what follows a line is its part, or a paragraph without a mark below a marked line."""
    marked, block = name.block.marker is not None, after.block
    return name.index in block.parents or (marked and block.marker is None and block.kind is Kind.PARAGRAPH)


def _is_aside(text: str) -> bool:
    """A remark in brackets, "(Có biểu kèm theo)"."""
    return re.fullmatch(r"\(.*\)\W*", text) is not None


def _block_targets(place: Placed, sections: Sequence[Placed], context: PlanContext) -> Iterator[TargetRow]:
    block = place.block
    source = Source(
        section=".".join(block.path) or None,
        area=_area(place, sections, context.subject),
        page=block.page,
        bbox=bbox_of(block.box),
        raw_text=block.raw,
        confidence=block.confidence,
    )
    general = place.role is Role.AIMS and (place.own is None or _is_general(block.text))
    yield from targets_from_text(place.text, context, source, figures_only=general)


def _is_general(text: str) -> bool:
    """Whether a block names itself the plan's aim on the whole: "1.1. Mục tiêu chung: ..."."""
    return any(rule.matches(text) for rule in word_rules("general"))


def _area(place: Placed, sections: Sequence[Placed], subject: PlanSubject) -> str | None:
    """From the headings above, inmost first; then from the numbered item that the statement belongs to."""
    above = [sections[p] for p in reversed(place.block.parents)]
    headings = [p.block.text for p in above if p.block.kind is Kind.HEADING and p.own is None]
    return read_area(*headings, _family(place, sections), place.text, subject=subject)


def _family(place: Placed, sections: Sequence[Placed]) -> str:
    """The text of the numbered item that a statement belongs to, with all its dashes: they share their area."""
    items = [p for p in place.block.parents if sections[p].block.kind is not Kind.HEADING]
    head = items[0] if items else place.index
    return " ".join(p.text for p in sections if p.index == head or head in p.block.parents)


def _statement_rows(statement: Statement, context: PlanContext, source: Source) -> Iterator[TargetRow]:
    for index, aim in enumerate(statement.aims or (None,)):
        time = _time(statement, index, context)
        if aim is not None and _was_reached(statement, aim, time, context):
            continue
        confidence = source.confidence * _evidence(statement, aim)
        yield TargetRow(
            plan_id=context.plan_id,
            target_no=0,
            section=source.section,
            area=source.area,
            text=statement.text,
            comparator=_comparator(statement, aim),
            value=aim.value if aim else None,
            unit=aim.unit if aim else None,
            deadline_start=time.start if time else None,
            deadline_end=time.end if time else None,
            page=source.page,
            bbox=source.bbox,
            raw_text=source.raw_text,
            confidence=confidence,
            needs_review=confidence < REVIEW_BELOW,
        )


def _was_reached(statement: Statement, aim: Quantity, time: Deadline | None, context: PlanContext) -> bool:
    """Whether a number in brackets is of a year before the plan: "đạt 90% (năm 2023 đạt 76,5%)"."""
    before = statement.text[: aim.start]
    aside = is_bracket_open(before)
    start, end = context.period_start, time.end if time else None
    return aside and start is not None and end is not None and end < start


def _time(statement: Statement, index: int, context: PlanContext) -> Deadline | None:
    """The time of one aim of a statement; with several aims, each has the time that stands beside it."""
    aims = statement.aims
    if len(aims) < 2 or is_one_list(statement) or _is_of_all(statement):
        return read_time(statement.text, "target", context)
    text = statement.text
    start, end = aims[index - 1].end if index else 0, aims[index + 1].start if index + 1 < len(aims) else len(text)
    if index and not _names_time_before(text, start, aims[index].start):
        start = aims[index].start
    if index + 1 < len(aims) and _names_time_before(text, aims[index].end, end):
        end = aims[index].end
    return read_aim_time(text, start, end, context)


def _is_of_all(statement: Statement) -> bool:
    """Whether all aims share the one time of a statement: it stands before them, or behind a list of counts or shares,
    or behind what each of all has.

    "Phát 1.200 tờ gấp, treo 06 băng rôn trước 30/4", "kiểm tra 30% số phòng và 40% số xã trong năm 2025", "Chỉ số SIPAS
    năm 2025 đạt 86%, tăng 2%".
    """
    aims, text = statement.aims, statement.text
    starts = [span.start for span in statement_times(text, "target")]
    if not starts or len(_apart(text)) > 1:
        return False
    if max(starts) < aims[0].start:
        return True
    counts = all(aim.unit != "%" and not aim.bound for aim in aims)
    pairs = [shares_bound(text, a, b) or stand_beside(text, a, b) or _is_of_each(a, b) for a, b in pairwise(aims)]
    return min(starts) >= aims[-1].end and (counts or all(pairs))


def _is_of_each(whole: Quantity, part: Quantity) -> bool:
    """Whether a bounded count is what each of all has: "100% thôn có ít nhất 02 buổi họp trong năm 2026"."""
    return whole.unit == "%" and whole.value == _ALL and part.unit != "%" and part.bound


def _apart(text: str) -> list[int]:
    """Where the times of a text end that do not lie within one another."""
    ends: list[int] = []
    for span in sorted(statement_times(text, "target")):
        if ends and span.start < ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            ends.append(span.end)
    return ends


_SEAM = re.compile(r"[,(:;]")
"""What parts a time from the number before it, beside words."""


def _names_time_before(text: str, start: int, end: int) -> bool:
    """Whether a time in text[start:end], between two aims, is the second's: after a comma, 'và' or in brackets."""
    between = plain(text[start:end])
    seams = [start + match.end() for seam in (_SEAM, time_words("time_seam")) for match in seam.finditer(between)]
    return any(seam <= span.start < end for span in statement_times(text, "target") for seam in seams)


def _comparator(statement: Statement, aim: Quantity | None) -> Comparator | None:
    return aim.comparator if aim else read_direction(statement.text)


def _evidence(statement: Statement, aim: Quantity | None) -> float:
    if aim is None:
        return _NO_NUMBER
    if aim.unit == "%" and aim.value > 100:
        return _IMPLAUSIBLE
    return (_SURE if aim.unit == "%" else _COUNT) * (_SHARED if len(statement.aims) > 1 else 1.0)
