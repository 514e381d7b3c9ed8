"""Placed blocks -> narrative assignments: duties under organisations, articles that charge, tasks of criteria."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.letters import SMALL
from schema.areas import area_strength, read_area
from schema.context import PlanContext
from schema.narrative.charged_heads import ChargedHead, charged_head, own_lead
from schema.narrative.charges import Charge, read_charge
from schema.narrative.criteria import Criterion, read_criteria
from schema.narrative.duties import (
    duty_rules,
    is_duty,
    named_agents,
    organisation_title,
    split_run_in,
    starts_with_verb,
    subject_of,
    subjects_of,
)
from schema.narrative.duty_places import (
    LooseHead,
    calls,
    charges_somebody,
    head_above,
    head_of,
    may_hold_duty,
    speaks_for_itself,
)
from schema.narrative.labels import split_labels
from schema.narrative.partners import partners_of, says_only_who
from schema.narrative.sections import Placed, Role
from schema.organisations.agency_lists import split_agencies
from schema.outline.blocks import Kind
from schema.outline.numbering import RANK, Style
from schema.outline.parts import ends_document, mostly_capitals
from schema.records import AssignmentRow, bbox_of
from schema.values.deadlines import Deadline, read_deadline
from schema.values.money import sum_set_aside
from schema.values.statement_times import read_time

_ODD_NAME, _FRAGMENT, _SHORTEST_TASK = 0.7, 0.8, 5
_WORDS_OF_CHARGE, _PARTLY_READ = 6, 0.6
_SHORTEST_DUTY = 3
"""Words; less is a speck."""
_LONGEST_NAME = 25
"""Words of the longest list of organisations before a colon."""
_STRONG = 2.4
"""From this score on a task has an area of its own, whatever the criterion it stands under."""
REVIEW_BELOW = 0.7
"""Assignments less sure than this are marked for review."""
_HEADED, _SUBJECT, _CRITERION, _NOBODY = 0.95, 0.88, 0.93, 0.5
"""How often rows are right whose lead is the heading above, the subject of the sentence, a label, or not there."""


@dataclass(frozen=True, slots=True)
class _Duty:
    """A task and who it is laid on, before it becomes a row."""

    place: Placed
    task: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    time: Deadline | None
    confidence: float
    row_no: str | None
    group: str | None
    area_texts: tuple[str, ...]
    goal: str | None = None
    output: str | None = None
    budget: str = ""


def read_narrative(sections: Sequence[Placed], context: PlanContext) -> tuple[AssignmentRow, ...]:
    """The assignments of the body, in reading order, numbered from 1."""
    found: list[_Duty] = []
    taken: set[int] = set()
    for criterion in read_criteria(sections):
        found += _criterion_duties(criterion, sections, context)
        taken |= criterion.members
        taken |= {criterion.head.index} if criterion.head and not criterion.tasks else set()
    found += _headed_duties(sections, taken, context)
    found.sort(key=lambda duty: duty.place.index)
    return tuple(replace(_row(duty, context), assignment_no=number) for number, duty in enumerate(found, 1))


def _criterion_duties(criterion: Criterion, sections: Sequence[Placed], context: PlanContext) -> Iterator[_Duty]:
    lead, partners = split_agencies(_agent(criterion.lead)), split_agencies(_agent(criterion.partners))
    if criterion.assigned:
        charge = read_charge(criterion.assigned) or Charge(named_agents(criterion.assigned), "")
        lead = lead or split_agencies(_agent(charge.lead))
        only_who = says_only_who(criterion.assigned)
        partners = partners or (() if only_who else split_agencies(charge.partners)) or partners_of(criterion.assigned)
    time = read_deadline(criterion.time.strip(" .;"), context) if criterion.time else None
    time = time or (read_time(criterion.assigned, "duty", context) if criterion.assigned else None)
    head = criterion.head
    titled = head is not None and not lead and head.block.kind is Kind.HEADING and organisation_title(head.block.text)
    lead = split_agencies(titled) if titled else lead
    tasks = criterion.tasks or ((head,) if head else ())
    for task in (task for task in tasks if any(map(str.isalpha, task.text))):
        own_lead = () if criterion.lead or criterion.partners else split_agencies(subject_of(task.text) or "")
        title = head.block.text if head else ""
        group = title.strip(" .:;") or None if task is not head and not titled else _group(task, sections)
        yield _Duty(
            place=task,
            task=task.text,
            lead=lead or own_lead,
            partners=partners,
            time=time or read_time(task.text, "duty", context),
            confidence=(_CRITERION if lead or partners else _SUBJECT) * _read_part(criterion.assigned, lead, partners),
            row_no=_row_no(head if head and Role.TASKS in criterion.labels else task, sections),
            group=group,
            area_texts=(group or "", criterion.goal, task.text) if area_strength(task.text) < _STRONG else (task.text,),
            goal=criterion.goal or None,
            output=criterion.output or None,
            budget=criterion.budget,
        )


def _read_part(assigned: str, lead: Sequence[str], partners: Sequence[str]) -> float:
    """1 where the names, and the words that charge them, make up what a label says of who does what; else less."""
    left = len(assigned.split()) - sum(len(name.split()) for name in (*lead, *partners))
    return 1.0 if left <= _WORDS_OF_CHARGE else _PARTLY_READ


def _agent(text: str) -> str:
    """The organisations of a label: "Cán bộ xã thực hiện xử lý văn bản" is "Cán bộ xã"."""
    return subject_of(text) or text


def _headed_duties(sections: Sequence[Placed], taken: set[int], context: PlanContext) -> Iterator[_Duty]:
    """Duties under organisations, inmost first; an unnumbered title rules what follows it under the same parents."""
    loose: LooseHead | None = None
    heads: dict[int, ChargedHead] = {}
    has_children = {place.block.parents[-1] for place in sections if place.block.parents}
    for place in sections:
        parents = place.block.parents
        loose = loose if loose and parents[: len(loose[0])] == loose[0] else None
        above = head_above(parents, heads, loose)
        if place.index in taken or not (may_hold_duty(place) or charges_somebody(place, above)):
            continue
        run_in = split_run_in(place.text) if place.block.marker else None
        head = ChargedHead(run_in[0], duty=True) if run_in else head_of(place, above, sections, has_children)
        if head:
            heads[place.index] = head
            loose = (parents, head) if place.block.marker is None else loose
        if head and not head.duty:
            continue
        above = None if above and ((above.duty and speaks_for_itself(place)) or calls(place)) else above
        duty = _duty(replace(place, text=run_in[1]) if run_in else place, sections, head or above, context)
        if duty is not None:
            yield duty


def _duty(place: Placed, sections: Sequence[Placed], head: ChargedHead | None, context: PlanContext) -> _Duty | None:
    """The duty that a block lays on somebody; None for headings, closing words, and text that charges nobody."""
    text = place.text
    titled = place.block.kind is Kind.HEADING and head is None
    titled = titled or (place.block.marker is None and mostly_capitals(text))
    if titled or len(text.split()) < _SHORTEST_DUTY or not is_duty(text) or _closes(place, sections):
        return None
    lead_text, task = _run_in(text, head) or ((head.lead, text) if head else (subjects_of(text), text))
    task, time_text = _without_time(task)
    article = place.block.marker is not None and place.block.marker.style is Style.ARTICLE
    if lead_text is None and (article or place.block.marker is None):
        return None
    first = split_agencies(subject_of(task) or "") if head and head.joins else ()
    joined = (*(head.partners if head else ()), *first, *partners_of(task))
    return _Duty(
        place=place,
        task=task,
        lead=own_lead(split_agencies(lead_text or ""), text),
        partners=tuple(dict.fromkeys(joined)),
        time=read_deadline(time_text, context)
        if time_text
        else _time_below(place, sections, context) or read_time(task, "duty", context),
        confidence=_HEADED if head else _SUBJECT if lead_text else _NOBODY,
        row_no=_row_no(place, sections),
        group=_group(place, sections),
        area_texts=(
            *_own_field(place, sections),
            task if head else task.replace(lead_text or "", "", 1),
            _group(place, sections) or "",
        ),
    )


def _without_time(task: str) -> tuple[str, str]:
    """A duty and the time that a label at its end gives: "Gửi báo cáo. Thời gian hoàn thành: Tháng 5/2026." """
    before, labels = split_labels(task)
    return (before, labels[0].rest) if before and [label.role for label in labels] == [Role.TIME] else (task, "")


def _time_below(place: Placed, sections: Sequence[Placed], context: PlanContext) -> Deadline | None:
    """The time that a line of its own gives for the duty before it, "Thời gian hoàn thành: Tháng 12/2025.", or for
    the duty that it is a part of.
    """
    dashes = [p for p in reversed(place.block.parents) if sections[p].block.kind is Kind.ITEM]
    for index in (place.index, *dashes):
        below = next((later for later in sections[index + 1 :] if index not in later.block.parents), None)
        if below is not None and below.own is Role.TIME and below.text != below.block.text:
            return read_deadline(below.text.strip(" .;"), context)
    return None


def _closes(place: Placed, sections: Sequence[Placed]) -> bool:
    """Whether it is the sentence that ends a plan, "... nghiêm túc thực hiện./.", set below duties with marks."""
    if place.block.marker is not None or not ends_document(place.text) or place.index == 0:
        return False
    before = sections[place.index - 1].block
    return before.marker is not None and before.kind is not Kind.HEADING


def _own_field(place: Placed, sections: Sequence[Placed]) -> tuple[str, ...]:
    """For a duty on "the field in charge": what the organisation's first duty says of that field."""
    if not any(rule.matches(place.text) for rule in duty_rules("own_field")) or not place.block.parents:
        return ()
    parent = place.block.parents[-1]
    siblings = (p.text for p in sections if p.block.parents and p.block.parents[-1] == parent and p is not place)
    return tuple(siblings)[:1]


def _run_in(text: str, head: ChargedHead | None) -> tuple[str, str] | None:
    """Lead and task of a sentence that calls its own organisation: "Phòng Nội vụ: tham mưu ..."; None for others."""
    before, colon, after = text.partition(":")
    title = organisation_title(before)
    if title is None and head is None and starts_with_verb(after) and subject_of(before) is None:
        title = before.strip()
    if colon and after.strip() and title and len(title.split()) <= _LONGEST_NAME:
        return title, after.strip()
    return None


def _group(place: Placed, sections: Sequence[Placed]) -> str | None:
    headings = [sections[p].block for p in reversed(place.block.parents) if sections[p].block.kind is Kind.HEADING]
    others = [block.text for block in headings if charged_head(block.text, None, heading=True) is None]
    return others[0].strip(" .:;") if others else None


def _row_no(place: Placed, sections: Sequence[Placed]) -> str | None:
    """The printed number below the Roman level: '1.1', '1.a'; None where nothing is numbered there."""
    markers = [sections[p].block.marker for p in place.block.parents] + [place.block.marker]
    outer = sum(
        m is not None and m.numbered and m.level <= RANK[Style.ROMAN] and m.style is not Style.ARTICLE for m in markers
    )
    return ".".join(place.block.path[outer:]) or None


def _soundness(duty: _Duty) -> float:
    """1 for a row that looks whole; less for a stray letter in a name, a fragment of a task, a colon inside a name."""
    odd_name = any(re.search(rf"(?<!\w)[{SMALL}](?!\w)|[:\"]", name) for name in (*duty.lead, *duty.partners))
    fragment = len(duty.task.split()) < _SHORTEST_TASK or duty.task[:1].islower()
    return (_ODD_NAME if odd_name else 1.0) * (_FRAGMENT if fragment else 1.0)


def _row(duty: _Duty, context: PlanContext) -> AssignmentRow:
    block, time = duty.place.block, duty.time
    confidence = block.confidence * duty.confidence * _soundness(duty)
    return AssignmentRow(
        plan_id=context.plan_id,
        assignment_no=0,
        origin="narrative",
        row_no=duty.row_no,
        group=duty.group,
        area=read_area(*duty.area_texts, subject=context.subject),
        goal=duty.goal,
        task=duty.task,
        output=duty.output,
        lead=duty.lead,
        partners=duty.partners,
        approver=None,
        deadline_text=time.text if time else None,
        deadline_start=time.start if time else None,
        deadline_end=time.end if time else None,
        recurrence=time.recurrence if time else None,
        budget_million_vnd=sum_set_aside(duty.budget or duty.task),
        page=block.page,
        bbox=bbox_of(block.box),
        raw_text=block.raw,
        confidence=confidence,
        needs_review=confidence < REVIEW_BELOW,
    )
