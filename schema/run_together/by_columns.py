"""Pages whose columns were read one after the other -> rows: the header's cells stand far apart, each above the cells
of its column, and the n-th cell of every column belongs to the n-th row of the page. Costs are nats.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from schema.run_together.cell_costs import KnownCells, Run, ends, without_bars
from schema.run_together.line_parting import ColumnState, whole_line_cost
from schema.run_together.text_headers import covered
from schema.run_together.text_row_headings import heading_cost, prose_cost
from schema.run_together.text_rows import HEADING, UNSURE, TextLine, UntangledRow
from schema.tables.columns import Field, field_of_header

_APART = 3
"""Lines of cells between the header cells of two columns."""
_LEAST = 3
"""Columns that must be so headed."""
_MOST_HEAD = 4
_NO_CELLS = (Field.UNKNOWN, Field.FOREIGN, Field.NUMBER)
_MOST_LINES = 14
_CELL = 1.0
"""Nats for each cell, so that no more of them begin than must."""
_STRAY = 12.0
"""Nats a word for a line that belongs to no cell."""
_SKIPPED = 15.0
"""Nats for a column without cells on a page."""
_MISCOUNT = 12.0
"""Nats that a column may take more to have as many cells as there are rows."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell or a heading of one column: its lines start..stop-1 of the page."""

    start: int
    stop: int
    heading: bool
    cost: float


def scattered_columns(texts: Sequence[str]) -> tuple[Field, ...]:
    """The fields of a header whose cells stand far apart, in their order; () where it is no such table.

    >>> cells = ["Rà soát", "Tập huấn", "Họp dân", "Ban hành kế hoạch"]
    >>> found = scattered_columns(["Nhiệm vụ", *cells, "Cơ quan chủ trì", *cells, "Thời gian thực hiện", *cells])
    >>> [str(field) for field in found]
    ['task', 'lead', 'deadline']
    """
    heads = list(_heads(texts).items())
    apart = heads[:1] + [after for before, after in pairwise(heads) if after[0] - before[0] > _APART]
    fields = tuple(head.field for _, head in heads)
    return fields if len(apart) >= _LEAST and len(apart) >= len(fields) / 2 and Field.TASK in fields else ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The cell of a header: the field that it names, and the line below it."""

    field: Field
    stop: int


def _heads(texts: Sequence[str]) -> Mapping[int, _Head]:
    """The header's cells by the lines at which they begin; a field is named once. The cell that spans several columns
    counts with the one right below it."""
    found: dict[int, _Head] = {}
    start = at = 0
    while at < len(texts):
        stop = _cell_end(texts, at)
        field = _named(texts[at:stop])
        if field is None:
            start = at = at + 1
            continue
        if found and start in found and found[start].stop == at:
            del found[start]
        else:
            start = at
        if field not in {other.field for other in found.values()}:
            found[start] = _Head(field, stop)
        at = stop
    return found


def _cell_end(texts: Sequence[str], at: int) -> int:
    """Below which line the header's cell ends that begins at a line, if one does: it goes on in the same letters."""
    if covered(texts[at]) < 1.0 or not re.sub(r"^\W+", "", texts[at])[:1].isupper():
        return at
    stop = at + 1
    while stop < min(at + _MOST_HEAD, len(texts)) and covered(texts[stop]) == 1.0:
        if not texts[stop][:1].islower() and not (texts[at].isupper() and texts[stop].isupper()):
            break
        stop += 1
    return stop


def _named(texts: Sequence[str]) -> Field | None:
    """The field that a cell of a header names; a topic is the task where one column says what is done."""
    field = field_of_header(re.sub(r"^\W+", "", " ".join(texts)))
    return None if field in _NO_CELLS else Field.TASK if field is Field.TOPIC else field


def read_by_columns(
    lines: Sequence[TextLine], fields: tuple[Field, ...], known: KnownCells
) -> tuple[UntangledRow, ...]:
    """The rows of a table that was read so, page by page. A column whose cells do not fit the rows stays empty."""
    return tuple(
        row for _, page in groupby(lines, key=lambda line: line.ref.page) for row in _page(list(page), fields, known)
    )


def _page(lines: Sequence[TextLine], fields: tuple[Field, ...], known: KnownCells) -> Iterator[UntangledRow]:
    texts = [" ".join(token.text for token in line.tokens) for line in lines]
    heads = _heads(texts)
    numbers, first = _numbers(texts)
    parts = _parts(lines, fields, heads, known, first)
    tasks = parts.get(Field.TASK, [])
    rows = [cell for cell in tasks if not cell.heading]
    columns = {field: _fitted(lines, cells, field, len(rows), known) for field, cells in parts.items()}
    at = -1
    for cell in tasks:
        refs = tuple(line.ref for line in lines[cell.start : cell.stop])
        if cell.heading:
            yield UntangledRow("", (), _run(lines, cell), refs, 0.0)
            continue
        at += 1
        own = [_run(lines, found[at]) if (found := columns.get(field)) else () for field in fields]
        wanting = any(field not in columns or not columns[field] for field in parts)
        cost = UNSURE * len(own[fields.index(Field.TASK)]) if wanting else cell.cost
        yield UntangledRow(numbers[at] if at < len(numbers) else "", tuple(own), (), refs, cost)


_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2})*)[.)]?(?: \W*\w? ?\W*)?")
_NO_TASK = re.compile(r"[IVX]{1,5}[.)]?|[A-EĐ][.)]?|\W*[A-Za-z]?\W*")


def _numbers(texts: Sequence[str]) -> tuple[list[str], int]:
    """The row numbers at the top of a page, and the line below them: the cells of the columns of words begin there."""
    found: list[str] = []
    last = 0
    for at, text in enumerate(texts):
        match = _NUMBER.fullmatch(text)
        if match:
            found.append(match[1])
        if match or (found and _NO_TASK.fullmatch(text)):
            last = at + 1
        elif found:
            break
    return found, last


def _run(lines: Sequence[TextLine], cell: _Cell) -> Run:
    return tuple(token for line in lines[cell.start : cell.stop] for token in without_bars(line.tokens))


def _parts(
    lines: Sequence[TextLine],
    fields: tuple[Field, ...],
    heads: Mapping[int, _Head],
    known: KnownCells,
    first: int,
) -> dict[Field, list[_Cell]]:
    """The likeliest cells of every column: the columns follow one another, each beginning at its header's cell."""
    count = len(fields)
    best: list[dict[int, tuple[float, int, int, _Cell | None]]] = [{} for _ in range(len(lines) + 1)]
    best[first][0] = (0.0, -1, -1, None)
    for at in range(first, len(lines)):
        for column, (cost, *_) in sorted(best[at].items()):
            head = heads.get(at)
            if head is not None:
                to = fields.index(head.field) if head.field in fields else column
                _better(best[head.stop], max(to, column), cost, at, column, None)
                continue
            _better(best[at + 1], column, cost + _STRAY * len(lines[at].tokens), at, column, None)
            for to in range(column, count):
                skipped = _SKIPPED * max(0, to - column - 1)
                for cell in _cells(lines, at, fields[to], known, heads):
                    _better(best[cell.stop], to, cost + skipped + cell.cost, at, column, cell)
    return _traced(best, fields)


def _better(
    place: dict[int, tuple[float, int, int, _Cell | None]],
    column: int,
    cost: float,
    at: int,
    before: int,
    cell: _Cell | None,
) -> None:
    if column not in place or cost < place[column][0]:
        place[column] = (cost, at, before, cell)


def _traced(
    best: Sequence[Mapping[int, tuple[float, int, int, _Cell | None]]], fields: tuple[Field, ...]
) -> dict[Field, list[_Cell]]:
    found: dict[Field, list[_Cell]] = {}
    at = len(best) - 1
    if not best[at]:
        return found
    column = min(best[at], key=lambda c: best[at][c][0])
    while at >= 0 and column in best[at]:
        _, came, before, cell = best[at][column]
        if cell:
            found.setdefault(fields[column], []).insert(0, cell)
        at, column = came, before
    return found


def _cells(
    lines: Sequence[TextLine], start: int, field: Field, known: KnownCells, heads: Mapping[int, _Head]
) -> Iterator[_Cell]:
    """The cells that may begin at a line; none reaches over the header of the next column."""
    cell: Run = ()
    total = _CELL
    if field is Field.TASK:
        yield from _heading(lines, start, heads)
    for at in range(start, min(start + _MOST_LINES, len(lines))):
        run = without_bars(lines[at].tokens)
        if at in heads or not run:
            return
        total += whole_line_cost(run, ColumnState(field, cell, 0 if cell else -1, 0, 0.0), known)
        if total == float("inf"):
            return
        cell = (*cell, *run)
        yield _Cell(start, at + 1, False, total + ends(field, cell, known))


def _heading(lines: Sequence[TextLine], start: int, heads: Mapping[int, _Head]) -> Iterator[_Cell]:
    cost = heading_cost(lines[start].tokens, going_on=False)
    total, stop = HEADING, start
    while cost is not None and stop < len(lines) and stop not in heads:
        total += cost + prose_cost(lines[stop].tokens)
        stop += 1
        yield _Cell(start, stop, True, total)
        cost = heading_cost(lines[stop].tokens, going_on=True) if stop < len(lines) else None


def _fitted(
    lines: Sequence[TextLine], cells: Sequence[_Cell], field: Field, rows: int, known: KnownCells
) -> list[_Cell]:
    """As many cells of a column as there are rows; [] where they cannot be had at little cost."""
    own = [cell for cell in cells if not cell.heading]
    if len(own) == rows or not own:
        return own
    again = _in_number(lines, range(own[0].start, own[-1].stop), field, rows, known)
    dearer = sum(c.cost for c in again) - sum(c.cost for c in own)
    return again if again and dearer <= _MISCOUNT else []


def _in_number(lines: Sequence[TextLine], own: range, field: Field, rows: int, known: KnownCells) -> list[_Cell]:
    """The cheapest way to part lines into a given number of cells; [] where none is."""
    best: dict[tuple[int, int], tuple[float, _Cell | None]] = {(own.start, 0): (0.0, None)}
    for at in own:
        for cell in _cells(lines, at, field, known, {}):
            for count in range(rows):
                if cell.heading or (at, count) not in best or cell.stop > own.stop:
                    continue
                cost = best[at, count][0] + cell.cost
                if cost < best.get((cell.stop, count + 1), (float("inf"), None))[0]:
                    best[cell.stop, count + 1] = (cost, cell)
    found: list[_Cell] = []
    place = (own.stop, rows)
    while place in best and (last := best[place][1]) is not None:
        found.insert(0, last)
        place = (last.start, place[1] - 1)
    return found if len(found) == rows else []
