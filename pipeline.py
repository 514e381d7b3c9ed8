"""kehoach: scanned Vietnamese administrative plans become tables. The command line and the wiring, nothing else.

The commands beside `extract` load their libraries when they are called: a run should not wait seconds for them.
"""

import os
import re
import sys
from dataclasses import replace
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from batch.archive_run import extract_archive
from batch.commands.doctor import Finding, examine
from batch.reports.summary import Summary
from batch.settings import DEFAULTS, Limits, RunSettings
from extract.engines import ENGINES
from extract.look import STEPS
from extract.settings import ExtractSettings

READING = ExtractSettings()

MESSAGES = 2
"""File descriptor of standard error, the last of the three that every program has."""

app = typer.Typer(
    help="Turn an archive of scanned Vietnamese administrative plans into Parquet tables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Exit(IntEnum):
    """What the exit code of every command says. 2 is Typer's own code for a command line it does not understand."""

    OK = 0
    PROBLEM = 1  # the output cannot be written, the archive cannot be read; diff: something was lost
    USAGE = 2
    NO_ENGINE = 3
    SOME_FAILED = 4
    ALL_FAILED = 5
    INTERRUPTED = 130


class Form(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def extract(
    raw: Annotated[
        str,
        typer.Argument(help="Folder with the files to read, all its folders with it; a path, or a URL like s3://..."),
    ] = "data/raw",
    out: Annotated[str, typer.Option(help="Folder for the Parquet tables, as a path or URL.")] = "data/parquet",
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.", show_default="all cores")] = os.cpu_count() or 1,
    max_failed: Annotated[
        str, typer.Option(help="Failed documents to put up with: a number or a share, '3' or '2%'.")
    ] = "0",
    strict: Annotated[bool, typer.Option(help="A document that is only partly read fails the run too.")] = False,
    summary: Annotated[Form, typer.Option(help="Form of the summary on standard output.")] = Form.TEXT,
    report: Annotated[Path | None, typer.Option(help="Write a JUnit report of all documents here.")] = None,
    log: Annotated[Form, typer.Option(help="Form of the log on standard error.")] = Form.TEXT,
    scheduler: Annotated[
        str | None, typer.Option(help="Run on a Dask cluster: 'local', or its address, 'tcp://host:8786'.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Engine that reads images; 'auto' takes the fastest there is.")
    ] = READING.engine,
    ignore_text_layers: Annotated[
        bool, typer.Option(help="Read every PDF page afresh, whatever text it brings.")
    ] = False,
    max_pages: Annotated[int, typer.Option(min=1, help="A file of more pages is refused.")] = READING.max_pages,
    max_bytes: Annotated[int, typer.Option(min=1, help="A larger file is refused.")] = READING.max_bytes,
    max_pixels: Annotated[int, typer.Option(min=1, help="A larger image is refused.")] = READING.max_pixels,
    page_seconds: Annotated[float, typer.Option(help="Time limit for one page.")] = DEFAULTS.seconds_per_page,
    document_seconds: Annotated[
        float, typer.Option(help="Time limit for one document's parsing.")
    ] = DEFAULTS.seconds_per_document,
    memory: Annotated[int, typer.Option(min=1, help="Memory limit of one worker, in MB.")] = DEFAULTS.worker_memory_mb,
) -> None:
    """Read every new or changed file of RAW and bring the tables of OUT up to date."""
    tolerance = _tolerance(max_failed)
    if engine not in (*ENGINES, "auto"):
        raise typer.BadParameter(f"--engine: no engine is called {engine!r}; there are {', '.join(ENGINES)} and auto")
    _need_engine()
    reading = replace(
        READING,
        engine=engine,
        ignore_text_layers=ignore_text_layers,
        max_pages=max_pages,
        max_bytes=max_bytes,
        max_pixels=max_pixels,
    )
    try:
        limits = Limits(page_seconds, document_seconds, memory)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    settings = RunSettings(raw, out, jobs, scheduler, limits, reading)
    try:
        result = extract_archive(settings, log_json=log is Form.JSON, report=report)
        typer.echo(result.to_json() if summary is Form.JSON else result.to_text())
    except KeyboardInterrupt:
        _complain(
            "Interrupted. What was read is kept; the next run goes on from here. The former tables are untouched."
        )
        raise typer.Exit(Exit.INTERRUPTED) from None
    except OSError as error:
        _complain(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        raise typer.Exit(Exit.PROBLEM) from None
    raise typer.Exit(_verdict(result, tolerance, strict))


@app.command()
def explain(
    where: Annotated[
        str, typer.Argument(metavar="FILE[:PAGE[:LINE]]", help="A file, a page of it, or a line of that page.")
    ],
) -> None:
    """Print each line as read, as restored, and every change with its reason and confidence."""
    from batch.commands.explain import NothingToExplainError, explain_file

    _need_engine()
    path, page, line = _place(where)
    if not path.is_file():
        raise typer.BadParameter(f"there is no file {path}")
    try:
        for text in explain_file(path, page, line, READING):
            typer.echo(text)
    except NothingToExplainError as error:
        _complain(str(error))
        raise typer.Exit(Exit.PROBLEM) from None


@app.command()
def look(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF or image.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="PNG to write.")],
    page: Annotated[int, typer.Option(min=1, help="Page, from 1.")] = 1,
    step: Annotated[str | None, typer.Option(help=f"Show one step of reading instead: {', '.join(STEPS)}.")] = None,
) -> None:
    """Draw a page with what was found on it: lines grey, cells blue, headers purple, targets green, assignments red."""
    import cv2

    from batch.commands.look import NothingToSeeError, look_at, step_at

    _need_engine()
    try:
        image = step_at(path, page, step, READING) if step else look_at(path, page, READING)
    except NothingToSeeError as error:
        _complain(str(error))
        raise typer.Exit(Exit.PROBLEM) from None
    if not cv2.imwrite(str(out), image):
        _complain(f"{out} cannot be written. Name a .png file in a folder that exists.")
        raise typer.Exit(Exit.PROBLEM)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Output folder of an earlier run.")],
    new: Annotated[Path, typer.Argument(help="Output folder of a later run.")],
) -> None:
    """Compare two outputs by content. The exit code is 1 when rows or values were lost."""
    from batch.commands.diff import diff_outputs

    try:
        tables = diff_outputs(old, new)
    except FileNotFoundError as error:
        raise typer.BadParameter(str(error)) from None
    for table in tables:
        if not table.is_empty:
            typer.echo(table.to_text())
    if all(table.is_empty for table in tables):
        typer.echo("no difference")
    raise typer.Exit(Exit.PROBLEM if any(table.is_loss for table in tables) else Exit.OK)


@app.command()
def schema() -> None:
    """Print the data dictionary: every table and column of the output."""
    from schema.arrow import dictionary

    typer.echo(dictionary(), nl=False)


@app.command()
def doctor() -> None:
    """Say whether everything that reading needs is there, in which version, and what to do if not."""
    findings = examine(READING)
    for finding in findings:
        typer.echo(finding.to_text())
    if not all(finding.ok for finding in findings if finding.needed):
        raise typer.Exit(Exit.NO_ENGINE)


def _verdict(result: Summary, tolerance: tuple[float, bool], strict: bool) -> Exit:
    """The exit code: failed documents beyond the tolerance; with `strict`, partly read ones count as failed."""
    failed = result.failed + (result.documents.get("partial", 0) if strict else 0)
    number, is_share = tolerance
    if failed <= (number / 100 * result.total if is_share else number):
        return Exit.OK
    return Exit.ALL_FAILED if result.failed == result.total else Exit.SOME_FAILED


def _tolerance(text: str) -> tuple[float, bool]:
    """'3' -> (3.0, False), '2%' -> (2.0, True)."""
    found = re.fullmatch(r"(\d+)|(\d+(?:\.\d+)?)%", text.strip(), re.ASCII)
    if not found or (found[2] and float(found[2]) > 100):
        raise typer.BadParameter(
            f"--max-failed takes a number of documents, such as 3, or a share, 0% to 100%; not {text!r}"
        )
    return float(found[1] or found[2]), found[2] is not None


def _place(where: str) -> tuple[Path, int | None, int | None]:
    """'plan.pdf:3:12' -> the file, page 3, line 12. A file whose own name ends so is taken as it is."""
    numbers: list[int] = []
    rest = where
    while len(numbers) < 2 and not Path(rest).exists() and rest.rpartition(":")[2].isdigit():
        rest, _, number = rest.rpartition(":")
        numbers.insert(0, int(number))
    page, line = [*numbers, None, None][:2]
    return Path(rest), page, line


def _need_engine() -> None:
    missing: list[Finding] = [finding for finding in examine(READING) if finding.needed and not finding.ok]
    if missing:
        _complain("\n".join(finding.to_text() for finding in missing))
        raise typer.Exit(Exit.NO_ENGINE)


def _complain(message: str) -> None:
    typer.echo(message, err=True)


def _need_streams() -> None:
    """Open what the caller closed (`2>&-`), lest a table gets the number of a stream and an engine's words with it."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= MESSAGES:
        os.set_inheritable(opened, True)
    os.close(opened)
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(MESSAGES, "w")


def main() -> None:
    """Entry point of the `kehoach` command."""
    _need_streams()
    app()


if __name__ == "__main__":
    main()
