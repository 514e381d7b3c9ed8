"""Targets and assignments of self-made pieces of plans: every level of government, before and after July 2025."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from extract.page import Line, Page, PageSource
from normalize.fixes import Restored, RestoredPage
from schema.assignments import read_narrative
from schema.blocks import read_blocks
from schema.context import PlanContext
from schema.records import AssignmentRow, TargetRow
from schema.targets import read_targets

CASES = tomllib.loads((Path(__file__).parent / "cases" / "narrative.toml").read_text(encoding="utf-8"))["case"]
CONTEXT = PlanContext("p", period_start=dt.date(2024, 1, 1), period_end=dt.date(2024, 12, 31))


def page_of(text: str) -> RestoredPage:
    lines = tuple(Line(line, None, 1.0) for line in text.strip("\n").split("\n"))
    page = Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)
    return RestoredPage(page, tuple(Restored(line.text) for line in lines))


def _span(row: TargetRow | AssignmentRow) -> str:
    return f"{row.deadline_start or ''}..{row.deadline_end or ''}"


def target_line(row: TargetRow) -> str:
    aim = "~" if row.value is None else f"{row.comparator} {row.value:g} {row.unit}"
    return f"{row.section} | {aim} | {_span(row)} | {row.text}"


def assignment_line(row: AssignmentRow, wanted: str) -> str:
    """The row as the case writes it; the task is cut to the length that the case gives."""
    length = len(wanted.split(" | ")[-1])
    who = " | ".join("; ".join(names) or "-" for names in (row.lead, row.partners))
    return f"{row.row_no or '-'} | {who} | {row.recurrence or '-'} | {_span(row)} | {row.task[:length]}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_targets(case: dict[str, str | list[str]]) -> None:
    rows = read_targets(read_blocks([page_of(str(case["text"]))]), CONTEXT)
    assert [target_line(row) for row in rows] == case.get("targets", [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_assignments(case: dict[str, str | list[str]]) -> None:
    wanted = list(case.get("assignments", []))
    rows = read_narrative(read_blocks([page_of(str(case["text"]))]), CONTEXT)
    padded = [*wanted, *[""] * len(rows)]
    assert [assignment_line(row, line) for row, line in zip(rows, padded, strict=False)] == wanted
