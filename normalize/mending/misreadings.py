"""Words whose letters an English model lost altogether, known by the words beside them (data/misreadings.toml).

>>> [fix.restored for fix in fix_misreadings("giam ty 1€ ho so, Twr nam 2021 ij ban nhan dan xa")]
['lệ', 'Từ', 'Ủy']
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from normalize.data import DATA
from normalize.fixes import Fix
from normalize.tokens import runs_of

_LAST_RUN = re.compile(r"\S+\s\Z")
_TABLE = DATA / "misreadings.toml"


@dataclass(frozen=True)
class Misreading:
    """One row: `seen` stands for `restored` behind one of the words of `before` and in front of one of `behind`."""

    before: tuple[str, ...]
    seen: tuple[str, ...]
    behind: tuple[str, ...]
    as_cased: bool
    restored: str
    not_behind_number: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first asked for: few rows ever are."""
        return _pattern(self.before, self.seen, self.behind, self.as_cased)


@cache
def misreadings() -> tuple[Misreading, ...]:
    """All rows. Raises KeyError or TOMLDecodeError for a broken table."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["misreading"]
    return tuple(
        Misreading(
            tuple(row.get("before", ())),
            tuple(row["seen"]),
            tuple(row.get("behind", ())),
            row.get("as_cased", False),
            row["restored"],
            row["not_behind_number"],
        )
        for row in rows
    )


def _pattern(before: Sequence[str], seen: Sequence[str], behind: Sequence[str], as_cased: bool) -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(seen, key=len, reverse=True))
    front = rf"(?:{'|'.join(before)})\s" if before else ""
    end = rf"\s+(?:{'|'.join(behind)})(?!\w)" if behind else r"[\s,.;:]|$"
    return re.compile(rf"(?<![\w/-]){front}(?P<seen>{signs})(?={end})", 0 if as_cased else re.IGNORECASE)


def _behind_number(front: str) -> bool:
    """Whether the run right in front, behind no more than one blank, holds a digit.

    >>> _behind_number("von 5 "), _behind_number("so 5  "), _behind_number("(")
    (True, False, False)
    """
    run = _LAST_RUN.search(front)
    return run is not None and any(map(str.isdigit, run.group()))


@cache
def _seen() -> tuple[re.Pattern[str], ...]:
    """By row what stands for its word, whatever stands around its run between blanks."""
    return tuple(_pattern((), row.seen, (), as_cased=False) for row in misreadings())


@cache
def _any_seen() -> re.Pattern[str]:
    """What stands for the word of any row."""
    return _pattern((), [sign for row in misreadings() for sign in row.seen], (), as_cased=False)


@lru_cache(maxsize=65536)
def may_be_lost(run: str) -> frozenset[int]:
    """The numbers of the rows whose words a run between blanks may stand for: mostly none."""
    if _any_seen().search(run) is None:
        return frozenset()
    return frozenset(number for number, seen in enumerate(_seen()) if seen.search(run))


def fix_misreadings(line: str) -> Iterator[Fix]:
    """The lost words of one line."""
    for number in sorted(frozenset().union(*map(may_be_lost, runs_of(line)))):
        row = misreadings()[number]
        for match in row.pattern.finditer(line):
            if not (row.not_behind_number and _behind_number(line[: match.start()])):
                yield Fix(match.start("seen"), match.end("seen"), match["seen"], row.restored, "misreading", 0.97)
