"""Which printed line goes on with the one before, and how the lines of a paragraph are joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from normalize.letters import CAPITAL, SMALL
from schema.outline.flow import PrintedLine
from schema.outline.numbering import Marker, Style
from schema.outline.open_levels import Fit
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import any_of, load_rules

_STOPS = re.compile(r"[.:!?](?:[\"”')\]/.\s]*)$")
_ENDS = re.compile(r"[.;:!?…](?:[\"”')\]/.\s]*)$")
_LETTER = re.compile(r"[^\W\d_]")


def join_lines(texts: Sequence[str]) -> str:
    """The lines of one paragraph as one line; a word or symbol that the line break parted is joined.

    >>> join_lines(["Nghị quyết số 42/NQ-", "HĐND ngày 15/01/2021 giai đoạn 2021 -", "2025"])
    'Nghị quyết số 42/NQ-HĐND ngày 15/01/2021 giai đoạn 2021 - 2025'
    """
    joined = ""
    for text in texts:
        glued = joined.endswith(("-", "/")) and text[:1].isalnum() and _LETTER.match(joined[-2:]) is not None
        joined = f"{joined}{'' if glued or not joined else ' '}{text.strip()}"
    return joined


@dataclass(frozen=True)
class OpenWord:
    """A word at which no paragraph ends."""

    word: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return re.search(rf"\b{self.word}\s*[-–]?$", text, re.I) is not None and _open_word().search(text) is not None


@cache
def _open_word() -> re.Pattern[str]:
    words = "|".join(row.word for row in load_rules("open_words", OpenWord))
    return re.compile(rf"\b(?:{words})\s*[-–]?$", re.I)


_LABEL_IN_BRACKET = re.compile(r"\([^()]{2,40}:$")


def _ends_open(text: str) -> bool:
    """Whether a text ends with an open word, with a mark behind which it goes on, or with a label in a bracket.

    >>> _ends_open("Dịch bản hướng dẫn sang tiếng Thái (Chủ trì:"), _ends_open("Chủ trì:")
    (True, False)
    """
    marked = text.endswith((",", "(", "–", "-")) or _LABEL_IN_BRACKET.search(text) is not None
    return marked or _open_word().search(text) is not None


_SPECK_BEFORE = r"(?:[^\w\s]{0,2}\w?\s)?"
"""A speck in the margin before a line: "ẵ Trên đây là"."""


@dataclass(frozen=True)
class BreakRule:
    """What a line break tells. breaks: the second text opens a paragraph although it could go on; else it goes on.

    labels: the second text is a label whose enumerator may have been lost. capital: it opens with a capital.

    before, line: regular expressions over the text so far (its end) and the next line (its start), without marks.
    """

    breaks: bool
    before: str
    line: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    labels: bool = False
    capital: bool = False

    @cached_property
    def regexes(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(rf"(?:{self.before})\s*$"), re.compile(
            rf"{_SPECK_BEFORE if self.breaks else ''}\s*(?:{self.line})"
        )

    def fits(self, so_far: str, text: str, opens_small: bool) -> bool:
        """Whether the rule speaks of this line break. so_far, text: without marks; opens_small: as `_opens_small`."""
        before, line = self.regexes
        if self.capital and opens_small:
            return False
        return line.match(text) is not None and before.search(so_far) is not None

    def matches(self, text: str) -> bool:
        so_far, line = text.split("\n", 1)
        return self.fits(plain(so_far), plain(line), _opens_small(line))


def continues(lines: Sequence[PrintedLine], line: PrintedLine, marker: Marker | None, fit: Fit) -> bool:
    """Whether `line` belongs to the paragraph of `lines`. marker, fit: the enumerator it seems to start with."""
    so_far = join_lines([before.text for before in lines[-3:]])
    ruled = _ruled(so_far, line.text)
    if ruled is not None:
        return ruled
    if marker is not None:
        return _goes_on_past_marker(so_far, lines[-1], line, marker, fit)
    if mostly_capitals(so_far) or _is_title(line.text):
        return mostly_capitals(so_far) and mostly_capitals(line.text)
    first = next((c for c in line.text if c.isalnum()), "")
    if first.islower() or _ends_open(so_far):
        return True
    if line.text.startswith("(") and not line.after_gap and not _ENDS.search(so_far):
        return True
    if not lines[-1].full or line.indented:
        return False
    if not _STOPS.search(so_far):
        return True
    if line.spaced:
        return False
    return (line.gapped and not line.after_gap) if line.indented is None else True


def _ruled(so_far: str, text: str) -> bool | None:
    if not _telling_lines().match(plain(text)[:60]):
        return None
    before, line, small = plain(so_far[-60:]), plain(text[:60]), _opens_small(text[:60])
    rules = load_rules("line_breaks", BreakRule)
    return next((not rule.breaks for rule in rules if rule.fits(before, line, small)), None)


def _opens_small(text: str) -> bool:
    """Whether its first letter is a small one."""
    return next((c for c in text if c.isalpha()), "").islower()


@cache
def _telling_lines() -> re.Pattern[str]:
    """All rows at once: most lines are like none."""
    return any_of(rule.regexes[1] for rule in load_rules("line_breaks", BreakRule))


def lost_enumerator(text: str) -> int | None:
    """Characters before the label of a line that lost its enumerator ("..€. Thời gian thực hiện:"); None for others."""
    if not _telling_lines().match(plain(text)):
        return None
    for rule in load_rules("line_breaks", BreakRule):
        if rule.labels and (match := rule.regexes[1].match(plain(text))):
            return match.start("label")
    return None


_SENTENCE_START = re.compile(rf"[{CAPITAL}][{SMALL}]+ ")


def _is_title(text: str) -> bool:
    return len(text.split()) >= 3 and mostly_capitals(text)


_YEAR_ENDS, _YEAR_STARTS = re.compile(r"\b(?:19|20)\d\d$"), re.compile(r"(?:19|20)\d\d\b")


def _spans_years(so_far: str, rest: str) -> bool:
    """Whether the dash between two lines is that of '2021 - 2025', not one before an item ('năm 2025 / - 100% ...')."""
    return _YEAR_ENDS.search(so_far) is not None and _YEAR_STARTS.match(rest) is not None


def _goes_on_past_marker(so_far: str, before: PrintedLine, line: PrintedLine, marker: Marker, fit: Fit) -> bool:
    """A line that only looks numbered: '- 2025, định hướng' after '2021', '4.' after 'mức độ 3,'."""
    if _ENDS.search(so_far):
        return False
    rest = line.text[marker.end :]
    if marker.style is Style.DASH:
        if _open_word().search(so_far) and not _SENTENCE_START.match(rest):
            return True
        return _spans_years(so_far, rest) or (rest[:1].islower() and before.full)
    if not marker.numbered:
        return False
    if not rest:
        return before.full
    open_end = _ends_open(so_far) and marker.style is not Style.LETTER
    return (fit is Fit.NONE and before.full) or (fit < Fit.NEXT and open_end)
