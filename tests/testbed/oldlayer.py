"""The text layer that an English model makes of a Vietnamese page: the engine makes the errors, none is invented."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

from tests.testbed.scan import ScannedPage

LANGUAGE = "eng"


def engine_present() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def old_layer(pages: Sequence[ScannedPage], psm: int = 3, dpi: int = 200) -> str:
    """The layer as old archives hold it: page after page, a form feed after each. Raises OSError without the engine."""
    return "".join(_read(page, psm, dpi) + "\f" for page in pages)


def layered_pdf(pages: Sequence[ScannedPage], psm: int = 3, dpi: int = 200) -> bytes:
    """A searchable PDF as old archives hold it: the scans with the English model's words invisible behind them."""
    whole = pdfium.PdfDocument.new()
    for page in pages:
        whole.import_pages(pdfium.PdfDocument(_engine(page, psm, dpi, "pdf")))
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def _read(page: ScannedPage, psm: int, dpi: int) -> str:
    return _engine(page, psm, dpi).decode("utf-8").replace("\f", "").rstrip("\n") + "\n"


def _engine(page: ScannedPage, psm: int, dpi: int, *formats: str) -> bytes:
    # JPEG keeps the searchable PDF small; the engine reads it as it reads a scan.
    file = io.BytesIO()
    Image.fromarray(page.picture).save(file, "JPEG" if formats else "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", str(psm), "--dpi", str(dpi), *formats]
    done = subprocess.run(
        command, input=file.getvalue(), capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    return done.stdout
