"""Tesseract, called in one of two ways: through its library (tesserocr) or as a program (pytesseract).

Both speak the same TSV, so both give the same words. The library keeps the model loaded between pages, which halves
the time of a page. This is the one module that knows Tesseract.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from extract.engines.seen import Layout, SeenWord
from extract.raster import Gray

# One thread a process: the pool runs a process per core, and Tesseract's own threads only get in their way.
os.environ["OMP_THREAD_LIMIT"] = "1"

WORD_LEVEL = "5"
# Where distributions put the models; the program itself is asked first.
MODEL_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
INSTALL_HINT = "install tesseract-ocr with its model for {language!r} (Debian: apt-get install tesseract-ocr-vie)"


def words_of_tsv(tsv: str) -> tuple[SeenWord, ...]:
    r"""The words of Tesseract's TSV output; lines that are no words, or are damaged, are passed over.

    >>> words_of_tsv("5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tquận")[0].right
    40.0
    """
    words = []
    for row in tsv.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != WORD_LEVEL or not fields[11].strip():
            continue
        try:
            block, paragraph, line = (int(field) for field in fields[2:5])
            left, top, width, height = (float(field) for field in fields[6:10])
            confidence = min(max(float(fields[10]) / 100, 0.0), 1.0)
        except ValueError:
            continue
        text = fields[11].strip()
        words.append(SeenWord(text, left, top, left + width, top + height, confidence, (block, paragraph, line)))
    return tuple(words)


def model_folder(language: str) -> str:
    """The folder that holds the models of this language ("vie" or "vie+eng").

    Raises FileNotFoundError when there is none.
    """
    names = [f"{part}.traineddata" for part in language.split("+")]
    folders = [os.environ["TESSDATA_PREFIX"]] if "TESSDATA_PREFIX" in os.environ else []
    for folder in [*folders, *MODEL_FOLDERS]:
        for candidate in (Path(folder), Path(folder) / "tessdata"):
            if all((candidate / name).is_file() for name in names):
                return str(candidate)
    raise FileNotFoundError(INSTALL_HINT.format(language=language))


class LibraryTesseract:
    """Tesseract through tesserocr: one API object for the life of the process."""

    name = "tesserocr"

    def __init__(self, language: str) -> None:
        """Raises ImportError, FileNotFoundError or RuntimeError when tesserocr or the model is missing."""
        import tesserocr  # Optional: only the machines that have it pay for loading it.

        self._api: Any = tesserocr.PyTessBaseAPI(path=model_folder(language), lang=language)

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        """The words of the image; see extract.engines.Engine."""
        gray = np.ascontiguousarray(gray)
        height, width = gray.shape
        api = self._api
        api.SetPageSegMode(int(layout))
        api.SetImageBytes(gray.tobytes(), width, height, 1, width)
        api.SetSourceResolution(dpi)
        try:
            return words_of_tsv(api.GetTSVText(0)) if api.Recognize() else ()
        finally:
            api.Clear()
            # What it learnt from this page must not colour the next: a page reads the same alone and in an archive.
            api.ClearAdaptiveClassifier()


class CommandTesseract:
    """Tesseract as a program of its own for every image, through pytesseract."""

    name = "tesseract"

    def __init__(self, language: str) -> None:
        """Raises RuntimeError when the program or its model is missing."""
        import pytesseract

        try:
            languages = pytesseract.get_languages()
        except (pytesseract.TesseractNotFoundError, subprocess.SubprocessError) as error:
            raise RuntimeError(INSTALL_HINT.format(language=language)) from error
        if any(part not in languages for part in language.split("+")):
            raise RuntimeError(INSTALL_HINT.format(language=language))
        self._language = language

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        """The words of the image; see extract.engines.Engine. Raises RuntimeError when the program fails."""
        import pytesseract
        from PIL import Image

        tsv = pytesseract.image_to_data(
            Image.fromarray(gray), lang=self._language, config=f"--psm {int(layout)} --dpi {dpi}"
        )
        return words_of_tsv(tsv)
