"""Fix and Restored: what restoration did to one line, and the text that follows from it.

The restored text is never stored: it is computed by replaying the fixes on the raw line, so the audit trail cannot lie.

>>> Restored("ti€u chi", (Fix(0, 4, "ti€u", "tiêu", "lattice", 0.99),)).text
'tiêu chi'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.page import Page


@dataclass(frozen=True, slots=True)
class Fix:
    """raw[start:end] is to be read as `restored` ('' drops it). probability: calibrated chance that this is right."""

    start: int
    end: int
    raw: str
    restored: str
    method: str
    probability: float

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or len(self.raw) != self.end - self.start:
            raise ValueError(f"a fix must span its raw text: {self}")
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError(f"a probability lies between 0 and 1: {self}")


class LineQuality(StrEnum):
    """The triage of a line: right as it stands, repairable (and repaired), or no text at all."""

    GOOD = "good"
    REPAIRED = "repaired"
    UNREADABLE = "unreadable"


def replay(raw: str, fixes: Sequence[Fix]) -> str:
    """Apply ordered, non-overlapping fixes to the raw line.

    Raises ValueError when a fix does not stand where it says.
    """
    out: list[str] = []
    at = 0
    for fix in fixes:
        if fix.start < at or raw[fix.start : fix.end] != fix.raw:
            raise ValueError(f"the fix does not fit the line {raw!r}: {fix}")
        out += [raw[at : fix.start], fix.restored]
        at = fix.end
    out.append(raw[at:])
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Restored:
    """One line after restoration. confidence: chance that a syllable of `text` is right, 0 to 1."""

    raw: str
    fixes: tuple[Fix, ...] = ()
    quality: LineQuality = LineQuality.GOOD
    confidence: float = 1.0

    @property
    def text(self) -> str:
        return replay(self.raw, self.fixes)


@dataclass(frozen=True, slots=True)
class RestoredPage:
    """A page and its restored lines, one for one: lines[i] restores page.lines[i]."""

    page: Page
    lines: tuple[Restored, ...]

    def __post_init__(self) -> None:
        if len(self.lines) != len(self.page.lines):
            raise ValueError(f"page {self.page.number}: {len(self.page.lines)} lines, {len(self.lines)} restored")
