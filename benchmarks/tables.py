"""How many drawn tables come out with their exact shape, at three damage levels; what each step gives; others.

    python benchmarks/tables.py [--pages 20] [--others]

Shape: all cells with their spans and nothing else. img2table is asked when installed and --others is given (pages as
they are drawn, askew, since straightening is its own business); it gets them as images, no OCR.
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import cv2
import numpy as np

import extract.tables.grids
import extract.tables.rulings
from benchmarks.drawn_tables import DrawnPage, Rules, draw_page
from benchmarks.worn_sheets import LEVELS
from extract.image.cleaning import clean, deskew
from extract.raster import Gray
from extract.tables.grids import find_grids

Spans = set[tuple[int, int, int, int]]
Reader = Callable[[DrawnPage], list[Spans]]


def read(page: DrawnPage, *, cleaned: bool = True, straight: bool = True) -> list[Spans]:
    """The grids of the page by this project's chain."""
    gray = clean(page.image) if cleaned else page.image
    gray = deskew(gray)[0] if straight else gray
    return [{(c.row, c.col, c.rowspan, c.colspan) for c in g.cells} for g in find_grids(gray, page.dpi)]


def _no_runs(small: Gray, ink: Gray, dpi: float) -> Gray:  # noqa: ARG001 (stands in for faint_runs)
    return np.zeros_like(ink)


def _all_free(ink: Gray, stats: np.ndarray, millimetre: float) -> np.ndarray:  # noqa: ARG001
    return np.ones(len(stats), np.bool_)


OFF: dict[str, tuple[object, str, object]] = {
    "worn rules": (extract.tables.rulings, "faint_runs", _no_runs),
    "paper beside rules": (extract.tables.rulings, "stands_free", _all_free),
    "short pieces": (extract.tables.rulings, "SHORTEST_PIECE", extract.tables.rulings.SEED_PIECE),
    "open sides": (extract.tables.grids, "with_open_sides", lambda edges, others, millimetre: edges),  # noqa: ARG005
    "idle edges": (extract.tables.grids, "without_idle_edges", lambda rows, cols, millimetre: (rows, cols)),  # noqa: ARG005
}


@contextmanager
def without(step: str) -> Iterator[None]:
    """The chain with this step switched off."""
    with ExitStack() as stack:
        module, name, stand_in = OFF[step]
        stack.enter_context(patch.object(module, name, stand_in))
        yield


def share_right(reader: Reader, pages: list[DrawnPage]) -> tuple[float, float]:
    """(share of pages whose one table has the exact shape, CPU seconds a page)."""
    start = time.process_time()
    right = sum(reader(p) == [set(p.table.spans)] for p in pages)
    return right / len(pages), (time.process_time() - start) / len(pages)


def img2table_reader(page: DrawnPage) -> list[Spans]:
    """The tables that img2table finds, its repeated values taken for merged cells."""
    from img2table.document import Image  # type: ignore[import-not-found]

    found = Image(cv2.imencode(".png", page.image)[1].tobytes()).extract_tables(implicit_rows=False)
    return [_spans_of([[_corners(c) for c in row] for row in table.content.values()]) for table in found]


def _corners(cell: object) -> tuple[float, ...]:
    box = cell.bbox  # type: ignore[attr-defined]
    return (box.x1, box.y1, box.x2, box.y2)


def _spans_of(rows: list[list[tuple[float, ...]]]) -> Spans:
    places: dict[tuple[float, ...], list[tuple[int, int]]] = {}
    for r, row in enumerate(rows):
        for c, box in enumerate(row):
            places.setdefault(box, []).append((r, c))
    tops = {b: (min(p), max(p)) for b, p in places.items()}
    return {(a[0], a[1], z[0] - a[0] + 1, z[1] - a[1] + 1) for a, z in tops.values()}


def report(name: str, rules: Rules, reader: Reader, pages: dict[str, list[DrawnPage]]) -> None:
    """One line: the share right at each level and the seconds a page."""
    figures = [share_right(reader, p) for p in pages.values()]
    shares = "  ".join(f"{share:6.1%}" for share, _ in figures)
    sys.stdout.write(f"{name:24} {rules:8} {shares}   {np.mean([s for _, s in figures]):.2f} s\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--others", action="store_true")
    arguments = parser.parse_args()
    # Seeds far from those that tests use and thresholds were looked at with.
    seeds = range(10_000, 10_000 + arguments.pages)
    sys.stdout.write(f"{'chain':24} {'rules':8} {'  '.join(f'{level:>6}' for level in LEVELS)}\n")
    for rules in (Rules.ALL, Rules.OPEN, Rules.DOUBLE):
        pages = {level: [draw_page(s, level, rules) for s in seeds] for level in LEVELS}
        report("all steps", rules, read, pages)
        if arguments.others and importlib.util.find_spec("img2table"):
            report("img2table", rules, img2table_reader, pages)
        if rules is not Rules.ALL:
            continue
        report("without cleaning", rules, lambda p: read(p, cleaned=False), pages)
        report("without deskew", rules, lambda p: read(p, straight=False), pages)
        for step in OFF:
            with without(step):
                report(f"without {step}", rules, read, pages)


if __name__ == "__main__":
    main()
