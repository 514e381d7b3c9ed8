"""Columns of a table told by what their cells hold: where no header names them, or their names say nothing.

>>> columns = (("1", "2"), ("Xây dựng phần mềm quản lý", "Mở lớp tập huấn kỹ năng số"), ("Sở Y tế", "Sở Nội vụ"))
>>> [str(field) for field in infer_fields(columns)]
['number', 'task', 'lead']
"""

import re
from collections.abc import Collection, Sequence

from schema.tables.cell_words import agency_share, starts
from schema.tables.columns import AGENCY_FIELDS, TIME_FIELDS, Field
from schema.values.deadlines import names_a_time


def infer_fields(columns: Sequence[Sequence[str]]) -> tuple[Field, ...]:
    """Fields of a table that names no column, from what the cells of each hold; UNKNOWN where that says too little."""
    fields = [_field_of_cells(cells) for cells in columns]
    agencies = [i for i, field in enumerate(fields) if field is Field.LEAD]
    for later in agencies[1:]:
        fields[later] = Field.PARTNERS if Field.PARTNERS not in fields else Field.UNKNOWN
    wordy = [i for i, field in enumerate(fields) if field is Field.TASK]
    if wordy:
        longest = max(wordy, key=lambda i: sum(map(len, columns[i])))
        for i in wordy:
            fields[i] = Field.TASK if i == longest else Field.GOAL if i < longest else Field.OUTPUT
    return tuple(fields)


def completed(fields: Sequence[Field], columns: Sequence[Sequence[str]]) -> tuple[Field, ...]:
    """The fields of a header, and for columns whose name says nothing what their cells hold, where no other has it.

    fields: as the header names them; columns: the cells below each.

    >>> header = (Field.NUMBER, Field.UNKNOWN, Field.LEAD, Field.UNKNOWN)
    >>> [str(f) for f in completed(header, (("1",), ("Xây dựng phần mềm quản lý",), ("Sở Y tế",), ("Quý II",)))]
    ['number', 'task', 'lead', 'deadline']
    """
    have = set(fields)
    held = infer_fields([cells if field is Field.UNKNOWN else () for field, cells in zip(fields, columns, strict=True)])
    return tuple(
        guess if field is Field.UNKNOWN and _is_free(guess, have) else field
        for field, guess in zip(fields, held, strict=True)
    )


def _is_free(guess: Field, have: Collection[Field]) -> bool:
    """Whether no named column says already what the cells of another seem to say."""
    match guess:
        case Field.DEADLINE:
            return not TIME_FIELDS & set(have)
        case Field.LEAD:
            return not AGENCY_FIELDS & set(have)
        case Field.TASK:  # a list of places or samples lays nothing on anybody
            return bool(AGENCY_FIELDS & set(have)) and not {Field.TASK, Field.TOPIC, Field.FOREIGN} & set(have)
        case Field.NUMBER:
            return guess not in have
    return False


def _field_of_cells(cells: Sequence[str]) -> Field:
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return Field.UNKNOWN

    def share(test: "Sequence[bool]") -> float:
        return sum(test) / len(filled)

    if share([re.fullmatch(r"\W*(?:[\d.]{1,6}|[IVX]{1,5}|[a-zđ])\W*", cell) is not None for cell in filled]) >= 0.8:
        return Field.NUMBER
    if share([names_a_time(cell) and len(cell) < 60 for cell in filled]) >= 0.6:
        return Field.DEADLINE
    if share([agency_share(cell) >= 0.6 for cell in filled]) >= 0.6:
        return Field.LEAD
    short = sum(map(len, filled)) / len(filled) < 60
    if short and share([starts("output_head", cell) for cell in filled]) >= 0.6:
        return Field.OUTPUT
    if share([len(cell) >= 25 or starts("task_head", cell) for cell in filled]) >= 0.5:
        return Field.TASK
    return Field.UNKNOWN
