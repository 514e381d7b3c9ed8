"""Two spellings of one word ("hàng năm", "hằng năm"): which of them a document keeps to, from all its places together.

A single "hang nam" leaves it open; ten of them that never show an ă do not.
"""

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from normalize.data import DATA
from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import letter_costs, spelt
from normalize.fixes import Fix

_TABLE = DATA / "twins.toml"
_LEAST = 2  # places
_MOST_EACH = 2.0  # nats that the letters of one place may say
_STEP = 2.0  # nats of bonus for each nat that the letters say
_MOST = 4.0


@dataclass(frozen=True, slots=True)
class Twins:
    """One row of data/twins.toml."""

    words: tuple[str, str]
    before: frozenset[str]


@cache
def twins() -> tuple[Twins, ...]:
    """All rows. Raises KeyError or TOMLDecodeError when the table is broken."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["twins"]
    return tuple(Twins((row["words"][0], row["words"][1]), frozenset(row["before"])) for row in rows)


def twin_boosts(lines: Sequence[Sequence[Fix]], channel: Channel) -> dict[tuple[str, ...], float]:
    """(word, the one behind it) -> bonus in nats, for the spelling that the document keeps to.

    lines: what was read on each line, in order.
    """
    out: dict[tuple[str, ...], float] = {}
    said = {fix.restored.lower() for line in lines for fix in line}
    for row in twins():
        if said.isdisjoint(row.words):
            continue
        places = list(_places(lines, row))
        nats = sum(_for_second(raw, row.words, channel) for raw, _ in places)
        if len(places) >= _LEAST:
            word = row.words[nats > 0]
            out |= {(word, behind): min(_MOST, _STEP * abs(nats)) for _, behind in places}
    return out


def _places(lines: Sequence[Sequence[Fix]], row: Twins) -> Iterator[tuple[str, str]]:
    """(raw word, the word behind it) of each place where one of the two was read."""
    for line in lines:
        for fix, behind in pairwise(line):
            if fix.restored.lower() in row.words and behind.restored.lower() in row.before:
                yield fix.raw.lower(), behind.restored.lower()


def _for_second(raw: str, words: tuple[str, str], channel: Channel) -> float:
    """Nats by which the letters speak for the second word, negative for the first."""
    first, second = letter_costs(raw, spelt(words), channel).tolist()
    nats = first - second
    return max(-_MOST_EACH, min(_MOST_EACH, nats)) if math.isfinite(nats) else 0.0
