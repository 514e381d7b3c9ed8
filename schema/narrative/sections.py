"""Headings and labels -> the role of what stands beneath: targets, tasks, duties, the parts of a criterion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from schema.misread import nearly
from schema.narrative.duties import organisation_title, subject_of
from schema.narrative.partners import says_only_who
from schema.narrative.statements import announces_aims
from schema.outline.blocks import Block, Kind
from schema.outline.numbering import RANK, Style
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules


class Role(StrEnum):
    """What a section holds. AIMS: general aims, in which only figures are targets; TARGETS: every statement is one.
    REQUIREMENTS: how things are to be done, apart from the purpose; in a plan without aims their figures are targets.
    """

    SITUATION = "situation"
    PURPOSE = "purpose"
    REQUIREMENTS = "requirements"
    AIMS = "aims"
    TARGETS = "targets"
    TASKS = "tasks"
    FUNDING = "funding"
    DUTIES = "duties"
    ASSIGNED = "assigned"
    LEAD = "lead"
    PARTNERS = "partners"
    TIME = "time"
    OUTPUT = "output"


@dataclass(frozen=True)
class SectionRule(PatternRow):
    """A heading that gives a role. label: it may also stand before its text, "Mục tiêu: 100% hồ sơ ...".

    telling: a regular expression over labels that belong to what they say, "Chỉ tiêu số hóa hồ sơ: đạt 95%".
    """

    role: str
    pattern: str
    label: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    telling: str = ""

    def __post_init__(self) -> None:
        Role(self.role)

    def tells(self, title: str) -> bool:
        """Whether a label is a part of the text behind it. title: lower case, without marks."""
        return bool(self.telling) and re.search(self.telling, title) is not None

    def matches(self, text: str) -> bool:
        return self.regex.match(_title(text)) is not None

    def nearly_matches(self, title: str) -> bool:
        """Whether a title in capitals is one of the examples with a letter or two misread."""
        return any(len(example) >= _SHORTEST_MISREAD and nearly(title, plain(example)) for example in self.examples)


@dataclass(frozen=True, slots=True)
class Section:
    """The role that a block itself gives, and the text that follows its label ('' for a plain heading)."""

    role: Role
    rest: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with what the sections around it say.

    own       the role that its own heading or label gives; None for ordinary text
    role      its own role, else that of the innermost section around it; None outside any
    text      its text after a label; the whole text where it has none
    """

    index: int
    block: Block
    own: Role | None
    role: Role | None
    text: str


_LABEL = re.compile(r"^([^:]{3,90}?)\s*[:：]\s*(.*)$", re.S)
_COLON = re.compile("[:：]")
_LONGEST_LABEL = 12
"""Words of the longest label before a colon, and of the longest heading that is not printed as one."""
_SHORTEST_MISREAD = 7
"""Letters of a heading in which one may be misread without its being another word."""
_SHORTEST_SENTENCE = 15
"""Words of a sentence that lays a duty on somebody, at least."""


def _title(text: str) -> str:
    return " ".join(plain(text).split()).strip(" .:;*-")


def section_of(block: Block) -> Section | None:
    """The section that a block opens: a heading or a label that a rule knows; None for ordinary text."""
    title, rest = block.text, ""
    match = _LABEL.match(block.text) if _COLON.search(block.text) else None
    if match and "%" not in match[1] and len(match[1].split()) <= _LONGEST_LABEL:
        title, rest = match[1], match[2].strip()
    short = not rest and len(block.text.split()) <= _LONGEST_LABEL and not block.text.endswith((".", ";", ","))
    heading = block.kind is Kind.HEADING or short
    if not heading and not rest:
        return None
    flat = _title(title)
    for rule in load_rules("sections", SectionRule):
        if (heading or (rule.label and rest)) and rule.regex.match(flat):
            role = Role(rule.role)
            said = block.text if rest and rule.tells(flat) else rest
            return Section(Role.DUTIES if role is Role.ASSIGNED and not rest and is_chapter(block) else role, said)
    return _misread_section(title) if heading and not rest and mostly_capitals(title) else None


def names_role(title: str, role: Role) -> bool:
    """Whether a title or label alone gives a role.

    >>> names_role("Kinh phí", Role.FUNDING), names_role("Kinh phí", Role.TIME)
    (True, False)
    """
    return any(rule.role == role and rule.matches(title) for rule in load_rules("sections", SectionRule))


@lru_cache(maxsize=1024)
def _misread_section(title: str) -> Section | None:
    """The section of a heading in capitals that no rule knows as it was read: 'MỤC TIỂU,CHỈTÊU'."""
    rules = load_rules("sections", SectionRule)
    return next((Section(Role(rule.role), "") for rule in rules if rule.nearly_matches(title)), None)


def is_chapter(block: Block) -> bool:
    """A heading of the outermost levels or in capitals: "V. PHÂN CÔNG TRÁCH NHIỆM" is no part of a criterion."""
    if mostly_capitals(block.text):
        return True
    return block.marker is not None and block.marker.numbered and block.marker.level <= RANK[Style.ROMAN]


def _heads_organisations(block: Block, following: Sequence[Block]) -> bool:
    """Whether "Phân công thực hiện" is a section of its own: numbers or whole sentences beneath it, or no marks."""
    after = following[0].marker if following else None
    if block.marker is None:
        return bool(following) and after is None
    first = next((later for later in following if later.marker is not None), None)
    if first is None or first.marker is None:
        return False
    below = first.marker.style is Style.DECIMAL and first.marker.ordinal[:-1] == block.marker.ordinal
    return below or (first is following[0] and block.kind is Kind.HEADING and _is_sentence_of_duty(first.text))


def _is_sentence_of_duty(text: str) -> bool:
    """Whether a text says at length who is to do what; a name, or who leads, is said in few words."""
    return len(text.split()) >= _SHORTEST_SENTENCE and subject_of(text) is not None


def _parts_by_organisation(index: int, blocks: Sequence[Block]) -> bool:
    """Whether the headings beneath a heading are organisations, two at least: "Nhiệm vụ cụ thể / 1. Sở Y tế"."""
    below = [b for b in blocks[index + 1 :] if b.kind is Kind.HEADING and b.parents and b.parents[-1] == index]
    titles = sum(organisation_title(heading.text) is not None for heading in below)
    return titles >= 2 and titles >= 0.6 * len(below)


def _charges_item_above(block: Block, blocks: Sequence[Block]) -> bool:
    """A paragraph below a task that says who does it, and no more: "Phòng Nội vụ chủ trì, phối hợp với Công an xã."."""
    if block.marker is not None or block.kind is not Kind.PARAGRAPH or not block.parents:
        return False
    above = blocks[block.parents[-1]]
    deep = above.marker is not None and above.marker.level > RANK[Style.ROMAN]
    return deep and organisation_title(above.text) is None and says_only_who(block.text)


_CLOSED_TO_AIMS = (Role.DUTIES, Role.SITUATION, Role.ASSIGNED)


def _settled(section: Section | None, index: int, blocks: Sequence[Block], inherited: Role | None) -> Section | None:
    """The section that a block opens, by what stands around it; `section` is what its own words say."""
    block = blocks[index]
    if section is None and _charges_item_above(block, blocks):
        return Section(Role.ASSIGNED, block.text)
    if section is None and inherited not in _CLOSED_TO_AIMS and announces_aims(block.text):
        return Section(Role.TARGETS, "")
    if section is None or section.rest:
        return section
    if section.role is Role.ASSIGNED and _heads_organisations(block, blocks[index + 1 :]):
        return Section(Role.DUTIES, "")
    if section.role is Role.TASKS and _parts_by_organisation(index, blocks):
        return Section(Role.DUTIES, "")
    return section


def placed(blocks: Sequence[Block]) -> tuple[Placed, ...]:
    """Every block with its role. An unnumbered heading rules the blocks that follow it under the same parents."""
    out: list[Placed] = []
    loose: tuple[tuple[int, ...], Role] | None = None
    for index, block in enumerate(blocks):
        section = section_of(block)
        above = next((out[p].role for p in reversed(block.parents) if out[p].role), None)
        if loose and block.parents[: len(loose[0])] != loose[0]:
            loose = None
        nearer = next((p for p in block.parents if loose and p not in loose[0] and out[p].own), None)
        inherited = loose[1] if loose and nearer is None else above
        section = _settled(section, index, blocks, inherited)
        own = section.role if section else None
        text = section.rest if section and section.rest else block.text
        out.append(Placed(index, block, own, own or inherited, text))
        if block.marker is None and section and not section.rest:
            loose = (block.parents, section.role)
        elif block.marker is not None and block.kind is Kind.HEADING and loose and block.parents == loose[0]:
            loose = None if section else loose
    return tuple(out)
