"""Printed lines -> the running text: which lines count, which go on with the one before, how they are joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import ceil
from statistics import quantiles

from extract.page import Box, Page, Table
from normalize.fixes import RestoredPage
from normalize.letters import CAPITAL, SMALL
from schema.outline.numbering import Marker, Style
from schema.outline.parts import mostly_capitals
from schema.outline.specks import is_speck, without_specks
from schema.plain import plain
from schema.ruletable import any_of, load_rules


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of running text, or of one cell of a table row.

    page, line  indices from 0; page_number as printed in the records, from 1
    after_gap   a blank line stands above it
    gapped      blank lines part the paragraphs of its page, so that their lack tells something
    indented    starts right of the left margin; None where the file has no geometry
    full        reaches the right margin, so that the paragraph may go on
    spaced      stands further below the line before than the lines of a paragraph do
    row         (page, table, row) of the table it stands in; None in running text
    """

    text: str
    raw: str
    confidence: float
    box: Box | None
    page: int
    page_number: int
    line: int
    after_gap: bool
    gapped: bool
    indented: bool | None
    full: bool
    row: tuple[int, int, int] | None
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class _Margins:
    """The type area of a page: left and right edge in points, or only a usual length in characters.

    gapped: blank lines part the paragraphs. pitch: from line to line of a paragraph, in points; None where unknown.
    """

    left: float | None
    right: float | None
    length: float
    gapped: bool
    pitch: float | None = None


_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,3}\s*(?:/\s*\d{1,3})?\W*", re.I)


def printed_lines(pages: Sequence[RestoredPage]) -> Iterator[PrintedLine]:
    """The lines that carry text, in order: blank lines, specks and page numbers dropped, table lines marked."""
    for page_index, restored in enumerate(pages):
        page = restored.page
        margins, rows, gap = _margins(restored), _table_rows(page_index, page), True
        last_index, before = len(page.lines) - 1, None
        for index, (line, result) in enumerate(zip(page.lines, restored.lines, strict=True)):
            text = " ".join(result.text.split()) if index in rows else without_specks(result.text)
            at_edge = index in (0, last_index) or _in_margin(line.box, page)
            sure = min(line.confidence, result.confidence) if index not in rows else 1.0
            if is_speck(text, sure) or (index not in rows and _is_page_number(text, gap, at_edge)):
                gap = gap or not text
                continue
            yield PrintedLine(
                text=text,
                raw=line.text,
                confidence=min(line.confidence, result.confidence),
                box=line.box,
                page=page_index,
                page_number=page.number,
                line=index,
                after_gap=gap,
                gapped=margins.gapped,
                indented=_indented(line.box, margins),
                full=_full(text, line.box, margins),
                row=rows.get(index),
                spaced=_spaced(before, line.box, margins),
            )
            gap, before = False, line.box


def _in_margin(box: Box | None, page: Page) -> bool:
    """Whether a line stands in the top or bottom margin, where page numbers are."""
    if box is None or not page.height:
        return False
    return box.bottom < 0.08 * page.height or box.top > 0.92 * page.height


def _is_page_number(text: str, gap: bool, at_edge: bool) -> bool:
    """A bare number at an edge of the page or after a gap; '4.' that ends a sentence keeps its full stop."""
    return (gap or at_edge) and _PAGE_NUMBER.fullmatch(text) is not None and not text.endswith(".")


def _table_rows(page_index: int, page: Page) -> dict[int, tuple[int, int, int]]:
    return {
        line: (page_index, number, cell.row)
        for number, table in enumerate(page.tables)
        if holds_data(table)
        for cell in table.cells
        for line in cell.lines
    }


def holds_data(table: Table) -> bool:
    """Whether a grid is a table to be read by rows; a letterhead or signature set in two columns is not."""
    return table.n_cols >= 3 or (table.ruled and table.n_cols == 2 and table.n_rows >= 3)


def _margins(restored: RestoredPage) -> _Margins:
    boxes = [line.box for line in restored.page.lines if line.box and line.text.strip()]
    lengths = sorted(len(line.text) for line in restored.lines if line.text.strip())
    length = lengths[ceil(0.9 * (len(lengths) - 1))] if lengths else 0.0
    gapped = len(lengths) < 0.85 * len(restored.lines)
    if len(boxes) < 4:
        return _Margins(None, None, length, gapped)
    lefts, rights = [b.x0 for b in boxes], [b.x1 for b in boxes]
    return _Margins(quantiles(lefts, n=10)[0], quantiles(rights, n=10)[8], length, gapped, _usual_pitch(boxes))


_WIDER = 1.13
"""How much wider the space above a paragraph makes the step from line to line; boxes are half as inexact."""


def _usual_pitch(boxes: Sequence[Box]) -> float | None:
    """The narrow steps of a page: a fifth of them are narrower. None for a page of few lines."""
    steps = [step for above, box in pairwise(boxes) if (step := _pitch(above, box)) > 0.6 * (box.bottom - box.top)]
    return quantiles(steps, n=5)[0] if len(steps) >= 8 else None


def _pitch(above: Box, box: Box) -> float:
    return min(box.top - above.top, box.bottom - above.bottom)


def _spaced(above: Box | None, box: Box | None, margins: _Margins) -> bool:
    if above is None or box is None or margins.pitch is None:
        return False
    return _pitch(above, box) > _WIDER * margins.pitch


def _indented(box: Box | None, margins: _Margins) -> bool | None:
    return None if box is None or margins.left is None else box.x0 > margins.left + 12


def _full(text: str, box: Box | None, margins: _Margins) -> bool:
    if box is not None and margins.right is not None and margins.left is not None:
        return box.x1 > margins.right - 0.08 * (margins.right - margins.left)
    return len(text) >= 0.82 * margins.length


_STOPS = re.compile(r"[.:!?](?:[\"”')\]/.\s]*)$")
_ENDS = re.compile(r"[.;:!?…](?:[\"”')\]/.\s]*)$")
_OPEN_WORDS = r"và|của|các|những|theo|về|cho|với|tại|số|năm|ngày|hoặc|trong|để|từ|đến|là|được|do|bằng|có"
_OPEN_WORD = re.compile(rf"\b(?:{_OPEN_WORDS})\s*[-–]?$", re.I)
_OPEN_END = re.compile(rf"(?:[,(–-]|\b(?:{_OPEN_WORDS})\s*[-–]?)$", re.I)


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

    def fits(self, so_far: str, text: str) -> bool:
        """Whether the rule speaks of this line break."""
        before, line = self.regexes
        if self.capital and next((c for c in text if c.isalpha()), "").islower():
            return False
        return line.match(plain(text)) is not None and before.search(plain(so_far)) is not None

    def matches(self, text: str) -> bool:
        return self.fits(*text.split("\n", 1))


def continues(lines: Sequence[PrintedLine], line: PrintedLine, marker: Marker | None, fit: int) -> bool:
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
    if first.islower() or _OPEN_END.search(so_far):
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
    before, line = so_far[-60:], text[:60]
    if not _telling_lines().match(plain(line)):
        return None
    return next((not rule.breaks for rule in load_rules("line_breaks", BreakRule) if rule.fits(before, line)), None)


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


def _goes_on_past_marker(so_far: str, before: PrintedLine, line: PrintedLine, marker: Marker, fit: int) -> bool:
    """A line that only looks numbered: '- 2025, định hướng' after '2021', '4.' after 'mức độ 3,'."""
    if _ENDS.search(so_far):
        return False
    rest = line.text[marker.end :]
    if marker.style is Style.DASH:
        if _OPEN_WORD.search(so_far) and not _SENTENCE_START.match(rest):
            return True
        return _spans_years(so_far, rest) or (rest[:1].islower() and before.full)
    if not marker.numbered:
        return False
    if not rest:
        return before.full
    open_end = _OPEN_END.search(so_far) is not None and marker.style is not Style.LETTER
    return (fit == 0 and before.full) or (fit < 3 and open_end)
