"""Progress for a person at a terminal, plain lines for a pipe, JSON lines for a machine. All on standard error."""

import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self, TextIO

from batch.outcomes import Finished, Probe
from batch.store import Todo
from extract.page import Failure

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SECONDS_BETWEEN_LINES = 10.0
"""Between two lines of progress where there is no terminal."""


class Display:
    """What a run shows while it works. total: documents to do; `log_json`: one JSON line for each event instead."""

    def __init__(self, total: int, stream: TextIO, log_json: bool = False) -> None:
        self._total, self._stream = total, stream
        self._begun = self._spoke = time.monotonic()
        self._documents = self._pages = 0
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._log = _json_lines(stream) if log_json else None
        self._bar: Progress | None = None if log_json or not stream.isatty() else _bar(stream)
        self._task: TaskID | None = None

    @property
    def pages_read(self) -> int:
        """Pages read in this run, those taken from the store not counted."""
        return self._pages

    @property
    def stage_seconds(self) -> dict[str, float]:
        """Seconds that the workers spent in each stage, all together."""
        return dict(self._seconds)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("reading", total=self._total, rate="")
        elif self._total:  # the first document may take a while: its workers load the models
            self._say(f"{self._total} documents to do")
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bar:
            self._bar.stop()

    def document_begun(self, todo: Todo, probe: Probe) -> None:
        self._seconds["open"] += probe.seconds
        self._event(todo, "open", probe.seconds, pages=probe.pages, reason=todo.reason, sha256=todo.sha256)

    def page_done(self, todo: Todo, number: int, failure: Failure | None, seconds: float | None) -> None:
        self._pages += seconds is not None
        self._seconds["read"] += seconds or 0.0
        again = seconds is None
        self._event(todo, "read", seconds or 0.0, page=number, error=failure and failure.code, from_store=again)
        if failure:
            self._say(f"{todo.source_path}, page {number}: {failure.message}")
        self._show()

    def document_done(self, todo: Todo, done: Finished) -> None:
        self._documents += 1
        for stage, seconds in done.seconds.items():
            self._seconds[stage] += seconds
            self._event(todo, stage, seconds)
        self._event(todo, "done", sum(done.seconds.values()), status=done.status, error=done.error_code)
        if done.status == "failed":
            self._say(f"{todo.source_path}: {done.error} [{done.error_code}]")
        self._show()

    def _event(self, todo: Todo, stage: str, seconds: float, **facts: object) -> None:
        if self._log:
            name = todo.source_path
            with suppress(OSError):  # a log on a disk that is full, or a pipe that nobody reads any more, ends no run
                self._log.msg(
                    stage, document=todo.sha256[:16], path=name, stage=stage, seconds=round(seconds, 4), **facts
                )

    def _show(self) -> None:
        elapsed = time.monotonic() - self._begun
        rate = f"{self._pages / elapsed:.2f} pages/s" if elapsed > 0 else ""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._documents, rate=rate)
        elif not self._log and (
            time.monotonic() - self._spoke > SECONDS_BETWEEN_LINES or self._documents == self._total
        ):
            self._spoke = time.monotonic()
            left = elapsed / self._documents * (self._total - self._documents) if self._documents else None
            ahead = f", about {left:.0f} s left" if left is not None else ""
            self._say(f"{self._documents} of {self._total} documents, {self._pages} pages, {rate}{ahead}")

    def _say(self, message: str) -> None:
        shown = one_line(message)
        if self._bar:
            self._bar.console.print(shown, highlight=False, markup=False)
        elif not self._log:
            with suppress(OSError):  # likewise
                print(shown, file=self._stream, flush=True)


def one_line(text: str) -> str:
    """A text as it may be shown: what a file name may do to a terminal or a line is written as escapes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _json_lines(stream: TextIO) -> Any:
    """A logger that writes a JSON object a line. Few runs want one, and its library takes 0.2 seconds to load."""
    import structlog

    stamp, line = structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.wrap_logger(structlog.PrintLogger(stream), processors=[stamp, line])


def _bar(stream: TextIO) -> "Progress":
    """A progress bar at a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(file=stream),
    )
