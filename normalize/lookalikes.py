"""How far a misread run of signs is from what may have been printed: an edit distance that knows lookalikes.

>>> distance("QP", "QĐ") < distance("QP", "NQ")
True
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "lookalikes.toml"
_STEPS = {"near": 0.1, "middle": 0.3, "far": 0.5}
_OTHER_CASE = 0.2
_RUN = 0.2
_DROPPED = 0.8  # a sign too many or too few


@cache
def _costs() -> dict[tuple[str, str], float]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    costs: dict[tuple[str, str], float] = {}
    for step, cost in _STEPS.items():
        for printed, seen in table[step].items():
            for sign in seen:
                costs.setdefault((sign, printed), cost)
    return costs


@cache
def _runs() -> tuple[tuple[str, str], ...]:
    return tuple(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["runs"].items())


def _sign_cost(seen: str, printed: str) -> float:
    if seen == printed:
        return 0.0
    cost = _costs().get((seen, printed))
    if cost is not None:
        return cost
    if seen.lower() == printed.lower():
        return _OTHER_CASE
    cost = _costs().get((seen.upper(), printed))
    return 1.0 if cost is None else min(1.0, cost + _OTHER_CASE)


@lru_cache(maxsize=65536)
def distance(seen: str, printed: str) -> float:
    """The least cost of reading `seen` where `printed` stood: 0 when the same, about 1 for each unlike sign."""
    return min([_edit(seen, printed), *(_RUN + _edit(seen.replace(a, b), printed) for a, b in _runs() if a in seen)])


def _edit(seen: str, printed: str) -> float:
    row = [_DROPPED * j for j in range(len(printed) + 1)]
    for i, sign in enumerate(seen, 1):
        before, row = row, [_DROPPED * i] + [0.0] * len(printed)
        for j, target in enumerate(printed, 1):
            row[j] = min(
                before[j - 1] + _sign_cost(sign, target),
                before[j] + _DROPPED,
                row[j - 1] + _DROPPED,
            )
    return row[-1]
