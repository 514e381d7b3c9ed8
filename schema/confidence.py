"""Evidence of rows -> how often such rows are right, by weights learned on documents with known truth.

The weights stand in rules/confidence.toml, written by `python -m benchmarks.confidence`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import Literal

from normalize.fixes import RestoredPage
from schema.evidence import (
    ASSIGNMENT_EVIDENCE,
    BASIS_EVIDENCE,
    PLAN_EVIDENCE,
    TARGET_EVIDENCE,
    assignment_evidence,
    basis_evidence,
    plan_evidence,
    target_evidence,
)
from schema.records import Reading
from schema.ruletable import load_rules

Kind = Literal["assignment", "target", "basis", "plan"]
EVIDENCE: Mapping[Kind, tuple[str, ...]] = {
    "assignment": tuple(ASSIGNMENT_EVIDENCE),
    "target": tuple(TARGET_EVIDENCE),
    "basis": tuple(BASIS_EVIDENCE),
    "plan": tuple(PLAN_EVIDENCE),
}
"""What is known of each kind of row, in the order of the evidence's values."""


@dataclass(frozen=True)
class Weight:
    """What one piece of evidence adds to the log odds that a row is right.

    evidence: a name of EVIDENCE; "always" for what every row starts from; "review below": a share, not a weight: rows
    less sure than it are marked for review.
    """

    kind: Kind
    evidence: str
    weight: float


def evidence(kind: Kind, reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of the rows of one kind, row by row; no weights may have been applied to the reading yet."""
    match kind:
        case "assignment":
            return assignment_evidence(reading, pages)
        case "target":
            return target_evidence(reading, pages)
        case "basis":
            return basis_evidence(reading, pages)
        case "plan":
            return plan_evidence(reading)


def calibrated(reading: Reading, pages: Sequence[RestoredPage]) -> Reading:
    """The reading with the learned confidence in every row; rows marked for review where that is low."""
    shares = {kind: _shares(kind, evidence(kind, reading, pages)) for kind in EVIDENCE}
    below = {kind: _weights(kind)["review below"] for kind in EVIDENCE}
    return replace(
        reading,
        plans=tuple(
            replace(row, confidence=share, needs_review=share < below["plan"])
            for row, share in zip(reading.plans, shares["plan"], strict=True)
        ),
        legal_bases=tuple(
            replace(row, confidence=share) for row, share in zip(reading.legal_bases, shares["basis"], strict=True)
        ),
        targets=tuple(
            replace(row, confidence=share, needs_review=share < below["target"])
            for row, share in zip(reading.targets, shares["target"], strict=True)
        ),
        assignments=tuple(
            replace(row, confidence=share, needs_review=share < below["assignment"])
            for row, share in zip(reading.assignments, shares["assignment"], strict=True)
        ),
    )


@cache
def _weights(kind: Kind) -> Mapping[str, float]:
    return {rule.evidence: rule.weight for rule in load_rules("confidence", Weight) if rule.kind == kind}


def _shares(kind: Kind, rows: Iterable[tuple[float, ...]]) -> list[float]:
    weights = _weights(kind)
    scores = (
        weights["always"] + sum(weights[name] * value for name, value in zip(EVIDENCE[kind], row, strict=True))
        for row in rows
    )
    return [1 / (1 + exp(-min(max(score, -30.0), 30.0))) for score in scores]
