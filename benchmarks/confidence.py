"""Learn how sure rows are: documents and their truth -> schema/rules/confidence.toml, judged hand by hand.

    python -m benchmarks.confidence FOLDER... [--pages KEPT] [--jobs 2] > schema/rules/confidence.toml

Folders and what is right: see benchmarks.confidence_samples. Logistic regression with a ridge; the rows of each folder
are judged by weights learned from the others (of a single folder, document by document), and those judgements, which
are printed to stderr, set the share below which rows are marked. Each folder counts alike, however many targets and
assignments it has.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.confidence_samples import Sample, arguments, samples_of
from schema.confidence.weights import EVIDENCE, REVIEW, Kind, has_faulty_text

Floats = NDArray[np.float64]
_PENALTY, _ROUNDS, _FOLDS = 2.0, 40, 8
_SPREAD_PENALTY: Mapping[Kind, float] = {"parted": 20.0}
"""Kinds with few samples for their evidence, which is held back by how far each piece of it spreads: its penalty."""
_BY_HAND: frozenset[Kind] = frozenset({"assignment", "duty", "target"})
"""Kinds of which one folder may have many times the rows of another: each folder counts alike."""
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


def fit(kind: Kind, samples: Sequence[Sample]) -> Floats:
    """Weights of the evidence, that of 'always' first; what tells against a row may not come out as speaking for it."""
    kept = np.ones(len(EVIDENCE[kind]) + 1, bool)
    counts = _alike([s.hand for s in samples]) if kind in _BY_HAND else np.ones(len(samples))
    while True:
        weights = np.zeros(len(kept))
        weights[kept] = _newton(samples, kept, counts, _SPREAD_PENALTY.get(kind))
        wrong = np.array([False, *(_speaks_amiss(*pair) for pair in zip(EVIDENCE[kind], weights[1:], strict=True))])
        if not wrong.any():
            against = [name not in _FOR | _NEUTRAL for name in EVIDENCE[kind]]
            return np.array([weights[0], *np.where(against, np.minimum(weights[1:], -_LEAST), weights[1:])])
        kept &= ~wrong


def _speaks_amiss(name: str, weight: float) -> bool:
    return name not in _NEUTRAL and (weight < 0 if name in _FOR else weight > 0)


def _newton(samples: Sequence[Sample], kept: NDArray[np.bool_], counts: Floats, by_spread: float | None) -> Floats:
    """Logistic regression on the evidence kept: Newton's method, ridge penalty on all but the first."""
    x = np.array([(1.0, *s.evidence) for s in samples])[:, kept]
    y = np.array([float(s.right) for s in samples])
    held = np.full(x.shape[1] - 1, _PENALTY) if by_spread is None else by_spread * (x[:, 1:].var(axis=0) + _UNSEEN)
    penalty = np.diag([1e-2, *held])
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        share = _shares(x, weights)
        slope = x.T @ (counts * (y - share)) - penalty @ weights
        curve = x.T @ (x * (counts * share * (1 - share))[:, None]) + penalty
        weights = weights + np.linalg.solve(curve, slope) * 0.7
    return weights


def _alike(hands: Sequence[str]) -> Floats:
    """How much each row counts, 1 in the mean, so that every hand counts alike."""
    rows = Counter(hands)
    return np.array([len(hands) / (len(rows) * rows[hand]) for hand in hands])


def _shares(x: Floats, weights: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
    return shares


def _folds(samples: Sequence[Sample]) -> Sequence[int]:
    """The fold of every sample: its hand; the rows of a single hand are parted by their documents."""
    hands = sorted({s.hand for s in samples})
    if len(hands) > 1:
        return [hands.index(s.hand) for s in samples]
    documents = sorted({s.document for s in samples})
    return [documents.index(s.document) % _FOLDS for s in samples]


def unseen(kind: Kind, samples: Sequence[Sample]) -> Floats:
    """The share of every sample, by weights learned from other hands."""
    fold = np.array(_folds(samples))
    shares = np.ones(len(samples))
    for number in np.unique(fold):
        own = fold == number
        weights = fit(kind, [s for s, is_own in zip(samples, own, strict=True) if not is_own])
        rows = np.array([(1.0, *s.evidence) for s, is_own in zip(samples, own, strict=True) if is_own])
        shares[own] = _shares(rows, weights)
    return shares


def faulty(kind: Kind, samples: Sequence[Sample]) -> NDArray[np.bool_]:
    """Which rows are marked for their text, however sure they are."""
    return np.array([has_faulty_text(kind, s.evidence) for s in samples])


def _quantile(values: Floats, hands: Sequence[str], share: float) -> float:
    """The value below which that share of the rows lies, and no larger one when every hand counts alike."""
    order = np.argsort(values)
    weight = _alike(hands)[order]
    at = int(np.searchsorted(weight.cumsum(), share * weight.sum()))
    return min(float(values[order][min(at, len(values) - 1)]), float(np.quantile(values, share)))


def review_below(kind: Kind, samples: Sequence[Sample], shares: Floats) -> float:
    """The share below which, with those marked for their text, enough wrong rows lie, or as many right ones as may.

    Where the wrong rows below it are no larger a part than the right ones, marks would tell nothing: only rows more
    likely wrong than right are marked.
    """
    right = np.array([s.right for s in samples])
    marked = np.where(faulty(kind, samples), 0.0, shares)
    bounds = ((right, _MARKED_RIGHT), (~right, _MARKED_WRONG))
    below = min(
        _quantile(marked[own], [s.hand for s, is_own in zip(samples, own, strict=True) if is_own], share)
        for own, share in bounds
        if own.any()
    )
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


def _by_hand(kind: Kind, samples: Sequence[Sample], shares: Floats, below: float) -> list[str]:
    """Marked rows of every hand, by weights that have not seen it."""
    low = (shares < below) | faulty(kind, samples)
    counts: dict[str, list[int]] = {}
    for sample, marked in zip(samples, low, strict=True):
        count = counts.setdefault(sample.hand, [0, 0, 0, 0])
        count[0 if sample.right else 2] += 1
        count[1 if sample.right else 3] += int(marked)
    return [f"{hand}: right {c[1]} of {c[0]} marked, wrong {c[3]} of {c[2]}" for hand, c in sorted(counts.items())]


def report(kind: Kind, samples: Sequence[Sample]) -> str:
    """The rows of the TOML file; prints how weights do on documents they have not seen."""
    shares = unseen(kind, samples)
    rows = [*zip(("always", *EVIDENCE[kind]), fit(kind, samples), strict=True)]
    boxed = np.array([not _without_boxes(kind, sample) for sample in samples])
    sets = [sample for sample, has_boxes in zip(samples, boxed, strict=True) if has_boxes]
    below = review_below(kind, sets, shares[boxed])
    print(
        kind, judged(kind, samples, shares, below), *_by_hand(kind, samples, shares, below), sep="\n  ", file=sys.stderr
    )
    rows.append((REVIEW, below))
    return "".join(
        f'\n[[rule]]\nkind = "{kind}"\nevidence = "{name}"\nweight = {weight:.3f}\n' for name, weight in rows
    )


HEADER = """# What evidence adds to the log odds that a row is right; written by `python -m benchmarks.confidence`.
row_type = "schema.confidence.weights:Weight"
"""


def main() -> None:
    given = arguments(__doc__)
    samples = samples_of(given.folders, [kind for kind in EVIDENCE if kind != "parted"], given.pages, given.jobs)
    print(HEADER + "".join(report(kind, rows) for kind, rows in samples.items()), end="")


if __name__ == "__main__":
    main()
