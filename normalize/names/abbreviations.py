"""The abbreviations of administrative papers (data/abbreviations.tsv), and which one a misread run of signs means.

>>> closest("HPND", ("issuer",)).short, closest("DA", ("instrument",), bars_lost=True).short
('HĐND', 'ĐA')
>>> closest("XYZW", ("issuer",)) is None
True
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.data import DATA
from normalize.letters import plain
from normalize.names.lookalikes import Printed, distances, printed

_TABLE = DATA / "abbreviations.tsv"
_FAR = 0.36  # of a sign, for each sign of the abbreviation
_CLEAR = 0.25  # the next best must be this much further
_WEIGHT_STEP = 0.08
_NEAREST = 3  # that are compared


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row: kind is instrument, issuer, word, index or foreign; weight says how common, 0.5 rare to 4 everywhere."""

    short: str
    kind: str
    meaning: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """The abbreviation that was meant, and how far from it the signs are (0: spelt so)."""

    short: str
    cost: float


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """All rows, in the order of the file. Raises ValueError for a row of the wrong shape."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 5:
            raise ValueError(f"{_TABLE.name}, row {number}: five columns are wanted, not {len(cells)}: {line!r}")
        rows.append(Abbreviation(cells[0], cells[1], cells[2], float(cells[3]), cells[4]))
    return tuple(rows)


@cache
def weights(kinds: tuple[str, ...]) -> dict[str, float]:
    """Abbreviation -> its greatest weight among these kinds."""
    best: dict[str, float] = {}
    for row in abbreviations():
        if row.kind in kinds:
            best[row.short] = max(row.weight, best.get(row.short, 0.0))
    return best


class Columns(NamedTuple):
    """Abbreviations by columns of one length. bonus: by how much nearer a common one counts; slack: signs by which a
    misread one may be longer or shorter; unbarred: text without marks -> the commonest abbreviation that it may be.
    """

    shorts: tuple[str, ...]
    printed: Printed
    bonus: NDArray[np.float64]
    length: NDArray[np.int64]
    slack: NDArray[np.int64]
    unbarred: dict[str, str]


@cache
def _columns(kinds: tuple[str, ...]) -> Columns:
    """What `weights` holds, in its order."""
    table = weights(kinds)
    shorts = tuple(table)
    unbarred: dict[str, str] = {}
    for short in sorted(shorts, key=table.__getitem__, reverse=True):  # the first of equals
        unbarred.setdefault(plain(short), short)
    length = np.array([len(short) for short in shorts], np.int64)
    bonus = np.array([_WEIGHT_STEP * math.log(weight) for weight in table.values()])
    return Columns(shorts, printed(shorts), bonus, length, 1 + length // 5, unbarred)


@lru_cache(maxsize=16384)
def closest(seen: str, kinds: tuple[str, ...], bars_lost: bool = False, limit: float = 9.0) -> Match | None:
    """The one abbreviation of these kinds that the signs stand for; None when none is near or two are as near.

    A lost bar of Đ costs next to nothing, so that ND is NĐ; a rare abbreviation must be nearer than a common one.
    bars_lost: the engine prints no Đ at all, so that a D may be either and the commoner abbreviation is meant.
    limit: the cost above which none is near, whatever its length.
    """
    if bars_lost and (barred := _columns(kinds).unbarred.get(seen)) is not None:
        return Match(barred, 0.1 * (barred != seen))
    if seen in weights(kinds):
        return Match(seen, 0.0)
    ranked = _nearest(seen, _columns(kinds))
    if not ranked or ranked[0][1] > min(limit, _FAR * len(ranked[0][2])):
        return None
    unmarked = plain(ranked[0][2])
    rivals = [rank for rank, _, short in ranked[1:3] if plain(short) != unmarked]
    if rivals and rivals[0] - ranked[0][0] < _CLEAR and ranked[0][1] > 0.11:
        return None
    return Match(ranked[0][2], ranked[0][1])


def _nearest(seen: str, table: Columns) -> list[tuple[float, float, str]]:
    """(distance less bonus, distance, abbreviation) of the three nearest of about its length, and those as near."""
    fits = np.flatnonzero(np.abs(table.length - len(seen)) <= table.slack)
    if not len(fits):
        return []
    far = distances(seen, table.printed, fits)
    rank = far - table.bonus[fits]
    near = np.flatnonzero(rank <= np.sort(rank)[:_NEAREST][-1])
    return sorted((float(rank[i]), float(far[i]), table.shorts[fits[i]]) for i in near)
