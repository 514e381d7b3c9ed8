"""Slips of an engine that knows Vietnamese, read anew where the grammar around them proves it (data/slips.toml).

>>> [(fix.raw, fix.restored) for fix in fix_slips("Quý H/2024, trước ngày 1ó tháng 5 tới l")]
[('ó', '6'), ('H', 'II'), (' l', '')]
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalize.data import DATA
from normalize.fixes import Fix
from normalize.letters import CAPITAL, SMALL

_TABLE = DATA / "slips.toml"


@dataclass(frozen=True, slots=True)
class Slip:
    """One row: the group `seen` of the pattern stands for `restored`, with this chance (0 to 1)."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    restored: str
    chance: float
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@cache
def slips() -> tuple[Slip, ...]:
    """All rows. Raises KeyError, TypeError, re.error or TOMLDecodeError for a broken table."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["slip"]
    return tuple(
        Slip(
            **row
            | {
                "pattern": re.compile(row["pattern"].replace("{small}", SMALL).replace("{capital}", CAPITAL)),
                "examples": tuple((raw, text) for raw, text in row["examples"]),
                "counter_examples": tuple(row["counter_examples"]),
            }
        )
        for row in rows
    )


def fix_slips(line: str) -> Iterator[Fix]:
    """The slips of one line, row by row; a speck takes the blanks beside it along."""
    for row in slips():
        for match in row.pattern.finditer(line):
            start, end = match.span("seen")
            if not row.restored:
                start, end = _with_blanks(line, start, end)
            yield Fix(start, end, line[start:end], row.restored, row.kind, row.chance)


def _with_blanks(line: str, start: int, end: int) -> tuple[int, int]:
    """The span and the blanks between it and the edge of the line or the words that stay."""
    while start and line[start - 1].isspace():
        start -= 1
    while start == 0 and end < len(line) and line[end].isspace():
        end += 1
    return start, end
