"""The table of fixers: what a row says some run of every line of its fixer is, is true of all lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.fixers import FIXERS, MisreadLine, Row
from normalize.triage import TextState

_RUNS = (
    "VI", "IX.", "a)", "s6", "39", "/QP-UBND", "15/7/2021", "02 /2024", "1.", "80%", "VP-TK", "DC.XD", "TU.", "a@b.vn",
    "http://x", "www.x", "x.gov.vn", "YS%%%“%E;;ND", "a_b_c_d", "¥", "*", "P", "op", "\\\\", "<", "|", "–", "chinh",
    "ty", "1€", "Twr", "nam", "2021", "ij", "ban", "nhan", "dan", "d)", "Cc.", "-", "Quy", "11", "I11.", "II", "_|",
    "Vi_", "muc", "IT", "HDND-UBND", "PAR", "CCHQ",
)  # fmt: skip
_LINES = st.lists(st.sampled_from(_RUNS) | st.text(max_size=4), max_size=8).map(" ".join)


@pytest.mark.parametrize("row", FIXERS, ids=lambda row: row.name)
@given(line=_LINES)
def test_a_fixer_finds_nothing_where_what_it_needs_is_missing(row: Row, line: str) -> None:
    found = [fix for fix in row.fixer(MisreadLine(line, TextState.GARBLED, "d)")) if fix.raw]
    assert not found or any(map(row.needs, line.split()))
