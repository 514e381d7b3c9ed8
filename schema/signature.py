"""The signature block: who signed, in which office. Its two columns may be read line by line or one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from schema.flow import PrintedLine
from schema.gazetteer import places
from schema.parts import Part, opens_part
from schema.plain import plain
from schema.ruletable import load_rules

_LONGEST_CLOSING = 45
_LINES_BEFORE_RECIPIENTS = 4


@dataclass(frozen=True)
class SignerRule:
    """An office that signs. title: as the output names it; pattern: over the capitals of the block, without marks."""

    title: str
    pattern: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"\b{self.pattern}\b")

    def matches(self, text: str) -> bool:
        found = _title_in(text)
        return found is not None and found[0] == self.title


@dataclass(frozen=True)
class Surname:
    """A family name."""

    name: str


@dataclass(frozen=True, slots=True)
class Signature:
    """None where the block does not say, or cannot be read."""

    name: str | None = None
    title: str | None = None


def read_signature(lines: Sequence[PrintedLine], start: int, end: int) -> Signature:
    """The signature of the document that stands in lines[start:end]; start: where its body begins."""
    block = _block(lines, start, end)
    title, title_at = None, 0
    for index, line in enumerate(block):
        if (found := _title_in(line.text)) is not None:
            title, title_at = found[0], index
    if title is None:
        return Signature()
    return Signature(_name(block, title_at), title)


def _block(lines: Sequence[PrintedLine], start: int, end: int) -> Sequence[PrintedLine]:
    """From shortly above 'Nơi nhận' or 'TM.' to where an appendix or another document begins."""
    for index in range(start, end):
        if lines[index].row is None and opens_part(lines[index].text, Part.BODY) is Part.CLOSING:
            first = max(start, index - _LINES_BEFORE_RECIPIENTS)
            last = min(end, index + _LONGEST_CLOSING)
            ends = (
                at
                for at in range(index + 1, last)
                if lines[at].row is not None or opens_part(lines[at].text, Part.CLOSING) in (Part.APPENDIX, Part.HEAD)
            )
            return lines[first : next(ends, last)]
    return ()


def _title_in(text: str) -> tuple[str, int] | None:
    """The office printed in capitals on the line and where it ends; the longest where one contains another."""
    flat = plain(text)
    best: tuple[int, int, str] | None = None
    for rule in load_rules("signers", SignerRule):
        for found in rule.regex.finditer(flat):
            if not text[found.start() : found.end()].isupper():
                continue
            key = (found.end(), found.end() - found.start(), rule.title)
            if best is None or key[:2] > best[:2]:
                best = key
    return (best[2], best[0]) if best else None


@cache
def _surnames() -> frozenset[str]:
    return frozenset(plain(row.name) for row in load_rules("surnames", Surname))


_WORD = r"[^\W\d_][\w'’]*"
_NAME = re.compile(rf"(?P<name>{_WORD}(?:\s+{_WORD}){{1,4}})\W*$")


def _name(block: Sequence[PrintedLine], title_at: int) -> str | None:
    """The name below the office: a line of its own, or the end of a line of the recipients ('- Lưu: VT. Lê An')."""
    candidates = []
    for line in block[title_at + 1 :]:
        if whole := as_person(line.text):
            return whole
        if tail := _person_at_end(line.text):
            candidates.append(tail)
    return candidates[-1] if candidates else None


def as_person(text: str) -> str | None:
    """A person's name when the whole text is one, in the case of running text; else None.

    >>> as_person("Nguyễn Văn An"), as_person("TRẦN THỊ BÌNH"), as_person("Lưu: VT"), as_person("Như Điều 3")
    ('Nguyễn Văn An', 'Trần Thị Bình', None, None)
    """
    words = text.strip(" .,;:*-–_/\\|'\"").split()
    if not 2 <= len(words) <= 5 or not all(re.fullmatch(_WORD, word) and word[0].isupper() for word in words):
        return None
    if plain(words[0]) not in _surnames() or _title_in(text) is not None or _is_province(" ".join(words)):
        return None
    capitals = [word.isupper() for word in words if len(word) > 1]
    if any(capitals) and not all(capitals):
        return None
    return " ".join(word.capitalize() if word.isupper() else word for word in words)


def _is_province(text: str) -> bool:
    return any(place.parent is None for level in ("tỉnh", "thành phố") for place in places(level, text))


def _person_at_end(text: str) -> str | None:
    """A name that the line ends with, after a full stop, semicolon or wide blank of the recipients' column."""
    found = re.search(r"[.;,)]\s*(?P<rest>[^.;,()]+)$", text)
    return as_person(found.group("rest")) if found and len(found.group("rest").split()) >= 2 else None
