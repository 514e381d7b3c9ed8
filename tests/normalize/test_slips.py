"""Slips: every row of the table reads its examples and leaves its counter-examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.fixes import Fix, replay
from normalize.mending.slips import Slip, fix_slips, slips


def read(line: str) -> str:
    found: list[Fix] = []
    for fix in fix_slips(line):
        if all(fix.end <= other.start or fix.start >= other.end for other in found):
            found.append(fix)
    return replay(line, sorted(found, key=lambda fix: fix.start))


@pytest.mark.parametrize("row", slips(), ids=lambda row: row.name)
def test_the_examples_of_each_row(row: Slip) -> None:
    assert [(raw, read(raw)) for raw, _ in row.examples] == list(row.examples)


@pytest.mark.parametrize("row", slips(), ids=lambda row: row.name)
def test_what_a_row_must_leave(row: Slip) -> None:
    assert [line for line in row.counter_examples if row.pattern.search(line)] == []


@given(st.text(max_size=40))
def test_any_line_is_taken_and_its_fixes_fit(line: str) -> None:
    for fix in fix_slips(line):
        assert line[fix.start : fix.end] == fix.raw
