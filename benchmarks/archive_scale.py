"""An archive of many short text layers: cost of a document beyond OCR, and whether the parent's memory stays flat.

    python -m benchmarks.archive_scale [--documents 20000] [--jobs 1]

Prints, for a tenth of the archive and for all of it, milliseconds of worker and parent time per document and the peak
memory of the parent. The share of the last column that grows with the archive is what does not stay flat.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = (
    "Tiép tuc day manh cai cach hanh chinh, nang cao chat luong phuc vu nguoi dan va doanh nghiép.",
    "Phan dau trén 90% hé so thu tuc hanh chinh duoc giai quyét ding va truéc han.",
    "Van phong Uy ban nhan dan xa chu tri, phéi hop véi cac co quan, don vi lién quan trién khai thuc hién.",
    "Thuong xuyén ra soat, cap nhat cac van ban quy pham phap luat do dia phuong ban hanh.",
    "Bao cao két qua thuc hién vé Phong Noi vu trudc ngay 15 thang cudi quy dé téng hop.",
)
"""Lines as an English model leaves them; shuffled and numbered, so that no two documents are equal."""


def make_archive(folder: Path, documents: int) -> None:
    """Write `documents` text layers of one page, about 25 lines each, in folders of 1,000."""
    for number in range(documents):
        chance = random.Random(number)
        lines = [f"Sé: {number}/KH-UBND", "KE HOACH"]
        lines += [f"{i}. {chance.choice(SENTENCES)}" for i in range(1, 24)]
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def measure(raw: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Wall seconds and peak memory (MB) of the parent of one run, in a process of its own."""
    program = (
        "import sys, resource; from pipeline import app\n"
        "try: app(sys.argv[1:])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "extract", str(raw), "--out", str(out), "--jobs", str(jobs)]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    print("documents   seconds   ms/document   peak MB of the parent")
    for documents in (arguments.documents // 10, arguments.documents):
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            make_archive(raw, documents)
            seconds, memory = measure(raw, Path(folder) / "out", arguments.jobs)
            each = 1000 * seconds * arguments.jobs / documents
            print(f"{documents:9}  {seconds:8.1f}  {each:12.2f}  {memory:22.0f}")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"CPU seconds of all processes together: {children.ru_utime + children.ru_stime:.0f}")


if __name__ == "__main__":
    main()
