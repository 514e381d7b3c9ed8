"""Evidence of rows -> how often such rows are right, by weights learned on documents with known truth.

The weights stand in rules/confidence.toml, written by `python -m benchmarks.confidence`; those of the rows of
run-together tables in rules/confidence_parted.toml, written by `python -m benchmarks.parted_confidence`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from typing import Literal

from normalize.fixes import RestoredPage
from schema.confidence.duty_evidence import DUTY_EVIDENCE, duty_evidence
from schema.confidence.evidence import (
    BASIS_EVIDENCE,
    PLAN_EVIDENCE,
    TARGET_EVIDENCE,
    basis_evidence,
    plan_evidence,
    target_evidence,
)
from schema.confidence.parted_row_evidence import PARTED_EVIDENCE, is_parted, parted_evidence
from schema.confidence.table_evidence import TABLE_EVIDENCE, table_evidence
from schema.records import Reading
from schema.ruletable import load_rules

Kind = Literal["assignment", "duty", "parted", "target", "basis", "plan"]
EVIDENCE: Mapping[Kind, tuple[str, ...]] = {
    "assignment": tuple(TABLE_EVIDENCE),
    "duty": tuple(DUTY_EVIDENCE),
    "parted": tuple(PARTED_EVIDENCE),
    "target": tuple(TARGET_EVIDENCE),
    "basis": tuple(BASIS_EVIDENCE),
    "plan": tuple(PLAN_EVIDENCE),
}
"""What is known of each kind of row, in the order of the evidence's values.

assignment: rows of tables; duty: assignments of the running text; parted: rows of run-together tables.
"""

REVIEW = "review below"
"""The share below which rows of a kind are marked."""


@dataclass(frozen=True)
class Weight:
    """What one piece of evidence adds to the log odds that a row is right.

    evidence: a name of EVIDENCE; "always" for what every row starts from; REVIEW: a share, not a weight: rows less sure
    than it are marked for review.
    """

    kind: Kind
    evidence: str
    weight: float


def evidence(kind: Kind, reading: Reading, pages: Sequence[RestoredPage]) -> tuple[tuple[float, ...], ...]:
    """The evidence of the rows of one kind, row by row; no weights may have been applied to the reading yet."""
    match kind:
        case "assignment":
            return table_evidence(reading, pages)
        case "duty":
            return duty_evidence(reading, pages)
        case "parted":
            return parted_evidence(reading, pages)
        case "target":
            return target_evidence(reading, pages)
        case "basis":
            return basis_evidence(reading, pages)
        case "plan":
            return plan_evidence(reading)


_MISFIT = 5.0
"""From so many nats on, another reading of a word fits so much better that hardly any right text has such a word."""


_ALWAYS_MARKED = frozenset({"no words", "lost heading", "goal of a run-together row"})
"""Evidence of what an official would fault: a word that is none, a duty below a heading that was read as another duty
(all four among 774 duties of the samples were wrong), a text cut out of a mixture of columns."""


def has_faulty_text(kind: Kind, row: tuple[float, ...]) -> bool:
    """Whether a row is marked whatever its share: for evidence of _ALWAYS_MARKED, or a word that does not fit.

    Of the rows of run-together tables 5 % of the right ones and 4 % of the wrong hold such a word: it tells nothing.
    """
    misfits = kind != "parted"
    found = zip(EVIDENCE[kind], row, strict=True)
    return any(
        (name in _ALWAYS_MARKED and value > 0) or (misfits and name.startswith("misfit") and value >= _MISFIT)
        for name, value in found
    )


def calibrated(reading: Reading, pages: Sequence[RestoredPage]) -> Reading:
    """The reading with the learned confidence in every row; rows marked for review where that is low."""
    judged = {kind: _judged(kind, evidence(kind, reading, pages)) for kind in EVIDENCE}
    of_tables, of_text, parted = iter(judged["assignment"]), iter(judged["duty"]), iter(judged["parted"])
    return replace(
        reading,
        plans=tuple(
            replace(row, confidence=share, needs_review=review)
            for row, (share, review) in zip(reading.plans, judged["plan"], strict=True)
        ),
        legal_bases=tuple(
            replace(row, confidence=share) for row, (share, _) in zip(reading.legal_bases, judged["basis"], strict=True)
        ),
        targets=tuple(
            replace(row, confidence=share, needs_review=review)
            for row, (share, review) in zip(reading.targets, judged["target"], strict=True)
        ),
        assignments=tuple(
            replace(row, confidence=share, needs_review=review)
            for row in reading.assignments
            for by_table in [next(of_tables if row.origin == "table" else of_text)]
            for share, review in [next(parted) if is_parted(row) else by_table]
        ),
    )


@cache
def _weights(kind: Kind) -> Mapping[str, float]:
    rules = load_rules("confidence_parted" if kind == "parted" else "confidence", Weight)
    return {rule.evidence: rule.weight for rule in rules if rule.kind == kind}


def _judged(kind: Kind, rows: Iterable[tuple[float, ...]]) -> list[tuple[float, bool]]:
    """Share and mark of every row: marked where the share is low or the text faulty."""
    weights = _weights(kind)
    return [((share := _share(kind, row)), share < weights[REVIEW] or has_faulty_text(kind, row)) for row in rows]


def _share(kind: Kind, row: tuple[float, ...]) -> float:
    weights = _weights(kind)
    score = weights["always"] + sum(weights[name] * value for name, value in zip(EVIDENCE[kind], row, strict=True))
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))
