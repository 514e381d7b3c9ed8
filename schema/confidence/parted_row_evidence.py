"""What tells for and against a row of a run-together table: as for a row of any table, and how its cells agree with
those of the other rows of its plan that were parted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import fmean, median
from types import MappingProxyType

from normalize.fixes import RestoredPage
from normalize.letters import is_syllable
from schema.confidence.evidence import ASSIGNMENT_EVIDENCE, Case, log_odds, measured
from schema.organisations.agencies import is_known_agency
from schema.records import AssignmentRow, Reading
from schema.tables.cell_words import in_vocabulary, unfinished

_ALWAYS_SO = ("table", "no boxes", "scanned", "quarter on a scan", "page")
_LONG_NAME, _LONG_TASK = 12, 45
_MOST = 4
_LONGER = 1.6
"""Times as many words as the usual task has, from which one may hold another's."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The rows of a plan that were parted. sure: how well their words fit their cells, 0 to 1, in the mean.

    led, joined: how often each name leads and joins in; words: of the usual task; filled: share of the rows with a
    product.
    """

    sure: float
    led: Mapping[str, int]
    joined: Mapping[str, int]
    words: float
    filled: float


def is_parted(row: AssignmentRow) -> bool:
    """Whether a row is from a run-together table: one without a place on the page."""
    return row.origin == "table" and row.bbox is None


def _alone(case: Case, names: Sequence[str]) -> float:
    """Whether a name stands in no other row of the plan and is that of no known organisation."""
    return float(any(case.around.names[name] == 1 and not is_known_agency(name) for name in names))


_OF_A_ROW: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {name: measure for name, measure in ASSIGNMENT_EVIDENCE.items() if name not in _ALWAYS_SO}
    | {
        "lead alone": lambda case: _alone(case, case.row.lead),
        "partner alone": lambda case: _alone(case, case.row.partners),
        "several leads": lambda case: float(len(case.row.lead) > 1),
        "long name": lambda case: float(
            any(len(name.split()) > _LONG_NAME for name in (*case.row.lead, *case.row.partners))
        ),
        "long task": lambda case: float(len(case.row.task.split()) > _LONG_TASK),
        "nothing else": lambda case: float(not case.row.lead and not case.row.deadline_text),
    }
)


def _names(row: AssignmentRow) -> Iterator[str]:
    yield from row.lead
    yield from row.partners


def _part_of_another(row: AssignmentRow, table: Parted) -> float:
    """Whether a name begins or ends another that is named as often: 'Bưu điện văn hóa' of 'Bưu điện văn hóa xã'."""
    often = Counter(table.led) + Counter(table.joined)
    return float(
        any(
            often[other] >= often[name] and (other.startswith(name + " ") or other.endswith(" " + name))
            for name in _names(row)
            for other in often
        )
    )


def _holds_another(row: AssignmentRow, table: Parted) -> float:
    """Whether a name has another within it that is named more often: 'Phòng Kinh tế điện tử' and 'Phòng Kinh tế'."""
    often = Counter(table.led) + Counter(table.joined)
    return float(
        any(
            often[other] > often[name] and f" {other} " in f" {name}  "
            for name in _names(row)
            for other in often
            if other != name
        )
    )


def _foreign_words(text: str, kind: str) -> float:
    """How many words of a cell are at home in no cell of its kind; at most 4."""
    words = text.replace("/", " ").split()
    return float(min(sum(not in_vocabulary(kind, word) for word in words), _MOST))


def _in_capitals(text: str) -> Sequence[bool]:
    """Of each word whether it is a syllable in capitals, no abbreviation."""
    return [len(word) > 1 and word.isupper() and is_syllable(word.lower()) for word in text.split()]


def _holds_heading(row: AssignmentRow) -> float:
    """Whether words in capitals stand in a cell, as those of a heading that was taken for a part of it; one alone may
    stand in a task."""
    named = any(any(_in_capitals(name)) for name in (*_names(row), row.deadline_text or ""))
    return float(named or any(map(all, pairwise(_in_capitals(row.task)))))


_AMONG_PARTED: Mapping[str, Callable[[AssignmentRow, Parted], float]] = MappingProxyType(
    {
        "poor table": lambda _, table: -log_odds(table.sure),
        "lead joins elsewhere": lambda row, table: float(
            any(table.joined[name] > table.led[name] for name in row.lead)
        ),
        "partner leads elsewhere": lambda row, table: float(
            any(table.led[name] > table.joined[name] for name in row.partners)
        ),
        "seldom leads": lambda row, table: float(any(table.led[name] == 1 for name in row.lead)),
        "named twice": lambda row, _: float(bool(set(row.lead) & set(row.partners))),
        "part of another name": _part_of_another,
        "holds another name": _holds_another,
        "heading in a cell": lambda row, _: _holds_heading(row),
        "task breaks off": lambda row, _: float(unfinished("task", row.task)),
        "foreign words in names": lambda row, _: _foreign_words(" ".join(_names(row)), "agency"),
        "foreign words in a time": lambda row, _: _foreign_words(row.deadline_text or "", "time"),
        "longer than others": lambda row, table: float(len(row.task.split()) > _LONGER * table.words),
        "shorter than others": lambda row, table: max(0.0, log(table.words / max(1, len(row.task.split())))),
        "others have a product": lambda row, table: table.filled * (not row.output),
        "product breaks off": lambda row, _: float(
            bool(row.output) and (unfinished("task", row.output or "") or (row.output or "")[:1].islower())
        ),
    }
)


def _follows(row: AssignmentRow, after: AssignmentRow) -> bool:
    """Whether the number of the row below one follows its own, or begins anew."""
    one, other = row.row_no or "", after.row_no or ""
    return one.isdecimal() and other.isdecimal() and int(other) in (int(one) + 1, 1)


PARTED_EVIDENCE = (*_OF_A_ROW, *_AMONG_PARTED, "next number out of order")
"""What is known of each row, in the order of the evidence's values. The last: it may hold the cells of a lost row."""


def parted_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every row of run-together tables, in the order of PARTED_EVIDENCE; no weights applied yet."""
    rows = [row for row in reading.assignments if row.origin == "table"]
    plans: defaultdict[str, list[AssignmentRow]] = defaultdict(list)
    for row in filter(is_parted, rows):
        plans[row.plan_id].append(row)
    tables = {plan: _parted(own) for plan, own in plans.items()}
    found = measured(reading, pages, "table", _OF_A_ROW)
    below = {id(row): after for own in plans.values() for row, after in pairwise(own)}
    return tuple(
        (
            *evidence,
            *(measure(row, tables[row.plan_id]) for measure in _AMONG_PARTED.values()),
            float(id(row) in below and not _follows(row, below[id(row)])),
        )
        for row, evidence in zip(rows, found, strict=True)
        if is_parted(row)
    )


def _parted(rows: Sequence[AssignmentRow]) -> Parted:
    return Parted(
        sure=fmean(row.confidence for row in rows),
        led=Counter(name for row in rows for name in row.lead),
        joined=Counter(name for row in rows for name in row.partners),
        words=median(len(row.task.split()) for row in rows),
        filled=fmean(bool(row.output) for row in rows),
    )
