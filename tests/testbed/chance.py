"""Seeded chance and the pools of wording it draws from."""

import functools
import random
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
FOLDER = Path(__file__).with_name("wording")


@functools.cache
def pool(name: str) -> dict[str, Any]:
    """A file of wording/ as its table."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


class Dice:
    """Draws; the same seed draws the same. A pool is used up before an entry comes again."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.left: dict[int, list[Any]] = {}

    def one(self, entries: Sequence[T]) -> T:
        """One entry, with no regard to those drawn before."""
        return self.random.choice(entries)

    def fresh(self, entries: Sequence[T]) -> T:
        """One entry not drawn before, as long as there are any."""
        left = self.left.get(id(entries))
        if not left:
            left = list(entries)
            self.random.shuffle(left)
            self.left[id(entries)] = left
        entry: T = left.pop()
        return entry

    def some(self, entries: Sequence[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` different entries, in the pool's order of drawing."""
        return self.random.sample(list(entries), min(len(entries), self.number(low, high)))

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def chance(self, share: float) -> bool:
        """True in `share` of the draws."""
        return self.random.random() < share

    def weighted(self, entries: dict[T, float]) -> T:
        """A key, as often as its weight says."""
        return self.random.choices(list(entries), list(entries.values()))[0]
