"""A Rendered document -> scanned page images, and those -> an image-only PDF or a TIFF."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.testbed.damage import LEVELS, damaged
from tests.testbed.marks import Picture, signed
from tests.testbed.render import PageTruth, Rendered
from tests.testbed.source import Making


@dataclass(frozen=True)
class ScannedPage:
    """One scan, in degrees clockwise. `turned`: how the upright page was turned; `askew`: its skew before that.

    `truth` None: the blank back of a sheet.
    """

    picture: Picture
    turned: int
    askew: float
    truth: PageTruth | None


def scan(rendered: Rendered, making: Making, stamp_words: str) -> list[ScannedPage]:
    """Print, sign, age and scan every page. The same making gives the same pictures."""
    pictures = _printed(rendered.pdf, making.dpi)
    random = np.random.default_rng(making.seed)
    level = LEVELS[making.damage]
    pages: list[ScannedPage] = []
    for n, (picture, truth) in enumerate(zip(pictures, rendered.pages, strict=True)):
        page = picture
        for gap in truth.gaps if making.stamp else ():
            page = signed(page, gap.box, stamp_words, random, making.dpi)
        back = pictures[n + 1] if n + 1 < len(pictures) else None
        page, askew = damaged(page, back, level, random, making.dpi)
        turned = making.sideways if truth.landscape else making.upside
        pages.append(ScannedPage(turned_by(_in_colour(page, making.colour), turned), turned, askew, truth))
        if making.blank_back == n:
            blank, _ = damaged(np.full_like(picture, 255), picture, level, random, making.dpi)
            pages.append(ScannedPage(_in_colour(blank, making.colour), 0, 0.0, None))
    return pages


def _printed(pdf: bytes, dpi: int) -> list[Picture]:
    document = pdfium.PdfDocument(pdf)
    return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]


def turned_by(picture: Picture, degrees: int) -> Picture:
    """Turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def _in_colour(picture: Picture, colour: str) -> Picture:
    """ "colour" as it is; "grey" and "bilevel" as height x width."""
    if colour == "colour":
        return picture
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)).astype(np.uint8)
    if colour == "grey":
        return grey
    soft = cv2.GaussianBlur(grey, (0, 0), 25).astype(np.int16)
    return np.where(grey.astype(np.int16) > soft - 38, 255, 0).astype(np.uint8)


def to_pdf(pages: Sequence[ScannedPage], making: Making) -> bytes:
    """An image-only PDF: JPEG for grey and colour, CCITT-like one-bit Flate for bilevel."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in pages:
        height, width = page.picture.shape[0] * 72 / making.dpi, page.picture.shape[1] * 72 / making.dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_encoded(page.picture, making)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _encoded(picture: Picture, making: Making) -> io.BytesIO:
    file = io.BytesIO()
    image = Image.fromarray(picture)
    if making.colour == "bilevel":
        image.convert("1", dither=Image.Dither.NONE).save(file, "PNG")
    else:
        image.save(file, "JPEG", quality=LEVELS[making.damage].jpeg)
    file.seek(0)
    return file


def to_tiff(pages: Sequence[ScannedPage], making: Making) -> bytes:
    """A TIFF of several pages: CCITT group 4 for bilevel, JPEG else."""
    buffer = io.BytesIO()
    images = [Image.fromarray(page.picture) for page in pages]
    if making.colour == "bilevel":
        images = [image.convert("1", dither=Image.Dither.NONE) for image in images]
    images[0].save(
        buffer,
        "TIFF",
        save_all=True,
        append_images=images[1:],
        dpi=(making.dpi, making.dpi),
        compression="group4" if making.colour == "bilevel" else "jpeg",
    )
    return buffer.getvalue()
