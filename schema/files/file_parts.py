"""A document over several files: '001-a.pdf' and '001-b.pdf' -> which file holds the beginning of which.

A file goes on with another when their names differ only in which part they are, they lie in one folder, the first holds
a plan that nobody signs in it, and the second holds no plan of its own. A file that could not be read tells neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from schema.plain import plain
from schema.ruletable import PatternRow, load_rules
from schema.values.roman import roman_value


@dataclass(frozen=True)
class PartName(PatternRow):
    """A way to name the parts. pattern: over the whole name, with the groups 'stem' and 'part'."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.fullmatch(plain(text)) is not None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What is to be known of a file that was read. path: relative to the archive, '/' separated.

    begins: it holds a plan whose signature it does not hold. plan: it holds a plan at all.
    """

    document_id: str
    path: str
    begins: bool
    plan: bool


def part_of_name(path: str) -> tuple[str, int] | None:
    """The folder and name that the parts of a document share, and which part this is, from 1; None for other names.

    >>> part_of_name("xa/001-b.pdf"), part_of_name("xa/001 (phần II).pdf"), part_of_name("xa/001.pdf")
    (('xa/001', 2), ('xa/001', 2), None)
    """
    file = PurePosixPath(path)
    for rule in load_rules("file_parts", PartName):
        found = rule.regex.fullmatch(plain(file.stem))
        if found is not None and (number := _number(found["part"])) is not None:
            return str(file.parent / found["stem"].strip(" _.-(")), number
    return None


def _number(part: str) -> int | None:
    if part.isdigit():
        return int(part) or None
    if re.fullmatch(r"[a-e]", part):
        return ord(part) - ord("a") + 1
    return roman_value(part.upper())


def parts_of(files: Iterable[ReadFile]) -> Mapping[str, str]:
    """Path of a later part -> document_id of the file that holds the beginning; nothing of files that stand alone.

    The parts must follow each other without a gap, from the first on; a file with a plan of its own ends the row.
    """
    groups: defaultdict[str, dict[int, ReadFile]] = defaultdict(dict)
    for file in sorted(files, key=lambda file: file.path):
        if named := part_of_name(file.path):
            groups[named[0]].setdefault(named[1], file)
    found: dict[str, str] = {}
    for parts in groups.values():
        first, number = parts.get(1), 2
        while first is not None and first.begins and number in parts and not parts[number].plan:
            found[parts[number].path] = first.document_id
            number += 1
    return found
