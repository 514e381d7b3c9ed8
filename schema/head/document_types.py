"""Sorts of documents: plan, decision, report ..., by the headings that they are printed under."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.misread import nearly
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import PatternRow, any_of, load_rules

_WORDS_OF_HEADING = 2
"""'QUYẾT ĐỊNH:' alone; a decision's own heading may go on with what it decides."""


@dataclass(frozen=True)
class DocumentType(PatternRow):
    """A sort of document. pattern: how its heading begins, without marks; code: its part of the symbol, 'KH'."""

    name: str
    role: Literal["plan", "promulgates", "other"]
    pattern: str
    code: str | None = None
    capitals: bool = True
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        flat = plain(text).strip()
        found = self.regex.match(flat)
        if found is None:
            words = self.pattern.removesuffix(r"\b")
            return (
                self.capitals
                and words.isascii()
                and words.replace(" ", "").isalpha()
                and mostly_capitals(text)
                and nearly(text, words)
            )
        return not self.capitals or mostly_capitals(text.strip()[: found.end()])


@cache
def _headings() -> re.Pattern[str]:
    """All rows at once: most lines head nothing."""
    return any_of(rule.regex for rule in load_rules("document_types", DocumentType))


def document_type(text: str) -> DocumentType | None:
    """The sort of document that a line heads; None for a line that heads none."""
    if not mostly_capitals(text) and _headings().match(plain(text).strip()) is None:
        return None
    return next((rule for rule in load_rules("document_types", DocumentType) if rule.matches(text)), None)


def promulgates(text: str) -> bool:
    """Whether the line is the 'QUYẾT ĐỊNH:' that heads a decision, or parts its grounds from its articles."""
    kind = document_type(text)
    return kind is not None and kind.role == "promulgates" and len(text.split()) <= _WORDS_OF_HEADING


def promulgating_sort() -> str:
    """The sort of document that promulgates a plan, as the output names it."""
    return next(rule.name for rule in load_rules("document_types", DocumentType) if rule.role == "promulgates")
