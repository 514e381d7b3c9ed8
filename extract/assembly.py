"""Regions of words and ruled tables -> the lines and tables of a page, each table where it stands among the lines."""

from collections.abc import Sequence

from extract.page import Box, Line, Table, Word
from extract.reading_order import is_noise, lines_in_order
from extract.tables.cells import PlacedTable
from extract.tables.high_rows import high_rows_parted
from extract.unruled.gaps import find_unruled

# The words of one region, by the lines of the engine that read them; boxes in points.
Region = Sequence[Sequence[Word]]


def assembled(
    regions: Sequence[Region],
    ruled: Sequence[PlacedTable],
    rules_across: Sequence[Box] = (),
    in_cells: Region = (),
) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Lines in reading order and tables from top to bottom.

    regions: the running text, in reading order, from which tables without rules are taken first. rules_across: printed
    rules outside of the ruled tables; they part the rows of such tables. in_cells: words that were read cell by cell,
    among which a lone unsure sign is no noise. Boxes in points.
    """
    kept = [*([group for group in region if not is_noise(group)] for region in regions), in_cells]
    found = find_unruled([word for region in kept for group in region for word in group], rules_across)
    rest = {id(word) for word in found.rest}
    left = [[[word for word in group if id(word) in rest] for group in region] for region in kept]
    running = [line for region in left for line in lines_in_order([group for group in region if not is_noise(group)])]
    return _woven(running, sorted((*map(high_rows_parted, ruled), *found.tables), key=_top))


def _woven(running: Sequence[Line], placed: Sequence[PlacedTable]) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    lines: list[Line] = []
    tables: list[Table] = []
    at = 0
    for table in placed:
        below = next((i for i in range(at, len(running)) if _middle(running[i]) > _top(table)), len(running))
        lines.extend(running[at:below])
        tables.append(table.from_line(len(lines)))
        lines.extend(table.lines)
        at = below
    lines.extend(running[at:])
    return tuple(lines), tuple(tables)


def _top(placed: PlacedTable) -> float:
    return placed.table.box.top if placed.table.box is not None else 0.0


def _middle(line: Line) -> float:
    return line.box.centre[1] if line.box is not None else 0.0
