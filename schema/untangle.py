"""Run-together lines -> rows: a beam search over where each line's columns part and where rows begin.

Inside a line the columns follow one another from left to right. A hypothesis holds the cells of the row that is being
filled; each further line goes on with that row, begins the next, or is a heading. Costs are nats (see cell_costs).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from schema.areas import read_area
from schema.blocks import LineRef
from schema.cell_costs import NOTHING_KNOWN, KnownCells, Run, ends, words_in
from schema.cell_words import starts
from schema.columns import Field
from schema.line_parting import ColumnState, ways_to_part
from schema.numbering import roman_value
from schema.parts import mostly_capitals
from schema.wording import words_cost

_NUMBER_LAST = 3.5
_PAGE_NUMBER = 6.0
_HOPELESS = 45.0
_SHORT_HEADING = 60
_LONGEST_HEADING = 40
_NEW_ROW = 2.5
_NO_NUMBER = 4.0
_EXPECTED = -3.0
_SKIPPED = 2.5
_WRONG_NUMBER = 9.0
_SECOND_NUMBER = 14.0
_NUMBER_INSIDE = 6.0
_HEADING = 7.0
_UNSURE = 100.0


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


QUICK, THOROUGH = Beam(4, 2), Beam(6, 2)


def untangle(
    lines: Sequence[TextLine], layout: Layout, known: KnownCells = NOTHING_KNOWN, width: Beam = THOROUGH
) -> tuple[UntangledRow, ...]:
    """The likeliest rows and headings, in order. Every line belongs to exactly one of them."""
    rows: list[UntangledRow] = []
    done = _cheapest(lines, layout, known, width).done
    while done:
        rows.append(done.row)
        done = done.before
    return tuple(reversed(rows))


def cost_of(lines: Sequence[TextLine], layout: Layout, width: Beam) -> float:
    """Nats that the likeliest rows take under a layout: the lower, the better it fits."""
    return _cheapest(lines, layout, NOTHING_KNOWN, width).cost


def _cheapest(lines: Sequence[TextLine], layout: Layout, known: KnownCells, width: Beam) -> _Hypothesis:
    beam = [_Hypothesis(0.0, (), None, (), 0, None)]
    for index in range(len(lines)):
        grown = [h for hypothesis in beam for h in _grow(hypothesis, index, lines, layout, known)]
        beam = _pruned(grown, layout, known, width)
    return min((_closed(h, len(lines), lines, layout, known) for h in beam), key=lambda h: h.cost)


def _pruned(grown: list[_Hypothesis], layout: Layout, known: KnownCells, width: Beam) -> list[_Hypothesis]:
    """The cheapest hypotheses, some for each line at which the open row may have begun."""
    best: dict[object, _Hypothesis] = {}
    starts: dict[int, int] = {}
    ranked = sorted(((h.cost + _ending(h.row, layout, known), at) for at, h in enumerate(grown)))
    for cost, at in ranked:
        h = grown[at]
        if cost > ranked[0][0] + _HOPELESS:
            break
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
    states = _states(row, index, layout)
    out = [_filled(h, row, index, row.number, cost, runs) for cost, runs in ways_to_part(line.tokens, states, known)]
    number = _number(line.tokens, layout) if layout.numbered else None
    if number:
        cost = _number_cost(number, h, row, layout)
        out += [
            _filled(h, row, index, row.number or number, cost + more, runs)
            for more, runs in ways_to_part(line.tokens[1:], states, known)
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


def _states(row: _Open, index: int, layout: Layout) -> tuple[ColumnState, ...]:
    """For each column what the costs of the next line depend on."""
    widths = layout.widths or (0.0,) * len(layout.fields)
    return tuple(
        ColumnState(field, cell, min(6, index - 1 - filled) if filled >= 0 else -1, span if width else 0, width)
        for field, cell, filled, span, width in zip(
            layout.fields, row.cells, row.filled, row.spans, widths, strict=True
        )
    )


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


def rows_by_number(lines: Sequence[TextLine], layout: Layout) -> tuple[UntangledRow, ...]:
    """Rows that are only parted where numbers stand, whole in their task column and so dear as to be unsure."""
    at_task = next((column for column, field in enumerate(layout.fields) if field is Field.TASK), 0)
    groups: list[tuple[str, list[TextLine]]] = []
    for line in lines:
        number = _number(line.tokens, layout) if layout.numbered else None
        if number or not groups or not layout.numbered:
            groups.append((".".join(map(str, number or ())), []))
        groups[-1][1].append(line)
    rows: list[UntangledRow] = []
    for label, group in groups:
        tokens = tuple(token for line in group for token in line.tokens if not token.bar)
        own = tokens[1:] if label else tokens
        cells = tuple(own if column == at_task else () for column in range(len(layout.fields)))
        rows.append(UntangledRow(label, cells, (), tuple(line.ref for line in group), _UNSURE * (len(tokens) + 1)))
    return tuple(rows)
