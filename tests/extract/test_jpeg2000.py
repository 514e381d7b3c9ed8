"""Large JPEG 2000 scans in a PDF are decoded at less than their resolution, and only those."""

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image, features

from extract.files import jpeg2000
from extract.files.jpeg2000 import decoded, lighten
from extract.files.media import JPEG2000, media_type
from extract.files.sheets import frames_of_image, sheet_of_image

pytestmark = pytest.mark.skipif(not features.check("jpg_2000"), reason="this Pillow cannot write JPEG 2000")


def _scan(width: int, height: int, mode: str = "L") -> bytes:
    """A page with a black block, as a JPEG 2000 file."""
    image, buffer = Image.new(mode, (width, height), "white"), io.BytesIO()
    image.paste("black", (0, 0, width // 2, height // 4))
    image.save(buffer, "JPEG2000")
    return buffer.getvalue()


def _page(scan: bytes, width: int, height: int, times: int = 1) -> pdfium.PdfPage:
    """An A4 page with the scan drawn over it; without a table of objects, which PDFium makes itself."""
    drawing = b"q 595 0 0 842 0 0 cm /Scan Do Q " * times
    image = b"/Type /XObject /Subtype /Image /Filter /JPXDecode /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(drawing), drawing),
        b"<< %s /Width %d /Height %d /Length %d >> stream\n%s\nendstream" % (image, width, height, len(scan), scan),
    )
    body = b"".join(b"%d 0 obj %s endobj\n" % numbered for numbered in enumerate(objects, 1))
    return pdfium.PdfDocument(b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n")[0]


def _pixels(page: pdfium.PdfPage) -> list[tuple[int, int]]:
    return [image.get_px_size() for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]


@pytest.mark.parametrize(
    ("dpi", "large", "times", "halved"),
    [
        (600, 1000, 1, 1),
        (1200, 1000, 1, 2),
        (500, 1000, 1, 1),
        (400, 1000, 1, 0),
        (600, 10**9, 1, 0),
        (600, 1000, 2, 0),
    ],
)
def test_only_one_large_image_is_halved_and_down_to_what_is_wanted(
    dpi: int, large: int, times: int, halved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jpeg2000, "LARGE", large)
    # A tenth of the sizes and of the resolution wanted: the same shares.
    width, height = round(8.27 * dpi / 10), round(11.69 * dpi / 10)
    page = _page(_scan(width, height), width, height, times)
    lighten(page, 30)
    assert _pixels(page)[0] == pytest.approx((width / 2**halved, height / 2**halved), abs=1)


def test_lightened_page_shows_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jpeg2000, "LARGE", 1000)
    page = _page(_scan(496, 702), 496, 702)
    before = np.asarray(page.render(scale=0.2).to_pil().convert("L"))
    lighten(page, 30)
    assert np.abs(np.asarray(page.render(scale=0.2).to_pil().convert("L")).astype(int) - before).mean() < 4


@pytest.mark.parametrize("data", [b"", b"\x00\x00\x00\x0cjP  ", _scan(60, 60)[:90]])
def test_broken_image_is_none(data: bytes) -> None:
    assert decoded(data, 1) is None


@pytest.mark.parametrize(("mode", "dpi"), [("L", 300), ("RGB", 300), ("RGB", 75), ("RGBA", 75), ("L", 40)])
def test_a_file_is_read_at_the_wanted_resolution(tmp_path: Path, mode: str, dpi: int) -> None:
    scan = tmp_path / "scan.jp2"
    scan.write_bytes(_scan(1654, 2339, mode))
    assert media_type(scan.read_bytes()[:1024], ".jp2") == JPEG2000
    assert frames_of_image(scan) == 1
    sheet = sheet_of_image(scan, 1, dpi, 10**8)
    assert (sheet.width, sheet.height) == pytest.approx((595, 842), abs=1)
    assert sheet.pixels.shape[:2] == pytest.approx((2339 * sheet.dpi / 200, 1654 * sheet.dpi / 200), abs=2)
    assert sheet.dpi == pytest.approx(dpi, rel=0.01)
    high, wide = sheet.pixels.shape[:2]
    assert sheet.pixels[high // 8, wide // 4].max() < 10
    assert sheet.pixels[high // 2, wide // 2].min() > 245
