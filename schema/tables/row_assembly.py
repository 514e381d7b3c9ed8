"""Raw rows of all pages of one table -> logical rows: cut rows joined, section rows turned into headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.page import Box, union_of
from schema.areas import read_area
from schema.outline.parts import mostly_capitals
from schema.tables.cell_signs import rows_meant, sign_of
from schema.tables.columns import AGENCY_FIELDS, TIME_FIELDS, Field
from schema.tables.grids import EMPTY, CellText
from schema.tables.table_headings import (
    TableHeading,
    heading_of,
    is_roman,
    looks_like_heading,
    open_heading,
    printed_number,
    split_number,
)
from schema.values.deadlines import names_a_time

Cells = tuple[tuple[Field, CellText], ...]

_TEXT_FIELDS = (Field.TASK, Field.TOPIC, Field.AREA, Field.GOAL, Field.UNKNOWN, Field.OUTPUT)
_DUTY_FIELDS = AGENCY_FIELDS | TIME_FIELDS | {Field.APPROVER, Field.BUDGET}
_INHERITED = (
    AGENCY_FIELDS | TIME_FIELDS | {Field.TASK, Field.GOAL, Field.TOPIC, Field.AREA, Field.APPROVER, Field.OUTPUT}
)
_COUNTS = frozenset({Field.NUMBER, Field.MEASURE})
"""What may stand beside a heading without being a part of it: its number, the points that its rows add up to."""
_HEADING_LENGTH = 160
_BULLET = re.compile(r"[-–+•]\s")
_FIRST_INSIDE = re.compile(r"(?:a\s*[.)]|[-–+•])(?:\s|$)|a$")
_SPANS = 0.5
"""A cell that covers more of the columns than this spans the table: a title, and no value of a column."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row of one page. own: the cells that begin in it; spanning: those that reach into it from above.

    widest: share of the columns that its widest cell spans. first: the first row of data on its page. opened_before:
    fields of empty cells that reach into it from the top of its page: their texts stand on the page before.
    """

    own: Cells
    spanning: Cells
    widest: float
    page: int
    first: bool
    ruled: bool
    opened_before: frozenset[Field] = frozenset()

    def text(self, field: Field) -> str:
        return next((content.text for have, content in self.own if have is field), "")

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(field for field, _ in self.own)

    @property
    def wording(self) -> str:
        """The text of the cell that says what the row is about."""
        return next((self.text(field) for field in _TEXT_FIELDS if self.text(field)), "")

    @property
    def whole(self) -> str:
        """The texts of all its cells but the number and the counts, from left to right."""
        return " ".join(content.text for field, content in self.own if field not in _COUNTS)

    @property
    def title(self) -> str:
        """What the row says as a heading. A title that spans the table may begin in a column of agencies."""
        return self.whole if self.widest > _SPANS or _is_spread_heading(self) else self.wording

    @property
    def number(self) -> str:
        return printed_number(self.text(Field.NUMBER)) or split_number(self.wording)[0]


@dataclass(frozen=True, slots=True)
class LogicalRow:
    """One row of data. cells: filled fields in column order. headings: those above it, outermost first.

    page: number of the page where it begins, from 1. box: on that page. sure: False where the row had to be guessed at.
    """

    cells: Cells
    headings: tuple[TableHeading, ...]
    page: int
    sure: bool = True

    def cell(self, field: Field) -> CellText:
        """The cell of a field; an empty one where the row has none."""
        return next((content for have, content in self.cells if have is field), EMPTY)

    def text(self, field: Field) -> str:
        return self.cell(field).text

    @property
    def number(self) -> str:
        """The printed number, from its own column or from the front of the task; '' where there is none."""
        return printed_number(self.text(Field.NUMBER)) or split_number(self.text(Field.TASK))[0]

    @property
    def raw(self) -> str:
        return " | ".join(content.raw for _, content in self.cells)

    @property
    def confidence(self) -> float:
        return min((content.confidence for _, content in self.cells), default=1.0)

    @property
    def box(self) -> Box | None:
        first = min((ref.page for _, content in self.cells for ref in content.lines), default=0)
        return union_of([c.box for _, c in self.cells if c.box and c.lines and c.lines[0].page == first])


def assemble(raw_rows: Sequence[RawRow]) -> tuple[LogicalRow, ...]:
    """The rows of one table, in order."""
    numbered = _numbered(raw_rows)
    rows: list[LogicalRow] = []
    above: tuple[TableHeading, ...] = ()
    for index, raw in enumerate(raw_rows):
        following = raw_rows[index + 1] if index + 1 < len(raw_rows) else None
        if rows and _continues(rows[-1], raw, numbered) and not _is_heading(raw, following):
            rows[-1] = _joined(rows[-1], raw)
        elif _is_heading(raw, following):
            above = open_heading(above, heading_of(raw.text(Field.NUMBER), raw.title))
        else:
            above = _still_open(above, rows[-1] if rows else None, raw)
            rows.append(_row(raw, above, rows))
    return tuple(rows)


def _numbered(rows: Sequence[RawRow]) -> bool:
    """Whether the table numbers its rows, so that a row without a number goes on with the one before."""
    return sum(bool(row.number) for row in rows) >= 0.6 * len(rows)


def _is_heading(raw: RawRow, following: RawRow | None) -> bool:
    if _is_spread_heading(raw):
        return True
    texts = raw.fields - _COUNTS
    if len(texts) != 1 or (raw.fields & _DUTY_FIELDS and raw.widest <= _SPANS):
        return False
    text, number = raw.title, raw.text(Field.NUMBER)
    if not text or len(text) > _HEADING_LENGTH:
        return False
    if raw.widest > _SPANS or looks_like_heading(number, text):
        return True
    if following is not None and _counts_inside(raw, following):
        return True
    return read_area(text) is not None and not split_number(text)[0] and len(text) < 80 and not raw.first


def _counts_inside(raw: RawRow, following: RawRow) -> bool:
    """Whether the next row counts inside this one: '2' and '2.1', '2' and 'a)', '2' and a dash."""
    number = raw.number
    opens = following.text(Field.NUMBER) or following.wording
    return bool(number) and (following.number.startswith(f"{number}.") or _FIRST_INSIDE.match(opens) is not None)


def _still_open(above: tuple[TableHeading, ...], before: LogicalRow | None, raw: RawRow) -> tuple[TableHeading, ...]:
    """The headings that a row stands under: a row that counts on from a heading, '3' from '2', is no part of it."""
    last = before.number if before is not None and before.headings == above else ""
    for index, heading in enumerate(above):
        if _follows(heading.number, raw.number) and not _follows(last, raw.number):
            return above[:index]
    return above


def _follows(number: str, other: str) -> bool:
    """Whether the second number is the next after the first: '2' and '3', '2.1' and '2.2'."""
    *within, last = number.split(".")
    *inside, own = other.split(".")
    return within == inside and last.isdecimal() and own.isdecimal() and int(own) == int(last) + 1


def _is_spread_heading(raw: RawRow) -> bool:
    """Whether a row is one title in capitals under a Roman number whose end was read into the next column."""
    return (
        is_roman(raw.text(Field.NUMBER))
        and len(raw.fields) > 2
        and mostly_capitals(raw.whole)
        and len(raw.whole) <= _HEADING_LENGTH
    )


def _continues(before: LogicalRow, raw: RawRow, numbered: bool) -> bool:
    """Whether a raw row is the rest of the row before it: cut by the page break, or a stray rule through a row."""
    if any(field is Field.TASK for field, _ in raw.spanning):
        return not _has_own_time(before, raw)
    if raw.text(Field.NUMBER) or looks_like_heading("", raw.wording) or split_number(raw.wording)[0]:
        return False
    task = raw.text(Field.TASK)
    if not task:
        return raw.first or not raw.ruled or not raw.fields & {Field.OUTPUT, Field.GOAL}
    if raw.widest > _SPANS:
        return False
    if raw.fields & _DUTY_FIELDS and _BULLET.match(task):
        return False
    small = task[:1].islower() or not task[:1].isalpha()
    if raw.first:
        return small or (numbered and not before.text(Field.TASK).endswith((".", ";")))
    return small and not raw.fields & _DUTY_FIELDS


def _has_own_time(before: LogicalRow, raw: RawRow) -> bool:
    """Whether a task is to be done once more, at a time of its own: its cell spans two rows that each name one.

    A time that stands alone in its row may be the rest of the one above, below a stray rule.
    """
    first, time = before.text(Field.DEADLINE), raw.text(Field.DEADLINE)
    ended = names_a_time(first) and (first[-1:].isalnum() or first[-1:] in ".)")
    return ended and len(raw.fields) > 1 and time[:1].isupper() and names_a_time(time)


def _joined(row: LogicalRow, raw: RawRow) -> LogicalRow:
    fields = dict.fromkeys([*(field for field, _ in row.cells), *(field for field, _ in raw.own)])
    own = dict(raw.own)
    return replace(row, cells=tuple((f, row.cell(f).joined(own.get(f, EMPTY))) for f in fields))


def _row(raw: RawRow, headings: tuple[TableHeading, ...], before: Sequence[LogicalRow]) -> LogicalRow:
    have = raw.fields
    inherited = tuple((f, content) for f, content in raw.spanning if f in _INHERITED and f not in have)
    open_fields = (raw.opened_before & _INHERITED) - have if before else ()
    inherited += tuple((f, content) for f in sorted(open_fields) if (content := before[-1].cell(f)).text)
    own = tuple((field, _meant(content, field, before)) for field, content in raw.own)
    return LogicalRow((*own, *inherited), headings, raw.page)


def _meant(content: CellText, field: Field, before: Sequence[LogicalRow]) -> CellText:
    """A cell of the row; one that only points to the cell above, or to rows by their numbers, says what they say."""
    if before and sign_of(content.text) == "ditto":
        return replace(content, text=before[-1].text(field))
    numbers = rows_meant(content.text)
    named = [row.text(field) for row in before if row.number in numbers and row.headings == before[-1].headings]
    return replace(content, text="; ".join(named)) if named and len(named) == len(numbers) else content
