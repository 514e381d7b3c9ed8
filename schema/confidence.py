"""Evidence of a row -> how often such rows are right, by weights learned on documents with known truth.

The weights stand in rules/confidence.toml, written by `python -m benchmarks.confidence`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import exp, log
from types import MappingProxyType

from schema.parts import mostly_capitals
from schema.records import AssignmentRow, TargetRow
from schema.ruletable import load_rules

REVIEW_BELOW = 0.85
"""Rows less sure than this are marked for review."""


@dataclass(frozen=True)
class Weight:
    """What one piece of evidence adds to the log odds that a row is right. kind: 'assignment' or 'target'."""

    kind: str
    evidence: str
    weight: float


_ODD_SIGN = re.compile(r"[^\w\s\-–,;:/().&“”\"%…?+]|(?<![\w/])[b-hj-uwyz](?![\w)./])|[.,]\s?[.,]")
_ODD_EDGE = re.compile(r"^[^\w“\"(+-]|[\"“:,]$")
_EARLIEST, _LATEST = 2015, 2035


def _log_odds(share: float) -> float:
    """The log odds of a share, the share kept off 0 and 1."""
    kept = min(max(share, 0.02), 0.995)
    return log(kept / (1 - kept))


def _odd(text: str) -> float:
    run_together = any(a.islower() and b.isupper() for a, b in pairwise(text))
    return float(run_together or bool(_ODD_SIGN.search(text) or _ODD_EDGE.search(text.strip())))


def _undated(row: AssignmentRow) -> float:
    return float(bool(row.deadline_text) and not (row.deadline_start or row.deadline_end or row.recurrence))


def _strange_year(row: AssignmentRow | TargetRow) -> float:
    days = (row.deadline_start, row.deadline_end)
    return float(any(day is not None and not _EARLIEST <= day.year <= _LATEST for day in days))


ASSIGNMENT_EVIDENCE: Mapping[str, Callable[[AssignmentRow], float]] = MappingProxyType(
    {
        "text": lambda row: _log_odds(row.confidence),
        "reader doubts": lambda row: float(row.needs_review),
        "table": lambda row: float(row.origin == "table"),
        "nobody leads": lambda row: float(not row.lead),
        "odd lead": lambda row: max((_odd(name) for name in row.lead), default=0.0),
        "odd partner": lambda row: max((_odd(name) for name in row.partners), default=0.0),
        "name in small letters": lambda row: float(any(name[:1].islower() for name in (*row.lead, *row.partners))),
        "names run together": lambda row: float(any(name.count(",") > 1 for name in row.partners)),
        "odd task": lambda row: _odd(row.task),
        "task in small letters": lambda row: float(row.task[:1].islower()),
        "task in capitals": lambda row: float(mostly_capitals(row.task)),
        "short task": lambda row: float(len(row.task.split()) < 5),
        "time not understood": _undated,
        "strange year": _strange_year,
        "no number in a table": lambda row: float(row.origin == "table" and not row.row_no),
        "odd time": lambda row: _odd(row.deadline_text or ""),
    }
)
TARGET_EVIDENCE: Mapping[str, Callable[[TargetRow], float]] = MappingProxyType(
    {
        "text": lambda row: _log_odds(row.confidence),
        "reader doubts": lambda row: float(row.needs_review),
        "no number": lambda row: float(row.value is None),
        "share above all": lambda row: float(row.unit == "%" and (row.value or 0) > 100),
        "odd text": lambda row: _odd(row.text),
        "text in small letters": lambda row: float(row.text[:1].islower()),
        "strange year": _strange_year,
    }
)


def assignment_evidence(row: AssignmentRow) -> tuple[float, ...]:
    """The evidence of a row that no weights have been applied to, in the order of ASSIGNMENT_EVIDENCE."""
    return tuple(float(measure(row)) for measure in ASSIGNMENT_EVIDENCE.values())


def target_evidence(row: TargetRow) -> tuple[float, ...]:
    """The evidence of a row that no weights have been applied to, in the order of TARGET_EVIDENCE."""
    return tuple(float(measure(row)) for measure in TARGET_EVIDENCE.values())


def calibrated_assignment(row: AssignmentRow) -> AssignmentRow:
    """The row with the learned confidence; marked for review where that is low."""
    share = _share("assignment", tuple(ASSIGNMENT_EVIDENCE), assignment_evidence(row))
    return replace(row, confidence=share, needs_review=share < REVIEW_BELOW)


def calibrated_target(row: TargetRow) -> TargetRow:
    """The row with the learned confidence; marked for review where that is low."""
    share = _share("target", tuple(TARGET_EVIDENCE), target_evidence(row))
    return replace(row, confidence=share, needs_review=share < REVIEW_BELOW)


@cache
def _weights(kind: str) -> Mapping[str, float]:
    return {rule.evidence: rule.weight for rule in load_rules("confidence", Weight) if rule.kind == kind}


def _share(kind: str, names: tuple[str, ...], evidence: tuple[float, ...]) -> float:
    weights = _weights(kind)
    score = weights["always"] + sum(weights[name] * value for name, value in zip(names, evidence, strict=True))
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))
