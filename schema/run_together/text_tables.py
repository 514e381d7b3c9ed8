"""Where a text without geometry holds a table whose columns were run together: its header, its columns, its lines."""

import re
import textwrap
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.fixes import LineQuality, RestoredPage
from schema.organisations.agency_names import Name, names_in
from schema.outline.blocks import LineRef
from schema.outline.parts import Part, ends_document, opens_part
from schema.ruletable import load_rules
from schema.run_together.header_columns import HeaderDoubt, columns_of, doubt_of, in_sequence, is_cellwise, told_by
from schema.run_together.known_cells import tokens_of
from schema.run_together.tabular_lines import (
    body_begins,
    is_time_cell,
    last_row_end,
    look_tabular,
    numbered_apart,
    show_duties,
    tabular_runs,
)
from schema.run_together.text_headers import (
    CAPITAL_WORD,
    header_at,
    repeats,
    roles_below,
    spots_of,
    torn_header_at,
)
from schema.run_together.text_row_headings import numbered_headings
from schema.run_together.text_rows import Layout, TextLine
from schema.tables.columns import TIME_FIELDS, Field
from schema.values.folding import FoldedRow

_BEYOND_DOUBT = 5
_BELOW = 20
"""Lines below a header that must look like rows."""
_NEAR = 4
"""Lines between rows and a header below them that is the repeat of one that was lost."""
_TRAILING = 6
"""Lines of running text after which a table has ended though nothing says so."""
_WORD = re.compile(r"\w")
_SPECK = re.compile(r"[.,;:'`\\~*_^°•](?<!\S.)[.,;:'`\\~*_^°•]{0,2}(?!\S)")
_BEFORE_NUMBER = re.compile(r"^[^\W\d] (?=\d{1,2}[.)] ?[^\W\d])")
_COLUMN_NUMBERS = re.compile(r"(?:\W*\(\d{1,2}\)\W*){3,}")
"""The row below a header that numbers its columns."""
_WIDEST_PAGE, _USUAL_LINE = 220, 90
"""Characters that no line of a landscape page holds: where lines are longer, cells were never broken into lines; and
how long the lines are into which those are broken then, as rows are told by lines of usual length."""
_TIMED = 0.08


@dataclass(frozen=True)
class TableEnd(FoldedRow):
    """A line that stands after a table. pattern: a regular expression over folded text."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A run-together table. header: its lines as printed; lines: those of its rows; refs: every line it takes up.

    doubt: what of the layout the header leaves open; told: pairs of fields of which a line of the header shows that the
    first stands left of the second; others: the order of a header that was read cell after cell;
    names: organisations that the document names elsewhere.
    """

    header: tuple[str, ...]
    layout: Layout
    lines: tuple[TextLine, ...]
    refs: tuple[LineRef, ...]
    doubt: HeaderDoubt = HeaderDoubt.NONE
    told: frozenset[tuple[Field, Field]] = frozenset()
    others: tuple[tuple[Field, ...], ...] = ()
    names: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that carries text, without specks. gap: nothing readable stands on the line above it."""

    ref: LineRef
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Lines start..stop-1 are a table; those from head on, count of them, its header (count 0: none)."""

    start: int
    stop: int
    head: int
    count: int


def find_text_tables(pages: Sequence[RestoredPage]) -> tuple[TextTable, ...]:
    """The run-together tables of a document that lay tasks on somebody, in order; () where none is."""
    lines = _broken(list(_text_lines(pages)))
    texts = [" ".join(line.text.replace("|", " ").split()) for line in lines]
    found = (_table(lines, texts, place) for place in _places(texts))
    tables = [table for table in found if table is not None]
    names = names_in(texts) if tables else frozenset()
    return tuple(replace(table, names=names) for table in tables)


def _places(texts: Sequence[str]) -> Iterator[_Place]:
    """Where tables stand: below headers, and where rows of the body show themselves."""
    at, done = 0, body_begins(texts)
    while at < len(texts):
        count = _header_above_rows(texts, at)
        if not count:
            at += 1
            continue
        start = yield from _headless(texts, done, at)
        stop = _end(texts, at + count)
        yield _Place(start, stop, at, count)
        at = done = stop
    yield from _headless(texts, done, len(texts))


def _header_above_rows(texts: Sequence[str], at: int) -> int:
    """How many lines from `at` on are a header with rows below it; 0 where none begins."""
    count = header_at(texts, at)
    if count and _stands_above_rows(texts, at, count):
        return count
    count = torn_header_at(texts, at)
    return count if count and show_duties(texts[at + count : at + count + _BELOW]) else 0


def _stands_above_rows(texts: Sequence[str], at: int, count: int) -> bool:
    """Whether a header names so many columns that it is one beyond doubt, or lines like rows follow.

    Each name begins with a capital, as words amid a sentence do not: 'Phân công lãnh đạo phụ trách; đưa kết quả'.
    """
    spots = spots_of(texts[at : at + count])
    named = {spot.field for spot in spots}
    capitals = sum(len(CAPITAL_WORD.findall(text)) for text in texts[at : at + count])
    return min(capitals, len(named)) >= _BEYOND_DOUBT or look_tabular(texts[at + count : at + count + _BELOW])


def _headless(texts: Sequence[str], first: int, stop: int) -> Generator[_Place, None, int]:
    """Tables without a header among some lines. Returns the line from which the table below `stop` takes them over."""
    for run in tabular_runs(texts[first:stop]) if first < stop else ():
        start, end = run.start + first, run.stop + first
        start = 1 + max((at for at in range(start, end) if _opens_appendix(texts[at])), default=start - 1)
        end = next((at for at in range(start, end) if _ends_table(texts[at])), end)
        if stop < len(texts) and stop - end <= _NEAR:
            return start
        yield _Place(start, end, start, 0)
    return stop


def _opens_appendix(text: str) -> bool:
    return ends_document(text) or opens_part(text, Part.BODY) is Part.APPENDIX


def _end(texts: Sequence[str], first: int) -> int:
    """The line at which a table that has begun by `first` ends."""
    stop = next((at for at in range(first, len(texts)) if _ends_table(texts[at])), len(texts))
    runs = tabular_runs(texts[first:stop], headed=True)
    if not runs or stop - first - runs[-1].stop < _TRAILING:
        return stop
    return last_row_end(texts[:stop], first + runs[-1].stop)


def _text_lines(pages: Sequence[RestoredPage]) -> Iterator[_Line]:
    """The lines of pages without geometry that carry text; web addresses and unreadable scrap left out."""
    for page_index, restored in enumerate(pages):
        if restored.page.tables or any(line.box for line in restored.page.lines):
            continue
        gap = True
        for index, line in enumerate(restored.lines):
            text = line.text.strip()
            if not _WORD.search(text) or "http" in text or line.quality is LineQuality.UNREADABLE:
                gap = True
                continue
            yield _Line(LineRef(page_index, index), _without_specks(text), gap)
            gap = False


def _broken(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines as a page would hold them, where a text has each cell or paragraph on one line, however long."""
    if all(len(line.text) <= _WIDEST_PAGE for line in lines):
        return lines
    return [
        replace(line, text=piece, gap=line.gap and not number)
        for line in lines
        for number, piece in enumerate(textwrap.wrap(line.text, _USUAL_LINE, break_long_words=False))
    ]


def _without_specks(text: str) -> str:
    """The line without marks that stand alone, as dirt is read, and without a letter read before a row's number."""
    return _BEFORE_NUMBER.sub("", " ".join(_SPECK.sub(" ", text).split()))


def _ends_table(text: str) -> bool:
    return any(rule.matches(text) for rule in load_rules("table_ends", TableEnd))


def _table(lines: Sequence[_Line], texts: Sequence[str], place: _Place) -> TextTable | None:
    header = tuple(texts[place.head : place.head + place.count])
    own = range(place.start, place.stop)
    again = repeats(texts[place.start : place.stop], header) if header else ()
    blocks = [range(block.start + place.start, block.stop + place.start) for block in again]
    printed = {at for block in blocks for at in block} | set(range(place.head, place.head + place.count))
    heads = [header, *(tuple(texts[at] for at in block) for block in blocks if len(block) <= len(header) + 1)]
    head = max(heads, key=lambda lines: len({spot.field for spot in spots_of(lines)}))
    spots = spots_of(head)
    kept = [at for at in own if at not in printed and not _COLUMN_NUMBERS.fullmatch(texts[at])]
    if len(kept) < 2:
        return None
    rows = [texts[at] for at in kept]
    columned = any(spot.field is Field.NUMBER for spot in spots)
    parts = frozenset[int]() if columned else numbered_apart(rows)
    inside = sum(re.match(r"\d{1,2}[.)] ?[^\W\d]", text) is not None for text in rows) - len(parts)
    bare = sum(re.match(r"\d{1,3}(?: |$)", text) is not None for text in rows)
    told = told_by([*spots, *roles_below(head, spots)])
    fields = _with_time(columns_of(spots, told), rows)
    layout = Layout(fields, columned or inside >= 3 or bare >= 3, not columned and inside >= bare)
    others = (_with_time(in_sequence(spots), rows),) if is_cellwise(spots) else ()
    refs = tuple(lines[at].ref for at in own)
    heading = numbered_headings(rows) | parts
    own_lines = tuple(
        TextLine(lines[at].ref, tokens_of(lines[at].text), lines[at].gap, number in heading)
        for number, at in enumerate(kept)
    )
    return TextTable(header, layout, own_lines, refs, doubt_of(header, spots), told, others)


def _with_time(fields: tuple[Field, ...], texts: Sequence[str]) -> tuple[Field, ...]:
    """The fields with a time column at the end, where the header lost it but many lines end in a time of their own."""
    if TIME_FIELDS & set(fields):
        return fields
    timed = sum(any(is_time_cell(text.split()[-count:]) for count in (1, 2, 3, 4)) for text in texts)
    return (*fields, Field.DEADLINE) if timed >= max(3, _TIMED * len(texts)) else fields
