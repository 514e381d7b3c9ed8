"""Engines that read a page image: one table, one protocol.

To add an engine, write a module with a class that has `name` and `read`, and add one row to ENGINES.
"""

import functools
from collections.abc import Callable
from typing import Protocol

from extract.engines.seen import Layout, SeenWord
from extract.engines.tesseract import CommandTesseract, LibraryTesseract
from extract.raster import Gray

__all__ = ["ENGINES", "Engine", "EngineMissingError", "Layout", "SeenWord", "engine_named"]


class Engine(Protocol):
    """Reads one grey image; words come in the order the engine gives them."""

    @property
    def name(self) -> str: ...

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        """gray: uint8, shape (height, width), 0 is black. Boxes of the words are pixels of this image."""
        ...


class EngineMissingError(RuntimeError):
    """No engine can be started; the message says what to install."""


# Fastest first: "auto" takes the first one that starts.
ENGINES: dict[str, Callable[[str], Engine]] = {
    "tesserocr": LibraryTesseract,
    "tesseract": CommandTesseract,
}


@functools.cache
def engine_named(name: str, language: str) -> Engine:
    """The engine of this name ("auto": the first that starts), made once per process.

    Raises EngineMissingError when it is not installed, and ValueError for a name that ENGINES does not hold.
    """
    if name != "auto" and name not in ENGINES:
        raise ValueError(f"no engine is called {name!r}; there are {', '.join(ENGINES)} and auto")
    reasons = []
    for candidate in ENGINES if name == "auto" else (name,):
        try:
            return ENGINES[candidate](language)
        except (ImportError, RuntimeError, OSError) as error:
            reasons.append(f"{candidate}: {error}")
    raise EngineMissingError("no engine to read scans with (" + "; ".join(reasons) + ")")
