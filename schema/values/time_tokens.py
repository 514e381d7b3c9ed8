"""The words of a time, one after the other: "Trước", "Quý II/2024", "và những năm tiếp theo" -> tokens.

>>> [token.kind for token in tokens_of(folded("Từ quý II năm 2025, xong trước 31/3/2026"))]
['from', 'quarter', 'before', 'date']
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from schema.ruletable import PatternRow, load_rules
from schema.values.folding import folded

Kind = Literal[
    "aside", "torn", "term", "date", "half", "quarter", "month", "day", "years", "year_start", "year_end", "year",
    "onward", "before", "until", "after", "from",
]  # fmt: skip
SPAN_KINDS: frozenset[Kind] = frozenset(
    ("date", "half", "quarter", "month", "day", "years", "year_start", "year_end", "year")
)
"""Tokens that name a stretch of days."""
LIMITS: frozenset[Kind] = frozenset(("before", "until", "after", "from"))
"""Words that say which end of the time behind them counts."""


@dataclass(frozen=True)
class DeadlineRule(PatternRow):
    """One kind of time token. pattern: a regular expression over `folded` text; its groups carry the numbers."""

    kind: Kind
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return any(token.kind == self.kind for token in tokens_of(folded(text)))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time, text[start:end] of the folded text. groups: the numbers in it, by name."""

    kind: Kind
    start: int
    end: int
    groups: tuple[tuple[str, str], ...]

    def number(self, *names: str) -> int | None:
        """The number of the first of these groups that the token has; None where it is none."""
        found = self.text(*names)
        return int(found) if found and found.isdigit() else None

    def text(self, *names: str) -> str | None:
        """The first of these groups that the token has."""
        return next((value for key, value in self.groups if key in names), None)


@lru_cache(20_000)
def tokens_of(words: str) -> tuple[Token, ...]:
    """The words of time of `folded` text, in order; at one place the first row that fits wins."""
    rules = load_rules("deadlines", DeadlineRule)
    found: list[Token] = []
    at = 0
    while at < len(words):
        hits = [
            (hit.start(), order, rule.kind, hit)
            for order, rule in enumerate(rules)
            if (hit := rule.regex.search(words, at))
        ]
        if not hits:
            break
        _, _, kind, hit = min(hits, key=lambda h: h[:2])
        groups = tuple((name, value) for name, value in hit.groupdict().items() if value is not None)
        found.append(Token(kind, hit.start(), hit.end(), groups))
        at = max(hit.end(), at + 1)
    return tuple(found)
