"""Two outputs compared: what was added, lost, changed, and what merely has another name."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from batch.commands.diff import TableDiff, diff_outputs
from schema.arrow import to_table
from schema.records import TABLES, DocumentRow


def _row(path: str, content: str | None, part_of: str | None = None) -> DocumentRow:
    """A document of one page; content None: a file that cannot be read."""
    code = None if content else "unreadable"
    status = "failed" if code else "ok"
    identity = (content or path).ljust(16, "0")
    return DocumentRow(identity, path, content, 9, "text/plain", 1, status, code, code, False, 1.0, "1", part_of)


def _output(folder: Path, rows: Sequence[DocumentRow]) -> Path:
    folder.mkdir()
    for name in TABLES:
        pq.write_table(to_table(name, rows if name == "documents" else ()), folder / f"{name}.parquet")
    return folder


def _documents(tmp_path: Path, old: Sequence[DocumentRow], new: Sequence[DocumentRow]) -> TableDiff:
    tables = diff_outputs(_output(tmp_path / "old", old), _output(tmp_path / "new", new))
    return next(table for table in tables if table.name == "documents")


A, B = _row("a.txt", "aa"), _row("b.txt", "bb")


@pytest.mark.parametrize(
    ("old", "new", "added", "gone", "renamed"),
    [
        pytest.param([A, B], [A, B], 0, 0, 0, id="nothing"),
        pytest.param([A, B], [A], 0, 1, 0, id="a file that is gone is lost"),
        pytest.param([A], [A, B], 1, 0, 0, id="a new file"),
        pytest.param([A, B], [A, _row("x/c.txt", "bb")], 0, 0, 1, id="a file that was moved"),
        pytest.param([A], [_row("a.txt", "zz")], 0, 0, 0, id="the same name, another content: a change"),
        pytest.param([A, B], [_row("b.txt", "aa"), _row("a.txt", "bb")], 0, 0, 0, id="two files that changed places"),
        pytest.param([A], [A, _row("b.txt", "aa")], 1, 0, 0, id="a copy"),
        pytest.param([A, _row("b.txt", "aa")], [A], 0, 1, 0, id="a copy that is gone"),
        pytest.param([A, _row("b.txt", "aa")], [_row("y", "aa"), _row("z", "aa")], 0, 0, 2, id="both copies moved"),
        pytest.param([A, _row("b.txt", "aa")], [_row("z", "aa")], 0, 1, 1, id="one copy moved, one gone"),
        pytest.param([_row("a.txt", None)], [_row("b.txt", None)], 1, 1, 0, id="unread files are not known to be one"),
    ],
)
def test_files_are_followed_by_their_content(
    tmp_path: Path, old: list[DocumentRow], new: list[DocumentRow], added: int, gone: int, renamed: int
) -> None:
    table = _documents(tmp_path, old, new)
    assert (table.added, table.gone, table.renamed) == (added, gone, renamed)
    assert table.is_loss == (gone > 0)


def test_a_rename_is_shown_and_no_more_said_of_it(tmp_path: Path) -> None:
    table = _documents(tmp_path, [A], [_row("b\n.txt", "aa")])
    assert table.to_text() == "documents: 0 added, 0 gone, 1 renamed\n    renamed: a.txt -> b\\n.txt"


def test_a_value_that_a_renamed_file_lost_is_a_loss(tmp_path: Path) -> None:
    table = _documents(tmp_path, [_row("a.txt", "aa", part_of="f" * 16)], [_row("b.txt", "aa")])
    assert (table.renamed, table.lost, table.is_loss) == (1, (("part_of", 1),), True)
