"""How often a duty comes again: "Hằng năm", "mỗi quý 01 lần", "thường xuyên".

>>> from schema.values.folding import folded
>>> recurrence_of(folded("Thường xuyên rà soát")), recurrence_of(folded("Rà soát trong quý II"))
('continuous', None)
"""

from dataclasses import dataclass
from typing import Literal

from schema.ruletable import load_rules
from schema.values.folding import FoldedRow

Recurrence = Literal["once", "annual", "quarterly", "monthly", "continuous"]
CYCLES: tuple[Recurrence, ...] = ("annual", "quarterly", "monthly", "continuous")
"""What comes again, the seldomest first."""


@dataclass(frozen=True)
class RecurrenceRule(FoldedRow):
    """A way to say how often. pattern: a regular expression over `folded` text."""

    recurrence: Recurrence
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


def recurrence_of(words: str) -> Recurrence | None:
    """How often `folded` text says that something comes again; None where it does not say."""
    return next((r.recurrence for r in load_rules("recurrences", RecurrenceRule) if r.regex.search(words)), None)
