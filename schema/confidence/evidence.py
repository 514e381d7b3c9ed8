"""What tells for and against a row: measures of the row itself, of the print behind it and of the rows around it."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from types import MappingProxyType

from normalize.fixes import RestoredPage
from normalize.letters import CAPITAL, SMALL
from schema.confidence.aim_evidence import AIM_EVIDENCE
from schema.confidence.around_rows import Around, around_rows, has_double
from schema.confidence.behind_rows import Behind, behind
from schema.head.citations import is_law
from schema.head.symbols import mended_number
from schema.organisations.agency_lists import opens_a_name
from schema.outline.parts import mostly_capitals
from schema.records import AssignmentRow, LegalBasisRow, PlanRow, Reading, TargetRow
from schema.run_together.odd_words import misfit, odd_words
from schema.table_assignments import APPENDIX
from schema.values.deadlines import names_a_quarter, names_a_time

_ODD_SIGN = re.compile(r"[^\w\s\-–,;:/().&“”\"%…?+]|(?<![\w/])[b-hj-uwyz](?![\w)./])|[.,]\s?[.,]")
_ODD_EDGE = re.compile(r"^[^\w“\"(+-]|[\"“:,]$")
_MARK = re.compile(r"[.:'\"‘’`°_|~=#<>]|-\s?-|\w-\s|\s-\w")
_EARLIEST, _LATEST = 2015, 2035
_FAINT, _UNSURE = 0.8, 0.9
_MOST = 4
_SHORTEST_TEXT = 10
_SHORTEST_AIM = 4
_WORDS_OF_TIME = 2
_LONGEST_TIME = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A row with what stands behind and around it. at: its place among those around it, from 0."""

    row: AssignmentRow
    behind: Behind
    around: Around
    at: int


def log_odds(share: float) -> float:
    """The log odds of a share, the share kept off 0 and 1."""
    kept = min(max(share, 0.02), 0.995)
    return log(kept / (1 - kept))


def _odd(text: str) -> float:
    run_together = any(a.islower() and b.isupper() for a, b in pairwise(text))
    return float(run_together or bool(_ODD_SIGN.search(text) or _ODD_EDGE.search(text.strip())))


def _undated(row: AssignmentRow) -> float:
    """A text without dates that does not come again, and that is short or holds figures as a time does."""
    text = row.deadline_text or ""
    once = row.recurrence in (None, "once") and not (row.deadline_start or row.deadline_end)
    like_a_time = any(map(str.isdigit, text)) or len(text.split()) <= _WORDS_OF_TIME
    return float(bool(text) and once and like_a_time)


def _names_unread_time(row: AssignmentRow) -> float:
    dated = row.deadline_start or row.deadline_end or row.recurrence not in (None, "once")
    return float(not dated and (row.recurrence == "once" or names_a_time(row.deadline_text or "")))


SMALL_SENTENCE = re.compile(rf"[^\W\d_]{{2}}[.]\s+[{SMALL}]{{2}}")
_RUNS_ON = re.compile(rf"\./\.|[.;:]\s+[-–+•]\s+[{CAPITAL}]|[.;]\s+\d{{1,2}}[.)]\s+[{CAPITAL}]")


def _strange_year(row: AssignmentRow | TargetRow) -> float:
    days = (row.deadline_start, row.deadline_end)
    return float(any(day is not None and not _EARLIEST <= day.year <= _LATEST for day in days))


def _is_parted_goal(row: TargetRow) -> bool:
    """Whether a target is from the goal column of a run-together table: one without a place on the page."""
    return row.bbox is None and (row.section or "").split(".")[0] == APPENDIX


def _faintest(confidences: Sequence[float]) -> float:
    return log_odds(min(confidences, default=1.0))


def _part(values: Sequence[float], below: float, size: int) -> float:
    """Which part of the words has a value below that; short texts count as longer ones."""
    return sum(value < below for value in values) / max(size, _SHORTEST_TEXT)


def _out_of_order(case: Case) -> float:
    """Whether the row's number does not follow the one before it, nor begin anew."""
    own = case.row.row_no
    if case.at == 0 or own is None or case.row.origin != "table":
        return 0.0
    before = case.around.numbers[case.at - 1]
    if not (own.isdecimal() and before.isdecimal()):
        return float(own.isdecimal() != before.isdecimal())
    return float(int(own) not in (int(before) + 1, 1))


def _like_another(case: Case) -> float:
    """Whether a name differs in a letter or two from one that the plan names more often."""
    return float(any(has_double(name, case.around.names) for name in (*case.row.lead, *case.row.partners)))


def _empty_cell(case: Case, share: float, filled: bool) -> float:
    """Share of the rows around it that name what this row of a table does not; running text need not name it."""
    return share * (case.row.origin == "table" and not filled)


def _torn(name: str) -> bool:
    """A name in small letters that does not begin as organisations do: the rest of one."""
    return name[:1].islower() and not opens_a_name(name)


def _words_of(row: AssignmentRow) -> str:
    texts = (row.task, *row.lead, *row.partners, row.output, row.group, row.deadline_text)
    return " . ".join(text for text in texts if text)


ASSIGNMENT_EVIDENCE: Mapping[str, Callable[[Case], float]] = MappingProxyType(
    {
        "text": lambda case: log_odds(case.row.confidence),
        "reader doubts": lambda case: float(case.row.needs_review),
        "table": lambda case: float(case.row.origin == "table"),
        "no boxes": lambda case: float(case.row.origin == "table" and case.row.bbox is None),
        "nobody leads": lambda case: float(case.row.origin == "table" and not case.row.lead),
        "odd lead": lambda case: max((_odd(name) for name in case.row.lead), default=0.0),
        "odd partner": lambda case: max((_odd(name) for name in case.row.partners), default=0.0),
        "name in small letters": lambda case: float(any(map(_torn, (*case.row.lead, *case.row.partners)))),
        "names run together": lambda case: float(any(name.count(",") > 1 for name in case.row.partners)),
        "odd task": lambda case: _odd(case.row.task),
        "task in small letters": lambda case: float(case.row.task[:1].islower()),
        "task in capitals": lambda case: float(mostly_capitals(case.row.task)),
        "short task": lambda case: float(len(case.row.task.split()) < 5),
        "time not understood": lambda case: _undated(case.row),
        "time misread": lambda case: _names_unread_time(case.row),
        "quarter on a scan": lambda case: case.behind.scanned * names_a_quarter(case.row.deadline_text or ""),
        "no time in a table": lambda case: float(case.row.origin == "table" and not case.row.deadline_text),
        "runs on": lambda case: float(bool(_RUNS_ON.search(case.row.task))),
        "mark in a name": lambda case: float(any(_MARK.search(n) for n in (*case.row.lead, *case.row.partners))),
        "strange year": lambda case: _strange_year(case.row),
        "no number in a table": lambda case: float(case.row.origin == "table" and not case.row.row_no),
        "number out of order": _out_of_order,
        "odd time": lambda case: _odd(case.row.deadline_text or ""),
        "long time": lambda case: float(len((case.row.deadline_text or "").split()) > _LONGEST_TIME),
        "others have a lead": lambda case: _empty_cell(case, case.around.lead, bool(case.row.lead)),
        "others have partners": lambda case: _empty_cell(case, case.around.partners, bool(case.row.partners)),
        "others have a time": lambda case: _empty_cell(case, case.around.time, bool(case.row.deadline_text)),
        "like another name": _like_another,
        "lost heading": lambda case: float(case.around.lost[case.at]),
        "no words": lambda case: float(min(odd_words(_words_of(case.row)), _MOST)),
        "misfit in task": lambda case: misfit(case.row.task),
        "misfit in names": lambda case: max(
            (misfit(name) for name in (*case.row.lead, *case.row.partners)), default=0.0
        ),
        "faintest word": lambda case: _faintest(case.behind.words),
        "faint words": lambda case: _part(case.behind.words, _FAINT, case.behind.size),
        "faintest figure": lambda case: _faintest(case.behind.figures) if case.row.deadline_text else log_odds(1.0),
        "least sure change": lambda case: _faintest(case.behind.changes),
        "unsure changes": lambda case: _part(case.behind.changes, _UNSURE, case.behind.size),
        "page": lambda case: log_odds(case.behind.page),
        "scanned": lambda case: float(case.behind.scanned),
    }
)
TARGET_EVIDENCE: Mapping[str, Callable[[TargetRow, Behind], float]] = MappingProxyType(
    {
        "text": lambda row, _: log_odds(row.confidence),
        "reader doubts": lambda row, _: float(row.needs_review),
        "no number": lambda row, _: float(row.value is None),
        "share above all": lambda row, _: float(row.unit == "%" and (row.value or 0) > 100),
        "share of nothing": lambda row, _: float(row.unit == "%" and (row.value or 0) < 1),
        "no unit": lambda row, _: float(row.value is not None and row.unit is None),
        "names a quarter": lambda row, _: float(names_a_quarter(row.text) and row.deadline_end is None),
        "quarter on a scan": lambda row, print_: print_.scanned * names_a_quarter(row.text),
        "short text": lambda row, _: float(len(row.text.split()) < _SHORTEST_AIM),
        "sentence in small letters": lambda row, _: float(bool(SMALL_SENTENCE.search(row.text))),
        "opens with a mark": lambda row, _: float(not row.text[:1].isalnum()),
        "odd text": lambda row, _: _odd(row.text),
        "text in small letters": lambda row, _: float(row.text[:1].islower()),
        "strange year": lambda row, _: _strange_year(row),
        "goal of a run-together row": lambda row, _: float(_is_parted_goal(row)),
        "no words": lambda row, _: float(min(odd_words(row.text), _MOST)),
        "misfit": lambda row, _: misfit(row.text),
        "faintest word": lambda _, print_: _faintest(print_.words),
        "faintest figure": lambda _, print_: _faintest(print_.figures),
        "least sure change": lambda _, print_: _faintest(print_.changes),
        "page": lambda _, print_: log_odds(print_.page),
        "scanned": lambda _, print_: float(print_.scanned),
    }
    | {name: (lambda row, _, measure=measure: measure(row)) for name, measure in AIM_EVIDENCE.items()}
)
BASIS_EVIDENCE: Mapping[str, Callable[[LegalBasisRow, Behind], float]] = MappingProxyType(
    {
        "text": lambda row, _: log_odds(row.confidence),
        "no number": lambda row, _: float(row.number is None),
        "no date": lambda row, _: float(row.date is None),
        "law without date": lambda row, _: float(row.date is None and is_law(row.instrument)),
        "no issuer": lambda row, _: float(row.issuer is None),
        "number of another year": lambda row, _: float(_other_year(row)),
        "strange symbol": lambda row, _: float(_strange_symbol(row)),
        "faintest figure": lambda _, print_: _faintest(print_.figures),
        "least sure change": lambda _, print_: _faintest(print_.changes),
        "page": lambda _, print_: log_odds(print_.page),
        "scanned": lambda _, print_: float(print_.scanned),
    }
)
PLAN_EVIDENCE: Mapping[str, Callable[[PlanRow], float]] = MappingProxyType(
    {
        "head": lambda row: log_odds(row.confidence),
        "reader doubts": lambda row: float(row.needs_review),
        "no number": lambda row: float(row.doc_number is None),
        "no date": lambda row: float(row.issued_date is None),
        "no signer": lambda row: float(row.signer_name is None),
        "no office": lambda row: float(row.signer_title is None),
        "misfit": lambda row: misfit(row.title or ""),
        "no words": lambda row: float(min(odd_words(" ".join((row.title or "", row.issuer or ""))), _MOST)),
    }
)


def _other_year(row: LegalBasisRow) -> bool:
    """'61/2018/NĐ-CP' of another year than 2018."""
    year = re.search(r"/((?:19|20)\d\d)/", row.number or "")
    return bool(year and row.date and int(year[1]) != row.date.year)


def _strange_symbol(row: LegalBasisRow) -> bool:
    """A symbol that is not as the issuer's end, though no misreading of it."""
    number = row.number or ""
    return number[:1].isdigit() and (
        mended_number(number, None, row.issuer) != number or re.search(r"[^\d\W_]", number) is None
    )


def of_row(measures: Mapping[str, Callable[[AssignmentRow], float]]) -> Mapping[str, Callable[[Case], float]]:
    """Measures of a row alone as measures of a case."""

    def of_case(measure: Callable[[AssignmentRow], float]) -> Callable[[Case], float]:
        return lambda case: measure(case.row)

    return {name: of_case(measure) for name, measure in measures.items()}


def measured(
    reading: Reading, pages: Sequence[RestoredPage], origin: str, measures: Mapping[str, Callable[[Case], float]]
) -> tuple[tuple[float, ...], ...]:
    """The evidence of every row of one origin, by those measures, in the order of the reading."""
    plans: defaultdict[str, list[AssignmentRow]] = defaultdict(list)
    for row in reading.assignments:
        if row.origin == origin:
            plans[row.plan_id].append(row)
    cases = {
        id(row): Case(row, _behind(row, pages), around, at)
        for rows in plans.values()
        for around in [around_rows(rows)]
        for at, row in enumerate(rows)
    }
    own = (cases[id(row)] for row in reading.assignments if row.origin == origin)
    return tuple(tuple(float(measure(case)) for measure in measures.values()) for case in own)


def target_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every target, in the order of TARGET_EVIDENCE."""
    return tuple(
        tuple(float(measure(row, print_)) for measure in TARGET_EVIDENCE.values())
        for row in reading.targets
        for print_ in [_behind(row, pages)]
    )


def basis_evidence(reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of every legal basis, in the order of BASIS_EVIDENCE."""
    return tuple(
        tuple(float(measure(row, print_)) for measure in BASIS_EVIDENCE.values())
        for row in reading.legal_bases
        for print_ in [behind(pages, row.page, None, row.raw_text)]
    )


def plan_evidence(reading: Reading) -> tuple[tuple[float, ...], ...]:
    """The evidence of every plan, in the order of PLAN_EVIDENCE."""
    return tuple(tuple(float(measure(row)) for measure in PLAN_EVIDENCE.values()) for row in reading.plans)


def _behind(row: AssignmentRow | TargetRow, pages: Sequence[RestoredPage]) -> Behind:
    return behind(pages, row.page, row.bbox, row.raw_text)
