"""The parts of a document: letterhead and grounds, body, appendix, signature and recipients."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Literal

from normalize.letters import CAPITAL
from schema.plain import plain
from schema.ruletable import PatternRow, any_of, load_rules


class Part(StrEnum):
    """Where a line stands. HEAD: letterhead, title and grounds. CLOSING: signature, recipients."""

    HEAD = "head"
    BODY = "body"
    APPENDIX = "appendix"
    CLOSING = "closing"


_SPECKS = " .,;'`‘’\"|_~*^°-–—"
_LETTER_SPECK = re.compile(rf"[\W_]*\w\s+(?=[{CAPITAL}])")
_FEWEST_CAPITALS = 3
_LAST_STOP = re.compile(r"(?:\.\s?/\s?\.?|/\s?\.)\W*$")
_WEB_ADDRESS = re.compile(r"(?:://|\bwww\.|\.(?:vn|com|net|org)\b)\S*(?<!\.)/\.\W*$")
"""A sentence that ends in one, "tại địa chỉ https://dichvucong.gov.vn/.", ends no document."""


def ends_document(text: str) -> bool:
    """Whether a paragraph ends with the mark that ends an official document.

    >>> ends_document("nghiêm túc thực hiện./."), ends_document("thực hiện.")
    (True, False)
    >>> ends_document("tại địa chỉ www.dichvucong.gov.vn/."), ends_document("trên www.dichvucong.gov.vn./.")
    (False, True)
    """
    return "/" in text and _LAST_STOP.search(text) is not None and _WEB_ADDRESS.search(text) is None


@dataclass(frozen=True)
class PartRule(PatternRow):
    """A line that opens a part. pattern: a regular expression over the whole line without marks.

    capitals: only where most letters of the line are capitals. after: the parts in which it counts, () for all.
    """

    part: Literal["head", "body", "appendix", "closing"]
    pattern: str
    capitals: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        whole, behind_speck = _readings(text)
        found = self.regex.match(whole) or (self.part != "body" and self.regex.match(behind_speck))
        return bool(found) and (not self.capitals or mostly_capitals(text))


def _readings(text: str) -> tuple[str, str]:
    """The line without marks and specks at its ends, and the same behind a letter that is one; '' where none is."""
    flat, end, speck = plain(text), len(text.rstrip(_SPECKS)), _LETTER_SPECK.match(text)
    behind = len(text) - len(text[speck.end() :].lstrip(_SPECKS)) if speck else end
    return flat[len(text) - len(text.lstrip(_SPECKS)) : end], flat[behind:end]


@lru_cache(4096)
def mostly_capitals(text: str) -> bool:
    """Whether a line is set in capitals, up to an OCR slip or an abbreviation.

    >>> mostly_capitals("II. NỘI DUNG THỰC HIỆN"), mostly_capitals("UBND phường"), mostly_capitals("2021")
    (True, False, False)
    """
    if sum(map(str.isupper, text)) < _FEWEST_CAPITALS:
        return False
    letters = "".join(filter(str.isalpha, text))
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


@cache
def _openings() -> re.Pattern[str]:
    """All rows at once: most lines open nothing."""
    return any_of(rule.regex for rule in load_rules("parts", PartRule))


@lru_cache(4096)
def opens_part(text: str, current: Part) -> Part | None:
    """The part that a line opens when it is read in `current`; None for a line that goes on."""
    whole, behind_speck = _readings(text)
    if not _openings().match(whole) and not (behind_speck and _openings().match(behind_speck)):
        return None
    for rule in load_rules("parts", PartRule):
        if (not rule.after or current.value in rule.after) and rule.matches(text):
            return Part(rule.part)
    return None
