"""The words of a scanned page's tables, read by an English model cell by cell, and the lines outside of the tables.

An engine that reads a ruled page as one block spoils narrow cells beyond reading, while old archives hold layers whose
words are fairly read and whose order is not. So the cells are cut out of the scan and read one below the other.
"""

import csv
import io
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from tests.testbed.damage import skewed
from tests.testbed.flow import DrawnCell, DrawnTable, Frame
from tests.testbed.marks import Picture
from tests.testbed.scan import ScannedPage, turned_by

_TALLEST = 8000
"""Pixels of a picture of cells: below what the engine takes."""
_RULE = 1.2
"""Points inside a cell's box that its rules may fill."""


@dataclass(frozen=True)
class ReadLine:
    """A line as the engine read it, in points of the upright page. row, col: its cell, None outside of tables.

    row counts the rows of the table part from 0. paragraph: lines of one paragraph share the number.
    """

    text: str
    left: float
    top: float
    bottom: float
    row: int | None = None
    col: int | None = None
    paragraph: int = 0


def upright(page: ScannedPage) -> Picture:
    """The scan turned upright and straight, in colour."""
    picture = turned_by(page.picture, -page.turned % 360)
    coloured = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2)
    return skewed(coloured, -page.askew)


def outside_lines(picture: Picture, tables: Sequence[DrawnTable], psm: int, dpi: int) -> list[ReadLine]:
    """The lines outside of the tables, in the engine's order."""
    paper = picture.copy()
    for table in tables:
        x0, top, x1, bottom = _pixels(table.box, dpi, 3.0)
        paper[top:bottom, x0:x1] = 255
    return list(_lines(paper, psm, dpi))


def cell_lines(picture: Picture, table: DrawnTable, dpi: int) -> list[ReadLine]:
    """The lines of every cell of one part of a table, where they lie on the page."""
    cells = [cell for cell in table.cells if cell.text]
    found: list[ReadLine] = []
    while cells:
        cells, strip, offsets = _strip(picture, cells, dpi)
        for line in _lines(strip, 6, dpi):
            cell, at = next((c, a) for c, a in reversed(offsets) if a <= line.top or a == offsets[0][1])
            shift = cell.box[1] + _RULE - at
            found.append(
                ReadLine(
                    line.text,
                    line.left + cell.box[0],
                    line.top + shift,
                    line.bottom + shift,
                    cell.row,
                    cell.col,
                )
            )
    return found


def _strip(
    picture: Picture, cells: list[DrawnCell], dpi: int
) -> tuple[list[DrawnCell], Picture, list[tuple[DrawnCell, float]]]:
    """Cells one below the other until the picture is tall enough: those left over, the picture, where each begins."""
    cuts = [picture[top:bottom, x0:x1] for x0, top, x1, bottom in (_pixels(c.box, dpi, -_RULE) for c in cells)]
    gap, height, count = dpi // 12, dpi // 6, 0
    width = max(cut.shape[1] for cut in cuts) + 2 * gap
    while count < len(cuts) and (count == 0 or height + cuts[count].shape[0] < _TALLEST):
        height += cuts[count].shape[0] + gap
        count += 1
    strip = np.full((height, width, 3), 255, np.uint8)
    offsets, at = [], gap
    for cell, cut in zip(cells[:count], cuts, strict=False):
        strip[at : at + cut.shape[0], gap : gap + cut.shape[1]] = cut
        offsets.append((cell, at * 72 / dpi))
        at += cut.shape[0] + gap
    return cells[count:], strip, offsets


def _pixels(box: Frame, dpi: int, more: float) -> tuple[int, int, int, int]:
    """A box in pixels, wider by some points on every side."""
    x0, top, x1, bottom = box
    return tuple(max(0, round(v * dpi / 72)) for v in (x0 - more, top - more, x1 + more, bottom + more))  # type: ignore[return-value]  # four by construction


def _lines(picture: Picture, psm: int, dpi: int) -> Iterator[ReadLine]:
    words: dict[tuple[int, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(_read(picture, psm, dpi)), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            key = tuple(int(row[name]) for name in ("block_num", "par_num", "line_num"))
            words.setdefault(key, []).append(row)
    point = 72 / dpi
    for (block, paragraph, _), line in words.items():
        top = min(int(word["top"]) for word in line)
        bottom = max(int(word["top"]) + int(word["height"]) for word in line)
        left = min(int(word["left"]) for word in line)
        text = " ".join(word["text"] for word in line)
        yield ReadLine(text, left * point, top * point, bottom * point, paragraph=1000 * block + paragraph)


def _read(picture: Picture, psm: int, dpi: int) -> str:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", str(psm), "--dpi", str(dpi), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=file.getvalue(), capture_output=True, check=True, env=environment)
    return done.stdout.decode("utf-8")
