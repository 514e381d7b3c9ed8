"""The abbreviations of administrative papers (data/abbreviations.tsv), and which one a misread run of signs means.

>>> closest("HPND", ("issuer",)).short, closest("DA", ("instrument",), bars_lost=True).short
('HĐND', 'ĐA')
>>> closest("XYZW", ("issuer",)) is None
True
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from normalize.letters import plain
from normalize.lookalikes import Printed, distances, printed

_TABLE = Path(__file__).parent.parent / "data" / "abbreviations.tsv"
_FAR = 0.36  # of a sign, for each sign of the abbreviation
_CLEAR = 0.25  # the next best must be this much further
_WEIGHT_STEP = 0.08


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


@cache
def _printed(kinds: tuple[str, ...]) -> Printed:
    """The keys of `weights`, in its order."""
    return printed(tuple(weights(kinds)))


@lru_cache(maxsize=16384)
def closest(seen: str, kinds: tuple[str, ...], bars_lost: bool = False, limit: float = 9.0) -> Match | None:
    """The one abbreviation of these kinds that the signs stand for; None when none is near or two are as near.

    A lost bar of Đ costs next to nothing, so that ND is NĐ; a rare abbreviation must be nearer than a common one.
    bars_lost: the engine prints no Đ at all, so that a D may be either and the commoner abbreviation is meant.
    limit: the cost above which none is near, whatever its length.
    """
    table = weights(kinds)
    if bars_lost:
        barred = max((short for short in table if plain(short) == seen), key=lambda short: table[short], default=None)
        if barred is not None:
            return Match(barred, 0.1 * (barred != seen))
    if seen in table:
        return Match(seen, 0.0)
    ranked = sorted(
        (far - _WEIGHT_STEP * math.log(weight), far, short)
        for (short, weight), far in zip(table.items(), distances(seen, _printed(kinds)).tolist(), strict=True)
        if abs(len(short) - len(seen)) <= 1 + len(short) // 5
    )
    if not ranked or ranked[0][1] > min(limit, _FAR * len(ranked[0][2])):
        return None
    unmarked = plain(ranked[0][2])
    rivals = [rank for rank, _, short in ranked[1:3] if plain(short) != unmarked]
    if rivals and rivals[0] - ranked[0][0] < _CLEAR and ranked[0][1] > 0.11:
        return None
    return Match(ranked[0][2], ranked[0][1])
