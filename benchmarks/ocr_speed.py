"""How fast pages are read, against bare Tesseract and, where it is installed, OCRmyPDF: same page images, one run.

    python benchmarks/ocr_speed.py FILES_OR_FOLDERS... [--pages N] [--jobs N]

Every page of the files is drawn once as a PNG; then each contender reads these PNGs with the same number of jobs.
Printed are wall time, CPU time (user and system, all processes, start-up and model loading included) and the ratios.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from extract import ExtractSettings, open_source, read_file
from extract.files.media import IMAGES, PDF
from extract.files.sheets import opened_pdf, sheet_of_image, sheet_of_pdf

DPI = 300


@dataclass(frozen=True, slots=True)
class Effort:
    """What reading all pages took, in seconds."""

    name: str
    wall: float
    cpu: float


def page_images(paths: Sequence[Path], folder: Path, limit: int) -> list[Path]:
    """The first `limit` pages of the files as PNG files in the folder."""
    images: list[Path] = []
    for path in paths:
        for number, pixels in enumerate(_pages(path), 1):
            if len(images) == limit:
                return images
            images.append(folder / f"{len(images):04d}-{number}.png")
            pixels.save(images[-1], dpi=(DPI, DPI), compress_level=1)
    return images


def _pages(path: Path) -> Iterator[Image.Image]:
    source = open_source(path, path.name, ExtractSettings())
    if source.media_type == PDF:
        with opened_pdf(path) as document:
            for page in document:
                yield Image.fromarray(sheet_of_pdf(page, DPI).pixels)
    elif source.media_type in IMAGES:
        for number in range(1, source.page_count + 1):
            yield Image.fromarray(sheet_of_image(path, number, DPI, 1 << 28).pixels)


def measured(name: str, work: Callable[[], None]) -> Effort:
    """Run the work, whose processes must be children that have ended when it returns."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    work()
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Effort(name, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def read_one(path: Path) -> None:
    """One page image through the extract stage."""
    read_file(path, path.name, ExtractSettings())


def with_extract(images: Sequence[Path], jobs: int) -> None:
    """This project's extract stage, a process per job."""
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(read_one, images))


def with_tesseract(images: Sequence[Path], jobs: int) -> None:
    """Tesseract alone, a process per page."""

    def read(path: Path) -> None:
        subprocess.run(["tesseract", path, path.with_suffix(""), "-l", "vie", "--psm", "1"], check=True, stderr=-3)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, images))


def with_ocrmypdf(images: Sequence[Path], jobs: int) -> None:
    """OCRmyPDF on one PDF of all pages."""
    pdf = images[0].with_name("all.pdf")
    pages = [Image.open(path).convert("RGB") for path in images]
    pages[0].save(pdf, save_all=True, append_images=pages[1:], resolution=DPI)
    options = ["-l", "vie", "--force-ocr", "--output-type", "pdf", "--jobs", str(jobs), "-q"]
    subprocess.run(["ocrmypdf", *options, pdf, pdf.with_name("read.pdf")], check=True)


CONTENDERS = {"extract": with_extract, "tesseract": with_tesseract, "ocrmypdf": with_ocrmypdf}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    files = [f for p in arguments.paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p]) if f.is_file()]
    with tempfile.TemporaryDirectory() as folder:
        images = page_images(files, Path(folder), arguments.pages)
        efforts = []
        for name, contender in CONTENDERS.items():
            if name == "extract" or shutil.which(name):
                efforts.append(measured(name, lambda work=contender: work(images, arguments.jobs)))  # type: ignore[misc]
    report(efforts, len(images))


def report(efforts: Sequence[Effort], pages: int) -> None:
    """A table: the first contender against each other one."""
    lines = [f"{pages} pages", f"{'':<12}{'wall s':>8}{'CPU s':>8}{'pages/s':>9}{'speed x':>9}{'CPU x':>7}"]
    ours = efforts[0]
    for effort in efforts:
        ratios = f"{effort.wall / ours.wall:>9.2f}{ours.cpu / effort.cpu:>7.2f}"
        lines.append(f"{effort.name:<12}{effort.wall:>8.1f}{effort.cpu:>8.1f}{pages / effort.wall:>9.2f}{ratios}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
