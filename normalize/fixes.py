"""Fix and Restored: what restoration did to one line, and the text that follows from it.

The restored text is never given: it is computed by replaying the fixes on the raw line, so the audit trail cannot lie.

>>> Restored("ti€u chi", (Fix(0, 4, "ti€u", "tiêu", "lattice", 0.99),)).text
'tiêu chi'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.page import Page


class Fix(Struct, frozen=True, gc=False):  # made for each word, some of them again and again: a dataclass is slower
    """raw[start:end] is to be read as `restored` ('' drops it). probability: calibrated chance that this is right.

    Not checked here, since most are words that a later step replaces: `replay` refuses one that does not fit its line.
    """

    start: int
    end: int
    raw: str
    restored: str
    method: str
    probability: float


class LineQuality(StrEnum):
    """The triage of a line: right as it stands, repairable (and repaired), or no text at all."""

    GOOD = "good"
    REPAIRED = "repaired"
    UNREADABLE = "unreadable"


def replay(raw: str, fixes: Sequence[Fix]) -> str:
    """Apply ordered, non-overlapping fixes to the raw line.

    Raises ValueError when a fix does not stand where it says, or its probability is none.
    """
    out: list[str] = []
    at = 0
    for fix in fixes:
        start, end = fix.start, fix.end
        if not at <= start <= end <= len(raw) or raw[start:end] != fix.raw or not 0.0 <= fix.probability <= 1.0:
            raise ValueError(f"the fix does not fit the line {raw!r}: {fix}")
        out += (raw[at:start], fix.restored)
        at = end
    out.append(raw[at:])
    return "".join(out)


def compose(raw: str, first: Sequence[Fix], second: Sequence[Fix]) -> tuple[Fix, ...]:
    """The fixes of `raw` that give what `first`, and then `second` on the text that `first` gives, would give.

    Where a later fix touches earlier ones they become one, by the later method.

    >>> first = (Fix(0, 3, "Cin", "Căn", "decoder", 0.9), Fix(4, 7, "ctr", "cử", "decoder", 0.6))
    >>> both = compose("Cin ctr", first, (Fix(4, 6, "cử", "cứ", "phrase", 0.9),))
    >>> [(f.raw, f.restored, f.probability) for f in both]
    [('Cin', 'Căn', 0.9), ('ctr', 'cứ', 0.9)]
    """
    if not second or (not first and all(fix.end < behind.start for fix, behind in pairwise(second))):
        return tuple(fix for fix in (*first, *second) if fix.raw != fix.restored)
    middle = replay(raw, first)
    groups = _groups(first, second)
    out: list[Fix] = []
    grown = 0  # signs of `middle` in front of the group, less those of `raw`
    for early, late in groups:
        if not (early or grown or late[1:]):
            out += late
            continue
        gain = sum(len(f.restored) - len(f.raw) for f in early)
        starts = [f.start + grown for f in early[:1]] + [f.start for f in late[:1]]
        ends = [f.end + grown + gain for f in early[-1:]] + [f.end for f in late[-1:]]
        low, high = min(starts), max(ends)
        if late:
            moved = [replace(f, start=f.start - low, end=f.end - low) for f in late]
            text = replay(middle[low:high], moved)
            start, end = low - grown, high - grown - gain
            probability = min(f.probability for f in late)
            out.append(Fix(start, end, raw[start:end], text, late[0].method, probability))
        else:
            out.extend(early)
        grown += gain
    return tuple(fix for fix in out if fix.raw != fix.restored)


def _groups(first: Sequence[Fix], second: Sequence[Fix]) -> list[tuple[list[Fix], list[Fix]]]:
    """Fixes of both rounds, in order, those that touch one another in the text between the rounds together."""
    spans: list[tuple[int, int, int, Fix]] = []
    grown = 0
    for fix in first:
        start = fix.start + grown
        spans.append((start, start + len(fix.restored), 0, fix))
        grown += len(fix.restored) - len(fix.raw)
    spans += [(fix.start, fix.end, 1, fix) for fix in second]
    groups: list[tuple[list[Fix], list[Fix]]] = []
    reach = -1
    for start, end, round_, fix in sorted(spans, key=lambda s: (s[0], s[1], s[2])):
        if start > reach or reach < 0:
            groups.append(([], []))
        groups[-1][round_].append(fix)
        reach = max(reach, end)
    return groups


class Restored(Struct, frozen=True, dict=True):
    """One line after restoration. confidence: chance that a syllable of `text` is right, 0 to 1.

    With a dict of its own, so that the text, which every reader asks for, is worked out once.
    """

    raw: str
    fixes: tuple[Fix, ...] = ()
    quality: LineQuality = LineQuality.GOOD
    confidence: float = 1.0

    @cached_property
    def text(self) -> str:
        """The line with all fixes applied."""
        return replay(self.raw, self.fixes)


@dataclass(frozen=True, slots=True)
class RestoredPage:
    """A page and its restored lines, one for one: lines[i] restores page.lines[i]."""

    page: Page
    lines: tuple[Restored, ...]

    def __post_init__(self) -> None:
        if len(self.lines) != len(self.page.lines):
            raise ValueError(f"page {self.page.number}: {len(self.page.lines)} lines, {len(self.lines)} restored")
