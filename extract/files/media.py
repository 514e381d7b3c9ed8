"""What a file is, told by its bytes; the name only decides whether plain text was meant as a document."""

import codecs

PDF, TEXT = "application/pdf", "text/plain"
PNG, JPEG, TIFF, JPEG2000 = "image/png", "image/jpeg", "image/tiff", "image/jp2"
UNKNOWN = "application/octet-stream"

IMAGES = frozenset({PNG, JPEG, TIFF, JPEG2000})

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG2000),
    (b"\xff\x4f\xff\x51", JPEG2000),
)
# The suffixes of the files that are read, and what the bytes behind them should be.
SUFFIXES = {
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".jpe": JPEG,
    ".tif": TIFF,
    ".tiff": TIFF,
    ".jp2": JPEG2000,
    ".jpf": JPEG2000,
    ".jpx": JPEG2000,
    ".j2k": JPEG2000,
    ".txt": TEXT,
    ".text": TEXT,
}
# Readers of PDF allow rubbish before the header, up to here (PDF 1.7, implementation note 13).
PDF_HEADER_WITHIN = 1024
# Control characters that plain text holds: tab, line feed, vertical tab, form feed, carriage return, end of file.
TEXT_CONTROLS = frozenset(b"\t\n\x0b\x0c\r\x1a")
OTHER_CONTROLS = bytes(set(range(32)) - TEXT_CONTROLS)
MAX_CONTROL_SHARE = 0.01


def media_type(head: bytes, suffix: str) -> str:
    """The media type of a file from its first bytes (1 KiB is enough); UNKNOWN for what is not read here.

    suffix: of the file name, in lower case, with its dot.

    >>> media_type(b"%PDF-1.7 ...", ".txt")
    'application/pdf'
    >>> media_type(b"name,value", ".csv")
    'application/octet-stream'
    """
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return PDF
    if SUFFIXES.get(suffix) == TEXT and looks_like_text(head):
        return TEXT
    return UNKNOWN


def looks_like_text(head: bytes) -> bool:
    """Whether the bytes are text: a byte order mark, UTF-16 by its zero bytes, or few control bytes."""
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or utf16_by_zeros(head):
        return True
    controls = len(head) - len(head.translate(None, OTHER_CONTROLS))
    return controls <= MAX_CONTROL_SHARE * len(head)


def utf16_by_zeros(head: bytes) -> str | None:
    """The UTF-16 encoding where every second byte is mostly zero, as in Latin text without a byte order mark."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    low, high = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if high > 0.5 * pairs and low < 0.05 * pairs:
        return "utf-16-le"
    if low > 0.5 * pairs and high < 0.05 * pairs:
        return "utf-16-be"
    return None
