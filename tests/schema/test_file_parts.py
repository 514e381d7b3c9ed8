"""Documents over several files are known by the names of the files and by what they hold."""

import pytest

from schema.files.file_parts import ReadFile, part_of_name, parts_of


def _file(path: str, holds: str) -> ReadFile:
    return ReadFile(path, path, begins=holds == "beginning", plan=holds in ("beginning", "plan"))


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"001-a.pdf": "beginning", "001-b.pdf": "rest"}, {"001-b.pdf": "001-a.pdf"}),
        (
            {"x/9 p1.pdf": "beginning", "x/9 p2.pdf": "rest", "x/9 p3.tif": "rest"},
            {"x/9 p2.pdf": "x/9 p1.pdf", "x/9 p3.tif": "x/9 p1.pdf"},
        ),
        ({"001-a.pdf": "plan", "001-b.pdf": "rest"}, {}),
        ({"001-a.pdf": "beginning", "001-b.pdf": "plan"}, {}),
        ({"x/001-a.pdf": "beginning", "y/001-b.pdf": "rest"}, {}),
        ({"001-a.pdf": "beginning", "001-c.pdf": "rest"}, {}),
        ({"001.pdf": "beginning", "002.pdf": "rest"}, {}),
    ],
)
def test_parts(files: dict[str, str], found: dict[str, str]) -> None:
    assert parts_of(_file(path, holds) for path, holds in files.items()) == found


@pytest.mark.parametrize("path", ["kh-2024.pdf", "254-KH-UBND.pdf", "ke hoach.pdf", "", "0.pdf"])
def test_names_of_whole_documents(path: str) -> None:
    assert part_of_name(path) is None
