"""Words whose blanks an engine lost ("colienquan"): which of their stretches may be syllables of the cheapest partings.

A run of n letters can be parted in 2^(n-1) ways. But the cost of a parting is the sum of its stretches, so that the
best cost before and behind each place tell for every stretch how dear the best parting through it is; only the
stretches of good partings are handed to the lattice, where the language model chooses among them.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from normalize.decoding.readings import Readings

_LONGEST = 7  # letters of a syllable, "nghiêng"
_NEAR = 6.0  # nats by which a parting may be dearer than the best one
_MOST = 16  # stretches


class Segment(NamedTuple):
    """run[start:end] as one syllable. cost: nats beside its readings, of the blank lost before it."""

    start: int
    end: int
    readings: Readings
    cost: float


def parts_of(run: str) -> Iterator[str]:
    """What `segments` asks the readings of."""
    return (run[start:end] for start, end in _stretches(len(run)))


def _stretches(size: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each stretch of a run of so many letters that may be a syllable, in order."""
    for start in range(size):
        for end in range(start + 1, min(size, start + _LONGEST) + 1):
            if end - start < size:
                yield start, end


def segments(run: str, read: Callable[[str], Readings], blank: float) -> Sequence[Segment]:
    """The stretches of the best partings of a run in two or more, in order; none where no parting reads.

    read: what a stretch may be. blank: nats of a blank that was lost.
    """
    size = len(run)
    found = [
        Segment(start, end, readings, blank if start else 0.0)
        for start, end in _stretches(size)
        if (readings := read(run[start:end])).count
    ]
    before, behind = _sums(found, size)
    ranked = sorted((before[one.start] + _nats(one) + behind[one.end], one.start, one.end, one) for one in found)
    near = [one for nats, _, _, one in ranked[:_MOST] if nats <= ranked[0][0] + _NEAR and math.isfinite(nats)]
    kept, reached = [], {0}
    for one in sorted(near, key=lambda one: (one.start, one.end)):
        if one.start in reached:  # rounding or the bound on their number may cost a stretch the one before it
            kept.append(one)
            reached.add(one.end)
    return kept


def _nats(one: Segment) -> float:
    return one.readings.cost + one.cost


def _sums(found: Sequence[Segment], size: int) -> tuple[list[float], list[float]]:
    """Nats of the cheapest way to read what lies before and behind each place; infinite where there is none."""
    before, behind = [math.inf] * (size + 1), [math.inf] * (size + 1)
    before[0] = behind[size] = 0.0
    for one in found:  # by where they begin
        before[one.end] = min(before[one.end], before[one.start] + _nats(one))
    for one in reversed(found):
        behind[one.start] = min(behind[one.start], _nats(one) + behind[one.end])
    return before, behind
