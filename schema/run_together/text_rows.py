"""Lines of run-together tables, the layout that they are read by, the rows that come of them; numbers before rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schema.outline.blocks import LineRef
from schema.run_together.known_cells import Run
from schema.tables.columns import Field

UNSURE = 100.0
"""Nats a word of a row that is not to be trusted."""
NEW_ROW = 2.5
"""Nats for each row."""
NO_NUMBER = 4.0
"""Nats for a row without a number where rows are numbered."""
NO_NUMBER_MERGED = 1.0
"""Nats for a row without one where numbers span rows."""
HEADING = 7.0
PAGE_NUMBER = 6.0
_EXPECTED = -3.0
_ANEW = 1.5
_SKIPPED = 2.5
_UNKNOWN = 3.5
_WRONG_NUMBER = 9.0
_MISREAD = str.maketrans("OoQlIi|SsZBgq", "0001111552899")
"""Letters as which the digits of row numbers are read."""
_EDGES = "{}[]‘’'`*°~^"

RowNumber = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a run-together table. gap: blank lines stood above it; numbered_heading: the rows below it count inside
    its number ('2 Dịch vụ công' above '2.1 Rà soát').
    """

    ref: LineRef
    tokens: Run
    gap: bool
    numbered_heading: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a run-together table, left to right, without the number column.

    numbered: rows carry numbers. inside: the number stands in front of the task ('3. Kiểm tra'), not in a column.
    widths: about how many characters fit on a line of each column; None before that was measured.
    cellwise: the engine read cell after cell, not across the columns; columnwise: column after column.
    merged: goals, and mostly the row numbers, span several rows, so that their lines run on over the ends of rows.
    """

    fields: tuple[Field, ...]
    numbered: bool
    inside: bool
    widths: tuple[float, ...] | None = None
    cellwise: bool = False
    columnwise: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class UntangledRow:
    """One row, or one heading (then `heading` holds its tokens and cells are empty). cost: nats that it took.

    wraps: for each column, how many lines its cell takes and the characters of the longest. doubtful: some cell was
    mended or left empty. goal_at: the first and the last line of its goal, from 0, where goals span rows; goes_on: its
    goal goes on with that of the row above.
    """

    number: str
    cells: tuple[Run, ...]
    heading: Run
    lines: tuple[LineRef, ...]
    cost: float
    wraps: tuple[tuple[int, int], ...] = ()
    doubtful: bool = False
    goal_at: tuple[int, int] | None = None
    goes_on: bool = False


def leading_number(tokens: Run, layout: Layout, expected: RowNumber) -> RowNumber | None:
    """The row number that a line begins with; None without one. One that is misread counts where it is expected.

    >>> from schema.run_together.known_cells import tokens_of
    >>> layout = Layout((Field.TASK,), numbered=True, inside=False)
    >>> leading_number(tokens_of("1O Kiểm tra"), layout, (10,)), leading_number(tokens_of("Kiểm tra"), layout, (1,))
    ((10,), None)
    """
    if not tokens or not layout.numbered:
        return None
    text = tokens[0].text.strip(_EDGES)
    if layout.inside and text[-1:] not in (".", ")"):
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{1,2}){0,2}[.)]?", text):
        return tuple(int(part) for part in re.findall(r"\d+", text))
    mended = text.rstrip(".)").translate(_MISREAD)
    return expected if mended == ".".join(map(str, expected)) else None


def following(number: RowNumber) -> RowNumber:
    """The number of the row below one with this number."""
    return (*number[:-1], number[-1] + 1) if number else (1,)


def number_cost(number: RowNumber, last: RowNumber, after_heading: bool) -> float:
    """What the number of a row costs (nats) after the number of the row above it, () where none is known."""
    if not last:
        return _EXPECTED if number[-1] == 1 else _UNKNOWN
    if number == following(last) or number == (*last, 1):
        return _EXPECTED
    if number[-1] == 1 or (len(number) < len(last) and number == following(last[: len(number)])):
        return _EXPECTED if after_heading else _ANEW
    if len(number) == len(last) and 0 < number[-1] - last[-1] <= 4:
        return _SKIPPED
    return _WRONG_NUMBER


def rows_by_number(lines: Sequence[TextLine], layout: Layout) -> tuple[UntangledRow, ...]:
    """Rows that are only parted where numbers stand, whole in their task column and so dear as to be unsure."""
    at_task = next((column for column, field in enumerate(layout.fields) if field is Field.TASK), 0)
    groups: list[tuple[str, list[TextLine]]] = []
    for line in lines:
        number = leading_number(line.tokens, layout, ())
        if number or not groups or not layout.numbered:
            groups.append((".".join(map(str, number or ())), []))
        groups[-1][1].append(line)
    rows: list[UntangledRow] = []
    for label, group in groups:
        tokens = tuple(token for line in group for token in line.tokens if not token.bar)
        own = tokens[1:] if label else tokens
        cells = tuple(own if column == at_task else () for column in range(len(layout.fields)))
        rows.append(UntangledRow(label, cells, (), tuple(line.ref for line in group), UNSURE * (len(tokens) + 1)))
    return tuple(rows)
