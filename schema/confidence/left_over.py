"""What the words of a row say that its fields do not hold: times, cycles and partners that no reader took, cells that
went into no field. It shows in wordings that no rule knows, too.

>>> is_left_over("time", "Kiểm tra trong tháng 9 và tháng 10/2023.", "trong tháng 9")
True
>>> is_left_over("time", "Kiểm tra trong tháng 9.", "trong tháng 9")
False
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from rapidfuzz import fuzz

from schema.organisations.agencies import is_known_agency
from schema.organisations.agency_lists import opens_a_name
from schema.plain import plain
from schema.records import AssignmentRow, TargetRow
from schema.ruletable import PlainRow, load_rules
from schema.tables.cell_words import in_vocabulary
from schema.values.deadlines import names_a_time

Of = Literal["time", "cycle", "partners"]
_ALL: tuple[Of, ...] = get_args(Of)


@dataclass(frozen=True)
class LeftOverRule(PlainRow):
    """Words that belong into a field. pattern: a regular expression over text without marks, found anywhere."""

    of: Of
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


_WHOLE_YEAR = 366
"""Days."""
_YEAR, _UNITS = 12, (1, 3, 12)
"""Months: of a year, of the units of time that plans count in."""
_USUAL_NAME, _MOST = 7, 4
"""Words."""
_WORDS_OF_CELL = 2
_ALIKE, _WITHIN = 75.0, 85.0
"""Per cent from which a cell is a field as restoration changed it, or stands within one."""
_SHORTEST_WITHIN = 8
"""Characters; shorter texts stand in any other by chance."""
_CELLS = " | "
"""What stands between the cells of a row's raw text."""


def is_left_over(of: Of, text: str, taken: str = "") -> bool:
    """Whether such words stand in a text outside the part that was taken from it."""
    before, _, after = text.partition(taken) if taken else (text, "", "")
    rules = [rule for rule in load_rules("left_over", LeftOverRule) if rule.of == of]
    return any(rule.regex.search(plain(part)) for rule in rules for part in (before, after))


def _left_over_of_once(of: Of, row: AssignmentRow) -> float:
    """Such words beside the time of a task that does not come again."""
    once = row.recurrence in (None, "once")
    return float(once and is_left_over(of, row.task, row.deadline_text or ""))


def _days(row: AssignmentRow) -> int:
    start, end = row.deadline_start, row.deadline_end
    return (end - start).days if start and end else 0


def _stretch(row: AssignmentRow) -> float:
    """Whether the dates are no one month, quarter or year: of "Quý II và quý IV" may be two times, or one from to."""
    if row.deadline_start is None or row.deadline_end is None:
        return 0.0
    start, after = row.deadline_start, row.deadline_end + dt.timedelta(days=1)
    months = (after.year - start.year) * _YEAR + after.month - start.month
    return float(start.day != 1 or after.day != 1 or months not in _UNITS)


def _time_in_a_name(row: AssignmentRow) -> float:
    """Whether a name runs on into what is to be done when, or with whom."""
    return float(any(is_left_over(of, name) for name in (*row.lead, *row.partners) for of in _ALL))


def _is_dated(row: AssignmentRow) -> bool:
    return row.deadline_start is not None or row.deadline_end is not None


def _unknown(row: AssignmentRow) -> list[list[str]]:
    """The words of each name that is that of no known organisation."""
    return [name.split() for name in (*row.lead, *row.partners) if not is_known_agency(name)]


def _foreign_small_words(row: AssignmentRow) -> float:
    """How many words in small letters, at most 4, a name has that are at home in none: "Đoàn xã phát và thu phiếu"."""
    names = (name.replace("/", " ").split() for name in (*row.lead, *row.partners))
    counts = (sum(w[0].islower() and not in_vocabulary("agency", w) for w in words) for words in names)
    return float(min(max(counts, default=0), _MOST))


LEFT_OVER: Mapping[str, Callable[[AssignmentRow], float]] = MappingProxyType(
    {
        "time left over": lambda row: _left_over_of_once("time", row),
        "cycle left over": lambda row: _left_over_of_once("cycle", row),
        "dates without a cycle": lambda row: float(row.recurrence is None and _is_dated(row)),
        "longer than a year": lambda row: float(_days(row) > _WHOLE_YEAR),
        "stretch of time": _stretch,
        "time in a name": _time_in_a_name,
        "time says nothing": lambda row: float(
            bool(row.deadline_text) and row.recurrence is None and not _is_dated(row)
        ),
        "small foreign words in names": _foreign_small_words,
        "words beyond a usual name": lambda row: float(
            max((min(max(len(words) - _USUAL_NAME, 0), _MOST) for words in _unknown(row)), default=0)
        ),
    }
)
"""Measures of any assignment; names as in rules/confidence.toml."""


@lru_cache(maxsize=8)
def cells_left_over(row: AssignmentRow) -> tuple[str, ...]:
    """The cells of a row of a table whose words went into none of its fields, as they were read."""
    fields = _fields(row)
    cells = (" ".join(plain(cell).split()).strip(" .,;:-+") for cell in row.raw_text.split(_CELLS))
    raw = zip(cells, row.raw_text.split(_CELLS), strict=True)
    return tuple(whole for cell, whole in raw if re.search("[a-z]", cell) and not any(_holds(f, cell) for f in fields))


def _fields(row: AssignmentRow) -> list[str]:
    names = (" ".join(row.lead), " ".join(row.partners), " ".join((*row.lead, *row.partners)))
    texts = (row.task, row.goal, row.output, row.approver, row.deadline_text, row.row_no, row.group, *names)
    return [" ".join(plain(text).split()) for text in texts if text]


def _holds(field: str, cell: str) -> bool:
    """Whether a field has the words of a cell, both folded; restoration may have changed some, lists their order."""
    if cell in field or fuzz.token_sort_ratio(cell, field, score_cutoff=_ALIKE):
        return True
    may_hold = _SHORTEST_WITHIN < len(cell) <= len(field) * 1.25
    return may_hold and fuzz.partial_ratio(cell, field) >= _WITHIN


def _is_wordy(cell: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in cell.split()) >= _WORDS_OF_CELL


CELLS_LEFT_OVER: Mapping[str, Callable[[AssignmentRow], float]] = MappingProxyType(
    {
        "cell left over": lambda row: float(any(map(_is_wordy, cells_left_over(row)))),
        "name in a cell left over": lambda row: float(any(map(opens_a_name, cells_left_over(row)))),
        "time in a cell left over": lambda row: float(
            not row.recurrence
            and not _is_dated(row)
            and any(names_a_time(cell) or is_left_over("cycle", cell) for cell in cells_left_over(row))
        ),
    }
)
"""Measures of a row of a table with cells."""


def time_of_aim_left_over(row: TargetRow) -> float:
    """Whether the words of a target without a time name one."""
    return float(row.deadline_start is None and row.deadline_end is None and is_left_over("time", row.text))
