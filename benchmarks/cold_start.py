"""What a process costs before it has restored its first page: core seconds, and what they went into.

    python -m benchmarks.cold_start [--rounds 5]

Each round starts a Python of its own: imports, then a garbled page with a place and a person on it (which asks for all
tables), then the same page again. Core seconds, so that other work on the machine counts little; the least of the
rounds is shown. The first round compiles what is not compiled yet, so that one is run before.
"""

import subprocess
import sys
from itertools import pairwise
from typing import Annotated

import typer

PAGE = (
    "UY BAN NHAN DAN huyén Hoa Binh",
    "Can ctr Nghi quyét sé 76/NQ-CP ngay 15/7/2021 ctia Chinh phu;",
    "Giao déng chi Nguyén Van Binh chu tri, phéi hgp véi xa Tan Lap thuc hién ty 16 90% hé so.",
    "Tiép tuc day manh cai cach hanh chinh, nang cao chat luong phuc vu nguoi dan va doanh nghiép.",
)
_PROBE = f"""
import time
marks = [time.process_time()]
def mark(): marks.append(time.process_time())
import numpy
mark()
import numba
mark()
from extract.page import Line, Page, PageSource
from normalize.document import restore_document
mark()
lines = tuple(Line(text, None, 1.0) for text in {PAGE!r} * 8)
page = Page(1, None, None, 0, 0.0, PageSource.TEXT_FILE, "text", lines, (), 1.0)
restore_document([page])
mark()
restore_document([page])
mark()
print(*marks)
"""
_STEPS = ("Python", "NumPy", "Numba", "this project's modules", "tables, compiled code, page", "page again")


def measure() -> tuple[float, ...]:
    """Core seconds of each of the steps, in one process."""
    done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    marks = [0.0, *map(float, done.stdout.split())]
    return tuple(behind - before for before, behind in pairwise(marks))


def main(rounds: Annotated[int, typer.Option(min=1)] = 5) -> None:
    """Print the least of each step, and of the whole."""
    measure()
    found = [measure() for _ in range(rounds)]
    for step, seconds in zip(_STEPS, zip(*found, strict=True), strict=True):
        typer.echo(f"{step:28} {min(seconds):6.3f} s")
    typer.echo(f"{'first page restored':28} {min(sum(some[:-1]) for some in found):6.3f} s")


if __name__ == "__main__":
    typer.run(main)
