"""The two ways of calling Tesseract, and what becomes of its output."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extract.engines import ENGINES, Engine, EngineMissingError, Layout, engine_named
from extract.engines.tesseract import model_folder, words_of_tsv
from extract.raster import Gray

SENTENCES = ["Bao cao cua uy ban", "trong nam 2024 va 2025", "so 123 ngay 15 thang 3"]


def printed(lines: list[str]) -> Gray:
    """Lines of plain letters at about 14 pt and 300 dpi."""
    image = Image.new("L", (1000, 120 + 90 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=48)
    for number, line in enumerate(lines):
        draw.text((60, 50 + 90 * number), line, fill=0, font=font)
    return np.asarray(image, np.uint8)


def _engine(name: str) -> Engine:
    try:
        return engine_named(name, "vie")
    except EngineMissingError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_reads_printed_lines_where_they_stand(name: str) -> None:
    words = _engine(name).read(printed(SENTENCES), 300, Layout.BLOCK)
    figures = {word.text: word for word in words if word.text.isdigit()}
    assert {"2024", "2025", "123", "15"} <= set(figures)
    assert 130 < figures["2024"].top < figures["2024"].bottom < 220
    assert all(0.0 <= word.confidence <= 1.0 for word in words)
    assert figures["2024"].line == figures["2025"].line != figures["123"].line


def test_both_ways_of_calling_give_the_same_words() -> None:
    page = printed(SENTENCES)
    library, command = (_engine(name).read(page, 300, Layout.BLOCK) for name in ("tesserocr", "tesseract"))
    assert [word.text for word in library] == [word.text for word in command]


@pytest.mark.parametrize("name", ENGINES)
def test_a_page_reads_the_same_whatever_was_read_before(name: str) -> None:
    engine, page = _engine(name), printed(SENTENCES[:1])
    first = engine.read(page, 300, Layout.BLOCK)
    engine.read(printed(SENTENCES[1:]), 300, Layout.BLOCK)
    assert engine.read(page, 300, Layout.BLOCK) == first


@pytest.mark.parametrize("name", ENGINES)
def test_white_paper_gives_no_words(name: str) -> None:
    assert _engine(name).read(np.full((200, 300), 255, np.uint8), 300, Layout.BLOCK) == ()


def test_an_unknown_engine_or_language_is_told() -> None:
    with pytest.raises(ValueError, match="no engine is called 'guess'"):
        engine_named("guess", "vie")
    with pytest.raises(EngineMissingError, match="install"):
        engine_named("auto", "xx_no_such_model")
    with pytest.raises(FileNotFoundError, match="tesseract-ocr"):
        model_folder("xx_no_such_model")


@pytest.mark.parametrize(
    "row",
    ["", "level\tpage_num", "5\t1\t1\t1\t1\t1\tx\t0\t1\t1\t90\ta", "5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t90\t ", "4\t1" * 8],
)
def test_rows_that_are_no_words_are_passed_over(row: str) -> None:
    assert words_of_tsv(row) == ()


@given(st.text(max_size=200))
def test_no_output_makes_the_parser_raise(tsv: str) -> None:
    words_of_tsv(tsv)
    words_of_tsv("5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t" + tsv)
