"""Pages that lie on their side or stand on their head."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.engines import Engine, EngineMissingError, engine_named
from extract.files.sheets import Sheet
from extract.image.orientation import lies_on_its_side, turned, upright_turn
from extract.raster import Gray
from extract.recognise import recognise
from extract.settings import ExtractSettings

DPI = 150
SENTENCE = "ke hoach cai cach hanh chinh nha nuoc tren dia ban xa trong nam bao cao ket qua thuc hien cac chi tieu "
WORDS = (SENTENCE * 12).split()


def text_page(width: int, columns: int, skew: float = 0.0) -> Gray:
    """A4 paper, portrait or landscape, full of plain words, in columns as in a table without rules."""
    height = 1240 * 1754 // width
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=26)
    wide = (width - 200) // columns
    for row, top in enumerate(range(120, height - 160, 46)):
        for column in range(columns):
            text = " ".join(WORDS[row * 3 + column * 7 :][: max(1, wide // 95)])
            draw.text((100 + column * wide, top), text, fill=0, font=font)
    return np.asarray(image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255), np.uint8)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.5])
@pytest.mark.parametrize(("width", "columns"), [(1240, 1), (1754, 1), (1754, 5)])
def test_the_axis_of_the_lines_is_found(width: int, columns: int, skew: float, degrees: int) -> None:
    page = turned(text_page(width, columns, skew), degrees)
    assert lies_on_its_side(page, DPI) is (degrees in (90, 270))


def test_turning_is_clockwise_and_four_turns_are_none() -> None:
    page = np.array([[1, 2], [3, 4]], np.uint8)
    assert turned(page, 90).tolist() == [[3, 1], [4, 2]]
    assert turned(turned(page, 90), 270).tolist() == page.tolist()


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_on_its_side_is_turned_the_right_way(degrees: int) -> None:
    engine = _engine_or_skip()
    assert upright_turn(turned(text_page(1754, 2), degrees), DPI, engine) == (360 - degrees) % 360


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(degrees: int) -> None:
    _engine_or_skip()
    pixels = turned(text_page(1240, 1)[:700], degrees)
    page = recognise(Sheet(pixels, DPI, pixels.shape[1] * 72 / DPI, pixels.shape[0] * 72 / DPI), 1, ExtractSettings())
    assert page.rotation == (360 - degrees) % 360
    assert page.width is not None and page.height is not None and page.width > page.height
    assert all(line.box is not None and line.box.x1 <= page.width for line in page.lines)
    assert page.lines[0].text.startswith("ke hoach cai cach")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("text", ["Luu: VT.", "PHAN 03", "1.250.000"])
def test_a_page_of_a_few_letters_is_read_whichever_way_it_lies(text: str, degrees: int) -> None:
    _engine_or_skip()
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((500, 300), text, fill=0, font=ImageFont.load_default(size=30))
    pixels = turned(np.asarray(page, np.uint8), degrees)
    read = recognise(Sheet(pixels, DPI, pixels.shape[1] * 72 / DPI, pixels.shape[0] * 72 / DPI), 1, ExtractSettings())
    assert (read.rotation, [line.text for line in read.lines]) == ((360 - degrees) % 360, [text])


def test_a_blank_page_lies_as_it_should() -> None:
    assert not lies_on_its_side(np.full((1754, 1240), 255, np.uint8), DPI)


def _engine_or_skip() -> Engine:
    try:
        return engine_named("auto", "vie")
    except EngineMissingError as error:
        pytest.skip(str(error))
