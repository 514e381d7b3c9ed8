"""Lines of any length."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page import Line, Page, PageSource
from normalize import restore_document
from normalize.decoding.windows import rejoined, windows
from normalize.fixes import Fix, LineQuality, Restored, replay

GARBLED = "Tiép tuc day manh cai cach hanh chinh, nang cao chat luong phuc vu nguoi dan; "


def _restored(text: str) -> Restored:
    page = Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", (Line(text, None, 1.0),), (), 1.0)
    return restore_document([page])[0].lines[0]


@given(st.text(alphabet="a b.;|", max_size=30).map(lambda some: some * 700))
def test_windows_together_are_the_line_and_none_is_too_long(text: str) -> None:
    parts = windows(text)
    assert "".join(parts) == text
    assert all(len(part) <= 4000 for part in parts)


@pytest.mark.parametrize("text", ["x" * 9000, "x " * 4500, "Mot cau. " * 1000])
def test_a_line_is_cut_behind_a_sentence_or_a_blank_where_it_can_be(text: str) -> None:
    for part in windows(text)[:-1]:
        assert part.endswith(" ") or " " not in text


def test_fixes_of_windows_stand_where_they_stood_on_the_line() -> None:
    parts = [
        Restored("thuc ", (Fix(0, 4, "thuc", "thực", "decoder", 0.9),), LineQuality.REPAIRED, 0.9),
        Restored("hien", (Fix(0, 4, "hien", "hiện", "decoder", 0.8),), LineQuality.REPAIRED, 0.8),
    ]
    line = rejoined(parts)
    assert line.text == "thực hiện"
    assert 0.8 < line.confidence < 0.9


def test_a_long_line_reads_like_the_same_text_in_short_lines() -> None:
    line = _restored(GARBLED * 100)
    assert replay(line.raw, line.fixes) == line.text
    assert line.text.count("Tiếp tục đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ người dân;") == 100


def test_time_grows_with_the_length_of_a_line_and_not_faster() -> None:
    _restored(GARBLED)
    begun = process_time()
    _restored(GARBLED * 100)
    short = process_time() - begun
    begun = process_time()
    _restored(GARBLED * 400)
    assert process_time() - begun < 12 * short + 1
