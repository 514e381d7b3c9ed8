"""PDF pages, one by one: is the text that the file brings along right, or must the page be read afresh?"""

from pathlib import Path

from extract.page import Page
from extract.recognise import recognise
from extract.settings import ExtractSettings
from extract.sheets import opened_pdf, sheet_of_pdf


def read_pdf_page(path: Path, number: int, settings: ExtractSettings) -> Page:
    """Page `number` (from 1) of a PDF. Raises SheetError where it cannot be drawn."""
    with opened_pdf(path) as document:
        page = document[number - 1]
        sheet = sheet_of_pdf(page, settings.dpi)
    return recognise(sheet, number, settings)
