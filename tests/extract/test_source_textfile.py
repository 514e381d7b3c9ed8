"""Text files: encodings, line ends and form feeds."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import ExtractSettings, read_file
from extract.files.textfile import decode, page_texts
from extract.page import PageSource

TEXT = "ỦY BAN NHÂN DÂN\nxã Bình Minh\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_one_text_however_it_is_stored(data: bytes) -> None:
    assert decode(data) == TEXT


def test_bytes_of_tcvn3_keep_the_letters_that_normalize_decodes() -> None:
    assert decode("Céng hoµ x· héi".encode("cp1252")) == "Céng hoµ x· héi"


def test_one_bad_byte_does_not_turn_utf8_into_another_encoding() -> None:
    assert decode((TEXT * 9).encode() + b"\xff") == TEXT * 9 + "\ufffd"


@pytest.mark.parametrize(
    ("text", "pages"),
    [("một", 1), ("một\fhai", 2), ("một\fhai\f", 2), ("\fhai", 2), ("một\f\fba", 3)],
)
def test_form_feeds_part_pages(text: str, pages: int) -> None:
    assert len(page_texts(text)) == pages


def test_a_text_file_keeps_its_lines_and_pages(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("một\r\n\r\nhai\r\n\fba".encode())
    document = read_file(tmp_path / "old.txt", "old.txt", ExtractSettings())
    assert [[line.text for line in page.lines] for page in document.pages] == [["một", "", "hai"], ["ba"]]
    assert {page.source for page in document.pages} == {PageSource.TEXT_FILE}
    assert document.pages[0].lines[0].box is None


@given(st.binary(max_size=400))
def test_every_byte_string_decodes(data: bytes) -> None:
    assert "\r" not in decode(data)


@given(st.text(st.characters(exclude_characters="\r\x00\x1a", exclude_categories=["Cs"]), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
