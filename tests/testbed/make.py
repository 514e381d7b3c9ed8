"""A Source -> files: the document itself, and its truth as JSON, text and geometry."""

import json
from dataclasses import asdict
from pathlib import Path

from tests.testbed.document import File
from tests.testbed.oldlayer import layered_pdf, old_layer, printed_layer, run_together_layer
from tests.testbed.render import Rendered, render
from tests.testbed.scan import ScannedPage, scan, to_pdf, to_tiff
from tests.testbed.source import Making, Source
from tests.testbed.truth import truth_of

SUFFIXES = {"pdf": ".pdf", "scan": ".pdf", "tiff": ".tif", "layer": ".txt", "printed": ".txt", "layered": ".pdf"}


def make(source: Source) -> tuple[str, bytes, Rendered, list[ScannedPage]]:
    """File name, bytes, the layout and (unless born-digital) the scans that a source comes to."""
    rendered = render(source.file, source.style)
    making = source.making
    name = source.file.name + SUFFIXES[making.output]
    if making.output == "pdf":
        return name, rendered.pdf, rendered, []
    if making.output == "printed":
        return name, printed_layer(rendered.pages, making.seed).encode(), rendered, []
    pages = scan(rendered, making, stamp_words(source.file))
    if making.output == "layer":
        return name, _layer(pages, making).encode(), rendered, pages
    if making.output == "layered":
        return name, layered_pdf(pages, making.psm, making.dpi), rendered, pages
    return name, (to_tiff if making.output == "tiff" else to_pdf)(pages, making), rendered, pages


def _layer(pages: list[ScannedPage], making: Making) -> str:
    if making.cellwise:
        return run_together_layer(pages, making.seed, making.psm, making.dpi)
    return old_layer(pages, making.psm, making.dpi)


def stamp_words(file: File) -> str:
    """The name of the office that seals the first document."""
    head = next((part.letterhead for part in file.parts if part.letterhead), None)
    return head.body.replace("ỦY BAN NHÂN DÂN", "").replace("\n", " ").strip() if head else ""


def write(source: Source, out: Path, truth: Path, geometry: bool = True) -> Path:
    """Make the document in `out` and its truth (NAME.json, NAME.txt, pages/NAME.json) in `truth`."""
    name, data, rendered, pages = make(source)
    out.mkdir(parents=True, exist_ok=True)
    # Scorers of plans read every truth of the folder; what is no plan lies below it.
    beside = truth if source.file.plans else truth / "no_plan"
    beside.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(data)
    stem = source.file.name
    (beside / f"{stem}.json").write_text(truth_json(source.file), "utf-8")
    (beside / f"{stem}.txt").write_text(rendered.text, "utf-8")
    if geometry:
        (truth / "pages").mkdir(parents=True, exist_ok=True)
        (truth / "pages" / f"{stem}.json").write_text(pages_json(rendered, pages, source.making), "utf-8")
    return out / name


def truth_json(file: File) -> str:
    """The truth in the form of the annotation guide."""
    return json.dumps(truth_of(file), ensure_ascii=False, indent=1) + "\n"


def pages_json(rendered: Rendered, pages: list[ScannedPage], making: Making) -> str:
    """Of every upright page, in points: size, lines in reading order, table grids and cells; and how the scan lies."""
    scans = {page.truth.number: page for page in pages if page.truth}
    rows = [
        {
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "turned": scans[page.number].turned if scans else 0,
            "askew": round(scans[page.number].askew, 3) if scans else 0.0,
            "lines": page.lines,
            "tables": [asdict(table) for table in page.tables],
        }
        for page in rendered.pages
    ]
    return json.dumps({"making": asdict(making), "pages": rows}, ensure_ascii=False, indent=1) + "\n"
