"""Cells that hold a sign in place of words: 'x' under a month, 'nt' for the cell above, '-' for nothing, 'Cộng'.

>>> sign_of("X"), sign_of("-nt-"), sign_of("…"), sign_of("Quý II")
('tick', 'ditto', 'nothing', None)
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.ruletable import PatternRow, load_rules
from schema.values.folding import folded

Sign = Literal["tick", "ditto", "refers", "nothing", "total"]


@dataclass(frozen=True)
class CellSign(PatternRow):
    """A sign that stands alone in a cell. pattern: a regular expression over the whole folded text."""

    kind: Sign
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return sign_of(text) == self.kind


@cache
def sign_of(text: str) -> Sign | None:
    """What the sign in a cell means; None for a cell of words or figures, and for an empty one."""
    words = folded(text)
    return next((rule.kind for rule in load_rules("cell_signs", CellSign) if rule.regex.fullmatch(words)), None)


def rows_meant(text: str) -> tuple[str, ...]:
    """The numbers of the rows that a cell points to: ('3', '4') of 'Như bước 3, bước 4'; () for any other cell."""
    return tuple(re.findall(r"\d[\d.]*", text)) if sign_of(text) == "refers" else ()
