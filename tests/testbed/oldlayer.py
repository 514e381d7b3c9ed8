"""The text layer that an English model makes of a Vietnamese page: the engine makes the errors, none is invented."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence

import pytesseract
from PIL import Image

from tests.testbed.scan import ScannedPage

LANGUAGE = "eng"


def engine_present() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def engine_version() -> str:
    """The engine's version: another one errs differently, so its layers are not compared byte by byte."""
    return str(pytesseract.get_tesseract_version())


def old_layer(pages: Sequence[ScannedPage], psm: int = 3, dpi: int = 200) -> str:
    """The layer as old archives hold it: page after page, a form feed after each. Raises OSError without the engine."""
    return "".join(_read(page, psm, dpi) + "\f" for page in pages)


def _read(page: ScannedPage, psm: int, dpi: int) -> str:
    file = io.BytesIO()
    Image.fromarray(page.picture).save(file, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", str(psm), "--dpi", str(dpi)]
    done = subprocess.run(
        command, input=file.getvalue(), capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    return done.stdout.decode("utf-8").replace("\f", "").rstrip("\n") + "\n"
