"""Learn how sure rows are: documents and their truth -> schema/rules/confidence.toml, judged document by document.

    python -m benchmarks.confidence FOLDER... > schema/rules/confidence.toml

Each folder has raw/ (documents) and truth/NAME.json. An assignment is right when its task is 90 % alike to one of the
truth and its organisations and times are the same, a target when its text is 80 % alike and its value, comparator and
times are the same, a legal basis by its number and date, a plan when every field is. Logistic regression with a ridge;
documents are judged by weights that never saw them, and those judgements set the share below which rows are marked.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from benchmarks.documents import folded
from extract import read_file
from extract.settings import ExtractSettings
from normalize import restore_document
from normalize.fixes import RestoredPage
from schema.confidence.weights import EVIDENCE, REVIEW, Kind, evidence, has_faulty_text
from schema.document import read_uncalibrated
from schema.records import AssignmentRow, LegalBasisRow, PlanRow, TargetRow

Floats = NDArray[np.float64]
Truth = Mapping[str, Any]
_PENALTY, _ROUNDS, _FOLDS = 2.0, 40, 8
_SPREAD_PENALTY: Mapping[Kind, float] = {"parted": 20.0}
"""Kinds with few samples for their evidence, which is held back by how far each piece of it spreads: its penalty."""
_MARKED_RIGHT, _MARKED_WRONG = 0.14, 0.86
"""Share of the right rows that may be marked for review, and of the wrong ones that is enough."""
_FOR = frozenset({"text", "head", "page", "faintest word", "faintest figure", "least sure change"})
_NEUTRAL = frozenset({"scanned", "table"})
"""Evidence that speaks for a row the higher it is, and such as may speak either way; all other speaks against it."""
_LEAST = 0.1
"""What evidence against a row adds at least to its log odds, where the samples hold none that was wrong."""
_UNSEEN = 1e-3
"""What is added to the spread of evidence, so that such as no sample shows has one."""
_LIKELY = 0.5
"""A row that is more likely wrong than right is marked in any case."""
_BINS = ((0, 0.3), (0.3, 0.6), (0.6, 0.85), (0.85, 0.95), (0.95, 1.01))


@dataclass(frozen=True, slots=True)
class Sample:
    """One row: the document it is from, its evidence, whether it is right."""

    document: str
    evidence: tuple[float, ...]
    right: bool


Samples = dict[Kind, list[Sample]]
_ORIGINS: Mapping[Kind, str] = {"assignment": "table", "duty": "narrative"}


def add_samples(pages: Sequence[RestoredPage], truth: Path, samples: Samples) -> None:
    """Adds the rows of one document."""
    wanted = json.loads(truth.read_text(encoding="utf-8"))
    reading = read_uncalibrated(pages, truth.stem)
    right: dict[Kind, list[bool]] = {
        kind: [is_right_assignment(row, wanted["assignments"]) for row in reading.assignments if row.origin == origin]
        for kind, origin in _ORIGINS.items()
    }
    right |= {
        "target": [
            row.value is None or any(_same_target(row, w) for w in wanted["targets"]) for row in reading.targets
        ],
        "basis": [any(_same_basis(row, w) for w in wanted["legal_bases"]) for row in reading.legal_bases],
        "plan": [_same_plan(row, wanted["plan"]) for row in reading.plans],
    }
    for kind, verdicts in right.items():
        rows = evidence(kind, reading, pages)
        samples[kind] += [Sample(str(truth), e, is_right) for e, is_right in zip(rows, verdicts, strict=True)]


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


def _same_plan(row: PlanRow, wanted: Truth) -> bool:
    return all(
        _alike(getattr(row, column), value, 95.0)
        if column == "title"
        else folded(getattr(row, column)) == folded(value)
        for column, value in wanted.items()
    )


def fit(kind: Kind, samples: Sequence[Sample]) -> Floats:
    """Weights of the evidence, that of 'always' first; what tells against a row may not come out as speaking for it."""
    kept = np.ones(len(EVIDENCE[kind]) + 1, bool)
    while True:
        weights = np.zeros(len(kept))
        weights[kept] = _newton(samples, kept, _SPREAD_PENALTY.get(kind))
        wrong = np.array([False, *(_speaks_amiss(*pair) for pair in zip(EVIDENCE[kind], weights[1:], strict=True))])
        if not wrong.any():
            against = [name not in _FOR | _NEUTRAL for name in EVIDENCE[kind]]
            return np.array([weights[0], *np.where(against, np.minimum(weights[1:], -_LEAST), weights[1:])])
        kept &= ~wrong


def _speaks_amiss(name: str, weight: float) -> bool:
    return name not in _NEUTRAL and (weight < 0 if name in _FOR else weight > 0)


def _newton(samples: Sequence[Sample], kept: NDArray[np.bool_], by_spread: float | None) -> Floats:
    """Logistic regression on the evidence kept: Newton's method, ridge penalty on all but the first."""
    x = np.array([(1.0, *s.evidence) for s in samples])[:, kept]
    y = np.array([float(s.right) for s in samples])
    held = np.full(x.shape[1] - 1, _PENALTY) if by_spread is None else by_spread * (x[:, 1:].var(axis=0) + _UNSEEN)
    penalty = np.diag([1e-2, *held])
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        share = _shares(x, weights)
        slope = x.T @ (y - share) - penalty @ weights
        weights = weights + np.linalg.solve(x.T @ (x * (share * (1 - share))[:, None]) + penalty, slope) * 0.7
    return weights


def _shares(x: Floats, weights: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
    return shares


def unseen(kind: Kind, samples: Sequence[Sample]) -> Floats:
    """The share of every sample, by weights learned from other documents."""
    documents = sorted({s.document for s in samples})
    fold = {document: number % _FOLDS for number, document in enumerate(documents)}
    shares = np.ones(len(samples))
    for number in range(min(_FOLDS, len(documents))):
        own = np.array([fold[s.document] == number for s in samples])
        weights = fit(kind, [s for s, is_own in zip(samples, own, strict=True) if not is_own])
        rows = np.array([(1.0, *s.evidence) for s, is_own in zip(samples, own, strict=True) if is_own])
        shares[own] = _shares(rows, weights)
    return shares


def faulty(kind: Kind, samples: Sequence[Sample]) -> NDArray[np.bool_]:
    """Which rows are marked for their text, however sure they are."""
    return np.array([has_faulty_text(kind, s.evidence) for s in samples])


def review_below(kind: Kind, samples: Sequence[Sample], shares: Floats) -> float:
    """The share below which, with those marked for their text, enough wrong rows lie, or as many right ones as may.

    Where the wrong rows below it are no larger a part than the right ones, marks would tell nothing: only rows more
    likely wrong than right are marked.
    """
    right = np.array([s.right for s in samples])
    marked = np.where(faulty(kind, samples), 0.0, shares)
    bounds = ((marked[right], _MARKED_RIGHT), (marked[~right], _MARKED_WRONG))
    below = min(float(np.quantile(rows, share)) for rows, share in bounds if len(rows))
    caught = float((marked[~right] < below).mean()) if not right.all() else 0.0
    return max(below, _LIKELY) if caught > _MARKED_RIGHT else _LIKELY


def _without_boxes(kind: Kind, sample: Sample) -> bool:
    """A row of a run-together table: most of these are wrong and marked anyway; they would lower the share."""
    return kind == "assignment" and bool(sample.evidence[EVIDENCE[kind].index("no boxes")])


def judged(kind: Kind, samples: Sequence[Sample], shares: Floats, below: float) -> str:
    """Marked rows among the right and the wrong ones, and right shares by bins of confidence."""
    right, low = np.array([s.right for s in samples]), (shares < below) | faulty(kind, samples)
    bins = [(shares >= a) & (shares < b) for a, b in _BINS]
    table = "  ".join(f"{shares[b].mean():.2f}:{right[b].mean():.2f} (n {b.sum()})" for b in bins if b.any())
    off = sum(abs(shares[b].mean() - right[b].mean()) * b.sum() for b in bins if b.any()) / len(samples)
    marked = (
        f"marked: right {low[right].mean():.3f} of {right.sum()}, wrong {low[~right].mean():.3f} of {(~right).sum()}"
    )
    return f"{marked}; calibration error {off:.3f}\n  confidence:right share  {table}"


def report(kind: Kind, samples: Sequence[Sample]) -> str:
    """The rows of the TOML file; prints how weights do on documents they have not seen."""
    shares = unseen(kind, samples)
    rows = [*zip(("always", *EVIDENCE[kind]), fit(kind, samples), strict=True)]
    boxed = np.array([not _without_boxes(kind, sample) for sample in samples])
    sets = [sample for sample, has_boxes in zip(samples, boxed, strict=True) if has_boxes]
    below = review_below(kind, sets, shares[boxed])
    print(kind, judged(kind, samples, shares, below), file=sys.stderr)
    rows.append((REVIEW, below))
    return "".join(
        f'\n[[rule]]\nkind = "{kind}"\nevidence = "{name}"\nweight = {weight:.3f}\n' for name, weight in rows
    )


HEADER = """# What evidence adds to the log odds that a row is right; written by `python -m benchmarks.confidence`.
row_type = "schema.confidence.weights:Weight"
"""


def main() -> None:
    samples: Samples = {kind: [] for kind in EVIDENCE if kind != "parted"}
    for folder in map(Path, sys.argv[1:]):
        for truth in sorted((folder / "truth").glob("*.json")):
            for raw in (p for p in sorted((folder / "raw").iterdir()) if p.name.startswith(truth.stem)):
                pages = restore_document(read_file(raw, raw.name, ExtractSettings()).pages)
                add_samples(pages, truth, samples)
    print(HEADER + "".join(report(kind, rows) for kind, rows in samples.items()), end="")


if __name__ == "__main__":
    main()
