"""Runs of several words are parted where nothing else can be meant; names and misread words are left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.fixes import replay
from normalize.mending.runs import fix_runs


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("Cônganxã chủtrì", "Công an xã chủ trì"),
        ("SởNộivụ", "Sở Nội vụ"),
        ("IV. KINHPHÍ", "IV. KINH PHÍ"),
        ("Văn phòng HĐNDvà UBND", "Văn phòng HĐND và UBND"),
        ("việcsausắpxếp bộ máy", "việc sau sắp xếp bộ máy"),
        ("TIÊUCHỦYẾU", "TIÊU CHỦ YẾU"),
    ],
)
def test_a_run_is_parted(line: str, parted: str) -> None:
    assert replay(line, list(fix_runs(line))) == parted


@pytest.mark.parametrize(
    "line",
    [
        "Krôngnô",
        "Êban",
        "kỷluậtp",
        "nghiêng",
        "đưọc",
        "TTHC",
        "Internet",
        "côn gan",
        "khuỷu",
        "ĐHQG",
        "TTĐTCP",
        "QĐ-UBND",
        "Wi-fi",
    ],
)
def test_what_is_no_run_of_words_stays(line: str) -> None:
    assert list(fix_runs(line)) == []


@given(st.text(max_size=40) | st.text(alphabet="côngaxãKẾhđ", max_size=60))
def test_any_line_is_taken_and_only_blanks_are_put_in(line: str) -> None:
    for fix in fix_runs(line):
        assert fix.restored.replace(" ", "") == fix.raw == line[fix.start : fix.end]
