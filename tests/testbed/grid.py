"""A Grid -> a ruled table: header of one or two levels, section rows, goal cells that span rows."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle

from tests.testbed.document import Grid, SectionRow, TaskRow
from tests.testbed.flow import Ink, InkParagraph, InkTable
from tests.testbed.style import Style

CENTRED = {"no", "deadline", "budget", "figure"}
Command = tuple[Any, ...]

DOUBLE = (None, None, None, 2, 1.6)
"""Cap, dashes, join, number of strokes and points between them, as reportlab takes them."""


def _double_frame(rule: float, header: int) -> list[Command]:
    last = (-1, header - 1)
    return [
        ("INNERGRID", (0, 0), (-1, -1), rule, black),
        ("BOX", (0, 0), (-1, -1), rule, black, *DOUBLE),
        ("LINEBELOW", (0, header - 1), last, rule, black, *DOUBLE),
    ]


def _header_rules(rule: float, header: int) -> list[Command]:
    return [
        ("LINEABOVE", (0, 0), (-1, 0), rule, black),
        ("LINEBELOW", (0, header - 1), (-1, header - 1), rule, black),
        ("LINEBELOW", (0, -1), (-1, -1), rule, black),
    ]


def _across(rule: float) -> list[Command]:
    return [("LINEABOVE", (0, 0), (-1, -1), rule, black), ("LINEBELOW", (0, -1), (-1, -1), rule, black)]


RULES: dict[str, Callable[[float, int], list[Command]]] = {
    "all": lambda rule, _: [("GRID", (0, 0), (-1, -1), rule, black)],
    "open": lambda rule, _: [*_across(rule), ("LINEBEFORE", (1, 0), (-1, -1), rule, black)],
    "double": _double_frame,
    "across": lambda rule, _: _across(rule),
    "header": _header_rules,
    "none": lambda _rule, _header: [],
}
"""The rules of a Style: weight in points and number of header rows -> reportlab's commands."""


def grid_table(grid: Grid, style: Style, ink: Ink, width: float) -> InkTable:
    """The table, `width` points wide, its text at the style's size."""
    shares = sum(column.width for column in grid.columns)
    widths = [width * column.width / shares for column in grid.columns]
    maker = _CellMaker(style, ink)
    header, commands = _header(grid, maker)
    body = list(_body(grid, maker, style.section_spans_all))
    commands += _section_spans(grid, len(header), style.section_spans_all) + _goal_spans(grid, len(header))
    table = InkTable(
        header + body,
        widths,
        repeatRows=len(header) if style.repeat_header else 0,
        splitInRow=1 if style.split_rows else 0,
    )
    pad = style.table_padding
    table.setStyle(
        [
            *RULES[style.rules](style.rule, len(header)),
            ("VALIGN", (0, 0), (-1, len(header) - 1), "MIDDLE"),
            ("VALIGN", (0, len(header)), (-1, -1), "TOP" if style.split_rows else "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), pad),
            ("RIGHTPADDING", (0, 0), (-1, -1), pad),
            ("TOPPADDING", (0, 0), (-1, -1), pad - 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
            *commands,
        ]
    )
    table.ink, table.header_rows = ink, len(header)
    return table


class _CellMaker:
    """Cell paragraphs in one style; a line break in a cell makes a paragraph of its own."""

    def __init__(self, style: Style, ink: Ink) -> None:
        faces = style.faces
        self.ink = ink
        self.left = ParagraphStyle(
            "cell", fontName=faces.regular, fontSize=style.size, leading=style.size * 1.18, alignment=TA_LEFT
        )
        self.centre = ParagraphStyle("cell-centre", self.left, alignment=TA_CENTER)
        self.bold = ParagraphStyle("cell-bold", self.left, fontName=faces.bold)
        self.bold_centre = ParagraphStyle("cell-bold-centre", self.centre, fontName=faces.bold)

    def __call__(self, text: str, look: ParagraphStyle) -> list[InkParagraph]:
        return [InkParagraph(escape(line), look, ink=self.ink, said=line) for line in text.split("\n") if line]


def _header(grid: Grid, make: _CellMaker) -> tuple[list[list[Any]], list[Command]]:
    two = any(column.over for column in grid.columns)
    top = [make(column.over or column.header, make.bold_centre) for column in grid.columns]
    rows, spans = [top], []
    if two:
        rows.append([make(column.header if column.over else "", make.bold_centre) for column in grid.columns])
        spans = list(_header_spans(grid))
    if grid.numbered:
        rows.append(_number_row(grid, make))
    return rows, spans


def _number_row(grid: Grid, make: _CellMaker) -> list[Any]:
    return [make(f"({number})", make.centre) for number in range(1, len(grid.columns) + 1)]


def _header_spans(grid: Grid) -> Iterator[Command]:
    col = 0
    while col < len(grid.columns):
        over, end = grid.columns[col].over, col
        if over is None:
            yield ("SPAN", (col, 0), (col, 1))
        else:
            while end + 1 < len(grid.columns) and grid.columns[end + 1].over == over:
                end += 1
            yield ("SPAN", (col, 0), (end, 0))
        col = end + 1


def _body(grid: Grid, make: _CellMaker, section_spans_all: bool) -> Iterator[list[Any]]:
    for row in grid.rows:
        if isinstance(row, SectionRow):
            rest: list[Any] = [[] for _ in grid.columns]
            if section_spans_all:
                rest[0] = make(f"{row.number} {row.text}".strip(), make.bold)
            else:
                rest[0], rest[1] = make(row.number, make.bold_centre), make(row.text, make.bold)
            yield rest
        else:
            yield [
                make(
                    text if row.goal_rows or column.field not in _spanning(row) else "",
                    make.centre if column.field in CENTRED else make.left,
                )
                for column, text in zip(grid.columns, row.cells, strict=True)
            ]


def _section_spans(grid: Grid, offset: int, section_spans_all: bool) -> list[Command]:
    first = 0 if section_spans_all else 1
    return [
        ("SPAN", (first, offset + n), (len(grid.columns) - 1, offset + n))
        for n, row in enumerate(grid.rows)
        if isinstance(row, SectionRow)
    ]


def _goal_spans(grid: Grid, offset: int) -> list[Command]:
    return [
        ("SPAN", (col, offset + n), (col, offset + n + row.goal_rows - 1))
        for n, row in enumerate(grid.rows)
        if isinstance(row, TaskRow) and row.goal_rows > 1
        for col, column in enumerate(grid.columns)
        if column.field in _spanning(row)
    ]


def _spanning(row: TaskRow) -> tuple[str, ...]:
    """The columns whose cells span the rows of one goal."""
    return ("no", "goal") if row.number_spans else ("goal",)
