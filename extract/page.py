"""What stands where on the paper: the values that extract/ makes and every later stage reads.

Units: boxes are in PDF points (1/72 inch) of the *upright* page, origin top left, y downwards.
Confidences run from 0 to 1. Pages count from 1; lines, rows and columns count from 0.
All values are frozen and refuse nonsense when they are made.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in points of the upright page; x0 <= x1 and top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if not (self.x0 <= self.x1 and self.top <= self.bottom):
            raise ValueError(f"a box must not be inside out: {self}")

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def union(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def union_of(boxes: "list[Box] | tuple[Box, ...]") -> Box | None:
    """The smallest box that holds all of them; None for no boxes."""
    if not boxes:
        return None
    result = boxes[0]
    for box in boxes[1:]:
        result = result.union(box)
    return result


def _check_confidence(value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"a confidence lies between 0 and 1, not {value}")


@dataclass(frozen=True, slots=True)
class Word:
    """One run of characters without a blank, as the engine read it. box is None where the file has no geometry."""

    text: str
    box: Box | None
    confidence: float

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (inside a table: one line of one cell), words in reading order.

    text is the raw text exactly as given; it need not be the words joined by blanks: a text layer keeps its own.
    """

    text: str
    box: Box | None
    confidence: float
    words: tuple[Word, ...] = ()

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `lines` are indices into Page.lines: a cell's text is restored once, with its page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    is_header: bool
    box: Box | None
    lines: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.row < 0 or self.col < 0 or self.rowspan < 1 or self.colspan < 1:
            raise ValueError(f"a cell outside its table: {self}")


@dataclass(frozen=True, slots=True)
class Table:
    """One grid on one page. ruled: found from printed rules; otherwise from gaps between columns."""

    box: Box | None
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    ruled: bool

    def __post_init__(self) -> None:
        for cell in self.cells:
            if cell.row + cell.rowspan > self.n_rows or cell.col + cell.colspan > self.n_cols:
                raise ValueError(f"a cell sticks out of its {self.n_rows} x {self.n_cols} table: {cell}")


class PageSource(StrEnum):
    """Where the text of a page came from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    TEXT_FILE = "text_file"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file or page gave nothing: `code` is a stable short word, `message` a sentence a person can act on."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. Lines stand in reading order; the lines of a table stand cell by cell where the table stands.

    number    from 1
    width     points of the upright page; None for text files
    rotation  degrees clockwise by which the page was turned to read upright: 0, 90, 180 or 270
    skew      degrees clockwise by which the upright page was askew before it was straightened
    engine    who read the text: a name of extract.engines.ENGINES, or "pdf" / "text" for layers a file brought along
    failure   None when the page was read (it may still be blank)
    """

    number: int
    width: float | None
    height: float | None
    rotation: int
    skew: float
    source: PageSource
    engine: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    confidence: float
    failure: Failure | None = None

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if self.number < 1 or self.rotation not in (0, 90, 180, 270):
            raise ValueError(
                f"page {self.number}, rotation {self.rotation}: pages count from 1, turns are right angles"
            )
        for table in self.tables:
            for cell in table.cells:
                if any(not 0 <= i < len(self.lines) for i in cell.lines):
                    raise ValueError(f"a cell names a line that page {self.number} does not have: {cell}")


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the archive, read. document_id: the first 16 hex digits of the SHA-256 of its bytes.

    source_path is relative to the input folder, '/' separated. failure is None unless the whole file gave nothing.
    """

    document_id: str
    source_path: str
    sha256: str
    bytes: int
    media_type: str
    pages: tuple[Page, ...]
    failure: Failure | None = None
