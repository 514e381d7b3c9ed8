"""What a run shows: lines for a pipe, JSON lines for a machine, nothing that a file name can do to a terminal."""

import errno
import io
import json

import pytest

from batch.outcomes import Finished, Probe
from batch.reports.watch import Display
from batch.store import Todo
from extract.page import Failure

TODO = Todo("ab" * 32, "/raw/a.txt", "a\x1b[31m\n.txt", "new")
DONE = Finished("failed", "timeout", "It took\ntoo long.", False, None, {}, {}, {"restore": 1.0, "parse": 0.5})


class _Full(io.StringIO):
    """A log on a disk that is full."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("log_json", [False, True])
def test_a_log_that_cannot_be_written_ends_no_run(log_json: bool) -> None:
    with Display(1, _Full(), log_json) as display:
        display.page_done(TODO, 2, Failure("corrupt", "The page is damaged."), 2.0)
        display.document_done(TODO, DONE)
    assert display.pages_read == 1


def _shown(log_json: bool) -> tuple[str, Display]:
    stream = io.StringIO()
    with Display(1, stream, log_json) as display:
        display.document_begun(TODO, Probe("text/plain", 2, None, 0.25))
        display.page_done(TODO, 1, None, None)
        display.page_done(TODO, 2, Failure("corrupt", "The page is damaged."), 2.0)
        display.document_done(TODO, DONE)
    return stream.getvalue(), display


def test_a_pipe_gets_plain_lines_with_progress() -> None:
    text, _ = _shown(log_json=False)
    assert "\x1b" not in text
    assert text.startswith("1 documents to do\n")
    assert "page 2: The page is damaged." in text
    assert "1 of 1 documents, 1 pages" in text


def test_a_name_cannot_break_its_line() -> None:
    text, _ = _shown(log_json=False)
    assert "a\\x1b[31m\\n.txt: It took\\ntoo long. [timeout]" in text.splitlines()


def test_json_lines_name_document_page_stage_and_time() -> None:
    text, _ = _shown(log_json=True)
    events = [json.loads(line) for line in text.splitlines()]
    assert [event["stage"] for event in events] == ["open", "read", "read", "restore", "parse", "done"]
    assert all({"document", "path", "seconds", "timestamp"} <= set(event) for event in events)
    assert (events[2]["page"], events[2]["seconds"], events[2]["error"]) == (2, 2.0, "corrupt")
    assert events[1]["from_store"]


def test_seconds_are_added_up_by_stage_and_pages_of_the_store_are_not_read() -> None:
    _, display = _shown(log_json=True)
    assert display.stage_seconds == {"open": 0.25, "read": 2.0, "restore": 1.0, "parse": 0.5}
    assert display.pages_read == 1
