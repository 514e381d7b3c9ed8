"""A file of the archive -> its Pages, one at a time or all together. Nothing here raises for what a file holds.

open_source tells what the file is and how many pages it has; read_page reads one of them. A Source is a plain value
that can be sent to another process: it holds no open file, so a batch can limit and restart the work page by page.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from extract.engines import EngineMissingError
from extract.files.media import IMAGES, PDF, SUFFIXES, TEXT, UNKNOWN, media_type
from extract.files.pdfpage import read_pdf_page
from extract.files.sheets import SheetError, frames_of_image, opened_pdf, sheet_of_image
from extract.files.textfile import decode, page_of_text, page_texts
from extract.page import Document, Failure, Page, PageSource
from extract.recognise import failed_page, recognise
from extract.settings import ExtractSettings

HEAD_BYTES = 4096
READ_ALIKE = "The files that are read are PDF, PNG, JPEG, JPEG 2000, TIFF and plain text (.txt)."


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, looked at but not read.

    source_path  relative to the input folder, '/' separated
    page_count   0 where failure says why the file gives nothing
    """

    path: Path
    source_path: str
    sha256: str
    bytes: int
    media_type: str
    page_count: int
    failure: Failure | None = None

    @property
    def document_id(self) -> str:
        return self.sha256[:16]


def open_source(path: Path, source_path: str, settings: ExtractSettings) -> Source:
    """Look at a file: hash, media type, number of pages, or why it cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            head = file.read(HEAD_BYTES)
    except OSError as error:
        failure = Failure("unreadable", f"The file cannot be read from the disk: {error.strerror or error}.")
        return Source(path, source_path, hashlib.sha256(b"").hexdigest(), 0, UNKNOWN, 0, failure)
    kind = media_type(head, path.suffix.lower())
    pages, refusal = _count_pages(path, kind, size, settings)
    return Source(path, source_path, digest, size, kind, 0 if refusal else pages, refusal)


def _count_pages(path: Path, kind: str, size: int, settings: ExtractSettings) -> tuple[int, Failure | None]:
    if size == 0:
        return 0, Failure("empty", "The file has no bytes.")
    if size > settings.max_bytes:
        return 0, Failure("too_large", f"The file has {size} bytes, more than the {settings.max_bytes} allowed.")
    if kind == UNKNOWN:
        return 0, _unknown(path)
    try:
        pages = _page_count(path, kind)
    except SheetError as refused:
        return 0, Failure(refused.code, str(refused))
    if pages == 0:
        return 0, Failure("empty", "The file has no pages.")
    if pages > settings.max_pages:
        return 0, Failure("too_many_pages", f"The file has {pages} pages, more than the {settings.max_pages} allowed.")
    return pages, None


def _unknown(path: Path) -> Failure:
    meant = SUFFIXES.get(path.suffix.lower())
    if meant is None:
        return Failure("unsupported", f"This kind of file is not read. {READ_ALIKE}")
    return Failure("corrupt", f"By its name this is {meant}, but its bytes are not; get it again from where it came.")


def _page_count(path: Path, kind: str) -> int:
    if kind == PDF:
        with opened_pdf(path) as document:
            return len(document)
    if kind in IMAGES:
        return frames_of_image(path)
    texts = _texts(path)
    return len(texts) if any(text.strip() for text in texts) else 0


def _texts(path: Path) -> tuple[str, ...]:
    try:
        return page_texts(decode(path.read_bytes()))
    except OSError as error:
        raise SheetError("unreadable", f"The file cannot be read from the disk: {error.strerror or error}.") from error


def read_page(source: Source, number: int, settings: ExtractSettings) -> Page:
    """Page `number` (from 1). A page that cannot be read comes back with its failure; only bugs raise."""
    try:
        return _read_page(source, number, settings)
    except SheetError as refused:
        return failed_page(number, _origin(source), Failure(refused.code, str(refused)))
    except EngineMissingError as missing:
        return failed_page(number, _origin(source), Failure("no_engine", str(missing)))
    except MemoryError:
        return failed_page(number, _origin(source), Failure("out_of_memory", "The page does not fit into memory."))
    except Exception as error:
        # The one place that catches all: PDFium, pdfminer, Pillow and the engines raise whatever they like.
        reason = f"Reading the page failed ({type(error).__name__}: {error})."
        return failed_page(number, _origin(source), Failure("corrupt", reason))


def _origin(source: Source) -> PageSource:
    return PageSource.TEXT_FILE if source.media_type == TEXT else PageSource.OCR


def _read_page(source: Source, number: int, settings: ExtractSettings) -> Page:
    if source.media_type == TEXT:
        return page_of_text(_texts(source.path)[number - 1], number)
    if source.media_type == PDF:
        return read_pdf_page(source.path, number, settings)
    return recognise(sheet_of_image(source.path, number, settings.dpi, settings.max_pixels), number, settings)


def read_file(path: Path, source_path: str, settings: ExtractSettings) -> Document:
    """The whole file. Document.failure is set when it gives nothing at all; single pages fail alone."""
    source = open_source(path, source_path, settings)
    pages = tuple(read_page(source, number, settings) for number in range(1, source.page_count + 1))
    return document_of(source, pages)


def document_of(source: Source, pages: tuple[Page, ...]) -> Document:
    """The Document of a source whose pages were read one by one. It failed when each of its pages did."""
    failures = [page.failure for page in pages if page.failure is not None]
    failure = failures[0] if failures and len(failures) == len(pages) else source.failure
    return Document(
        source.document_id, source.source_path, source.sha256, source.bytes, source.media_type, pages, failure
    )
