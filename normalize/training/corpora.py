"""Text files of a corpus -> clean paragraphs. [io]"""

import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_INSIDE_WORD = re.compile(r"(?<=\w)\*{4,}(?=\w)")  # ch****ương: markup that parts no word
_MARKUP = re.compile(r"[*#`>]+|\[sửa \| sửa mã nguồn\]|\[\d+\]|!\[|\]\([^)]*\)|https?://\S+")
_RULE = re.compile(r"^[-|\s_=]*$")
_FURNITURE_FROM = 4  # documents: a line that stands in so many belongs to the page around them
HELD_OUT_EVERY = 25  # one document in so many of a corpus is kept for the benchmark and never counted


def _open(path: Path) -> Iterator[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8", errors="replace") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8", errors="replace") as lines:
            yield from lines


def documents(path: Path) -> Iterator[list[str]]:
    """The documents of a corpus file, each a list of raw lines. A form feed begins a document."""
    lines: list[str] = []
    for line in _open(path):
        if line.startswith("\f") and lines:
            yield lines
            lines = []
        if not line.startswith("\f"):  # the line of the form feed holds the name of the file
            lines.append(line)
    if lines:
        yield lines


def paragraphs(lines: list[str], wrapped: bool) -> Iterator[str]:
    """Markdown off, NFC. wrapped: a paragraph runs over several lines and ends at an empty line or a table mark."""
    held: list[str] = []
    for line in lines:
        text = unicodedata.normalize("NFC", _MARKUP.sub(" ", _INSIDE_WORD.sub("", line))).strip()
        ends = _RULE.match(text) is not None or not wrapped
        if ends and held:
            yield " ".join(held)
            held = []
        if text and not _RULE.match(text):
            for cell in text.split("|"):
                if not wrapped:
                    yield cell.strip()
                elif cell.strip():
                    held.append(cell.strip())
    if held:
        yield " ".join(held)


def training_paragraphs(path: Path, wrapped: bool) -> Iterator[str]:
    """All paragraphs but those of the held-out documents."""
    for number, lines in enumerate(documents(path)):
        if number % HELD_OUT_EVERY != HELD_OUT_EVERY - 1:
            yield from paragraphs(lines, wrapped)


def held_out_paragraphs(path: Path, wrapped: bool) -> Iterator[str]:
    """The paragraphs of the held-out documents."""
    for number, lines in enumerate(documents(path)):
        if number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1:
            yield from paragraphs(lines, wrapped)


def web_paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of documents that were saved with the web page around them: what pages share is left out, and
    nothing comes twice.
    """
    pages = list(documents(path))
    shared = Counter(line for page in pages for line in {line.strip() for line in page})
    seen: set[str] = set()
    for page in pages:
        own = [line for line in page if shared[line.strip()] < _FURNITURE_FROM or not line.strip(" \n*|")]
        for paragraph in paragraphs(own, wrapped=True):
            if paragraph not in seen:
                seen.add(paragraph)
                yield paragraph
