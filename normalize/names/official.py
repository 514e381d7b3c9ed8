"""Names that every document spells alike, by their words: state bodies, offices and laws (data/official.toml).

>>> sorted(in_official_names("Kính gửi Ban Chỉ huy Quân sự xã Ban".split()))
[2, 3, 4, 5, 6]
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalize.data import DATA
from normalize.letters import ToneStyle, in_style

_TABLE = DATA / "official.toml"
_SHORTEST = 3  # words of a name that proves one of its words


@dataclass(frozen=True, slots=True)
class Source:
    """One table of data/official.toml. source: where the names stand."""

    source: str
    names: tuple[str, ...]


@cache
def sources() -> dict[str, Source]:
    """Table -> its names. Raises KeyError or TOMLDecodeError when the file is broken."""
    tables = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: Source(row["source"], tuple(row["names"])) for name, row in tables.items()}


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for table in sources().values():
        for name in table.names:
            words = tuple(in_style(word, ToneStyle.OLD) for word in name.split())
            if len(words) >= _SHORTEST:
                found.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(names, key=len, reverse=True)) for word, names in found.items()}


def in_official_names(words: Sequence[str]) -> frozenset[int]:
    """The places of the words, in any case and tone style, that are part of an official name."""
    folded = [in_style(word.lower(), ToneStyle.OLD) for word in words]
    found: set[int] = set()
    for i, word in enumerate(folded):
        for name in _by_first_word().get(word, ()):
            if tuple(folded[i : i + len(name)]) == name:
                found.update(range(i, i + len(name)))
                break
    return frozenset(found)
