"""What becomes of every kind of file: pages, or a failure with a stable code; nothing raises."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract import ExtractSettings, document_of, open_source, read_file, read_page
from extract.files.sheets import sheet_of_image
from extract.page import PageSource

SETTINGS = ExtractSettings()


def _pdf(path: Path, pages: int = 1, password: str | None = None) -> bytes:
    canvas = Canvas(str(path), encrypt=StandardEncryption(password) if password else None)
    for number in range(pages):
        canvas.drawString(72, 700, f"Page {number + 1} of a small document in plain letters")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("nothing.pdf", b"", "empty"),
        ("nothing.txt", b"", "empty"),
        ("blanks.txt", b" \r\n\f \n", "empty"),
        ("table.csv", b"a,b\n1,2\n", "unsupported"),
        ("letter.docx", b"PK\x03\x04" + bytes(60), "unsupported"),
        ("page.html", b"<html></html>", "unsupported"),
        ("picture.gif", b"GIF89a" + bytes(60), "unsupported"),
        ("program.txt", bytes(range(256)) * 4, "corrupt"),
        ("not.pdf", b"this is no PDF at all", "corrupt"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "corrupt"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00", "corrupt"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "corrupt"),
        ("cut.tif", b"II*\x00\x08\x00\x00\x00", "corrupt"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    document = read_file(tmp_path / name, name, SETTINGS)
    assert document.failure is not None
    assert document.failure.code == code
    assert document.failure.message.endswith(".")
    assert document.pages == ()
    assert document.bytes == len(data)


def test_a_line_broken_at_a_hyphen_ends_there(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plan.pdf"))
    for number, text in enumerate(("Theo to trinh 95/TTr-", "SNN ngay 23 thang 10 nam", "2025 ve viec nay")):
        canvas.drawString(72, 700 - 16 * number, text)
    canvas.save()
    (page,) = read_file(tmp_path / "plan.pdf", "plan.pdf", SETTINGS).pages
    assert [line.text for line in page.lines][:2] == ["Theo to trinh 95/TTr-", "SNN ngay 23 thang 10 nam"]


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    document = read_file(tmp_path / "gone.pdf", "gone.pdf", SETTINGS)
    assert document.failure is not None and document.failure.code == "unreadable"


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    _pdf(tmp_path / "locked.pdf", password="geheim")
    document = read_file(tmp_path / "locked.pdf", "locked.pdf", SETTINGS)
    assert document.failure is not None and document.failure.code == "encrypted"


def test_a_pdf_cut_short_is_corrupt_or_read_but_never_raises(tmp_path: Path) -> None:
    whole = _pdf(tmp_path / "whole.pdf")
    for share in (0.3, 0.6, 0.9):
        (tmp_path / "cut.pdf").write_bytes(whole[: int(len(whole) * share)])
        document = read_file(tmp_path / "cut.pdf", "cut.pdf", SETTINGS)
        assert document.failure is None or document.failure.code == "corrupt"


def test_limits_refuse_a_file(tmp_path: Path) -> None:
    _pdf(tmp_path / "three.pdf", pages=3)
    few = open_source(tmp_path / "three.pdf", "three.pdf", ExtractSettings(max_pages=2))
    small = open_source(tmp_path / "three.pdf", "three.pdf", ExtractSettings(max_bytes=100))
    assert few.failure is not None and few.failure.code == "too_many_pages"
    assert small.failure is not None and small.failure.code == "too_large"


def test_an_image_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("L", (400, 400), 255).save(tmp_path / "big.png")
    document = read_file(tmp_path / "big.png", "big.png", ExtractSettings(max_pixels=1000))
    assert document.failure is not None and document.failure.code == "too_large"
    assert [page.failure and page.failure.code for page in document.pages] == ["too_large"]


@pytest.mark.parametrize("suffix", [".pdf", ".txt", ".bin"])
def test_the_bytes_tell_what_a_file_is_not_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    Image.new("L", (300, 400), 255).save(path, format="PNG")
    source = open_source(path, path.name, SETTINGS)
    assert (source.media_type, source.page_count, source.failure) == ("image/png", 1, None)


@pytest.mark.parametrize(("mode", "name"), [("L", "a.png"), ("RGBA", "b.png"), ("1", "c.tif"), ("CMYK", "d.jpg")])
def test_a_blank_image_gives_a_page_without_text(tmp_path: Path, mode: str, name: str) -> None:
    Image.new(mode, (600, 800), {"CMYK": (0, 0, 0, 0), "RGBA": (255, 255, 255, 0)}.get(mode, 255)).save(tmp_path / name)
    page = read_file(tmp_path / name, name, SETTINGS).pages[0]
    assert (page.failure, page.lines, page.tables, page.rotation) == (None, (), (), 0)
    assert page.width and page.height and page.width < page.height


@pytest.mark.parametrize(
    ("dpi", "size"),
    [((204, 98), (1687, 2388)), ((204, 196), (1687, 1194)), ((204, 204), (1687, 1147)), ((204, 20), (1687, 1147))],
    ids=["fax", "fine fax", "square", "no fax"],
)
def test_a_squashed_fax_is_made_as_high_as_its_sheet(
    tmp_path: Path, dpi: tuple[int, int], size: tuple[int, int]
) -> None:
    Image.new("1", (1687, 1147), 1).save(tmp_path / "fax.tif", dpi=dpi)
    sheet = sheet_of_image(tmp_path / "fax.tif", 1, 200, 10**8)
    assert sheet.pixels.shape == (size[1], size[0])
    assert sheet.dpi == 204
    assert sheet.width == pytest.approx(1687 * 72 / 204)


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    frames = [Image.new("1", (300, 400), 1) for _ in range(3)]
    frames[0].save(tmp_path / "many.tiff", save_all=True, append_images=frames[1:])
    document = read_file(tmp_path / "many.tiff", "many.tiff", SETTINGS)
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_pages_read_one_by_one_make_the_same_document(tmp_path: Path) -> None:
    _pdf(tmp_path / "two.pdf", pages=2)
    source = open_source(tmp_path / "two.pdf", "two.pdf", SETTINGS)
    pages = tuple(read_page(source, number, SETTINGS) for number in (1, 2))
    assert document_of(source, pages) == read_file(tmp_path / "two.pdf", "two.pdf", SETTINGS)
    assert [page.source for page in pages] == [PageSource.TEXT_LAYER] * 2
    assert pages[1].lines[0].text == "Page 2 of a small document in plain letters"


def test_a_page_that_is_not_there_fails_alone(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    page = read_page(open_source(tmp_path / "one.pdf", "one.pdf", SETTINGS), 7, SETTINGS)
    assert page.failure is not None and page.failure.code == "corrupt"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"\xff\xd8\xff"]),
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".pdf", ".png", ".txt", ".tif", ""]),
)
def test_no_bytes_make_reading_raise(tmp_path: Path, head: bytes, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(head + data)
    document = read_file(path, path.name, SETTINGS)
    assert document.pages or document.failure is not None
