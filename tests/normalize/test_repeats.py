"""What a document says on several lines is kept, and helps where one of them was misread."""

import pytest

from extract.page import Line, Page, PageSource
from normalize import restore_document
from normalize.recurring.repeats import repeated


@pytest.mark.parametrize(
    ("lines", "grams"),
    [
        ([], []),
        (["thu chi"], []),
        (["thu chi thu chi"], []),  # one line: the engine may have misread it as a whole
        (["thu chi", "Thu chi"], [("thu", "chi")]),
        (["thu, chi", "thu, chi"], []),
        (["hoà giải", "hòa giải"], [("hòa", "giải")]),
        (["số 5 ngày", "số 5 ngày"], []),
    ],
)
def test_n_grams_of_several_lines(lines: list[str], grams: list[tuple[str, ...]]) -> None:
    assert sorted(repeated(lines)) == grams


def test_the_bonus_grows_with_the_lines_and_ends() -> None:
    two, four, many = (repeated(["mức hai"] * count)["mức", "hai"] for count in (2, 4, 400))
    assert 0 < two < four < many == repeated(["mức hai"] * 800)["mức", "hai"]


def _restored(lines: list[str]) -> list[str]:
    page = Page(1, None, None, 0, 0.0, PageSource.OCR, "text", tuple(Line(text, None, 1.0) for text in lines), (), 1.0)
    return [line.text for line in restore_document([page])[0].lines]


def test_what_is_said_alike_on_every_page_is_left() -> None:
    lines = ["Bảo hiểm xã hội quận;", "thưc hiện tố chức", "- Bảo hiểm xã hội quận;", "Công an, Bảo hiểm xã hội quận;"]
    assert [line for line in _restored(lines) if "hội" in line] == [lines[0], *lines[2:]]
