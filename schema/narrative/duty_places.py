"""Where duties stand: which blocks may hold one, and whom the titles and lines above a block charge."""

from collections.abc import Mapping, Sequence

from schema.narrative.charged_heads import ChargedHead, charged_head
from schema.narrative.duties import (
    acts,
    addresses_somebody,
    duty_rules,
    organisation_title,
    starts_with_verb,
    subject_of,
)
from schema.narrative.partners import is_joining
from schema.narrative.sections import Placed, Role
from schema.organisations.agency_lists import opens_a_name
from schema.outline.blocks import Kind
from schema.outline.numbering import Style
from schema.outline.parts import Part
from schema.plain import plain

LooseHead = tuple[tuple[int, ...], ChargedHead]
"""An unnumbered title with the blocks that it stands below: it rules what follows it under them."""

_TASKS_OF_MANY = (Role.TASKS, Role.FUNDING)
"""Sections of tasks that belong to everybody, but for those whose sentence names somebody."""


_SHORTEST_NAME = 3
"""Words of whoever a paragraph without a mark charges: "Phòng Tư pháp", not the "Đơn vị" of "Đơn vị thí điểm: ..."."""


def may_hold_duty(place: Placed) -> bool:
    """Whether a block stands where plans lay duties on somebody: in a section of duties, or as an article."""
    block = place.block
    article = block.marker is not None and block.marker.style is Style.ARTICLE
    return (
        block.part is Part.BODY
        and block.kind is not Kind.TABLE_ROW
        and (place.role is Role.DUTIES or article)
        and not (place.own is Role.DUTIES and place.text == block.text and not organisation_title(block.text))
    )


def charges_somebody(place: Placed, above: ChargedHead | None) -> bool:
    """Whether a block outside the sections of duties lays one on somebody it names, or stands below one that does."""
    block = place.block
    if (
        block.part is not Part.BODY
        or block.kind not in (Kind.ITEM, Kind.PARAGRAPH)
        or place.role not in _TASKS_OF_MANY
        or not block.parents
    ):
        return False
    subject = subject_of(place.text) if addresses_somebody(place.text) else None
    named = subject is not None and opens_a_name(subject) and acts(subject)
    if block.kind is Kind.PARAGRAPH:
        return named and len((subject or "").split()) >= _SHORTEST_NAME
    return above is not None or named or _titles_its_task(place.text)


def _titles_its_task(text: str) -> bool:
    """Whether whoever does it stands before a colon, "Sở Y tế: Xây dựng kế hoạch"; "Xã An Bình: ..." is a place."""
    before, _, task = text.partition(":")
    return organisation_title(before) is not None and opens_a_name(before) and starts_with_verb(task)


def head_above(
    parents: tuple[int, ...], heads: Mapping[int, ChargedHead], loose: LooseHead | None
) -> ChargedHead | None:
    """The innermost head over a block: a title above it, or an unnumbered line that stands below that title."""
    inmost = next((p for p in reversed(parents) if p in heads), None)
    if loose and (inmost is None or inmost in loose[0]):
        return loose[1]
    return heads[inmost] if inmost is not None else None


def head_of(
    place: Placed, above: ChargedHead | None, sections: Sequence[Placed], has_children: set[int]
) -> ChargedHead | None:
    """Whom a block charges with what stands beneath it or, as an unnumbered title, after it."""
    if not _may_be_title(place, sections, has_children):
        return None
    outer = above if place.block.marker is not None or is_joining(place.text) else None
    head = charged_head(place.text, outer, place.block.kind is Kind.HEADING or _stands_as_title(place, sections))
    return None if head and head.duty and place.index not in has_children else head


def _stands_as_title(place: Placed, sections: Sequence[Placed]) -> bool:
    """Whether a line without a mark at its end stands right above marked items of its own."""
    below = sections[place.index + 1].block if place.index + 1 < len(sections) else None
    marked = below is not None and below.marker is not None and place.index in below.parents
    return marked and place.text[-1:] not in ".,;:"


def _may_be_title(place: Placed, sections: Sequence[Placed], has_children: set[int]) -> bool:
    """Something stands beneath it, or it is an unnumbered line that ends like a heading."""
    following = sections[place.index + 1] if place.index + 1 < len(sections) else None
    if place.index in has_children:
        return True
    return place.block.marker is None and following is not None and following.block.marker is not None


def speaks_for_itself(place: Placed) -> bool:
    """Whether what stands below a sentence is no part of it: a paragraph, or one that names its own organisation."""
    return place.block.marker is None or subject_of(place.text) is not None


def calls(place: Placed) -> bool:
    """Whether it is a paragraph below items that calls on somebody else: "Đề nghị Ủy ban Mặt trận Tổ quốc xã ..."."""
    called_on = any(rule.regex.match(plain(place.text)) for rule in duty_rules("prefix"))
    return place.block.marker is None and called_on and subject_of(place.text) is not None
