"""Columns of a table: header cells -> fields, in any subset and order; without a header, from what the cells hold.

>>> [str(field) for field in fields_of_headers(("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"))]
['number', 'task', 'lead', 'deadline']
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from rapidfuzz import fuzz

from schema.ruletable import PatternRow, load_rules
from schema.tables.calendar_units import unit_named
from schema.values.folding import folded


class Field(StrEnum):
    """What a column says of its row's task. FOREIGN: the table is of another kind. UNKNOWN: unsaid."""

    NUMBER = "number"
    TASK = "task"
    TOPIC = "topic"
    AREA = "area"
    GOAL = "goal"
    OUTPUT = "output"
    LEAD = "lead"
    PARTNERS = "partners"
    AGENCIES = "agencies"
    APPROVER = "approver"
    OVERSEER = "overseer"
    DEADLINE = "deadline"
    START = "start"
    FINISH = "finish"
    BUDGET = "budget"
    FUNDING = "funding"
    MEASURE = "measure"
    NOTE = "note"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


AGENCY_FIELDS = frozenset({Field.LEAD, Field.PARTNERS, Field.AGENCIES})
TIME_FIELDS = frozenset({Field.DEADLINE, Field.START, Field.FINISH})
_REPEATABLE = frozenset({Field.NOTE, Field.MEASURE, Field.UNKNOWN, Field.FOREIGN})
_EDGES = " .:;|*-+"
_STOP = re.compile(r"(?<=[a-z]{2})\.(?=\s)|(?<=\s)\.(?=[a-z])")
_HEADER_LENGTH = 90
_SHORTEST_MISREAD = 6
_MISREAD_LIKENESS = 84


@dataclass(frozen=True)
class ColumnRule(PatternRow):
    """Words of a header and the value of the Field they name. pattern: a regular expression over folded text.

    charged: the Field they name instead where other columns say who does it and by when; '' for the same.
    rare: words of everyday, so that a line which holds them is no header for that.
    """

    field: str
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    charged: str = ""
    rare: bool = False

    def __post_init__(self) -> None:
        Field(self.field)

    def matches(self, text: str) -> bool:
        return field_of_header(text) == self.field


@dataclass(frozen=True)
class DoersRule(PatternRow):
    """A header of those who do what another column's organisation leads. pattern: over the whole folded header."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.fullmatch(folded(text).strip(_EDGES)) is not None


HeaderSign = Literal["counts_rows", "bare_unit", "introduces", "of_years"]


@dataclass(frozen=True)
class HeaderWord(PatternRow):
    """Words of a header that tell more than its field, see rules/header_words.toml. pattern: over folded text."""

    kind: HeaderSign
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.match(folded(text)) is not None


def says(kind: HeaderSign, header: str) -> bool:
    """Whether a header, or a line of one, begins so."""
    return any(word.kind == kind and word.matches(header) for word in load_rules("header_words", HeaderWord))


@cache
def field_of_header(text: str) -> Field:
    """The field that a header cell names; UNKNOWN for anything else. Total.

    >>> str(field_of_header("Cơ quan chủ trì đề xuất/tham mưu/ thực hiện")), str(field_of_header("- Đơn vị chủ. trì"))
    ('lead', 'lead')
    """
    words = _header_words(text)
    if not words or len(words) > _HEADER_LENGTH:
        return Field.UNKNOWN
    rule = _rule_of(words)
    return Field(rule.field) if rule else Field.UNKNOWN


def _header_words(text: str) -> str:
    """The words of a header as the patterns see them: a full stop inside is dust, which no title of a column has."""
    return _STOP.sub("", folded(text)).strip(_EDGES)


def _rule_of(words: str) -> ColumnRule | None:
    """The rule that a folded header falls under; None where it names nothing."""
    rules = load_rules("columns", ColumnRule)
    return next((rule for rule in rules if rule.regex.search(words)), None) or _likest_rule(words)


def _charged_field(header: str) -> Field | None:
    """What a column is where others say who does it and by when; None where its rule says no more of that."""
    rule = _rule_of(_header_words(header))
    return Field(rule.charged) if rule is not None and rule.charged else None


def _likest_rule(words: str) -> ColumnRule | None:
    """The rule of a header that an OCR misread a little: that of the likest of the rules' own examples."""
    letters = re.sub(r"[^a-z]", "", words)
    if len(letters) < _SHORTEST_MISREAD:
        return None
    scored = (
        (fuzz.ratio(letters, re.sub(r"[^a-z]", "", folded(example))), rule.field, rule)
        for rule in load_rules("columns", ColumnRule)
        for example in rule.examples
    )
    ratio, _, rule = max(scored, key=lambda scored: scored[:2])
    return rule if ratio >= _MISREAD_LIKENESS else None


def fields_of_headers(headers: Sequence[str]) -> tuple[Field, ...]:
    """One field a column: each field once (the first keeps it), the most telling of the task-like columns is TASK."""
    fields = _outweighed(headers, _without_units(headers, [_field_of_column(text) for text in headers]))
    fields = _with_doers(headers, fields)
    seen: set[Field] = set()
    for index, field in enumerate(fields):
        if field in seen and field not in _REPEATABLE:
            fields[index] = Field.TOPIC if field is Field.TASK and Field.TOPIC not in seen else Field.UNKNOWN
        seen.add(fields[index])
    if Field.START in fields and Field.FINISH not in fields and Field.DEADLINE in fields:
        fields[fields.index(Field.DEADLINE)] = Field.FINISH
    if Field.TASK not in fields and (stand_in := _stand_in(fields)):
        fields[fields.index(stand_in)] = Field.TASK
    return tuple(fields)


def _field_of_column(header: str) -> Field:
    """The field of a header that stands above cells: 'Tháng' alone is a time there."""
    field = field_of_header(header)
    return Field.DEADLINE if field is Field.UNKNOWN and unit_named(header) else field


def _outweighed(headers: Sequence[str], fields: list[Field]) -> list[Field]:
    """The fields where tasks, who leads them and by when or with whom are named: scores then make no other table.

    A list of procedures is one of tasks where somebody has to review each by a time, and nothing else is foreign.
    """
    if not ({Field.LEAD, Field.AGENCIES} & set(fields) and (TIME_FIELDS | {Field.PARTNERS}) & set(fields)):
        return fields
    if Field.TASK in fields:
        return [Field.UNKNOWN if field is Field.FOREIGN else field for field in fields]
    charged = [
        _charged_field(text) if field is Field.FOREIGN else field for text, field in zip(headers, fields, strict=True)
    ]
    return fields if None in charged else [field for field in charged if field is not None]


def _with_doers(headers: Sequence[str], fields: list[Field]) -> list[Field]:
    """The fields where those who do it join in beside one who answers for it: 'Người chủ trì', 'Thực hiện'."""
    leads = [i for i, field in enumerate(fields) if field is Field.LEAD]
    doers = [i for i in leads if any(rule.matches(headers[i]) for rule in load_rules("doers", DoersRule))]
    if len(leads) < 2 or len(doers) != 1 or {Field.PARTNERS, Field.AGENCIES} & set(fields):
        return fields
    return [Field.PARTNERS if i == doers[0] else field for i, field in enumerate(fields)]


def _without_units(headers: Sequence[str], fields: list[Field]) -> list[Field]:
    """The fields where 'Đơn vị' alone beside counts, or beside aims without tasks, is what they are counted in."""
    counts = Field.MEASURE in fields or (Field.GOAL in fields and not {Field.TASK, Field.TOPIC} & set(fields))
    units = [counts and says("bare_unit", text) for text in headers]
    return [Field.MEASURE if unit else field for unit, field in zip(units, fields, strict=True)]


def _stand_in(fields: Sequence[Field]) -> Field | None:
    """The column that says what is to be done where none is named so; aims are tasks where somebody is charged."""
    charged = bool({Field.LEAD, Field.AGENCIES} & set(fields)) and Field.FOREIGN not in fields
    wordy = (Field.TOPIC, Field.AREA, Field.GOAL) if charged else (Field.TOPIC, Field.AREA)
    return next((field for field in wordy if field in fields), None)


def is_header(texts: Sequence[str]) -> bool:
    """Whether the cells of a row name columns: at least two known fields, and most of the filled cells."""
    filled = [text for text in texts if text.strip()]
    fields = {field_of_header(text) for text in filled if not names_a_row(text)} - {Field.UNKNOWN}
    known = sum(field_of_header(text) is not Field.UNKNOWN for text in filled)
    return len(fields) >= 2 and known >= 0.6 * len(filled) and max(map(len, filled)) <= _HEADER_LENGTH


def names_columns_again(texts: Sequence[str]) -> bool:
    """Whether a row amid the data is a header printed again: three columns at least, and nothing but their names.

    >>> names_columns_again(("Nội dung", "Đơn vị thực hiện", "Thời gian", ""))
    True
    """
    filled = [text for text in texts if text.strip()]
    fields = {field_of_header(text) for text in filled}
    return len(filled) == len(fields) >= 3 and Field.UNKNOWN not in fields and is_header(filled)


def names_a_row(text: str) -> bool:
    """Whether a cell that holds words of a header is a cell of data all the same: a numbered task.

    >>> names_a_row("1. Xây dựng kế hoạch"), names_a_row("Nội dung công việc")
    (True, False)
    """
    return re.match(r"\s*(?:\d+|[IVX]+)\s*[.)]", text) is not None


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: '(1) (2) (3)', '1 2 3 4', 'A B C'."""
    marks = [re.sub(r"[\s().\[\]]", "", text) for text in texts if text.strip()]
    if len(marks) < 3 or not all(re.fullmatch(r"\d{1,2}|[A-E]|\d=.*", mark) for mark in marks):
        return False
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return numbers == sorted(set(numbers)) and (not numbers or numbers[-1] - numbers[0] < 3 * len(numbers))


def lays_tasks(fields: Sequence[Field]) -> bool:
    """Whether a table with these columns lays tasks on somebody, or on a time."""
    have = set(fields)
    if Field.FOREIGN in have or Field.TASK not in have:
        return False
    return bool(have & AGENCY_FIELDS) or (bool(have & TIME_FIELDS) and bool(have & {Field.OUTPUT, Field.NUMBER}))


def fields_are_tasks(fields: Collection[Field]) -> bool:
    """Whether the words of a header, found one by one in running lines, name the columns of a table of tasks."""
    wordy = {Field.TASK, Field.TOPIC, Field.GOAL} & set(fields)
    others = set(fields) & (AGENCY_FIELDS | TIME_FIELDS | {Field.OUTPUT, Field.APPROVER})
    return bool(wordy) and len(others) >= 2 and Field.FOREIGN not in fields
