"""Restored pages -> blocks: the headings, items, paragraphs and table rows of the running text, in reading order.

A block joins the printed lines of one paragraph, across line and page breaks; page numbers are dropped; lines that
stand in a table are left out of the running text and come as one TABLE_ROW for each row. Every block knows its
numbering path, the open blocks above it, the part of the document it stands in, and the lines it was made from.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from extract.page import Box, union_of
from normalize.letters import SMALL
from schema.outline.flow import PrintedLine
from schema.outline.line_breaks import continues, join_lines, lost_enumerator
from schema.outline.numbering import Marker, Style, read_markers
from schema.outline.open_levels import Fit, Outline
from schema.outline.parts import Part, ends_document, mostly_capitals, opens_part


class Kind(StrEnum):
    """What a block is. ITEM: numbered or dashed text that is no heading; TABLE_ROW: one row of a grid."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class LineRef:
    """Where a line stands: index into the pages handed over, index of the line on that page, both from 0."""

    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One block of running text, or one row of a table.

    text     restored, one line, without the enumerator; the cells of a row joined by ' | '
    marker   the enumerator; None for paragraphs and table rows
    path     numbering path, ('II', '2', '(2)'); dashes add nothing
    parents  indices of the blocks above that are still open, outermost first; none of them ends before this one
    page     number of the page where it begins, from 1
    box      union of its lines' boxes on that page; None where the file has no geometry
    raw      its lines as read, enumerator and all, joined by blanks
    confidence  the least confident of its lines, 0 to 1
    """

    kind: Kind
    text: str
    marker: Marker | None
    path: tuple[str, ...]
    parents: tuple[int, ...]
    part: Part
    page: int
    box: Box | None
    raw: str
    lines: tuple[LineRef, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block whose lines are still being collected. outline: as it stands once the block is placed."""

    lines: tuple[PrintedLine, ...]
    marker: Marker | None
    part: Part
    outline: Outline

    @property
    def row(self) -> tuple[int, int, int] | None:
        return self.lines[0].row

    @property
    def text(self) -> str:
        if self.row is not None:
            return " | ".join(line.text for line in self.lines)
        skip = self.marker.end if self.marker else 0
        return join_lines([self.lines[0].text[skip:], *(_bare(line.text) for line in self.lines[1:])]).strip()


_LEADING_SPECK = re.compile(rf"^(?:[.,:;'`‹›_~]{{1,3}}|[-–—]+(?= [{SMALL}]))\s+(?=\w)")

_PLAIN_SIGN = re.compile(r"[^\w—]*$")
"""Of an item without number. Engines read no dash before an item as this long one: it is the dirt on a letter."""


def _bare(text: str) -> str:
    """A line inside a paragraph without the speck before it: ". theo", "- quyền giải quyết"."""
    return _LEADING_SPECK.sub("", text)


def blocks_of(lines: Iterable[PrintedLine], tabular: AbstractSet[tuple[int, int]] = frozenset()) -> tuple[Block, ...]:
    """The blocks of the printed lines of a document, in order. Never raises: text that fits no pattern is a PARAGRAPH.

    tabular: (page, line), both from 0, of lines that belong to a table without boxes; they give no blocks.
    """
    blocks = tuple(_blocks(_drafts(lines, tabular)))
    return tuple(
        replace(block, kind=Kind.HEADING) if is_heading(block, blocks[i + 1 : i + 2]) else block
        for i, block in enumerate(blocks)
    )


def _drafts(lines: Iterable[PrintedLine], tabular: AbstractSet[tuple[int, int]]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for line in lines:
        if (line.page, line.line) in tabular:
            continue
        following = _next_draft(draft, line)
        if draft is not None and following.lines[0] is not draft.lines[0]:
            yield draft
        draft = following
    if draft is not None:
        yield draft


def _next_draft(draft: _Draft | None, line: PrintedLine) -> _Draft:
    """The draft that `line` goes on with, longer by this line; else a new one."""
    part, outline = (draft.part, draft.outline) if draft else (Part.HEAD, Outline())
    if line.row is not None:
        if draft and draft.row == line.row:
            return replace(draft, lines=(*draft.lines, line))
        return _Draft((line,), None, part, outline)
    if draft and draft.row is None and part is Part.BODY and _ends_body(draft, line):
        part, outline = Part.CLOSING, Outline()
    opened = opens_part(line.text, part)
    if opened and (opened is not part or not draft):
        part, outline = opened, Outline()
    marker, fit = _marker(outline, line)
    if draft and draft.row is None and not opened and continues(draft.lines, line, marker, fit):
        return replace(draft, lines=(*draft.lines, line))
    if marker and not (opened and opened is not Part.BODY):
        if part is Part.HEAD and marker.numbered:
            part, outline = Part.BODY, Outline()
        return _Draft((line,), marker, part, outline.place(marker))
    return _Draft((line,), None, part, outline.paragraph())


def _ends_body(draft: _Draft, line: PrintedLine) -> bool:
    """Whether a draft ends its document; a line whose number is the next in order shows that its mark was a slip."""
    if not ends_document(draft.lines[-1].text):
        return False
    chosen = draft.outline.choose(read_markers(line.text))
    return chosen is None or not chosen[0].numbered or chosen[1] < Fit.NEXT


def _marker(outline: Outline, line: PrintedLine) -> tuple[Marker | None, Fit]:
    """The enumerator that a line starts with, and how well it fits; a letter misread as a dash and dirt is one too."""
    chosen = outline.choose(read_markers(line.text))
    if chosen is not None and chosen[0].numbered:
        return chosen
    end = lost_enumerator(line.text)
    marker = outline.lost(end) if end is not None else None
    if marker is None or (chosen is not None and _PLAIN_SIGN.match(line.text[:end])):
        return chosen or (None, Fit.NONE)
    return marker, Fit.OPENS


def _blocks(drafts: Iterator[_Draft]) -> Iterator[Block]:
    """Drafts with their place in the outline: path and open blocks above."""
    opened: dict[Marker, int] = {}
    for index, draft in enumerate(drafts):
        above = draft.outline.levels[:-1] if draft.marker else draft.outline.levels
        parents = tuple(opened[marker] for marker in above if marker in opened)
        if draft.marker:
            opened[draft.marker] = index
        yield _block(draft, parents)


def _block(draft: _Draft, parents: tuple[int, ...]) -> Block:
    first = draft.lines[0]
    kind = Kind.TABLE_ROW if draft.row is not None else Kind.ITEM if draft.marker else Kind.PARAGRAPH
    return Block(
        kind=kind,
        text=draft.text,
        marker=draft.marker,
        path=draft.outline.path,
        parents=parents,
        part=draft.part,
        page=first.page_number,
        box=union_of([line.box for line in draft.lines if line.box and line.page == first.page]),
        raw=" ".join(line.raw for line in draft.lines),
        lines=tuple(LineRef(line.page, line.line) for line in draft.lines),
        confidence=min(line.confidence for line in draft.lines),
    )


_LONGEST_TITLE, _LONGEST_STOPPED_TITLE, _LONGEST_CRITERION = 30, 14, 60
"""Words of the longest heading not in capitals: over paragraphs or dashes; where it ends with a stop; over numbers."""


def is_heading(block: Block, following: Sequence[Block]) -> bool:
    """Whether a numbered block is a title of what follows: in capitals, or short and followed by something deeper."""
    if block.marker is None or not block.marker.numbered:
        return False
    if mostly_capitals(block.text):
        return True
    if not following or block.text.endswith((";", ",")):
        return False
    after, words, stopped = following[0], len(block.text.split()), block.text.endswith(".")
    if after.marker is None:
        return after.kind is Kind.PARAGRAPH and words <= _LONGEST_TITLE and not stopped
    if not after.marker.numbered:
        return words <= (_LONGEST_STOPPED_TITLE if stopped else _LONGEST_TITLE)
    repeats = after.marker.style is Style.DECIMAL and after.marker.ordinal[:-1] == block.marker.ordinal
    return words <= _LONGEST_CRITERION and (repeats or (after.path[: len(block.path)] == block.path != after.path))
