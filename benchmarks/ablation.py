"""What each step of reading gives: scanned pages read with all steps, then with one step left out at a time.

    python -m benchmarks.ablation [--real IMAGES TRUTH] [--seed 880] [--pages 2] [--without STEP ...]

Real pages: IMAGES holds page images, TRUTH the text of each as NAME.txt; images whose truth is empty are passed over.
Made pages: so many of the test bed's scanned documents at each of three damages, with stamps, signatures and tables,
some lying on their side. Printed are for each set the mean F1 of the syllables, order apart, and the mean share of them
that stands in order, for the tables of made pages also the F1 of neighbouring cells; and the CPU seconds a page. What
the engine read once on an image is remembered with the time it took: a step is read only where it changes something.
"""

import argparse
import hashlib
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.table_scores import cells_of, cells_read, score
from extract import ExtractSettings
from extract.engines import Engine, Layout, SeenWord, engine_named
from extract.files.sheets import Sheet, sheet_of_image
from extract.page import Box, Page
from extract.raster import Gray, Rgb
from extract.recognise import recognise
from extract.tables.cells import Placed
from tests.testbed.flow import DrawnTable
from tests.testbed.generate import sources
from tests.testbed.make import make

DAMAGES = (1, 2, 3)


def _plain_gray(page: Rgb | Gray) -> Gray:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8) if page.ndim == 3 else page


def _same(gray: Gray, *_: object) -> Gray:
    return gray


OFF: dict[str, tuple[str, object]] = {
    "orientation": ("extract.recognise.upright_turn", lambda *_: 0),
    "deskew": ("extract.recognise.deskew", lambda gray: (gray, 0.0)),
    "perspective": ("extract.recognise.squared", _same),
    "cleaning, all of it": ("extract.recognise.clean", _plain_gray),
    "stamps off": ("extract.image.cleaning.stamps_off", _plain_gray),
    "light evened": ("extract.image.cleaning.light_evened", _same),
    "margins off": ("extract.image.cleaning.margins_off", _same),
    "the back off": ("extract.image.cleaning.bleed_off", _same),
    "seals off": ("extract.image.cleaning.seals_off", _same),
    "contrast up": ("extract.image.cleaning.contrast_up", _same),
    "specks off": ("extract.image.cleaning.specks_off", _same),
    "lone specks off": ("extract.recognise.lone_specks_off", _same),
    "grain off": ("extract.recognise.grain_off", _same),
    "worn rules": ("extract.tables.rulings.faint_runs", lambda small, ink, dpi: np.zeros_like(ink)),  # noqa: ARG005
    "paper beside rules": ("extract.tables.rulings.stands_free", lambda ink, stats, mm: np.ones(len(stats), np.bool_)),  # noqa: ARG005
    "tables": ("extract.recognise.rulings_to_grids", lambda *_: ()),
    "tables without rules": ("extract.assembly.find_unruled", lambda words, _: Placed((), tuple(words))),
    "second reading of those": ("extract.recognise.read_again", lambda _bare, regions, *_: (list(regions), ())),
    "lone cells": ("extract.recognise.read_lone_cells", lambda _sheet, words, *_: words),
    "signatures off": ("extract.recognise.signatures_off", _same),
    "flecks": ("extract.rereading.second_look.without_flecks", lambda words, *_, **__: list(words)),
    "second look": ("extract.recognise.look_again", lambda _image, words, *_: words),
    "regions": ("extract.recognise.find_regions", lambda gray, _dpi: _one_region(gray)),
}


def _one_region(gray: Gray) -> tuple[Box, ...]:
    return (Box(0, 0, gray.shape[1], gray.shape[0]),)


@dataclass(frozen=True)
class Judged:
    """A page to read and what stands on it; tables empty where their truth is not known."""

    sheet: Sheet
    text: str
    tables: tuple[DrawnTable, ...] = ()


def real_pages(images: Path, truth: Path) -> Iterator[Judged]:
    """The images of a folder whose text is known and not empty."""
    settings = ExtractSettings()
    for image in sorted(images.glob("*.jpg")):
        text = (truth / f"{image.stem}.txt").read_text("utf8")
        if text.strip():
            yield Judged(sheet_of_image(image, 1, settings.dpi, settings.max_pixels), text)


def made_pages(seed: int, damage: int) -> Iterator[Judged]:
    """The scanned pages of the test bed's documents at this damage, one page of every document first."""
    for source in sources(seed, 99, "scan", damage):
        _, _, _, pages = make(source)
        for page in pages[:: max(1, len(pages) - 1)]:
            if page.truth is not None:
                dpi = source.making.dpi
                height, width = page.picture.shape[:2]
                sheet = Sheet(page.picture, dpi, width * 72 / dpi, height * 72 / dpi)
                yield Judged(sheet, " ".join(page.truth.lines), page.truth.tables)


@dataclass
class Remembering:
    """An engine that reads no image twice. spared: CPU seconds that the readings took which were not done again."""

    engine: Engine
    seen: dict[bytes, tuple[tuple[SeenWord, ...], float]] = field(default_factory=dict)
    spared: float = 0.0

    @property
    def name(self) -> str:
        return self.engine.name

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:
        key = hashlib.sha256(gray.tobytes() + repr((gray.shape, dpi, layout)).encode()).digest()
        if key in self.seen:
            self.spared += self.seen[key][1]
        else:
            start = cpu_seconds()
            words = self.engine.read(gray, dpi, layout)
            self.seen[key] = words, cpu_seconds() - start
        return self.seen[key][0]


def cpu_seconds() -> float:
    """Of this process and of the programs that it ran."""
    return sum(os.times()[:4])


def syllables(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def text_scores(page: Page, truth: str) -> tuple[float, float]:
    """(F1 of the syllables, share of them in order)."""
    read, true = syllables(" ".join(line.text for line in page.lines)), syllables(truth)
    shared = (Counter(read) & Counter(true)).total()
    return 2 * shared / max(1, len(read) + len(true)), max(0.0, 1 - Levenshtein.distance(read, true) / len(true))


def report(name: str, sets: Sequence[Sequence[Judged]], engine: Remembering) -> None:
    """One line of the table."""
    start = cpu_seconds() + engine.spared
    fields = []
    for judged in sets:
        read = [recognise(page.sheet, 1, ExtractSettings()) for page in judged]
        scores = [text_scores(page, truth.text) for page, truth in zip(read, judged, strict=True)]
        relations = [
            score(cells_read(page), cells_of(truth.tables))[1]
            for page, truth in zip(read, judged, strict=True)
            if truth.tables
        ]
        means = [*np.mean(scores, axis=0), *([np.mean(relations)] if relations else [])]
        fields.append(" / ".join(f"{mean:.3f}" for mean in means))
    seconds = (cpu_seconds() + engine.spared - start) / sum(map(len, sets))
    sys.stdout.write(f"| {name} | {' | '.join(fields)} | {seconds:.2f} |\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, nargs=2, metavar=("IMAGES", "TRUTH"))
    parser.add_argument("--seed", type=int, default=880)
    parser.add_argument("--pages", type=int, default=2, help="made pages at each damage")
    parser.add_argument("--without", choices=sorted(OFF), action="append", help="only these; default: each one")
    asked = parser.parse_args()
    sets = [list(real_pages(*asked.real))] if asked.real else []
    sets += [list(islice(made_pages(asked.seed, damage), asked.pages)) for damage in DAMAGES]
    engine = Remembering(engine_named("auto", ExtractSettings().language))
    with patch("extract.recognise.engine_named", lambda *_: engine):
        report("all steps", sets, engine)
        for step in asked.without or OFF:
            with patch(*OFF[step]):
                report(f"without {step}", sets, engine)


if __name__ == "__main__":
    main()
