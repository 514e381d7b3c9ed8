"""Documents and their truth -> samples: the evidence of every row that was read, and whether the row is right.

Each folder has raw/ (documents) and truth/NAME.json, as for benchmarks.documents, and is one hand: documents made or
written in one manner. A truth may leave out `plan`, `legal_bases` or `targets`: those rows are not judged then. An
assignment is right when its task is 90 % alike to one of the truth and its organisations and times are the same, a
target when its text is 80 % alike and its value, comparator and times are the same, a legal basis by its number and
date, a plan when every field is.
"""

import argparse
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks.documents import folded
from extract import read_file
from extract.settings import ExtractSettings
from normalize import restore_document
from normalize.fixes import RestoredPage
from schema.confidence.parted_row_evidence import is_parted
from schema.confidence.weights import Kind, evidence
from schema.document import read_uncalibrated
from schema.records import AssignmentRow, LegalBasisRow, PlanRow, Reading, TargetRow

Truth = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One row: the folder and the document it is from, its evidence, whether it is right."""

    hand: str
    document: str
    evidence: tuple[float, ...]
    right: bool


Samples = Mapping[Kind, Sequence[Sample]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and its truth."""

    document: Path
    truth: Path


def arguments(about: str | None) -> argparse.Namespace:
    """The command line: folders, pages (a folder where restored pages are kept between runs, or None), jobs."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=Path, help="keep restored pages here; empty it when restoration has changed")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    return parser.parse_args()


def samples_of(folders: Sequence[Path], kinds: Sequence[Kind], pages: Path | None, jobs: int) -> Samples:
    """The rows of those kinds of every document that has a truth, in the order of the folders."""
    pairs = [pair for folder in folders for pair in _pairs(folder)]
    with ProcessPoolExecutor(jobs) as pool:
        found = list(pool.map(partial(_judged_rows, kinds=kinds, pages=pages), pairs))
    return {kind: [sample for of_document in found for sample in of_document[kind]] for kind in kinds}


def _pairs(folder: Path) -> Iterator[Pair]:
    for truth in sorted((folder / "truth").glob("*.json")):
        yield from (Pair(raw, truth) for raw in sorted((folder / "raw").glob(f"{truth.stem}*")))


def _judged_rows(pair: Pair, kinds: Sequence[Kind], pages: Path | None) -> Samples:
    wanted = json.loads(pair.truth.read_text(encoding="utf-8"))
    restored = _restored(pair.document, pages)
    reading = read_uncalibrated(restored, pair.truth.stem)
    hand = str(pair.truth.parent.parent)
    return {
        kind: [
            Sample(hand, str(pair.truth), row, right)
            for row, right in zip(evidence(kind, reading, restored), verdicts, strict=True)
        ]
        if (verdicts := _VERDICTS[kind](reading, wanted)) is not None
        else []
        for kind in kinds
    }


def _restored(document: Path, kept: Path | None) -> Sequence[RestoredPage]:
    """The restored pages of a document; from the folder where they are kept, if they are there."""
    if kept is None:
        return restore_document(read_file(document, document.name, ExtractSettings()).pages)
    path = kept / f"{hashlib.sha256(document.read_bytes()).hexdigest()}.pickle"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(_restored(document, None)))
    pages: Sequence[RestoredPage] = pickle.loads(path.read_bytes())  # written by the lines above
    return pages


def _alike(one: object, other: object, share: float = 90.0) -> bool:
    return fuzz.ratio(folded(one), folded(other)) >= share


def _days(row: AssignmentRow | TargetRow) -> tuple[str, str]:
    return str(row.deadline_start or ""), str(row.deadline_end or "")


def _true_days(wanted: Truth) -> tuple[str, str]:
    return wanted["deadline_start"] or "", wanted["deadline_end"] or ""


def _same_names(names: Sequence[str], wanted: Sequence[str]) -> bool:
    return bool(names) == bool(wanted) and _alike("; ".join(sorted(names)), "; ".join(sorted(wanted)))


def is_right_assignment(row: AssignmentRow, wanted: Sequence[Truth]) -> bool:
    """Whether an assignment is one of those wanted, as a whole."""
    return any(_same_assignment(row, one) for one in wanted)


def _same_assignment(row: AssignmentRow, wanted: Truth) -> bool:
    return (
        (*_days(row), row.recurrence) == (*_true_days(wanted), wanted["recurrence"])
        and _alike(row.task, wanted["task"])
        and _same_names(row.lead, wanted["lead"])
        and _same_names(row.partners, wanted["partners"])
    )


def _same_target(row: TargetRow, wanted: Truth) -> bool:
    said = (row.value, row.comparator, *_days(row))
    return said == (wanted["value"], wanted["comparator"], *_true_days(wanted)) and _alike(
        row.text, wanted["text"], 80.0
    )


def _same_basis(row: LegalBasisRow, wanted: Truth) -> bool:
    return folded(row.number) == folded(wanted["number"]) and str(row.date or "") == (wanted["date"] or "")


def _same_plan(row: PlanRow, wanted: Truth | None) -> bool:
    return wanted is not None and all(
        _alike(getattr(row, column), value, 95.0)
        if column == "title"
        else folded(getattr(row, column)) == folded(value)
        for column, value in wanted.items()
    )


def _assignments(reading: Reading, wanted: Truth, belongs: Callable[[AssignmentRow], bool]) -> list[bool]:
    return [is_right_assignment(row, wanted["assignments"]) for row in reading.assignments if belongs(row)]


def _targets(reading: Reading, wanted: Truth) -> list[bool] | None:
    if "targets" not in wanted:
        return None
    return [row.value is None or any(_same_target(row, w) for w in wanted["targets"]) for row in reading.targets]


def _bases(reading: Reading, wanted: Truth) -> list[bool] | None:
    if "legal_bases" not in wanted:
        return None
    return [any(_same_basis(row, w) for w in wanted["legal_bases"]) for row in reading.legal_bases]


def _plans(reading: Reading, wanted: Truth) -> list[bool] | None:
    return [_same_plan(row, wanted["plan"]) for row in reading.plans] if "plan" in wanted else None


_VERDICTS: Mapping[Kind, Callable[[Reading, Truth], list[bool] | None]] = {
    "assignment": partial(_assignments, belongs=lambda row: row.origin == "table"),
    "duty": partial(_assignments, belongs=lambda row: row.origin == "narrative"),
    "parted": partial(_assignments, belongs=is_parted),
    "target": _targets,
    "basis": _bases,
    "plan": _plans,
}
"""Whether each row of a kind is right; None where the truth does not tell."""
