"""Run-together lines -> rows: a beam search over where each line's columns part and where rows begin.

Inside a line the columns follow one another from left to right. A hypothesis holds the cells of the row that is being
filled; each further line goes on with that row, begins the next, or is a heading. Costs are nats (see cell_costs).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from schema.areas import read_area
from schema.blocks import LineRef
from schema.cell_costs import (
    MEMORY,
    NOTHING_KNOWN,
    SHORT_FIELDS,
    KnownCells,
    Run,
    begins,
    ends,
    goes_on,
    holds_another,
    words_in,
)
from schema.cell_words import starts
from schema.columns import TIME_FIELDS, Field
from schema.numbering import roman_value
from schema.parts import mostly_capitals
from schema.wording import words_cost

_WAYS = 2
_ENTRY = 9.0
_RUN_WORST = 160.0
_SLACK = 0.12
_PER_CHAR = 0.4
_WRAP_WORST = 9.0
_OVER_CHAR = 0.6
_NUMBER_LAST = 3.5
_PAGE_NUMBER = 6.0
_SHORT_HEADING = 60
_LONGEST_HEADING = 40
_NEW_ROW = 2.5
_NO_NUMBER = 4.0
_EXPECTED = -3.0
_SKIPPED = 2.5
_WRONG_NUMBER = 9.0
_SECOND_NUMBER = 14.0
_NUMBER_INSIDE = 6.0
_RESUMED = 0.5
_HEADING = 7.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a run-together table. gap: blank lines stood above it."""

    ref: LineRef
    tokens: Run
    gap: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a run-together table, left to right, without the number column.

    numbered: rows carry numbers. inside: the number stands in front of the task ('3. Kiểm tra'), not in a column.
    widths: about how many characters fit on a line of each column; None before that was measured.
    """

    fields: tuple[Field, ...]
    numbered: bool
    inside: bool
    widths: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class UntangledRow:
    """One row, or one heading (then `heading` holds its tokens and cells are empty). cost: nats that it took.

    wraps: for each column, how many lines its cell takes and the characters of the longest.
    """

    number: str
    cells: tuple[Run, ...]
    heading: Run
    lines: tuple[LineRef, ...]
    cost: float
    wraps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    """The row being filled. filled: for each column, index of the last line that gave it something (-1 none).

    spans: for each column, the characters of its last line.
    """

    number: tuple[int, ...] | None
    number_line: int
    cells: tuple[Run, ...]
    filled: tuple[int, ...]
    spans: tuple[int, ...]
    wraps: tuple[tuple[int, int], ...]
    first_line: int
    opened_at: float


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    cost: float
    last: tuple[int, ...]
    row: _Open | None
    heading: Run
    heading_from: int
    done: "_Done | None"


@dataclass(frozen=True, slots=True)
class _Done:
    row: UntangledRow
    before: "_Done | None"


@dataclass(frozen=True, slots=True)
class Beam:
    """How many hypotheses stay: for so many lines at which the open row may have begun, so many each."""

    starts: int
    each: int


QUICK, THOROUGH = Beam(6, 2), Beam(9, 3)


def untangle(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells = NOTHING_KNOWN, width: Beam = THOROUGH
) -> tuple[UntangledRow, ...]:
    """The likeliest rows and headings, in order. Every line belongs to exactly one of them."""
    beam = [_Hypothesis(0.0, (), None, (), 0, None)]
    for index in range(len(lines)):
        grown = [h for hypothesis in beam for h in _grow(hypothesis, index, lines, layout, known)]
        beam = _pruned(grown, layout, known, width)
    closed = [_closed(h, len(lines), lines, layout, known) for h in beam]
    best = min(closed, key=lambda h: h.cost)
    rows: list[UntangledRow] = []
    done = best.done
    while done:
        rows.append(done.row)
        done = done.before
    return tuple(reversed(rows))


def _pruned(grown: list[_Hypothesis], layout: Layout, known: KnownCells, width: Beam) -> list[_Hypothesis]:
    """The cheapest hypotheses, some for each line at which the open row may have begun."""
    best: dict[object, _Hypothesis] = {}
    starts: dict[int, int] = {}
    for h in sorted(grown, key=lambda h: h.cost + _ending(h.row, layout, known)):
        tails = tuple(cell[-2:] for cell in h.row.cells) if h.row else ()
        start = h.row.first_line if h.row else -1 - h.heading_from
        key = (tails, h.row.number if h.row else None, start, h.last, bool(h.heading))
        if key in best or starts.get(start, 0) >= width.each or (start not in starts and len(starts) >= width.starts):
            continue
        best[key] = h
        starts[start] = starts.get(start, 0) + 1
    return list(best.values())


def _grow(
    h: _Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells
) -> list[_Hypothesis]:
    line = lines[index]
    grown: list[_Hypothesis] = []
    inside = sum(t.text.count("(") - t.text.count(")") for t in h.heading) > 0
    heading = 0.0 if inside else _heading_cost(line.tokens, bool(h.heading))
    if h.heading and heading is not None and len(h.heading) < _LONGEST_HEADING:
        cost = h.cost + heading + _prose(line.tokens)
        grown.append(replace(h, cost=cost, heading=(*h.heading, *line.tokens)))
        if inside:
            return grown
    opening = _heading_cost(line.tokens, False)
    if opening is not None:
        closed = _closed(h, index, lines, layout, known)
        cost = closed.cost + opening + _HEADING + _prose(line.tokens)
        grown.append(replace(closed, cost=cost, heading=line.tokens, heading_from=index))
    if len(line.tokens) == 1 and re.fullmatch(r"\d{1,3}", line.tokens[0].text):
        grown.append(replace(h, cost=h.cost + _PAGE_NUMBER))
    if h.row:
        grown += _with_line(h, h.row, index, line, layout, known)
    closed = _closed(h, index, lines, layout, known)
    columns = len(layout.fields)
    empty = _Open(None, -1, ((),) * columns, (-1,) * columns, (0,) * columns, ((0, 0),) * columns, index, closed.cost)
    fresh = replace(closed, cost=closed.cost + _NEW_ROW)
    grown += _with_line(fresh, empty, index, line, layout, known)
    return grown


def _closed(h: _Hypothesis, index: int, lines: Sequence[TextLine], layout: Layout, known: KnownCells) -> _Hypothesis:
    """The hypothesis with its open row or heading finished before line `index`."""
    if h.heading:
        refs = tuple(line.ref for line in lines[h.heading_from : index])
        done = _Done(UntangledRow("", (), h.heading, refs, 0.0), h.done)
        return _Hypothesis(h.cost, h.last, None, (), index, done)
    if h.row is None:
        return h
    row, cost = h.row, h.cost + _ending(h.row, layout, known)
    last = row.number or (_next(h.last) if layout.numbered else ())
    if layout.numbered and row.number is None:
        cost += _NO_NUMBER
    if index - row.first_line >= 3 and row.number_line == index - 1:
        cost += _NUMBER_LAST
    refs = tuple(line.ref for line in lines[row.first_line : index])
    label = ".".join(map(str, row.number)) if row.number else ""
    done = _Done(UntangledRow(label, row.cells, (), refs, cost - row.opened_at, row.wraps), h.done)
    return _Hypothesis(cost, last, None, (), index, done)


def _ending(row: _Open | None, layout: Layout, known: KnownCells) -> float:
    """What it would cost to end the open row as it stands."""
    if row is None:
        return 0.0
    return sum(_end(field, cell, known) for field, cell in zip(layout.fields, row.cells, strict=True))


@lru_cache(200_000)
def _end(field: Field, cell: Run, known: KnownCells) -> float:
    return ends(field, cell, known)


def _next(number: tuple[int, ...]) -> tuple[int, ...]:
    return (*number[:-1], number[-1] + 1) if number else (1,)


def _with_line(
    h: _Hypothesis, row: _Open, index: int, line: TextLine, layout: Layout, known: KnownCells
) -> list[_Hypothesis]:
    """The ways in which a line may fill the open row."""
    out = [
        _filled(h, row, index, row.number, cost, runs)
        for cost, runs in _ways(line.tokens, _state(row, index, layout, known), layout, known)
    ]
    number = _number(line.tokens, layout) if layout.numbered else None
    if number:
        cost = _number_cost(number, h, row, layout)
        out += [
            _filled(h, row, index, row.number or number, cost + more, runs)
            for more, runs in _ways(line.tokens[1:], _state(row, index, layout, known), layout, known)
        ]
    return out


def _filled(
    h: _Hypothesis, row: _Open, index: int, number: tuple[int, ...] | None, cost: float, runs: tuple[Run, ...]
) -> _Hypothesis:
    cells = tuple((*cell, *run) for cell, run in zip(row.cells, runs, strict=True))
    filled = tuple(index if run else before for run, before in zip(runs, row.filled, strict=True))
    spans = tuple(_length(run) if run else before for run, before in zip(runs, row.spans, strict=True))
    wraps = tuple(
        (count + 1, max(longest, _length(run))) if run else (count, longest)
        for run, (count, longest) in zip(runs, row.wraps, strict=True)
    )
    at = index if number != row.number else row.number_line
    grown = _Open(number, at, cells, filled, spans, wraps, row.first_line, row.opened_at)
    return replace(h, cost=h.cost + cost, row=grown, heading=())


def _length(run: Run) -> int:
    return sum(len(token.text) + 1 for token in run if not token.bar) - 1


def _wrap_cost(run_length: int, first: int, before: int, width: float, going_on: bool) -> float:
    """Cost of a cell's line: too long for its column, or the line before had room for its first word."""
    over = max(0.0, run_length - width * (1 + _SLACK)) * _OVER_CHAR
    room = width * (1 - _SLACK) - (before + 1 + first) if going_on else 0.0
    return over + min(_WRAP_WORST, max(0.0, room) * _PER_CHAR)


def _number(tokens: Run, layout: Layout) -> tuple[int, ...] | None:
    if not tokens or not re.fullmatch(r"\d{1,3}(\.\d{1,2}){0,2}[.)]?", tokens[0].text):
        return None
    dotted = tokens[0].text[-1] in ".)"
    if layout.inside and not dotted:
        return None
    return tuple(int(part) for part in re.findall(r"\d+", tokens[0].text))


def _number_cost(number: tuple[int, ...], h: _Hypothesis, row: _Open, layout: Layout) -> float:
    cost = _SECOND_NUMBER if row.number else 0.0
    if layout.inside and any(cell for field, cell in zip(layout.fields, row.cells, strict=True) if field is Field.TASK):
        cost += _NUMBER_INSIDE
    if number == _next(h.last) or number == (*h.last, 1):
        return cost + _EXPECTED
    after_heading = h.done is not None and h.done.row.heading != ()
    if number[-1] == 1 or (len(number) < len(h.last) and number == _next(h.last[: len(number)])):
        return cost + (_EXPECTED if after_heading else 1.5)
    if len(number) == len(h.last) and 0 < number[-1] - (h.last[-1] if h.last else 0) <= 4:
        return cost + _SKIPPED
    return cost + _WRONG_NUMBER


_State = tuple[tuple[Run, int, int], ...]


def _state(row: _Open, index: int, layout: Layout, known: KnownCells) -> _State:
    """For each column what the next line's costs depend on: last tokens, lines skipped (-1 empty), length."""
    return tuple(
        (
            cell if field in known.counts else cell[-MEMORY:],
            min(6, index - 1 - filled) if filled >= 0 else -1,
            span if layout.widths else 0,
        )
        for field, cell, filled, span in zip(layout.fields, row.cells, row.filled, row.spans, strict=True)
    )


@lru_cache(20_000)
def _ways(tokens: Run, state: _State, layout: Layout, known: KnownCells) -> list[tuple[float, tuple[Run, ...]]]:
    """The cheapest ways to part a line into columns, left to right: (cost, the run of each column)."""
    n, fields = len(tokens), layout.fields
    # best[i][last]: ways to have used tokens[:i] with `last` as the last column; -1 before any
    best: list[dict[int, list[tuple[float, tuple[tuple[int, int, int], ...]]]]] = [{} for _ in range(n + 1)]
    best[0] = {-1: [(0.0, ())]}
    spans = list(accumulate((0 if t.bar else len(t.text) + 1 for t in tokens), initial=0))
    for start in range(n):
        pool = list(best[start].get(-1, ()))
        for column, field in enumerate(fields):
            if pool:
                cell, gap, span = state[column]
                runs = _run_costs(tokens, start, field, cell, known)
                width = layout.widths[column] if layout.widths else 0.0
                for stop, cost in () if start and runs and runs[0][1] > _ENTRY else runs:
                    more = cost + _RESUMED * max(0, gap)
                    if width:
                        length = spans[stop] - spans[start] - 1
                        more += _wrap_cost(length, len(tokens[start].text), span, width, gap >= 0)
                    slot = best[stop].setdefault(column, [])
                    slot += [(way + more, (*path, (column, start, stop))) for way, path in pool]
            if column in best[start]:
                pool = sorted(pool + best[start][column], key=_cost_of)[:_WAYS]
    ways = sorted((way for slot in best[n].values() for way in slot), key=_cost_of)[:_WAYS]
    return [(cost, _spread(tokens, path, len(fields))) for cost, path in ways]


def _cost_of(way: tuple[float, object]) -> float:
    return way[0]


def _spread(tokens: Run, path: tuple[tuple[int, int, int], ...], columns: int) -> tuple[Run, ...]:
    runs: list[Run] = [()] * columns
    for column, start, stop in path:
        runs[column] = tuple(t for t in tokens[start:stop] if not t.bar)
    return tuple(runs)


@lru_cache(200_000)
def _run_costs(tokens: Run, start: int, field: Field, cell: Run, known: KnownCells) -> tuple[tuple[int, float], ...]:
    """(stop, cost) of every run of a column that begins at `start`, after the last tokens of its cell."""
    out: list[tuple[int, float]] = []
    cost, opened = 0.0, False
    for stop in range(start + 1, len(tokens) + 1):
        token = tokens[stop - 1]
        if token.bar and not opened:
            continue
        if cell:
            cost += goes_on(field, token, cell, known)
        else:
            following = " ".join(t.text for t in tokens[stop : stop + 3] if not t.bar)
            cost += begins(field, token, following)
        opened = True
        if not token.bar:
            cell = (*cell, token)
        out.append((stop, cost))
        if (start and stop == start + 1 and cost > _ENTRY) or cost > _RUN_WORST:
            break
    return tuple(out)


@lru_cache(10_000)
def _prose(tokens: Run) -> float:
    """Cost of the wording of a line of a heading; how it begins is free."""
    cost, before = 0.0, tuple(token for token in tokens if not token.bar)[:1]
    for token in tokens[1:]:
        if not token.bar:
            cost += words_cost(token.words, words_in(before)[-3:])
            before = (*before, token)
    return cost


@lru_cache(10_000)
def _heading_cost(tokens: Run, going_on: bool) -> float | None:
    """What it costs beyond its wording that a line is a heading, or goes on with one; None where it cannot be."""
    text = " ".join(token.text for token in tokens if not token.bar)
    head = re.match(r"([IVXl]{1,5})\s*[.):]?\s+(?=\W*[^\W\d])|([IVX]{1,5})[.):]?$", text)
    roman = head is not None and roman_value((head[1] or head[2]).replace("l", "I")) is not None
    capitals = len(text) > 8 and mostly_capitals(re.sub(r"\(.*", "", text))
    if len(text) > 130 or not any(c.isalpha() for c in text) or (re.match(r"\d", text) and not going_on):
        return None
    if going_on:
        return (-6.0 if roman else 0.0 if capitals else 3.0) if not text[0].isupper() or capitals or roman else None
    if roman or capitals:
        return (-9.0 if roman else 0.0) + (-7.0 if capitals else 0.0)
    if len(text) > _SHORT_HEADING or not text[0].isupper() or starts("output_head", text):
        return None
    return -1.0 if read_area(text) else None


def measured(rows: Sequence[UntangledRow], layout: Layout) -> Layout:
    """The layout with the widths of its columns, from rows that were untangled without them; 0 where nothing wraps."""
    return replace(layout, widths=tuple(_width(rows, column) for column in range(len(layout.fields))))


def _width(rows: Sequence[UntangledRow], column: int) -> float:
    spans = sorted(row.wraps[column][1] for row in rows if row.wraps and row.wraps[column][0] > 1)
    return float(spans[int(0.7 * (len(spans) - 1))]) if len(spans) >= 3 else 0.0


def repeated_cells(rows: Sequence[UntangledRow], layout: Layout) -> KnownCells:
    """Short cells that stand alike in several rows: what an organisation or a time of this table looks like whole."""
    counts: dict[Field, Counter[tuple[str, ...]]] = {}
    for row in rows:
        for field, cell in zip(layout.fields, row.cells, strict=False):
            whole = field in SHORT_FIELDS and cell and ends(field, cell, NOTHING_KNOWN) <= 0
            if whole and not (field not in TIME_FIELDS and holds_another(cell)):
                counts.setdefault(field, Counter())[words_in(cell)] += 1
    return KnownCells({f: {cell: n for cell, n in seen.items() if n > 1} for f, seen in counts.items()})
