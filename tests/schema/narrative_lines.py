"""The truth of tests/schema/cases/*.toml and the rows that the readers give, as lines that can be compared."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.page import Line, Page, PageSource
from normalize.fixes import Restored, RestoredPage
from schema.context import PlanContext
from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.narrative.targets import read_targets
from schema.outline.blocks import blocks_of
from schema.outline.flow import printed_lines
from schema.records import AssignmentRow, TargetRow

_FILES = (
    "narrative.toml",
    "kinds_of_plans.toml",
    "charged_heads.toml",
    "other_manners.toml",
    "aims_of_provinces.toml",
    "aims_of_reform.toml",
    "aims_otherwise.toml",
    "aims_halves.toml",
    "who_does_it.toml",
)
CONTEXT = PlanContext("p", period_start=dt.date(2024, 1, 1), period_end=dt.date(2024, 12, 31))


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of a plan and its rows, written as the head of the TOML file says."""

    name: str
    text: str
    targets: tuple[str, ...]
    assignments: tuple[str, ...]


def load_cases() -> tuple[Case, ...]:
    """All cases, in the order of the files."""
    paths = (Path(__file__).parent / "cases" / name for name in _FILES)
    cases = [case for path in paths for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return tuple(
        Case(case["name"], case["text"], tuple(case.get("targets", ())), tuple(case.get("assignments", ())))
        for case in cases
    )


def page_of(text: str) -> RestoredPage:
    """A page of a text file, read without a mistake."""
    lines = tuple(Line(line, None, 1.0) for line in text.strip("\n").split("\n"))
    page = Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)
    return RestoredPage(page, tuple(Restored(line.text) for line in lines))


def target_lines(case: Case) -> list[str]:
    """The targets that are read in the case."""
    return [_target_line(row) for row in read_targets(placed(blocks_of(printed_lines([page_of(case.text)]))), CONTEXT)]


def assignment_lines(case: Case) -> list[str]:
    """The assignments that are read in the case; tasks are cut to the length that the case gives."""
    rows = read_narrative(placed(blocks_of(printed_lines([page_of(case.text)]))), CONTEXT)
    wanted: Sequence[str] = [*case.assignments, *[""] * len(rows)]
    return [_assignment_line(row, line) for row, line in zip(rows, wanted, strict=False)]


def _span(row: TargetRow | AssignmentRow) -> str:
    return f"{row.deadline_start or ''}..{row.deadline_end or ''}"


def _target_line(row: TargetRow) -> str:
    aim = "~" if row.value is None else f"{row.comparator} {row.value:g} {row.unit}"
    return f"{row.section} | {aim} | {_span(row)} | {row.text}"


def _assignment_line(row: AssignmentRow, wanted: str) -> str:
    length = len(wanted.split(" | ")[-1])
    who = " | ".join("; ".join(names) or "-" for names in (row.lead, row.partners))
    return f"{row.row_no or '-'} | {who} | {row.recurrence or '-'} | {_span(row)} | {row.task[:length]}"
