"""Which engine reads, in which version, with which models: what a page's text depends on beside the page."""

import hashlib
import importlib.metadata
from pathlib import Path

from extract.engines import engine_named
from extract.engines.tesseract import model_folder
from extract.settings import ExtractSettings

LIBRARIES = ("tesserocr", "pytesseract", "opencv-python-headless", "pypdfium2", "pdfplumber", "pillow")
"""Packages whose versions decide what pixels and words come out."""


def engine_versions(settings: ExtractSettings) -> tuple[str, ...]:
    """One entry for the engine, each library and each model. Raises EngineMissingError or FileNotFoundError."""
    engine = engine_named(settings.engine, settings.language).name
    folder = Path(model_folder(settings.language))
    models = (f"{name} {_digest(folder / f'{name}.traineddata')}" for name in settings.language.split("+"))
    return (engine, *(f"{name} {_version(name)}" for name in LIBRARIES), *models)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _digest(path: Path) -> str:
    with path.open("rb") as model:
        return hashlib.file_digest(model, "sha256").hexdigest()[:16]
