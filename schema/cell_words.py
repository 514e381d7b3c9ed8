"""Words by which a cell shows what column it stands in: agencies, tasks, products.

>>> agency_share("Văn phòng HĐND và UBND phường"), starts("task_head", "Xây dựng kế hoạch")
(1.0, True)
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.deadlines import folded
from schema.ruletable import load_rules

CellWordKind = Literal["agency_head", "agency_tail", "task_head", "output_head"]


@dataclass(frozen=True, slots=True)
class CellWords:
    """Phrases of one kind, folded."""

    kind: CellWordKind
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return starts(self.kind, text)


@cache
def _pattern(kind: CellWordKind) -> re.Pattern[str]:
    words = [word for rule in load_rules("cell_words", CellWords) if rule.kind == kind for word in rule.words]
    choices = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def starts(kind: CellWordKind, text: str) -> bool:
    """Whether the text, enumerators and dashes apart, begins with a phrase of that kind."""
    return _pattern(kind).match(folded(text).lstrip("-+*.;:,/0123456789) ")) is not None


def agency_share(text: str) -> float:
    """Share of the words that belong to names of organisations, 0 to 1; 0 where no such name begins."""
    plain = folded(text)
    total = len(re.findall(r"\w+", plain))
    if not total or not _pattern("agency_head").search(plain):
        return 0.0
    rest = _pattern("agency_tail").sub(" ", _pattern("agency_head").sub(" ", plain))
    return 1 - len(re.findall(r"\w+", rest)) / total
