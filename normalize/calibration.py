"""What a margin of the decoder is worth: the chance that the reading is right, as counted on pages it had not seen.

>>> chance("eng", 0.0) < chance("eng", 3.0) <= 1.0
True
"""

import bisect
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "calibration.toml"


@dataclass(frozen=True, slots=True)
class Curve:
    """Rising steps: at margins[i] nats a reading is right with the chance right[i]."""

    margins: tuple[float, ...]
    right: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = list(self.margins) == sorted(self.margins) and list(self.right) == sorted(self.right)
        if not rising or len(self.margins) != len(self.right) or not self.margins:
            raise ValueError(f"{_TABLE.name}: a curve needs as many chances as margins, both rising: {self}")


@cache
def curves() -> dict[str, Curve]:
    """Channel -> its curve. Raises ValueError or KeyError for a broken table."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: Curve(tuple(row["margins"]), tuple(row["right"])) for name, row in table.items()}


def chance(channel: str, margin: float) -> float:
    """The chance, 0 to 1, that a reading with this margin in nats is right; a margin that is no number counts as 0."""
    curve = curves()[channel]
    if math.isnan(margin) or margin <= curve.margins[0]:
        return curve.right[0]
    at = bisect.bisect_right(curve.margins, margin)
    if at == len(curve.margins):
        return curve.right[-1]
    low, high = curve.margins[at - 1], curve.margins[at]
    share = (margin - low) / (high - low)
    return curve.right[at - 1] + share * (curve.right[at] - curve.right[at - 1])
