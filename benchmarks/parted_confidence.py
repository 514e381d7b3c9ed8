"""Learn how sure the rows of run-together tables are -> schema/rules/confidence_parted.toml.

    python -m benchmarks.parted_confidence FOLDER... > schema/rules/confidence_parted.toml

Folders, truth, what is right and how weights are learned: see benchmarks.confidence. Layers with no letter misread
(`python -m tests.testbed generate --output printed`) show how tables are torn, read ones what letters add to that.
"""

import json
import sys
from pathlib import Path

from benchmarks.confidence import Sample, is_right_assignment, report
from extract import read_file
from extract.settings import ExtractSettings
from normalize import restore_document
from schema.confidence.parted_row_evidence import is_parted, parted_evidence
from schema.document import read_uncalibrated

HEADER = """# What evidence adds to the log odds that a row of a run-together table is right; written by
# `python -m benchmarks.parted_confidence`.
row_type = "schema.confidence.weights:Weight"
"""


def samples_of(document: Path, truth: Path) -> list[Sample]:
    """The rows of one document's run-together tables, with their evidence."""
    wanted = json.loads(truth.read_text(encoding="utf-8"))["assignments"]
    pages = restore_document(read_file(document, document.name, ExtractSettings()).pages)
    reading = read_uncalibrated(pages, truth.stem)
    rows = [row for row in reading.assignments if is_parted(row)]
    return [
        Sample(str(truth), evidence, is_right_assignment(row, wanted))
        for row, evidence in zip(rows, parted_evidence(reading, pages), strict=True)
    ]


def main() -> None:
    samples = [
        sample
        for folder in map(Path, sys.argv[1:])
        for truth in sorted((folder / "truth").glob("*.json"))
        for document in sorted((folder / "raw").glob(f"{truth.stem}*"))
        for sample in samples_of(document, truth)
    ]
    print(HEADER + report("parted", samples), end="")


if __name__ == "__main__":
    main()
