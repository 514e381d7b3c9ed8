"""What an engine is asked for and what it gives back."""

from dataclasses import dataclass
from enum import IntEnum


class Layout(IntEnum):
    """How the engine is to look for lines; the values are Tesseract's page segmentation modes."""

    AUTO = 3
    COLUMN = 4
    BLOCK = 6
    LINE = 7
    SPARSE = 11


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word where an engine saw it: pixels of the image it was given, origin top left, right and bottom excluded.

    confidence  0 to 1, as the engine gave it
    line        (block, paragraph, line) as the engine counts them: words of one printed line share it
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    line: tuple[int, int, int]

    @property
    def height(self) -> float:
        return self.bottom - self.top
