"""Targets and assignments of self-made pieces of plans: every level of government, before and after July 2025."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.narrative.assignments import read_narrative
from schema.narrative.sections import placed
from schema.narrative.targets import read_targets
from schema.outline.blocks import blocks_of
from schema.outline.flow import printed_lines
from tests.schema.narrative_lines import CONTEXT, Case, assignment_lines, load_cases, page_of, target_lines

CASES = load_cases()
LINES = sorted({line for case in CASES for line in case.text.splitlines() if line.strip()})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_targets(case: Case) -> None:
    assert target_lines(case) == list(case.targets)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_assignments(case: Case) -> None:
    assert assignment_lines(case) == list(case.assignments)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(LINES) | st.text(alphabet="I1a).- :;%(Chủ trì", max_size=12), max_size=14))
def test_lines_in_any_order_give_rows_that_are_sound(lines: list[str]) -> None:
    sections = placed(blocks_of(printed_lines([page_of("\n".join(lines))])))
    targets, assignments = read_targets(sections, CONTEXT), read_narrative(sections, CONTEXT)
    assert [row.target_no for row in targets] == list(range(1, len(targets) + 1))
    assert [row.assignment_no for row in assignments] == list(range(1, len(assignments) + 1))
    assert all(row.task.strip() and 0 <= row.confidence <= 1 for row in assignments)
    assert all(row.text.strip() and 0 <= row.confidence <= 1 for row in targets)
