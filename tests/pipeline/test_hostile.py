"""Files that want to break the reader: each becomes one documents row with a stable error code, and nothing is left.

All files are made here. The page limits are small, so that the suite is fast; what is tested is who is refused and how.
"""

import os
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_PAGES, MAX_PIXELS, MAX_BYTES = 50, 4_000_000, 3_000_000


def _pdf(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects (1 is the catalogue) with a right cross-reference table."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, trailer, len(data))
    )


def _pages(count: int, page: bytes = b"", catalogue: bytes = b"", more: Iterable[bytes] = ()) -> bytes:
    """A PDF of `count` equal pages; `page` and `catalogue` are added to these dictionaries."""
    kids = b"3 0 R " * count
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Count %d /Kids [ %s] >>" % (count, kids),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] %s >>" % page,
            *more,
        ]
    )


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _png(width: int, height: int, rows: bytes, cut: int | None = None) -> bytes:
    """A gray PNG that says it has this size, whatever its rows hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))[:cut]


def _tiff(width: int, height: int, next_directory: int = 0) -> bytes:
    """A gray TIFF without its pixels; next_directory: where it says its next page lies (8 is itself)."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 200), (278, height), (279, 100)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", next_directory) + bytes(300)


BOMB = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
WORDS = b"BT /F1 12 Tf 20 50 Td (Thong bao lich tiep cong dan) Tj ET"
FONT = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
SCRIPT = b"/OpenAction << /S /JavaScript /JS (while \\(true\\) app.alert\\('x'\\);) >>"
LAUNCH = b"/OpenAction << /S /Launch /F (/bin/touch) /P (launched) >>"
ATTACHED = b"/Names << /EmbeddedFiles << /Names [ (a.exe) << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >> ] >> >>"
LOOP = b"<< /Type /Pages /Count 1 /Kids [ 2 0 R ] >>"
LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [ <00> <00> ]" % (
    b"41" * 32,
    b"42" * 32,
)
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"
IMAGE = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
DRAWS = b"/Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R"
DRAW = _stream(b"q 200 0 0 100 0 0 cm /X Do Q")

# name -> (bytes, the codes that are right; None: the document is read)
FILES: dict[str, tuple[bytes, set[str | None]]] = {
    "empty.pdf": (b"", {"empty"}),
    "header alone.pdf": (b"%PDF-1.7\n", {"corrupt"}),
    "no pages.pdf": (_pages(0), {"empty"}),
    "pages in a ring.pdf": (_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", LOOP]), {"empty", "corrupt"}),
    "10000 pages.pdf": (_pages(10_000), {"too_many_pages"}),
    "says 2 billion pages.pdf": (
        _pages(1).replace(b"/Count 1 ", b"/Count 2000000000 "),
        {"too_many_pages", "corrupt", None},
    ),
    "broken xref.pdf": (_pages(1).replace(b"startxref\n", b"startxref\n9999"), {"corrupt", None}),
    "cut in the middle.pdf": (_pages(3)[:150], {"corrupt", "empty"}),
    "locked.pdf": (_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", LOOP], LOCKED), {"encrypted"}),
    "javascript.pdf": (_pages(1, catalogue=SCRIPT), {None}),
    "launch.pdf": (_pages(1, catalogue=LAUNCH), {None}),
    "embedded.pdf": (_pages(1, catalogue=ATTACHED, more=[_stream(b"MZ", b"/Type /EmbeddedFile")]), {None}),
    "giant page.pdf": (_pages(1).replace(b"[0 0 200 100]", b"[0 0 2e7 2e7]"), {"corrupt", "too_large", None}),
    "page without size.pdf": (_pages(1).replace(b"[0 0 200 100]", b"[5 5 5 5]"), {"corrupt", None}),
    "page of no numbers.pdf": (_pages(1).replace(b"[0 0 200 100]", b"[(a) /b null 1e999]"), {"corrupt", None}),
    "bomb.pdf": (
        _pages(1, b"/Contents 4 0 R", more=[_stream(BOMB, b"/Filter [/FlateDecode /FlateDecode]")]),
        {None, "corrupt", "out_of_memory", "timeout"},
    ),
    "image bomb.pdf": (_pages(1, DRAWS, more=[_stream(b"\0" * 99, IMAGE), DRAW]), {None, "corrupt", "out_of_memory"}),
    "form in itself.pdf": (_pages(1, DRAWS, more=[_stream(b"/X Do", FORM), DRAW]), {None, "corrupt"}),
    "text.pdf": (_pages(1, FONT + b" /Contents 4 0 R", more=[_stream(WORDS)]), {None}),
    "huge.png": (_png(60_000, 60_000, bytes(10_000)), {"too_large"}),
    "bomb.png": (_png(30_000, 30_000, bytes(50_000_000)), {"too_large"}),
    "cut.png": (_png(500, 500, bytes(250_500), cut=100), {"corrupt"}),
    "too few rows.png": (_png(500, 500, bytes(10_000)), {"corrupt", None}),
    "no size.png": (_png(0, 0, b""), {"corrupt"}),
    "cut.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01", {"corrupt"}),
    "huge.tif": (_tiff(60_000, 60_000), {"too_large", "corrupt"}),
    "pages in a ring.tif": (_tiff(10, 10, next_directory=8), {"corrupt", "too_many_pages", None}),
    "a picture.pdf": (_png(40, 40, bytes(1640)), {None}),
    "a program.pdf": (b"\x7fELF\x02\x01\x01" + bytes(99), {"corrupt"}),
    "a program.txt": (b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 9, {"corrupt"}),
    "a letter.docx": (b"PK\x03\x04" + bytes(99), {"unsupported"}),
    "long.txt": (b"x" * (MAX_BYTES + 1), {"too_large"}),
    "one long line.txt": (b"thong bao " * 500, {None}),
    "nothing but feeds.txt": (b"\x0c" * 999, {"empty"}),
    "many pages.txt": (b"trang\x0c" * 999, {"too_many_pages"}),
    "every byte.txt": (b"".join(bytes([byte]) * 3 for byte in range(128, 256)), {None}),
    "line\nbreak\x1b[31m.txt": (b"mot", {None}),
    "quote'\"`$(touch launched).txt": (b"hai", {None}),
    "kế hoạch 📄.txt": (b"ba", {None}),
    "n" * 251 + ".txt": (b"bon", {None}),
    "-rf.txt": (b"nam", {None}),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all these files, links, a socket and a pipe, and the output of one run over it."""
    root = tmp_path_factory.mktemp("hostile")
    raw = root / "raw"
    raw.mkdir()
    for name, (data, _) in FILES.items():
        (raw / name).write_bytes(data)
    (root / "secret.txt").write_text("outside")
    (raw / "leaves.txt").symlink_to(root / "secret.txt")
    (raw / "ring.txt").symlink_to(raw / "ring.txt")
    (raw / "up").symlink_to(raw)
    os.mkfifo(raw / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(raw)  # the path of a socket may have 107 bytes only
        try:
            server.bind("socket.pdf")
        finally:
            os.chdir(ROOT)
    return root


@pytest.fixture(scope="module")
def documents(archive: Path) -> pd.DataFrame:
    """The documents of one run, by source path."""
    scratch = archive / "scratch"
    scratch.mkdir()
    limits = ["--max-pages", str(MAX_PAGES), "--max-pixels", str(MAX_PIXELS), "--max-bytes", str(MAX_BYTES)]
    command = [
        sys.executable,
        str(ROOT / "pipeline.py"),
        "extract",
        str(archive / "raw"),
        "--out",
        str(archive / "out"),
    ]
    done = subprocess.run(
        [*command, *limits, "--jobs", "1", "--page-seconds", "60", "--memory", "2000"],
        check=False,
        cwd=scratch,
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    return pd.read_parquet(archive / "out" / "documents.parquet").set_index("source_path")


def test_every_file_has_one_row(documents: pd.DataFrame) -> None:
    others = {"leaves.txt", "ring.txt", "up", "pipe.pdf", "socket.pdf"}
    assert documents.index.is_unique
    assert set(documents.index) == set(FILES) | others


@pytest.mark.parametrize("name", FILES, ids=lambda name: name.encode("unicode_escape").decode()[:40])
def test_the_error_code_says_what_is_wrong(documents: pd.DataFrame, name: str) -> None:
    code = documents["error_code"].get(name)
    assert (None if pd.isna(code) else code) in FILES[name][1], documents.loc[name, "error"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("leaves.txt", "outside"),
        ("ring.txt", "unreadable"),
        ("up", "unsupported"),
        ("pipe.pdf", "unsupported"),
        ("socket.pdf", "unsupported"),
    ],
)
def test_what_is_no_file_is_told_so(documents: pd.DataFrame, name: str, code: str) -> None:
    assert documents.loc[name, "error_code"] == code


def test_nothing_is_left_behind(archive: Path, documents: pd.DataFrame) -> None:
    assert len(documents)
    assert list((archive / "scratch").iterdir()) == []
    assert {path.name for path in (archive / "out").iterdir() if path.suffix != ".parquet"} == {".kehoach"}
    assert {path.name for path in (archive / "out" / ".kehoach").iterdir()} <= {"lock", "store.sqlite"}
