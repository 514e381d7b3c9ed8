"""The text layer that an English model makes of a Vietnamese page: the engine makes the errors, none is invented."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

from tests.testbed.cellwise import ReadLine, cell_lines, outside_lines, upright
from tests.testbed.flow import DrawnTable, DrawnText
from tests.testbed.marks import Picture
from tests.testbed.reading_order import Habits, habits_of, table_text
from tests.testbed.render import PageTruth
from tests.testbed.scan import ScannedPage

LANGUAGE = "eng"


def engine_present() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def old_layer(pages: Sequence[ScannedPage], psm: int = 3, dpi: int = 200) -> str:
    """The layer as old archives hold it: page after page, a form feed after each. Raises OSError without the engine."""
    return "".join(_read(page, psm, dpi) + "\f" for page in pages)


def run_together_layer(pages: Sequence[ScannedPage], seed: int, psm: int = 3, dpi: int = 200) -> str:
    """The layer of an engine that reads the words of a table well and runs its columns together, in ways that `seed`
    draws; pages are read upright. Raises OSError without the engine."""
    habits = habits_of(seed)
    return "".join(_run_together(page, habits, seed + number, psm, dpi) + "\f" for number, page in enumerate(pages))


def printed_layer(pages: Sequence[PageTruth], seed: int) -> str:
    """The layer of an engine that misreads nothing and runs columns together as run_together_layer does."""
    habits = habits_of(seed)
    return "".join(_as_printed(page, habits, seed + number) + "\f" for number, page in enumerate(pages))


def _as_printed(page: PageTruth, habits: Habits, seed: int) -> str:
    lines: list[str] = []
    for thing in page.drawn:
        if isinstance(thing, DrawnText):
            lines += ["", *(line.text for line in thing.printed)]
        elif isinstance(thing, DrawnTable) and not thing.ruled:
            lines += thing.lines
        elif isinstance(thing, DrawnTable):
            own = [
                ReadLine(line.text, line.box[0], line.box[1], line.box[3], cell.row, cell.col)
                for cell in thing.cells
                for line in cell.printed
            ]
            lines.append(table_text(own, thing.header_rows, _number_column(thing), habits, seed))
    return "\n".join(lines) + "\n"


def _run_together(page: ScannedPage, habits: Habits, seed: int, psm: int, dpi: int) -> str:
    picture = upright(page)
    tables = page.truth.tables if page.truth else ()
    lines: list[str] = []
    left = list(tables)
    before: ReadLine | None = None
    for line in outside_lines(picture, tables, psm, dpi):
        while left and line.top >= left[0].box[3] - 2:
            lines.append(_table_text(picture, left.pop(0), habits, seed, dpi))
        if before and before.paragraph != line.paragraph:
            lines.append("")
        lines.append(line.text)
        before = line
    lines += [_table_text(picture, table, habits, seed, dpi) for table in left]
    return "\n".join(lines) + "\n"


def _table_text(picture: Picture, table: DrawnTable, habits: Habits, seed: int, dpi: int) -> str:
    return table_text(cell_lines(picture, table, dpi), table.header_rows, _number_column(table), habits, seed)


def _number_column(table: DrawnTable) -> int | None:
    """The column of the row numbers: the first, where it holds nothing longer."""
    numbers = [cell.text for cell in table.cells if cell.col == 0 and cell.row >= table.header_rows]
    return 0 if numbers and max(map(len, numbers)) <= 4 else None


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
