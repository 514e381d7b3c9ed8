"""Large JPEG 2000 scans in a PDF, decoded at a fraction of their resolution.

PDFium decodes them whole, with four bytes for every sample: a colour A3 page of 600 dpi takes it 1.1 GB. The format
holds the smaller images too, so that one of half the resolution costs a quarter of that, and half the time.
"""

import io
import math

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

FILTER = "JPXDecode"
LARGE = 30_000_000
"""Pixels; below, the whole image fits into a worker's memory (A4 at 500 dpi has 24 million)."""
ENOUGH = 0.8
"""Share of the wanted resolution that is still enough: 480 dpi are halved for 300."""


def lighten(page: pdfium.PdfPage, wanted: float) -> None:
    """Give the page a smaller copy of the one large JPEG 2000 image that it holds, of `wanted` dpi or nearly.

    The file is not changed. A page of several images is left as it is: they may be the layers of one picture.
    """
    images = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=1))
    if len(images) != 1 or math.prod(images[0].get_px_size()) <= LARGE or images[0].get_filters() != [FILTER]:
        return
    halvings = halvings_of(images[0], wanted)
    smaller = decoded(bytes(images[0].get_data()), halvings) if halvings else None
    if smaller is not None:
        images[0].set_bitmap(pdfium.PdfBitmap.from_pil(smaller), [page])


def halvings_of(image: pdfium.PdfImage, wanted: float) -> int:
    """How often the resolution of the image can be halved."""
    left, bottom, right, top = image.get_bounds()
    long_side = max(right - left, top - bottom, 1e-6) / 72
    return max(0, math.floor(math.log2(max(image.get_px_size()) / long_side / (ENOUGH * wanted))))


def decoded(data: bytes, halvings: int) -> Image.Image | None:
    """The image, gray or RGB, its resolution halved so many times; None where it is of another kind or broken."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG2000",)) as image:
            image.reduce = halvings  # type: ignore[method-assign, assignment]  # Pillow's way to ask this decoder for less
            image.load()
            return image if image.mode in ("L", "RGB") else None
    except (OSError, SyntaxError, ValueError):
        return None
