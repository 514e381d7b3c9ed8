"""How often the triage of text layers is right, page by page, on documents whose layer is known to be right or not.

    python -m benchmarks.layers --right FOLDER --wrong FOLDER
    python -m benchmarks.layers --made SEED [--count 6] [--damage 1]

Documents for both come from `python -m tests.testbed generate`: born-digital ones (--output pdf) have a right layer;
scans without a layer (--output scan) and with one of an English model (--output layered) must be read afresh. Pages are
judged one by one, so documents that mix both kinds need no set of their own. --made needs no folder:
it makes scans with every kind of layer, from a right one to one of another page, blank and born-digital pages too
(layer_pages.py).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.layer_pages import layered_pages
from extract.engines.textlayer import read_layer
from extract.files.layers import Verdict, verdict_on
from extract.files.pdfpage import facts_of
from extract.files.sheets import opened_pdf


def verdicts(folder: Path) -> Iterator[Verdict]:
    """The verdict on every page of every PDF of the folder."""
    for path in sorted(folder.glob("*.pdf")):
        with opened_pdf(path) as document:
            for page in document:
                yield verdict_on(facts_of(page, read_layer(page)))


def report(name: str, folder: Path, *, usable: bool) -> None:
    """One line: the share of pages in the right class, and how many got each verdict."""
    counts = Counter(verdicts(folder))
    pages = sum(counts.values())
    right = sum(number for verdict, number in counts.items() if verdict.usable is usable)
    told = ", ".join(f"{verdict.value} {number}" for verdict, number in counts.most_common())
    sys.stdout.write(f"{name:6} {right / max(pages, 1):7.2%} of {pages} pages   {told}\n")


def report_made(seed: int, count: int, damage: int) -> None:
    """One line for each kind of layer, and one for all."""
    counts: dict[str, Counter[tuple[bool, Verdict]]] = {}
    for made in layered_pages(seed, count, damage):
        page = pdfium.PdfDocument(made.pdf)[0]
        verdict = verdict_on(facts_of(page, read_layer(page)))
        counts.setdefault(made.kind, Counter())[verdict.usable is made.usable, verdict] += 1
    counts["all"] = sum(counts.values(), Counter())
    for kind, found in counts.items():
        pages = found.total()
        right = sum(number for (is_right, _), number in found.items() if is_right)
        told = ", ".join(f"{verdict.value} {number}" for (_, verdict), number in found.most_common())
        sys.stdout.write(f"{kind:18} {right / max(pages, 1):7.2%} of {pages} pages   {told}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--right", type=Path, action="append", default=[])
    parser.add_argument("--wrong", type=Path, action="append", default=[])
    parser.add_argument("--made", type=int, metavar="SEED")
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--damage", type=int, choices=(0, 1, 2, 3), default=1)
    arguments = parser.parse_args()
    if arguments.made is not None:
        report_made(arguments.made, arguments.count, arguments.damage)
    for folder in arguments.right:
        report("right", folder, usable=True)
    for folder in arguments.wrong:
        report("wrong", folder, usable=False)


if __name__ == "__main__":
    main()
