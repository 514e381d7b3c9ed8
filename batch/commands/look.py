"""look: a page as an image, with what was found on it drawn over it: lines, table cells, the rows that were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from extract import ExtractSettings, open_source, read_file, read_page
from extract.files.media import PDF, TEXT
from extract.files.sheets import POINTS_PER_INCH, Sheet, opened_pdf, sheet_of_image, sheet_of_pdf
from extract.look import STEPS
from extract.page import Box, Page
from normalize import restore_document
from schema import read_document
from schema.records import AssignmentRow, Bbox, Reading, TargetRow, bbox_of

Image = NDArray[np.uint8]
Colour = tuple[int, int, int]

LINE, CELL, HEADER, TARGET, ASSIGNMENT = (190, 190, 190), (200, 120, 0), (150, 60, 160), (0, 130, 0), (0, 0, 210)
"""Blue, green, red as OpenCV has them: lines grey, cells blue, header cells purple, targets green, assignments red."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw, in points of the upright page; `label` stands at a top corner."""

    box: Bbox
    colour: Colour
    thickness: int
    label: str = ""


class NothingToSeeError(Exception):
    """The page has no image: it is a text file, or could not be read. The message says which."""


def look_at(path: Path, number: int, settings: ExtractSettings) -> Image:
    """Page `number` (from 1) of a file, upright and straight, with everything found on it. Raises NothingToSeeError."""
    document = read_file(path, path.name, settings)
    if document.failure:
        raise NothingToSeeError(f"{path}: {document.failure.message}")
    if document.media_type == TEXT:
        raise NothingToSeeError(f"{path} is a text file: it has no page image. Use `explain`.")
    page = next((page for page in document.pages if page.number == number), None)
    if page is None:
        raise NothingToSeeError(f"{path} has {len(document.pages)} pages; there is no page {number}.")
    reading = read_document(restore_document(document.pages), document.document_id)
    image, scale = upright_image(path, page, settings)
    return draw(image, scale, (*page_marks(page), *reading_marks(reading, number)))


def upright_image(path: Path, page: Page, settings: ExtractSettings) -> tuple[Image, float]:
    """The page's image in colour, turned and straightened as the page was, and its pixels per point."""
    turned, dpi = _turned(path, page, settings)
    height, width = turned.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), page.skew, 1.0)
    straight = cv2.warpAffine(turned[..., ::-1].copy(), matrix, (width, height), borderValue=(255, 255, 255))
    return np.asarray(straight, np.uint8), dpi / POINTS_PER_INCH


def step_at(path: Path, number: int, step: str, settings: ExtractSettings) -> Image:
    """Page `number` (from 1) as a step of extract.look.STEPS makes it. Raises NothingToSeeError."""
    if step not in STEPS:
        raise NothingToSeeError(f"There is no step {step!r}; there are {', '.join(STEPS)}.")
    source = open_source(path, path.name, settings)
    if source.failure or source.media_type == TEXT or number > source.page_count:
        raise NothingToSeeError(f"{path} has no image of a page {number}.")
    turned, dpi = _turned(path, read_page(source, number, settings), settings)
    return np.asarray(STEPS[step](turned, dpi)[..., ::-1], np.uint8)


def _turned(path: Path, page: Page, settings: ExtractSettings) -> tuple[Image, float]:
    """The page's image in RGB, upright but not yet straightened, and its pixels per inch."""
    sheet = _sheet(path, page.number, settings)
    pixels = sheet.pixels if sheet.pixels.ndim == 3 else np.repeat(sheet.pixels[..., None], 3, axis=2)
    return np.ascontiguousarray(np.rot90(pixels, k=-(page.rotation // 90))), sheet.dpi


def _sheet(path: Path, number: int, settings: ExtractSettings) -> Sheet:
    if open_source(path, path.name, settings).media_type == PDF:
        with opened_pdf(path) as document:
            return sheet_of_pdf(document[number - 1], settings.dpi)
    return sheet_of_image(path, number, settings.dpi, settings.max_pixels)


def page_marks(page: Page) -> Iterator[Mark]:
    """Lines and cells of a page."""
    for line in page.lines:
        if line.box:
            yield Mark(_bbox(line.box), LINE, 1)
    for number, table in enumerate(page.tables, start=1):
        for cell in table.cells:
            if cell.box:
                colour = HEADER if cell.is_header else CELL
                yield Mark(_bbox(cell.box), colour, 2, f"{number}:{cell.row},{cell.col}")


def reading_marks(reading: Reading, number: int) -> Iterator[Mark]:
    """Targets and assignments that were read on one page."""
    rows: Sequence[TargetRow | AssignmentRow] = (*reading.targets, *reading.assignments)
    for row in rows:
        if row.page == number and row.bbox:
            doubt = "?" if row.needs_review else ""
            if isinstance(row, TargetRow):
                aim = f"{row.comparator or ''}{row.value:g}{row.unit or ''}" if row.value is not None else ""
                yield Mark(row.bbox, TARGET, 3, f"T{row.target_no}{doubt} {aim}")
            else:
                yield Mark(row.bbox, ASSIGNMENT, 3, f"A{row.assignment_no}{doubt} {row.row_no or ''}")


def draw(image: Image, scale: float, marks: Sequence[Mark]) -> Image:
    """A copy of the image (BGR) with the marks on it. scale: pixels per point."""
    out = image.copy()
    for mark in marks:
        x0, top, x1, bottom = (round(value * scale) for value in mark.box)
        cv2.rectangle(out, (x0, top), (x1, bottom), mark.colour, mark.thickness)
        if mark.label:
            label = unidecode(mark.label)  # OpenCV's letters are ASCII
            # labels of rows stand right of them, where those of their cells do not
            corner = (x1 + 6, top + 24) if mark.colour in (TARGET, ASSIGNMENT) else (x0 + 3, top + 16)
            size = 0.8 if mark.colour in (TARGET, ASSIGNMENT) else 0.45
            cv2.putText(out, label, corner, cv2.FONT_HERSHEY_SIMPLEX, size, mark.colour, 2 if size > 0.5 else 1)
    return np.asarray(out, np.uint8)


def _bbox(box: Box) -> Bbox:
    bbox = bbox_of(box)
    assert bbox is not None  # a box that is there has corners
    return bbox
