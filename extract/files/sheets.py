"""Pages drawn as images: PDF pages through PDFium, image files through Pillow."""

import math
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

from extract.raster import A4_LONG_SIDE_INCHES, Gray, Rgb

POINTS_PER_INCH = 72
# A page is drawn with at most this many pixels (A3 at 300 dpi has 17 million): more is coarser, not refused.
MAX_DRAWN_PIXELS = 24_000_000
# Resolutions that a scanner sets; what lies outside is a default that some program wrote (72, 96) or rubbish.
CREDIBLE_DPI = range(100, 2401)
# How many times as many dots a fax has across as down: 204 to 196, 98 or 100.
FAX_SQUASHED = (1.02, 2.2)
# Below this share of the page an image is a picture on it, not the scan of it.
FULL_PAGE_SHARE = 0.85
# From this many pixels on (Pillow holds four bytes for each) an image is averaged down by a whole factor, in one
# step: the copies between that finer resizing makes would take a worker over its memory.
MANY_PIXELS = 100_000_000
# As Pillow calls them; one that is built without a format's decoder finds such a file damaged.
FORMATS = ("PNG", "JPEG", "TIFF", "JPEG2000")
# Rows of the smaller image that are converted at a time.
STRIP_ROWS = 256


@dataclass(frozen=True)
class Sheet:
    """One page as an image, turned as a viewer shows it.

    pixels  gray (height, width) or RGB (height, width, 3), uint8
    dpi     pixels per inch
    width, height  of the page in points
    """

    pixels: Gray | Rgb
    dpi: float
    width: float
    height: float


class SheetError(Exception):
    """A page that cannot be drawn: `code` as in Failure.code, the message a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def opened_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The open PDF. Raises SheetError when it is encrypted or broken."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _refusal(path) from error
    try:
        yield document
    finally:
        document.close()


def _refusal(path: Path) -> SheetError:
    """Why a PDF cannot be opened.

    PdfiumError does not tell: for a PDF without pages its code is that of whichever PDF failed before.
    """
    handle = pdfium_c.FPDF_LoadDocument(os.fsencode(path) + b"\0", None)
    if handle:
        pdfium_c.FPDF_CloseDocument(handle)
        return SheetError("empty", "The PDF has no pages.")
    if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
        return SheetError(
            "encrypted", "The PDF asks for a password; save a copy without one and put that in its place."
        )
    return SheetError("corrupt", "The PDF is damaged and cannot be opened; get it again from where it came.")


def sheet_of_pdf(page: pdfium.PdfPage, dpi: int, *, native: bool = True) -> Sheet:
    """The page drawn at `dpi`; with native, at the resolution of the scan that fills it where that is near.

    A coarser scan is drawn as it is and then enlarged: PDFium's own enlarging makes the edges of letters soft.
    """
    width, height = page.get_size()
    if not (math.isfinite(width) and math.isfinite(height)) or width <= 0 or height <= 0:
        raise SheetError("corrupt", "The page has no size.")
    scan = (scan_dpi(page) if native else None) or float(dpi)
    wanted = scan if dpi * 0.99 <= scan <= dpi * 1.34 else float(dpi)
    wanted = min(wanted, math.sqrt(MAX_DRAWN_PIXELS / (width * height)) * POINTS_PER_INCH)
    if CREDIBLE_DPI.start <= scan < wanted and not _has_paths(page):
        return Sheet(_enlarged(_drawn(page, scan), wanted / scan), wanted, width, height)
    return Sheet(_drawn(page, wanted), wanted, width, height)


def _has_paths(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn in lines, which are as sharp as one draws them."""
    return next(iter(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3)), None) is not None


def _drawn(page: pdfium.PdfPage, dpi: float) -> Gray | Rgb:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    gray = pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    return gray if gray.ndim == 2 else gray[:, :, :3]


def _enlarged(pixels: Gray | Rgb, factor: float) -> Gray | Rgb:
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)


def scan_dpi(page: pdfium.PdfPage) -> float | None:
    """Pixels per inch of the one image that fills the page; None where no image does."""
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= FULL_PAGE_SHARE * width * height:
            across, down = image.get_px_size()
            return float(max(across, down) * POINTS_PER_INCH / max(right - left, top - bottom))
    return None


def frames_of_image(path: Path) -> int:
    """How many pages the image file holds. Raises SheetError when it is broken."""
    with _opened_image(path) as image:
        return int(getattr(image, "n_frames", 1))


def sheet_of_image(path: Path, number: int, dpi: int, max_pixels: int) -> Sheet:
    """Page `number` (from 1) of an image file, brought to about `dpi`. Raises SheetError."""
    with _opened_image(path) as image:
        if number > 1:
            image.seek(number - 1)
        if image.width * image.height > max_pixels:
            message = f"The image has {image.width} x {image.height} pixels, more than the {max_pixels} allowed."
            raise SheetError("too_large", message)
        native = _image_dpi(image)
        scan = _with_square_pixels(image, native)
        width, height = (side * POINTS_PER_INCH / native for side in scan.size)
        scale = min(dpi / native, math.sqrt(MAX_DRAWN_PIXELS / (scan.width * scan.height)))
        if 0.75 <= scale <= 1.01:
            scale = 1.0
        if scan.width * scan.height > MANY_PIXELS:
            scale = 1 / math.ceil(1 / scale - 0.01)
        _load_smaller(scan, scale)
        flat = _flat_whole(scan, 1 / scale)
        size = (max(1, round(width * native * scale / 72)), max(1, round(height * native * scale / 72)))
        resized = flat if flat.size == size else _resized(flat, size)
        if resized is not scan:
            scan.close()  # The scan as it was decoded is the largest thing a worker ever holds.
        return Sheet(np.asarray(resized, np.uint8), native * scale, width, height)


def _with_square_pixels(image: Image.Image, native: float) -> Image.Image:
    """The image, a fax (204 dots an inch across, 98 down) made as high as its sheet; native: its resolution across."""
    stated = image.info.get("dpi")
    down = float(stated[1] or 0) if isinstance(stated, tuple) and len(stated) > 1 and stated[0] == native else 0.0
    squashed = native / down if math.isfinite(down) and down > 1 else 1.0
    many = image.width * image.height * squashed > MAX_DRAWN_PIXELS
    if many or not FAX_SQUASHED[0] <= squashed <= FAX_SQUASHED[1]:
        return image
    gray = image.convert("L") if image.mode == "1" else image
    return gray.resize((image.width, round(image.height * squashed)), Image.Resampling.BICUBIC)


def _load_smaller(image: Image.Image, scale: float) -> None:
    """Have the file decoded at a half, a quarter or an eighth of its size, for a fraction of the memory.

    Not below `scale`; only JPEG and JPEG 2000 can be.
    """
    image.draft(None, (round(image.width * scale), round(image.height * scale)))
    if isinstance(image, Jpeg2KImageFile):
        image.reduce = min(3, max(0, math.floor(math.log2(1 / scale) + 0.01)))
        image.load()
        image.reduce = 0  # Else it hides the method of this name.


@contextmanager
def _opened_image(path: Path) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            # Pillow warns of large images and odd tags; the limits here are our own.
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(path, formats=FORMATS) as image:
                yield image
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError) as error:
        message = "The image is damaged and cannot be read; scan it again or get it from where it came."
        raise SheetError("corrupt", message) from error


def _resized(flat: Image.Image, size: tuple[int, int]) -> Image.Image:
    if flat.width * flat.height > MANY_PIXELS:
        return flat.reduce(max(1, round(flat.width / size[0])))
    return flat.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _flat_whole(image: Image.Image, too_large: float) -> Image.Image:
    """The image in gray or RGB on white paper, by a whole factor smaller where it is too large and has to be converted.

    too_large: times by which it is larger than it is wanted. Converted strip by strip: two copies of a large scan of
    four channels are more than a worker may hold. One that needs no converting comes back itself.
    """
    if image.mode == "L" or (image.mode == "RGB" and "transparency" not in image.info):
        return image
    factor = int(too_large + 0.01)
    brightest = image.getextrema()[1] if image.mode.startswith(("I", "F")) else 0
    deep = not isinstance(brightest, tuple) and brightest > 255
    if factor < 2 or image.mode == "1":
        return _flat(image, deep=deep)
    whole: Image.Image | None = None
    for top in range(0, image.height, STRIP_ROWS * factor):
        strip = image.crop((0, top, image.width, min(image.height, top + STRIP_ROWS * factor)))
        flat = _flat(strip, deep=deep).reduce(factor)
        whole = whole or Image.new(flat.mode, (flat.width, math.ceil(image.height / factor)), "white")
        whole.paste(flat, (0, top // factor))
    assert whole is not None
    return whole


def _flat(image: Image.Image, *, deep: bool) -> Image.Image:
    """Gray or RGB on white paper. deep: whether its one channel has more than 256 levels."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        levels = np.asarray(image, np.float32) / (257 if deep else 1)
        return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _image_dpi(image: Image.Image) -> float:
    """The file's own resolution where a scanner may have set it; else that of an A4 sheet of as many pixels."""
    stated = image.info.get("dpi", (0, 0))
    value = float(stated[0] or 0) if isinstance(stated, tuple) and stated else 0.0
    if math.isfinite(value) and round(value) in CREDIBLE_DPI:
        return value
    return max(max(image.size) / A4_LONG_SIDE_INCHES, 1.0)
