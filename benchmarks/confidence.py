"""Learn how sure rows are: documents and their truth -> schema/rules/confidence.toml, judged document by document.

    python -m benchmarks.confidence FOLDER...        each with raw/ (documents) and truth/NAME.json

A row is right when its text is 90 % alike to a row of the truth and its organisations and times (its value, comparator
and times) are the same. Logistic regression with a small penalty; each document is judged by weights that never saw it.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from extract import read_file
from extract.settings import ExtractSettings
from normalize import restore_document
from normalize.fixes import RestoredPage
from schema.confidence import ASSIGNMENT_EVIDENCE, REVIEW_BELOW, TARGET_EVIDENCE, assignment_evidence, target_evidence
from schema.document import read_uncalibrated
from schema.records import AssignmentRow, TargetRow

Floats = NDArray[np.float64]
_PENALTY, _ROUNDS = 1.0, 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One row: the document it is from, its evidence, whether it is right."""

    document: str
    evidence: tuple[float, ...]
    right: bool


def samples_of(pages: Sequence[RestoredPage], truth: Path, kinds: tuple[list[Sample], list[Sample]]) -> None:
    """Adds the assignments and the targets of one document to the two lists of `kinds`."""
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    reading = read_uncalibrated(pages, truth.stem)
    name = str(truth)
    kinds[0].extend(
        Sample(name, assignment_evidence(row), any(_same_assignment(row, w) for w in wanted["assignments"]))
        for row in reading.assignments
    )
    kinds[1].extend(
        Sample(name, target_evidence(row), any(_same_target(row, w) for w in wanted["targets"]))
        for row in reading.targets
        if row.value is not None
    )


def _folded(text: object) -> str:
    return " ".join(str(text or "").casefold().split()).strip(" .;,:-")


def _alike(one: object, other: object) -> bool:
    return fuzz.ratio(_folded(one), _folded(other)) >= 90


def _same_assignment(row: AssignmentRow, wanted: dict[str, object]) -> bool:
    times = (str(row.deadline_start or ""), str(row.deadline_end or ""), row.recurrence)
    true_times = (wanted["deadline_start"] or "", wanted["deadline_end"] or "", wanted["recurrence"])
    return (
        times == true_times
        and _alike(row.task, wanted["task"])
        and _alike("; ".join(sorted(row.lead)), "; ".join(sorted(map(str, wanted["lead"]))))  # type: ignore[call-overload]  # JSON
        and _alike("; ".join(sorted(row.partners)), "; ".join(sorted(map(str, wanted["partners"]))))  # type: ignore[call-overload]  # JSON
    )


def _same_target(row: TargetRow, wanted: dict[str, object]) -> bool:
    times = (str(row.deadline_start or ""), str(row.deadline_end or ""))
    return (row.value, row.comparator, *times) == (
        wanted["value"],
        wanted["comparator"],
        wanted["deadline_start"] or "",
        wanted["deadline_end"] or "",
    ) and fuzz.ratio(_folded(row.text), _folded(wanted["text"])) >= 80


def fit(samples: Sequence[Sample]) -> Floats:
    """Weights of the evidence, that of 'always' first: Newton's method, ridge penalty on all but the first."""
    x = np.array([(1.0, *s.evidence) for s in samples])
    y = np.array([float(s.right) for s in samples])
    penalty = np.diag([1e-3, *[_PENALTY] * (x.shape[1] - 1)])
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        share = _shares(x, weights)
        slope = x.T @ (y - share) - penalty @ weights
        weights = weights + np.linalg.solve(x.T @ (x * (share * (1 - share))[:, None]) + penalty, slope) * 0.7
    return weights


def _shares(x: Floats, weights: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
    return shares


def judged(samples: Sequence[Sample], weights_for: Callable[[str], Floats]) -> str:
    """Marked rows among the right and the wrong ones, and right shares by bins of confidence."""
    shares = np.array([_shares(np.array([(1.0, *s.evidence)]), weights_for(s.document))[0] for s in samples])
    right, low = np.array([s.right for s in samples]), shares < REVIEW_BELOW
    bins = [(shares >= a) & (shares < b) for a, b in ((0, 0.3), (0.3, 0.6), (0.6, 0.85), (0.85, 0.95), (0.95, 1.01))]
    table = "  ".join(f"{shares[b].mean():.2f}:{right[b].mean():.2f} (n {b.sum()})" for b in bins if b.any())
    marked = (
        f"marked: right {low[right].mean():.3f} of {right.sum()}, wrong {low[~right].mean():.3f} of {(~right).sum()}"
    )
    return f"{marked}\n  confidence:right share  {table}"


def report(kind: str, names: Sequence[str], samples: Sequence[Sample]) -> str:
    """The rows of the TOML file; prints how weights do on documents they have not seen."""
    by_document = {d: fit([s for s in samples if s.document != d]) for d in {s.document for s in samples}}
    print(kind, judged(samples, by_document.__getitem__), file=sys.stderr)
    rows = zip(("always", *names), fit(samples), strict=True)
    return "".join(
        f'\n[[rule]]\nkind = "{kind}"\nevidence = "{name}"\nweight = {weight:.3f}\n' for name, weight in rows
    )


HEADER = """# What evidence adds to the log odds that a row is right; written by `python -m benchmarks.confidence`.
row_type = "schema.confidence:Weight"
"""


def main() -> None:
    kinds: tuple[list[Sample], list[Sample]] = ([], [])
    for folder in map(Path, sys.argv[1:]):
        for truth in sorted((folder / "truth").glob("*.json")):
            for raw in (p for p in sorted((folder / "raw").iterdir()) if p.name.startswith(truth.stem)):
                pages = restore_document(read_file(raw, raw.name, ExtractSettings()).pages)
                samples_of(pages, truth, kinds)
    print(HEADER + report("assignment", tuple(ASSIGNMENT_EVIDENCE), kinds[0]), end="")
    print(report("target", tuple(TARGET_EVIDENCE), kinds[1]), end="")


if __name__ == "__main__":
    main()
