"""Plain text files: bytes -> text -> pages. A form feed parts pages, as text layers are commonly saved."""

import codecs
from collections.abc import Sequence

from extract.files.media import utf16_by_zeros
from extract.page import Line, Page, PageSource

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tried in order. windows-1258 is the Vietnamese code page of old Windows; bytes of TCVN3 and VNI decode to the
# letters under which normalize knows them with windows-1252, which comes last with latin-1 for its five holes.
ENCODINGS = ("utf-8", "cp1252", "latin-1")


def decode(data: bytes) -> str:
    r"""The text of the bytes; never fails. Line ends become \n.

    >>> decode(b"\xef\xbb\xbfm\xe1\xbb\x99t\r\nhai")
    'một\nhai'
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _line_feeds(data[len(mark) :].decode(encoding, errors="replace"))
    wide = utf16_by_zeros(data[:4096])
    if wide is not None:
        return _line_feeds(data.decode(wide, errors="replace"))
    for encoding in ENCODINGS:
        try:
            return _line_feeds(data.decode(encoding))
        except UnicodeDecodeError:
            if encoding == "utf-8" and _is_damaged_utf8(data):
                return _line_feeds(data.decode(encoding, errors="replace"))
    raise AssertionError("latin-1 decodes every byte")


def _is_damaged_utf8(data: bytes) -> bool:
    """UTF-8 with a few bad bytes (a cut file, one foreign byte), not another encoding altogether."""
    replaced = data.decode("utf-8", errors="replace").count("�")
    beyond_ascii = sum(byte > 127 for byte in data)
    return replaced * 20 < beyond_ascii


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removesuffix("\x1a")


def page_texts(text: str) -> tuple[str, ...]:
    r"""The text of each page. A form feed at the very end closes the last page and opens none.

    >>> page_texts("một\n\fhai\n\f")
    ('một\n', 'hai\n')
    """
    return tuple(text.removesuffix("\f").split("\f"))


def page_of_text(text: str, number: int) -> Page:
    """One page of a text file. Empty lines are kept as empty lines: line N of the page is line N of the file."""
    return Page(
        number=number,
        width=None,
        height=None,
        rotation=0,
        skew=0.0,
        source=PageSource.TEXT_FILE,
        engine="text",
        lines=tuple(Line(line, None, 1.0) for line in _lines(text)),
        tables=(),
        confidence=1.0,
    )


def _lines(text: str) -> Sequence[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines
