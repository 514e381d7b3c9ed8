"""Criteria: tasks with the labels that say who does them, with whom and when, as a group of neighbouring blocks.

"1.1 Tiêu chí ... / a) Mục tiêu / b) Nhiệm vụ / c) Phân công / d) Thời gian", and the same without the labels of the
tasks: "- Rà soát ... / - Cơ quan chủ trì: ... / - Thời gian: ...", "- Rà soát ... / - Kiểm tra ... / (Chủ trì: ...)".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from schema.narrative.charges import read_charge
from schema.narrative.labels import split_labels
from schema.narrative.partners import says_only_who
from schema.narrative.sections import Placed, Role, Section, is_chapter, names_role
from schema.outline.blocks import Kind
from schema.outline.parts import Part
from schema.values.money import sum_set_aside

_WHO = frozenset({Role.ASSIGNED, Role.LEAD, Role.PARTNERS})
_LABELS = _WHO | {Role.TIME, Role.OUTPUT}
_SHORTEST_TASK = 3
"""Words of more than one letter; less is a speck, not a task."""

Families = dict[int | None, list[Placed]]
"""Index of a block, None for the top -> the blocks right below it, in order."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One group. head: the block that they stand under; None at the top. Texts are '' where a label is missing."""

    head: Placed | None
    goal: str = ""
    tasks: tuple[Placed, ...] = ()
    lead: str = ""
    partners: str = ""
    assigned: str = ""
    time: str = ""
    output: str = ""
    budget: str = ""
    labels: frozenset[Role] = field(default_factory=frozenset)
    members: frozenset[int] = field(default_factory=frozenset)

    @property
    def complete(self) -> bool:
        """Whether it says who or when, and so lays its tasks on somebody."""
        return bool(self.labels & _WHO) or (Role.TIME in self.labels and Role.TASKS in self.labels)


def read_criteria(sections: Sequence[Placed]) -> Iterator[Criterion]:
    """The criteria of the body, in reading order. A chapter is no label: "IV. TIẾN ĐỘ THỰC HIỆN"."""
    families: Families = {}
    for place in sections:
        on_its_own = place.own in _LABELS and not place.block.parents and is_chapter(place.block)
        if place.block.part is Part.BODY and place.block.kind is not Kind.TABLE_ROW and not on_its_own:
            families.setdefault(place.block.parents[-1] if place.block.parents else None, []).append(place)
    for parent, children in _with_shared_labels(families).items():
        head = sections[parent] if parent is not None else None
        if (head and head.own in _LABELS | {Role.AIMS}) or not any(_charges(c) for c in children):
            continue
        yield from (group for group in _groups(head, children, families) if group.complete)


def _with_shared_labels(families: Families) -> Families:
    """The families, labels that stand a level below the last of several tasks beside these, as they are of all:
    "- Rà soát ... / - Công bố ... / + Chủ trì: ... / + Thời gian: ...". Not where any other task has labels of its own.
    """
    labelled = {child for child, below in families.items() if below and all(place.own in _LABELS for place in below)}
    if any(place.index in labelled for children in families.values() for place in children[:-1]):
        return families
    last = {children[-1].index for children in families.values() if len(children) > 1} & labelled
    return {
        parent: [*children, *(families[children[-1].index] if children[-1].index in last else ())]
        for parent, children in families.items()
        if parent not in last
    }


def _groups(head: Placed | None, children: Sequence[Placed], families: Families) -> Iterator[Criterion]:
    """A new group begins where a task or a goal follows the labels of the one before."""
    group = Criterion(head)
    for child in children:
        task, labels = split_labels(child.text) if child.own is None else ("", ())
        if labels and task:
            yield group
            yield _charged(
                Criterion(head, tasks=(replace(child, text=task),), members=frozenset({child.index})), labels
            )
            group = Criterion(head)
            continue
        if labels:  # "(Chủ trì: Phòng Nội vụ; thời gian: Quý I)" alone below its tasks
            group = _charged(replace(group, members=group.members | {child.index}), labels)
            continue
        if child.own is None and _is_budget(child.text):
            group = replace(group, budget=child.text, members=group.members | {child.index})
            continue
        begins = child.own is None or child.own in (Role.AIMS, Role.TARGETS, Role.TASKS)
        if begins and group.labels & _LABELS:
            yield group
            group = Criterion(head)
        group = _with(group, child, families)
    yield group


def _is_budget(text: str) -> bool:
    """Whether a line says no more than what a task costs: "Kinh phí: 12 triệu đồng", and is no task itself."""
    return names_role(text.partition(":")[0], Role.FUNDING) and sum_set_aside(text) is not None


def _charges(child: Placed) -> bool:
    return child.own in _LABELS or (child.own is None and bool(split_labels(child.text)[1]))


def _charged(group: Criterion, labels: Sequence[Section]) -> Criterion:
    """The group with what labels of one line say."""
    texts = {label.role: label.rest for label in labels}
    return replace(
        group,
        lead=texts.get(Role.LEAD, group.lead),
        partners=texts.get(Role.PARTNERS, group.partners),
        time=texts.get(Role.TIME, group.time),
        output=texts.get(Role.OUTPUT, group.output),
        labels=group.labels | set(texts),
    )


def _with(group: Criterion, child: Placed, families: Families) -> Criterion:
    """The group with one more block of its family: a task, a goal, or a label with what stands beneath it."""
    below = families.get(child.index, [])
    members = group.members | {child.index} | {place.index for place in below}
    labels = group.labels | ({child.own} if child.own else set())
    group = replace(group, members=members, labels=labels)
    labels_of_line = split_labels(child.block.text)[1]
    if child.own in _LABELS and len(labels_of_line) > 1:
        return _charged(group, labels_of_line)
    match child.own:
        case None:
            return replace(group, tasks=(*group.tasks, child)) if _says_something(child.text) else group
        case Role.AIMS | Role.TARGETS:
            return replace(group, goal=_joined(child, below))
        case Role.TASKS:
            own = (child,) if child.text != child.block.text else ()
            told = (place for place in (*own, *below) if _says_something(place.text))
            return replace(group, tasks=(*group.tasks, *told))
        case Role.ASSIGNED:
            return _with_charge(group, child, families)
        case Role.LEAD:
            return replace(group, lead=_joined(child, below))
        case Role.PARTNERS:
            return replace(group, partners=_joined(child, below))
        case Role.TIME:
            return replace(group, time=_joined(child, below))
        case Role.OUTPUT:
            return replace(group, output=_joined(child, below))
    return group


def _with_charge(group: Criterion, child: Placed, families: Families) -> Criterion:
    """The group with a label of who does it: what it says itself, and the labels and charges beneath it."""
    below = families.get(child.index, [])
    labelled = child.text != child.block.text
    before, within = split_labels(child.text) if labelled else ("", ())
    group = _charged(group, within)  # "Phân công: Chủ trì: Sở Y tế. Phối hợp: các bệnh viện."
    said = not within and (labelled or says_only_who(child.text))
    who_before = before if Role.LEAD not in {label.role for label in within} else ""
    own_text = [text for text in (child.text if said else who_before,) if text]
    charges = [place.text for place in below if place.own is None and read_charge(place.text)]
    group = replace(group, assigned=" ".join([*own_text, *charges]))
    for place in below:
        group = _with(group, place, families)
    return replace(group, tasks=tuple(task for task in group.tasks if task not in below))


def _says_something(text: str) -> bool:
    """False for what a stamp or a speck leaves: "Ko", "Là To:"."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > 1]
    return len(words) >= _SHORTEST_TASK


def _joined(child: Placed, below: Sequence[Placed]) -> str:
    own = [child.text] if child.text != child.block.text else []
    return " ".join([*own, *(place.text for place in below)])
