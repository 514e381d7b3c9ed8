"""A list of organisations -> the organisations: parted at ';' and at ',' between names, not inside a name."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from normalize.letters import CAPITAL, SMALL
from schema.brackets import is_bracket_open
from schema.plain import plain
from schema.ruletable import load_rules


@dataclass(frozen=True)
class SplitRule:
    """opens: a part that starts so is a further organisation. joins: what it covers is parted before full names only;
    person: never. drops: no name. goes_on: a line that ends so has the rest of its name below. peer:
    whole names that hold none of those which peer_head begins.

    pattern: a regular expression over text without marks; `opens` at the start, the others anywhere. unlike: over the
    text with its marks in small letters, at its start: other words of the same letters, "Sổ" and "Sở".
    """

    kind: Literal["opens", "joins", "person", "drops", "goes_on", "peer", "peer_head"]
    pattern: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    unlike: str = ""

    @cached_property
    def other_words(self) -> re.Pattern[str]:
        """`unlike`, compiled."""
        return re.compile(self.unlike)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern if self.kind in ("drops", "goes_on") else rf"\b{self.pattern}")

    def matches(self, text: str) -> bool:
        if self.unlike and self.other_words.match(text.lower()):
            return False
        flat = plain(text)
        return (
            self.regex.match(flat) if self.kind in ("opens", "peer", "peer_head") else self.regex.search(flat)
        ) is not None


_SEPARATOR = re.compile(r";|\n|(?<!\d),(?!\d)|\s[-–+]\s|(?<=[^\W\d_]{2})[.:]\s(?=['‘’`]?[^\W\d_])")
# "ngành, đoàn thể, Ban Công tác Mặt trận": two capitals begin a name, whatever list stands before it.
_NAME = re.compile(rf"[{CAPITAL}][{SMALL}]+\s[{CAPITAL}][{SMALL}]")
_EDGES = " \t\n\r;,.:-–+*•'‘’`“”\"/\\_°|"
_LETTERS = re.compile(r"[^\W\d_]{2}")
"""No name goes without two letters side by side; the scraps of a stamp do: "r ị \\"."""


def split_agencies(text: str) -> tuple[str, ...]:
    """The organisations that a cell or phrase names, in order, as spelt; () where it names none.

    >>> split_agencies("Phòng Nội vụ; Phòng Văn hóa, Thể thao và Du lịch, Công an huyện")
    ('Phòng Nội vụ', 'Phòng Văn hóa, Thể thao và Du lịch', 'Công an huyện')
    >>> split_agencies("Văn phòng HĐND - UBND phường, các sở, ban, ngành")
    ('Văn phòng HĐND - UBND phường', 'các sở, ban, ngành')
    >>> split_agencies(" - "), split_agencies("r ị \\\\"), split_agencies("Trạm y tế /")
    ((), (), ('Trạm y tế',))
    """
    flat = plain(text)
    parts, at = [], 0
    for found in _SEPARATOR.finditer(text):
        if _parts(text, flat, found):
            parts.append(text[at : found.start()])
            at = found.end()
    parts.append(text[at:])
    names = (_bare(part) for part in parts)
    return tuple(name for name in names if _LETTERS.search(name))


def _bare(part: str) -> str:
    """The name without bullets, end marks and definitions, white space folded; a bracket without its partner goes."""
    for rule in load_rules("agency_splits", SplitRule):
        if rule.kind == "drops" and (found := rule.regex.search(plain(part))):
            part = f"{part[: found.start()]} {part[found.end() :]}"
    name = " ".join(part.split()).strip(_EDGES)
    return name.strip("()") if name.count("(") != name.count(")") else name


def _parts(text: str, flat: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    if is_bracket_open(before):
        return False
    mark = found.group().strip()
    if mark in (";", ""):
        return True
    if _joined(flat, found.start(), "person"):
        return False
    rest = text[found.end() :].lstrip(_EDGES)
    if mark == "," and _NAME.match(rest) and opens_a_name(rest):
        return True
    if _joined(flat, found.start(), "joins"):
        return False
    if mark in (".", ":") and not rest[:1].isupper():
        return False
    return opens_a_name(rest)


def opens_a_name(text: str) -> bool:
    """Whether the text begins as the name of an organisation does: 'các ngành', 'Phòng Tư pháp'; not 'và Đào tạo'."""
    return any(rule.kind == "opens" and rule.matches(text) for rule in load_rules("agency_splits", SplitRule))


def are_peers(name: str, below: str) -> bool:
    """Whether a line begins a name of its own below a whole one, and no part of it. below: it may break off.

    >>> are_peers("Phòng Nghiệp vụ 1", "Phòng Nghiệp"), are_peers("Trung tâm Giám định y khoa", "Sở Y tế")
    (True, False)
    >>> are_peers("Văn phòng Sở", "Sở Công")  # no name holds one word twice in a row
    True
    """
    rules = load_rules("agency_splits", SplitRule)
    whole = any(rule.kind == "peer" and rule.matches(name) for rule in rules)
    own = any(rule.kind == "peer_head" and rule.matches(below) for rule in rules)
    return whole and (own or name.split()[-1:] == below.split()[:1])


def name_goes_on(line: str) -> bool:
    """Whether the name that a line holds the beginning of goes on below: 'Văn phòng HĐND và'."""
    return any(rule.kind == "goes_on" and rule.matches(line) for rule in load_rules("agency_splits", SplitRule))


def _joined(flat: str, at: int, kind: Literal["joins", "person"]) -> bool:
    rules = (rule for rule in load_rules("agency_splits", SplitRule) if rule.kind == kind)
    window = max(0, at - 60)
    return any(
        found.start() + window < at < found.end() + window
        for rule in rules
        for found in _overlapping(rule.regex, flat[window : at + 60])
    )


def _overlapping(regex: re.Pattern[str], text: str) -> "list[re.Match[str]]":
    """Every match, also those that share a word: 'sở, ban, ngành' joins twice."""
    found, at = [], 0
    while match := regex.search(text, at):
        found.append(match)
        at = match.start() + 1
    return found
