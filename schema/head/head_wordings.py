"""The wordings by which a reader tells the parts of a document's head: title, note of promulgation, grounds, body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schema.plain import plain
from schema.ruletable import PatternRow, load_rules


@dataclass(frozen=True)
class HeadWording(PatternRow):
    """One wording. pattern: searched in text without marks, in lower case; ^ and $ tie it to the ends of a line.

    unlike: other words of the same letters, over the text with its marks in small letters from where the pattern ends:
    'PHONG' of a name, and 'PHÒNG'.
    """

    kind: str
    pattern: str
    unlike: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where the wording stands in a text with its marks, other words of the same letters left out."""
        for match in self.regex.finditer(plain(text)):
            if not (self.unlike and re.match(self.unlike, text[match.end() :].lower())):
                yield match

    def matches(self, text: str) -> bool:
        """Whether the wording stands in `text`."""
        return any(True for _ in self.found(text))


@cache
def wordings(kind: str) -> tuple[HeadWording, ...]:
    """The rows of one kind, in order. Raises KeyError for a kind that the table does not have."""
    rows = tuple(row for row in load_rules("head_wordings", HeadWording) if row.kind == kind)
    if not rows:
        raise KeyError(f"rules/head_wordings.toml has no row of kind {kind!r}")
    return rows


def find_head_wording(kind: str, flat: str) -> re.Match[str] | None:
    """Where the first wording of that kind stands in `flat`, text without marks in lower case; None for nowhere.

    >>> find_head_wording("attached_note", "(kem theo quyet dinh so 1)") is None
    False
    """
    return next((found for row in wordings(kind) if (found := row.regex.search(flat))), None)


def head_regex(kind: str) -> re.Pattern[str]:
    """The pattern of a kind that has one row. Raises ValueError for a kind with several."""
    (row,) = wordings(kind)
    return row.regex
