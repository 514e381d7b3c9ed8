"""The columns of a table of aims: what is aimed at, its unit, how much. Named by the header, or told by their figures.

A table in a section on aims needs no header that a rule knows: its first column of words says what is aimed at, its
columns of figures how much, unless their names speak of what was reached before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schema.ruletable import PatternRow, load_rules
from schema.tables.grids import Grid, find_header
from schema.values.folding import folded

ColumnKind = Literal["label", "unit", "aimed", "done", "other"]
_FIGURES = re.compile(r"\W*\d[\d.,/]*\s?%?\W*")
_COUNTED = 0.8
"""Share of the cells of a column of figures, or of words, that hold them."""


@dataclass(frozen=True)
class AimColumn(PatternRow):
    """What a column of a table of aims is for. pattern: over its header without marks."""

    kind: Literal["label", "unit", "aimed", "done"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return column_kind(text) == self.kind


@dataclass(frozen=True, slots=True)
class AimColumns:
    """What each column of a table is for, and its name. first_row: where the rows below the header begin, from 0."""

    kinds: tuple[ColumnKind, ...]
    headers: tuple[str, ...]
    first_row: int

    @property
    def lists_aims(self) -> bool:
        return "label" in self.kinds and "aimed" in self.kinds

    def of(self, kind: ColumnKind) -> tuple[int, ...]:
        """The columns of a kind, from 0."""
        return tuple(index for index, own in enumerate(self.kinds) if own == kind)


def column_kind(header: str) -> ColumnKind:
    """What a column is for; 'other' for a header that names nothing of an aim."""
    words = folded(header).strip(" .:;|*")
    return next((rule.kind for rule in load_rules("aim_columns", AimColumn) if rule.regex.search(words)), "other")


def read_columns(grid: Grid, before: AimColumns | None, among_aims: bool) -> AimColumns | None:
    """The columns that the header names, or those of the table before when a page break parted it from its header.

    among_aims: the table stands in a section on aims, so that its figures speak for themselves.
    """
    named = _named_columns(grid)
    if named is not None and named.lists_aims:
        return None if _lost_its_columns(grid, named) else named
    if before is not None and named is None and len(before.kinds) == grid.n_cols:
        return AimColumns(before.kinds, before.headers, 0)
    return _columns_of_figures(grid) if among_aims else named


def _named_columns(grid: Grid) -> AimColumns | None:
    header = find_header(grid)
    if header is not None:
        return AimColumns(_kinds(grid, header.texts, header.last), header.texts, header.last)
    top = AimColumns(_kinds(grid, texts := _top_row(grid), 1), texts, 1)
    return top if top.lists_aims else None


def _top_row(grid: Grid) -> tuple[str, ...]:
    """The texts of the first row, one for each column: "TT | Chỉ tiêu | ĐVT | 2021 | 2022" names no duty at all."""
    cells = {cell.col: cell.content.text for cell in grid.row(0) if cell.colspan == 1}
    return tuple(cells.get(col, "") for col in range(grid.n_cols))


def _kinds(grid: Grid, headers: Sequence[str], first_row: int) -> tuple[ColumnKind, ...]:
    """What each column is for; beside aims and their unit, columns of figures are aims too: one for each village."""
    kinds = tuple(column_kind(text) for text in headers)
    if {"aimed", "done"} & set(kinds) or not {"label", "unit"} <= set(kinds):
        return kinds
    after = kinds.index("unit")
    return tuple(
        "aimed" if kind == "other" and col > after and _holds_figures(grid, col, first_row) else kind
        for col, kind in enumerate(kinds)
    )


def _lost_its_columns(grid: Grid, columns: AimColumns) -> bool:
    """Whether figures stand below no name, right of those that are aimed at: which is of which year is not known."""
    unnamed = (col for col in range(columns.of("aimed")[0] + 1, grid.n_cols) if not columns.headers[col].strip())
    return any(_holds_figures(grid, col, columns.first_row) for col in unnamed)


def _columns_of_figures(grid: Grid) -> AimColumns | None:
    """Columns told by what they hold; None where the table has no names above its figures, or no words beside them."""
    first_row = next((row for row in range(1, grid.n_rows) if _figures_in(grid, row)), 0)
    figures = [col for col in range(1, grid.n_cols) if _holds_figures(grid, col, first_row)]
    label = next((col for col in range(grid.n_cols) if first_row and _holds_words(grid, col, first_row)), None)
    if label is None or not any(col > label for col in figures):
        return None
    headers = tuple(_header_above(grid, col, first_row) for col in range(grid.n_cols))
    kinds = tuple(_kind_by_content(col, label, col in figures, name) for col, name in enumerate(headers))
    found = AimColumns(kinds, headers, first_row)
    return found if found.lists_aims and all(headers[col] for col in found.of("aimed")) else None


def _kind_by_content(col: int, label: int, figures: bool, header: str) -> ColumnKind:
    if col == label:
        return "label"
    named = column_kind(header)
    if col > label and figures:
        return "done" if named == "done" else "aimed"
    return "unit" if named == "unit" else "other"


def _figures_in(grid: Grid, row: int) -> bool:
    """Whether a row holds words and, right of them, a figure: the first below the header."""
    texts = [cell.content.text for cell in grid.row(row) if cell.content.text]
    words = next((i for i, text in enumerate(texts) if any(map(str.isalpha, text))), len(texts))
    return any(_FIGURES.fullmatch(text) for text in texts[words + 1 :])


def _header_above(grid: Grid, col: int, first_row: int) -> str:
    cells = (cell for cell in grid.cells if cell.row < first_row and cell.covers_col(col) and cell.content.text)
    return " ".join(cell.content.text for cell in cells)


def _filled(grid: Grid, col: int, first_row: int) -> list[str]:
    return [
        cell.content.text
        for cell in grid.cells
        if cell.col == col and cell.row >= first_row and cell.content.text.strip()
    ]


def _holds_figures(grid: Grid, col: int, first_row: int) -> bool:
    texts = _filled(grid, col, first_row)
    return bool(texts) and sum(_FIGURES.fullmatch(text) is not None for text in texts) >= _COUNTED * len(texts)


def _holds_words(grid: Grid, col: int, first_row: int) -> bool:
    texts = _filled(grid, col, first_row)
    return len(texts) > 1 and sum(any(map(str.isalpha, text)) for text in texts) >= _COUNTED * len(texts)
