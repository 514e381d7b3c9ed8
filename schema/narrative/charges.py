"""One text that names who leads and who takes part, in whatever wording: "A chủ trì; B, C phối hợp." -> A | B, C.

>>> read_charge("Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp và các cơ quan liên quan.")
Charge(lead='Phòng Nội vụ', partners='Phòng Tư pháp và các cơ quan liên quan')
>>> read_charge("Công chức Văn hóa - Xã hội") is None
True
"""

import re
from dataclasses import dataclass
from typing import Literal

from schema.plain import plain
from schema.ruletable import PlainRow, load_rules


@dataclass(frozen=True, slots=True)
class Charge:
    """Who leads and who takes part, as printed, not yet split; '' where the text does not say."""

    lead: str
    partners: str


@dataclass(frozen=True)
class ChargeRule(PlainRow):
    """Words that give a part. side: 'before' for what stands in front of them ("A chủ trì"), 'after' for the rest.

    pattern: a regular expression over one clause without marks; what it matches belongs to nobody's name.
    """

    part: Literal["lead", "partners"]
    side: Literal["before", "after"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


_NAME_EDGES = " .,:;()-–+"


def read_charge(text: str) -> Charge | None:
    """Lead and partners of a text that marks at least one of them; None for a bare list of names. Total."""
    found = {"lead": "", "partners": ""}
    marks = _marks(text)
    for index, (start, end, rule) in enumerate(marks):
        left = max((m[1] for m in marks[:index]), default=0)
        right = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        if rule.side == "after" and index + 1 < len(marks) and marks[index + 1][2].side == "before":
            right = _clause_end(text, end, right)
        if rule.side == "before" and index and marks[index - 1][2].side == "after":
            left = _clause_end(text, left, start)
        name = (text[left:start] if rule.side == "before" else text[end:right]).strip(_NAME_EDGES)
        found[rule.part] = "; ".join(part for part in (found[rule.part], name) if part)
    if not marks:
        return None
    first_after = marks[0][2].side == "after"
    opening = text[: marks[0][0]].strip(_NAME_EDGES) if first_after else ""
    return Charge(found["lead"] or (opening if marks[0][2].part == "partners" else ""), found["partners"])


def opens_with_charge(text: str) -> bool:
    """Whether a text begins with the words that give a part: "do Công an xã thực hiện"; a name may stand first."""
    marks = _marks(text)
    return bool(marks) and marks[0][0] == 0


def _clause_end(text: str, start: int, end: int) -> int:
    stop = re.compile(r"[;.]").search(text, start, end)
    return stop.start() if stop else end


def _marks(text: str) -> list[tuple[int, int, ChargeRule]]:
    """The words that give a part, in order, none inside another."""
    folded = plain(text)
    hits = sorted(
        ((m.start(), m.end(), rule) for rule in load_rules("charges", ChargeRule) for m in rule.regex.finditer(folded)),
        key=lambda hit: (hit[0], -hit[1]),
    )
    kept: list[tuple[int, int, ChargeRule]] = []
    for hit in hits:
        if hit[0] >= (kept[-1][1] if kept else 0):
            kept.append(hit)
    return kept
