"""Words into the cells of grids: engine words and Grids in pixels -> tables with lines cell by cell, in points."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from extract.page import Box, Cell, Line, Table, Word, union_of
from extract.tables.grids import Grid
from extract.tables.headers import header_rows
from extract.tables.number_column import with_column_numbers, with_name_of_numbers
from extract.tables.row_numbers import Numbering, may_be_number, numbers_mended

POINTS_PER_INCH = 72.0
_RULE_READ_AS_LETTER = frozenset("|¦_—–-=~'`.,‘’")


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of a page with its own lines, cell by cell; `table`'s cells count lines from 0 of `lines`."""

    table: Table
    lines: tuple[Line, ...]

    def from_line(self, first: int) -> Table:
        """The table for a page on which its lines begin at index `first`."""
        return replace(
            self.table, cells=tuple(replace(c, lines=tuple(i + first for i in c.lines)) for c in self.table.cells)
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """tables in the order of the grids; rest: the words outside of all of them, in points, order kept."""

    tables: tuple[PlacedTable, ...]
    rest: tuple[Word, ...]


def place_words(words: Sequence[Word], grids: Sequence[Grid], dpi: float) -> Placed:
    """Words (boxes in pixels of the image that the grids were found in) into cells; everything comes back in points.

    A word read across a rule is split at it. Words without a box stay outside.
    """
    in_cells: list[dict[int, list[Word]]] = [{} for _ in grids]
    rest = []
    for word in (part for w in words for part in split_at_rules(w, grids)):
        place = _place_of(word, grids)
        if place is None:
            rest.append(word)
        elif not _is_scrap(word):
            in_cells[place[0]].setdefault(place[1], []).append(word)
    scale = POINTS_PER_INCH / dpi
    tables = tuple(_table(grid, held, scale) for grid, held in zip(grids, in_cells, strict=True))
    return Placed(tables, tuple(scaled_word(w, scale) for w in rest))


def place_cells(
    held: Mapping[tuple[int, int], Sequence[Word]], grids: Sequence[Grid], dpi: float
) -> tuple[PlacedTable, ...]:
    """Tables of words whose (grid, cell) is known, as `unfold.folded_back` gives them; pixels in, points out."""
    scale = POINTS_PER_INCH / dpi
    by_grid: list[dict[int, list[Word]]] = [{} for _ in grids]
    for (number, cell), words in held.items():
        by_grid[number][cell] = list(without_scraps(words))
    told = (with_row_numbers(grid, cells) for grid, cells in zip(grids, by_grid, strict=True))
    return tuple(_table(grid, cells, scale) for grid, cells in zip(grids, told, strict=True))


def with_row_numbers(grid: Grid, held: dict[int, list[Word]]) -> dict[int, list[Word]]:
    """The words of each cell, misread row numbers of the first column put right."""
    filled = Counter(grid.cells[index].row for index, words in held.items() if words)
    first = [n for n, c in enumerate(grid.cells) if c.col == 0 and c.colspan == 1 and may_be_number(held.get(n, []))]
    told = numbers_mended([Numbering(held[n][0], filled[grid.cells[n].row]) for n in first])
    return held | {n: [word] for n, word in zip(first, told, strict=True)}


def _place_of(word: Word, grids: Sequence[Grid]) -> tuple[int, int] | None:
    """(grid, cell) that holds the middle of the word."""
    if word.box is None:
        return None
    x, y = word.box.centre
    for number, grid in enumerate(grids):
        cell = grid.cell_at(x, y)
        if cell is not None:
            return number, cell
    return None


def without_scraps(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a cell without pieces of rules: whole words of strokes, and strokes at the ends of others."""
    bare = (replace(w, text=w.text.strip("_|¦") or w.text) for w in words)
    return tuple(w for w in bare if not _is_scrap(w))


def _is_scrap(word: Word) -> bool:
    """A piece of a rule or a fleck read as a letter: nothing but strokes and dots, and unsure; a lone dot for sure."""
    return word.text in ("|", "¦", ".") or (word.confidence < 0.6 and _RULE_READ_AS_LETTER.issuperset(word.text))


def split_at_rules(word: Word, grids: Sequence[Grid]) -> tuple[Word, ...]:
    """The word, parted where a ruled column edge runs through it and both sides hold at least one letter.

    Letters are taken to be equally wide; a '|' that the engine read near the edge is where it is parted.
    """
    if word.box is None or len(word.text) < 2:
        return (word,)
    for grid in grids:
        cuts = _cuts(word.box, grid)
        if cuts:
            return tuple(_parts(word, word.box, cuts))
    return (word,)


def _cuts(box: Box, grid: Grid) -> list[float]:
    """Places where a column edge with cells of different columns on its sides runs through the box, well inside it."""
    y = box.centre[1]
    inset = 0.3 * box.height
    places = [e.at(y) for e in grid.cols[1:-1]]
    inside = [x for x in places if box.x0 + inset < x < box.x1 - inset]
    cells = [(grid.cell_at(x - 1, y), grid.cell_at(x + 1, y)) for x in inside]
    return [x for x, (left, right) in zip(inside, cells, strict=True) if left != right and None not in (left, right)]


def _parts(word: Word, box: Box, cuts: list[float]) -> list[Word]:
    letter = box.width / len(word.text)
    at = [0, *(_cut_index(word.text, (x - box.x0) / letter) for x in cuts), len(word.text)]
    bounds = [box.x0, *cuts, box.x1]
    parts = []
    for (first, last), (x0, x1) in zip(pairwise(at), pairwise(bounds), strict=True):
        text = word.text[first:last].strip("|¦")
        if text:
            parts.append(Word(text, Box(x0, box.top, x1, box.bottom), word.confidence))
    return parts


def _cut_index(text: str, place: float) -> int:
    bars = [i for i, letter in enumerate(text) if letter in "|¦" and abs(i + 0.5 - place) < 3]
    return min(bars, key=lambda i: abs(i + 0.5 - place)) if bars else max(1, min(len(text) - 1, round(place)))


def _table(grid: Grid, held: dict[int, list[Word]], scale: float) -> PlacedTable:
    found = [
        (
            Cell(c.row, c.col, c.rowspan, c.colspan, False, _scaled(c.box, scale), ()),
            [scaled_word(w, scale) for w in held.get(index, [])],
        )
        for index, c in enumerate(grid.cells)
    ]
    return held_to_table(found, _scaled(grid.box, scale), grid.n_rows, grid.n_cols, ruled=True)


# A cell without its lines, and the words in it.
Held = tuple[Cell, Sequence[Word]]


def held_to_table(found: Sequence[Held], box: Box, n_rows: int, n_cols: int, *, ruled: bool) -> PlacedTable:
    """The table of these cells, their words (in points) set in lines and the cells of the header marked."""
    lines: list[Line] = []
    cells: list[Cell] = []
    texts: list[str] = []
    for cell, words in with_name_of_numbers(with_column_numbers(found)):
        own = words_to_lines(words)
        cells.append(replace(cell, lines=tuple(range(len(lines), len(lines) + len(own)))))
        lines.extend(own)
        texts.append(" ".join(line.text for line in own))
    n_header = header_rows([(c.row, c.col, c.rowspan, c.colspan) for c in cells], texts, n_cols)
    marked = tuple(replace(c, is_header=c.row < n_header) for c in cells)
    return PlacedTable(Table(box, n_rows, n_cols, marked, ruled=ruled), tuple(lines))


def words_to_lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """The words of one cell, or of a whole page, as printed lines, top to bottom and left to right."""
    placed = sorted(((w, w.box) for w in words if w.box is not None), key=lambda p: p[1].centre[1])
    # Highest top among the words still to come: rows that end above it are done and need not be looked at.
    tops = list(accumulate((box.top for _, box in reversed(placed)), min))[::-1]
    rows: list[_Row] = []
    unfinished: list[_Row] = []
    for (word, box), top in zip(placed, tops, strict=True):
        unfinished = [r for r in unfinished if r.bottom > top]
        row = next((r for r in unfinished if r.bottom > box.top and _same_line(r.held, box)), None)
        if row is None:
            row = _Row([], box.bottom)
            rows.append(row)
            unfinished.append(row)
        row.held.append((word, box))
        row.bottom = max(row.bottom, box.bottom)
    held = sorted((r.held for r in rows), key=lambda h: _mid([b for _, b in h]))
    return tuple(_line([w for w, _ in sorted(row, key=lambda p: p[1].x0)]) for row in held)


@dataclass(slots=True)
class _Row:
    """The words of one line found so far, and how far down they reach."""

    held: list[tuple[Word, Box]]
    bottom: float


def _same_line(row: list[tuple[Word, Box]], box: Box) -> bool:
    """Whether the box overlaps a neighbour of the row by half of the smaller height: tone marks make heights uneven."""
    x = box.x0 + box.x1
    nearest = min((b for _, b in row), key=lambda b: abs(b.x0 + b.x1 - x))
    shared = min(nearest.bottom, box.bottom) - max(nearest.top, box.top)
    beside = min(nearest.x1, box.x1) - max(nearest.x0, box.x0) < 0.5 * min(nearest.width, box.width)
    return beside and shared >= 0.5 * min(nearest.height, box.height)


def _mid(boxes: list[Box]) -> float:
    return sum(b.centre[1] for b in boxes) / len(boxes)


def _line(words: list[Word]) -> Line:
    weight = sum(len(w.text) for w in words)
    confidence = sum(w.confidence * len(w.text) for w in words) / weight if weight else 0.0
    box = union_of([w.box for w in words if w.box is not None])
    return Line(" ".join(w.text for w in words), box, min(1.0, confidence), tuple(words))


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)


def scaled_word(word: Word, scale: float) -> Word:
    """The word with its box in units so many times smaller."""
    return word if word.box is None else replace(word, box=_scaled(word.box, scale))
