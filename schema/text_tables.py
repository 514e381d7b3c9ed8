"""Where a text without geometry holds a table whose columns were run together: its header, its columns, its lines."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from graphlib import CycleError, TopologicalSorter

from normalize.fixes import LineQuality, RestoredPage
from schema.blocks import LineRef
from schema.cell_costs import tokens_of
from schema.cell_words import starts
from schema.columns import TIME_FIELDS, ColumnRule, Field, fields_are_tasks
from schema.deadlines import folded, names_a_time
from schema.ruletable import PatternRow, load_rules
from schema.untangle import Layout, TextLine

_WINDOW = 5
_COVERED = 0.75
_CLEAR = 0.9
_LONGEST = 110
_SPECK = re.compile(r"[.,;:'`\\~*_^°•]{1,3}")
_BEFORE_NUMBER = re.compile(r"^[^\W\d] (?=\d{1,2}[.)] ?[^\W\d])")
_TIMED = 0.08
_USUAL = (
    Field.AREA, Field.TOPIC, Field.GOAL, Field.TASK, Field.OUTPUT, Field.LEAD, Field.AGENCIES, Field.PARTNERS,
    Field.APPROVER, Field.OVERSEER, Field.START, Field.FINISH, Field.DEADLINE, Field.BUDGET, Field.FUNDING, Field.NOTE,
)  # fmt: skip


@dataclass(frozen=True)
class TableEnd(PatternRow):
    """A line that stands after a table. pattern: a regular expression over folded text."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.search(folded(text)) is not None


class HeaderDoubt(Enum):
    """NONE: the header is clear. ORDER: it stands on several lines, so that its columns may mix. COLUMNS: misread."""

    NONE = auto()
    ORDER = auto()
    COLUMNS = auto()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A run-together table. header: its lines as printed; lines: those of its rows; refs: every line it takes up.

    doubt: what of the layout the header leaves open.
    """

    header: tuple[str, ...]
    layout: Layout
    lines: tuple[TextLine, ...]
    refs: tuple[LineRef, ...]
    doubt: HeaderDoubt = HeaderDoubt.NONE


@dataclass(frozen=True, slots=True)
class _Spot:
    field: Field
    line: int
    at: int


def find_text_tables(pages: Sequence[RestoredPage]) -> tuple[TextTable, ...]:
    """The run-together tables of a document that lay tasks on somebody, in order; () where none is."""
    lines = list(_text_lines(pages))
    texts = [" ".join(t.text for t in line.tokens if not t.bar) for line in lines]
    tables: list[TextTable] = []
    at = 0
    while at < len(lines):
        count = _header_at(texts, at)
        if not count:
            at += 1
            continue
        end = next((i for i in range(at + count, len(lines)) if _ends_table(texts[i])), len(lines))
        table = _table(lines[at:end], texts[at:end], count)
        if table is not None:
            tables.append(table)
        at = end if table else at + count
    return tuple(tables)


def _text_lines(pages: Sequence[RestoredPage]) -> Iterator[TextLine]:
    """The lines of pages without geometry that carry text; web addresses and unreadable scrap left out."""
    for page_index, restored in enumerate(pages):
        if restored.page.tables or any(line.box for line in restored.page.lines):
            continue
        gap = True
        for index, line in enumerate(restored.lines):
            text = line.text.strip()
            if not re.search(r"\w", text) or "http" in text or line.quality is LineQuality.UNREADABLE:
                gap = True
                continue
            yield TextLine(LineRef(page_index, index), tokens_of(_without_specks(text)), gap)
            gap = False


def _without_specks(text: str) -> str:
    """The line without marks that stand alone, as dirt is read, and without a letter read before a row's number."""
    kept = " ".join(word for word in text.split() if not _SPECK.fullmatch(word))
    return _BEFORE_NUMBER.sub("", kept)


def _ends_table(text: str) -> bool:
    return any(rule.matches(text) for rule in load_rules("table_ends", TableEnd))


@cache
def _header_words() -> frozenset[str]:
    rules = load_rules("columns", ColumnRule)
    return frozenset(word for rule in rules for text in rule.examples for word in re.findall(r"\w+", folded(text)))


def _covered(text: str, words: frozenset[str]) -> float:
    found = re.findall(r"\w+", folded(text))
    return sum(word in words for word in found) / len(found) if found else 0.0


def _header_at(texts: Sequence[str], at: int) -> int:
    """How many lines from `at` on are the header of a table; 0 where none begins."""
    best, most = 0, 0
    for count in range(1, min(_WINDOW, len(texts) - at) + 1):
        window = texts[at : at + count]
        if len(window[-1]) > _LONGEST or window[-1].endswith((".", ";")) or window[0][:1].islower():
            break
        if _covered(window[-1], _header_words()) < _COVERED:
            break
        fields = {spot.field for spot in _spots(window)}
        titled = count > 1 and len({spot.field for spot in _spots(window[1:])}) == len(fields)
        more = len(fields) > most or (best and window[-1][:1].islower())
        if (fields_are_tasks(fields) or _numbers_timed_tasks(fields)) and more and not titled:
            best, most = count, len(fields)
    return best


def _numbers_timed_tasks(fields: Set[Field]) -> bool:
    """Whether a header that may have lost its agencies to misreading still names numbers, tasks and a time."""
    return Field.NUMBER in fields and bool(fields & {Field.TASK, Field.TOPIC}) and bool(fields & TIME_FIELDS)


def _spots(window: Sequence[str]) -> list[_Spot]:
    """Where the lines of a header name fields; words that one rule took are hidden from the later ones."""
    spots: list[_Spot] = []
    for number, text in enumerate(window):
        plain = folded(text)
        if re.match(r"(?:s ?t ?t|t ?t|so tt)\b", plain):
            spots.append(_Spot(Field.NUMBER, number, 0))
        for rule in load_rules("columns", ColumnRule):
            if rule.field == Field.AGENCIES:
                continue
            for hit in rule.regex.finditer(plain):
                spots.append(_Spot(Field(rule.field), number, hit.start()))
                plain = plain[: hit.start()] + "#" * (hit.end() - hit.start()) + plain[hit.end() :]
    return spots


def _order(spots: Sequence[_Spot]) -> tuple[Field, ...]:
    """The fields from left to right: as the lines of the header have them, else in the usual order."""
    fields = {spot.field for spot in spots if spot.field in _USUAL}
    if Field.TASK not in fields:
        stand_in = next((f for f in (Field.TOPIC, Field.AREA, Field.GOAL) if f in fields), None)
        spots = [_Spot(Field.TASK, s.line, s.at) if s.field is stand_in else s for s in spots]
    elif Field.TOPIC in fields:
        spots = [s for s in spots if s.field is not Field.TOPIC]
    fields = {spot.field for spot in spots if spot.field in _USUAL}
    before: dict[Field, set[Field]] = {field: set() for field in fields}
    for a in spots:
        for b in spots:
            if a.line == b.line and a.at < b.at and a.field is not b.field and {a.field, b.field} <= fields:
                before[b.field].add(a.field)
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError:
        return tuple(field for field in _USUAL if field in fields)
    found: list[Field] = []
    ready: set[Field] = set()
    while sorter.is_active():
        ready |= set(sorter.get_ready())
        first = min(ready, key=_USUAL.index)
        ready.remove(first)
        found.append(first)
        sorter.done(first)
    return tuple(found)


def _table(lines: Sequence[TextLine], texts: Sequence[str], count: int) -> TextTable | None:
    header = tuple(texts[:count])
    words = frozenset(re.findall(r"\w+", folded(" ".join(header)))) | _header_words()
    blocks = _repeats(texts, count, words)
    repeats = {index for block in blocks for index in block}
    heads = [header, *(tuple(texts[index] for index in block) for block in blocks)]
    spots = max(map(_spots, heads), key=lambda found: len({spot.field for spot in found}))
    kept = [
        (line, text) for i, (line, text) in enumerate(zip(lines, texts, strict=True)) if i >= count and i not in repeats
    ]
    if len(kept) < 2:
        return None
    columned = any(spot.field is Field.NUMBER for spot in spots)
    inside = sum(re.match(r"\d{1,2}[.)] ?[^\W\d]", text) is not None for _, text in kept)
    bare = sum(re.match(r"\d{1,3}(?: |$)", text) is not None for _, text in kept)
    fields = _with_time(_order(spots), [text for _, text in kept])
    layout = Layout(fields, columned or inside >= 3 or bare >= 3, not columned and inside >= bare)
    rows = tuple(line for line, _ in kept)
    clear = _covered(" ".join(header), _header_words()) >= _CLEAR and bool({Field.LEAD, Field.AGENCIES} & set(fields))
    stacked = len({spot.line for spot in spots if spot.field in _USUAL}) > 1
    doubt = HeaderDoubt.COLUMNS if not clear else HeaderDoubt.ORDER if stacked else HeaderDoubt.NONE
    return TextTable(header, layout, rows, tuple(line.ref for line in lines), doubt)


def _with_time(fields: tuple[Field, ...], texts: Sequence[str]) -> tuple[Field, ...]:
    """The fields with a time column at the end, where the header lost it but many lines end in a time of their own."""
    if TIME_FIELDS & set(fields):
        return fields
    timed = sum(any(_is_time_cell(text.split()[-count:]) for count in (1, 2, 3, 4)) for text in texts)
    return (*fields, Field.DEADLINE) if timed >= max(3, _TIMED * len(texts)) else fields


def _is_time_cell(words: Sequence[str]) -> bool:
    """Whether the last words of a line read like a time cell of their own: 'Quý II', '2026', 'Thường xuyên'."""
    text = " ".join(words)
    return not text[:1].islower() and starts("time_head", text) and names_a_time(text)


def _repeats(texts: Sequence[str], count: int, words: frozenset[str]) -> tuple[range, ...]:
    """Where the header is printed again on later pages: the lines of each."""
    found: list[range] = []
    at = count
    while at < len(texts):
        stop = at
        while stop < len(texts) and stop - at < _WINDOW and _covered(texts[stop], words) >= _COVERED:
            stop += 1
        if any(len({spot.field for spot in _spots([text])}) >= 2 for text in texts[at:stop]):
            found.append(range(at, stop))
        at = max(stop, at + 1)
    return tuple(found)
