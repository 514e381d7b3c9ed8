"""Pages whose columns were read one after the other -> rows: the header's cells stand far apart, each above the cells
of its column, and the n-th cell of every column belongs to the n-th row of the page. Costs are nats.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from schema.run_together.cell_costs import ends
from schema.run_together.known_cells import KnownCells, Run, without_bars
from schema.run_together.line_parting import whole_line_cost
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
_HOPELESS = 60.0
"""Nats above the cheapest reading up to a line at which another is given up."""
_MISCOUNT, _EMPTY = 8.0, 0.5
"""Nats for each cell that a column has too many, or that one which is always filled lacks; for one that others lack."""
_ALWAYS = (Field.TASK, Field.LEAD, Field.AGENCIES, Field.DEADLINE)
"""Columns that are filled in every row."""


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
    numbers, first = _numbers(texts)
    columns = _columns(_Page(lines, fields, known, _heads(texts), first), len(numbers))
    tasks = columns.get(Field.TASK, [])
    rows = sum(not cell.heading for cell in tasks)
    fitting = {field: cells for field, cells in columns.items() if len(cells) == rows or field is Field.TASK}
    at = -1
    for cell in tasks:
        refs = tuple(line.ref for line in lines[cell.start : cell.stop])
        if cell.heading:
            yield UntangledRow("", (), _run(lines, cell), refs, 0.0)
            continue
        at += 1
        own = [
            _run(lines, cell if field is Field.TASK else fitting[field][at]) if field in fitting else ()
            for field in fields
        ]
        cost = UNSURE * len(_run(lines, cell)) if len(fitting) < len(columns) else cell.cost
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


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page, below line `first` those of its columns; heads: the cells of its header."""

    lines: Sequence[TextLine]
    fields: tuple[Field, ...]
    known: KnownCells
    heads: Mapping[int, _Head]
    first: int


_Place = tuple[int, int]
"""A column, and how many of its cells are read."""


@dataclass(frozen=True, slots=True)
class _Step:
    """How the cheapest reading came to a place of a line: from which line and place, and the cell between, if any."""

    cost: float
    at: int
    before: _Place
    cell: _Cell | None


def _columns(page: _Page, numbers: int) -> dict[Field, list[_Cell]]:
    """The likeliest cells of every column. The page is read for each number of rows that some column, or the count of
    row numbers, speaks for; columns that are always filled should have that many cells."""
    begun = [
        [list(_cells(page, at, field)) if at not in page.heads else [] for field in page.fields]
        for at in range(len(page.lines))
    ]
    _, free = _read(page, begun, 0)
    counts = {sum(not cell.heading for cell in free.get(field, [])) for field in _ALWAYS if field in page.fields}
    read = [_read(page, begun, rows) for rows in sorted(counts | {numbers}) if rows]
    return min(read, key=lambda found: found[0], default=(0.0, free))[1]


def _read(page: _Page, begun: Sequence[Sequence[Sequence[_Cell]]], rows: int) -> tuple[float, dict[Field, list[_Cell]]]:
    """The cheapest reading of a page with so many rows (0: any number): the columns follow one another, each beginning
    at its header's cell. Its cost, and the cells."""
    fields, size = page.fields, len(page.lines)
    best: list[dict[_Place, _Step]] = [{} for _ in range(size + 1)]
    best[page.first][0, 0] = _Step(0.0, -1, (0, 0), None)
    for at in range(page.first, size):
        bound = min((step.cost for step in best[at].values()), default=0.0) + _HOPELESS
        for place, step in list(best[at].items()):
            if step.cost > bound:
                continue
            column, count = place
            head = page.heads.get(at)
            if head is not None:
                to = max(fields.index(head.field) if head.field in fields else column, column)
                cost = step.cost + _left(fields, place, to, rows)
                _better(best[head.stop], (to, 0 if to > column else count), _Step(cost, at, place, None))
                continue
            stray = step.cost + _STRAY * len(page.lines[at].tokens)
            _better(best[at + 1], place, _Step(stray, at, place, None))
            for to in range(column, len(fields)):
                left = step.cost + _left(fields, place, to, rows)
                for cell in begun[at][to]:
                    more = (0 if to > column else count) + (not cell.heading)
                    _better(best[cell.stop], (to, more), _Step(left + cell.cost, at, place, cell))
    ends = {place: step.cost + _left(fields, place, len(fields), rows) for place, step in best[size].items()}
    last = min(ends, key=lambda place: ends[place], default=None)
    return (ends[last], _traced(best, last, fields)) if last is not None else (float("inf"), {})


def _left(fields: Sequence[Field], place: _Place, to: int, rows: int) -> float:
    """Cost of leaving a column for another: for the cells that it lacks or has too many, and those passed over."""
    column, count = place
    if to == column:
        return 0.0
    passed = range(column + 1, to)
    if not rows:
        return _SKIPPED * len(passed)
    return _miscount(fields[column], count, rows) + sum(_miscount(fields[other], 0, rows) for other in passed)


def _miscount(field: Field, count: int, rows: int) -> float:
    if count > rows:
        return _MISCOUNT * (count - rows)
    return min(_SKIPPED, (_MISCOUNT if field in _ALWAYS else _EMPTY) * (rows - count))


def _better(place: dict[_Place, _Step], key: _Place, step: _Step) -> None:
    if key not in place or step.cost < place[key].cost:
        place[key] = step


def _traced(best: Sequence[Mapping[_Place, _Step]], place: _Place, fields: Sequence[Field]) -> dict[Field, list[_Cell]]:
    found: dict[Field, list[_Cell]] = {}
    at = len(best) - 1
    while at >= 0:
        step = best[at][place]
        if step.cell:
            found.setdefault(fields[place[0]], []).insert(0, step.cell)
        at, place = step.at, step.before
    return found


def _cells(page: _Page, start: int, field: Field) -> Iterator[_Cell]:
    """The cells that may begin at a line; none reaches over the header of the next column."""
    cell: Run = ()
    total = _CELL
    if field is Field.TASK:
        yield from _heading(page.lines, start, page.heads)
    for at in range(start, min(start + _MOST_LINES, len(page.lines))):
        run = without_bars(page.lines[at].tokens)
        if at in page.heads or not run:
            return
        total += whole_line_cost(run, field, cell, page.known)
        if total == float("inf"):
            return
        cell = (*cell, *run)
        yield _Cell(start, at + 1, False, total + ends(field, cell, page.known))


def _heading(lines: Sequence[TextLine], start: int, heads: Mapping[int, _Head]) -> Iterator[_Cell]:
    cost = heading_cost(lines[start].tokens, going_on=False)
    total, stop = HEADING, start
    while cost is not None and stop < len(lines) and stop not in heads:
        total += cost + prose_cost(lines[stop].tokens)
        stop += 1
        yield _Cell(start, stop, True, total)
        cost = heading_cost(lines[stop].tokens, going_on=True) if stop < len(lines) else None
