"""What a margin of the decoder is worth: the chance that the reading is right, as counted on pages it had not seen.

>>> unsure, sure = chances("eng", [0.0, 3.0])
>>> 0.0 <= unsure < sure <= 1.0
True
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from normalize.data import DATA

_TABLE = DATA / "calibration.toml"


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


def chances(channel: str, margins: Sequence[float]) -> list[float]:
    """The chances, 0 to 1, that readings with these margins in nats are right; what is no number counts as 0."""
    curve = curves()[channel]
    found: list[float] = np.interp(np.fmax(margins, 0.0), curve.margins, curve.right).tolist()  # fmax(nan, 0) is 0
    return found
