"""Restoring whole documents: what is never touched, what always holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.page import Line, Page, PageSource
from normalize import restore_document


def page_of(*texts: str, number: int = 1) -> Page:
    lines = tuple(Line(text, None, 1.0) for text in texts)
    return Page(number, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)


def restored(*texts: str) -> list[str]:
    return [line.text for line in restore_document([page_of(*texts)])[0].lines]


RIGHT = (
    "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "XÃ BÌNH AN Độc lập - Tự do - Hạnh phúc",
    "Số: 39 /QĐ-UBND Bình An, ngày1 /7/2025",
    "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ;",
    "1. Phấn đấu 100% hồ sơ TTHC được giải quyết đúng hạn (PAR INDEX, SIPAS).",
    "d) Thuỷ lợi, hoà giải ở cơ sở; e-Office; ông Nguyễn Văn Tý ký.",
)


def test_right_text_stays_as_it_is() -> None:
    assert restored(*RIGHT) == list(RIGHT)


def test_restoring_twice_changes_nothing() -> None:
    garbled = (
        "Can cir Nghi dinh s6 45/2020/Nb-CP ngay 08/4 /2020 ctia Chinh phu;",
        "I11. MUC PICH, YEU CAU",
        "d) HPND",
    )
    once = restored(*garbled)
    assert restored(*once) == once


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ],
)
def test_old_encodings_are_decoded(raw: str, text: str) -> None:
    assert restored(raw, raw) == [text, text]


def test_every_line_keeps_its_place() -> None:
    pages = [page_of("Kế hoạch", "", "  "), page_of(number=2), page_of("Can ctr Luat Té chire", number=3)]
    result = restore_document(pages)
    assert [len(page.lines) for page in result] == [3, 0, 1]
    assert [line.raw for line in result[0].lines] == ["Kế hoạch", "", "  "]


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_no_text_raises_and_fixes_replay(texts: list[str]) -> None:
    for line in restore_document([page_of(*texts)])[0].lines:
        assert isinstance(line.text, str)
        assert 0.0 <= line.confidence <= 1.0


_WORDS = (
    "Can ctr Uy ban nhéan dan x4 Tan 1ap thuc hi¢n ké hoach ctia UBND s6 39/QD-UBND "
    "ngay 08/4 /2020 KINH PH | , : ~ 100% d)"
)
_SPOILT = st.sampled_from(_WORDS.split())


@settings(max_examples=25, derandomize=True)
@given(st.lists(st.lists(_SPOILT, min_size=3, max_size=10).map(" ".join), min_size=1, max_size=4))
def test_any_spoilt_lines_restored_twice_stay_as_they_are(texts: list[str]) -> None:
    once = restored(*texts)
    assert restored(*once) == once
