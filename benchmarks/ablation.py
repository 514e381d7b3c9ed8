"""What each step of reading gives: scanned pages read with all steps, then with one step left out at a time.

    python -m benchmarks.ablation IMAGES TRUTH

IMAGES holds page images, TRUTH the text of each as NAME.txt; images whose truth is empty are passed over. Printed are
the mean F1 of the syllables, order apart, the mean share of them that stands in order, and the CPU seconds a page.
"""

import argparse
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from extract import ExtractSettings, read_file
from extract.page import Box
from extract.raster import Gray, Rgb


def _plain_gray(page: Rgb | Gray) -> Gray:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8) if page.ndim == 3 else page


def _same(gray: Gray, *_: object) -> Gray:
    return gray


OFF: dict[str, tuple[str, object]] = {
    "orientation": ("extract.recognise.upright_turn", lambda *_: 0),
    "deskew": ("extract.recognise.deskew", lambda gray: (gray, 0.0)),
    "cleaning, all of it": ("extract.recognise.clean", _plain_gray),
    "stamps off": ("extract.image.stamps_off", _plain_gray),
    "light evened": ("extract.image.light_evened", _same),
    "margins off": ("extract.image.margins_off", _same),
    "seals off": ("extract.image.seals_off", _same),
    "contrast up": ("extract.image.contrast_up", _same),
    "specks off": ("extract.image.specks_off", _same),
    "lone specks off": ("extract.recognise.lone_specks_off", _same),
    "grain off": ("extract.recognise.grain_off", _same),
    "second look": ("extract.recognise.look_again", lambda _image, words, *_: list(words)),
    "tables": ("extract.recognise.rulings_to_grids", lambda *_: ()),
    "regions": ("extract.recognise.find_regions", lambda gray, _dpi: _one_region(gray)),
}


def _one_region(gray: Gray) -> tuple[Box, ...]:
    return (Box(0, 0, gray.shape[1], gray.shape[0]),)


def syllables(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def figures(images: Sequence[Path], truth: Path) -> tuple[float, float, float]:
    """(F1 of syllables, share of them in order, CPU seconds a page), means over the images."""
    bags, orders = [], []
    start = time.process_time()
    for image in images:
        pages = read_file(image, image.name, ExtractSettings()).pages
        read = syllables(" ".join(line.text for page in pages for line in page.lines))
        true = syllables((truth / f"{image.stem}.txt").read_text("utf8"))
        shared = (Counter(read) & Counter(true)).total()
        bags.append(2 * shared / max(1, len(read) + len(true)))
        orders.append(max(0.0, 1 - Levenshtein.distance(read, true) / len(true)))
    return float(np.mean(bags)), float(np.mean(orders)), (time.process_time() - start) / len(images)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--without", choices=sorted(OFF), action="append", help="only these; default: each one")
    asked = parser.parse_args()
    images = [
        p for p in sorted(asked.images.glob("*.jpg")) if (asked.truth / f"{p.stem}.txt").read_text("utf8").strip()
    ]
    report("all steps", images, asked.truth)
    for step in asked.without or OFF:
        with patch(*OFF[step]):
            report(f"without {step}", images, asked.truth)


def report(name: str, images: Sequence[Path], truth: Path) -> None:
    """One line of the table."""
    bag, order, seconds = figures(images, truth)
    sys.stdout.write(f"| {name} | {bag:.3f} | {order:.3f} | {seconds:.2f} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
