"""Numbers of two digits -> the words that an English model may have taken for them (data/digit_words.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from normalize.data import DATA
from normalize.decoding.language_model import vocabulary
from normalize.letters import with_tones


@dataclass(frozen=True, slots=True)
class DigitWords:
    """The table: the onsets and toneless rhymes that a digit may have been; cost of such a reading in nats."""

    onset: Mapping[str, tuple[str, ...]]
    rhyme: Mapping[str, tuple[str, ...]]
    cost: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def table() -> DigitWords:
    """Read the table. Raises KeyError or TOMLDecodeError when it is broken."""
    found = tomllib.loads((DATA / "digit_words.toml").read_text(encoding="utf-8"))
    onset, rhyme = ({digit: tuple(some) for digit, some in found[part].items()} for part in ("onset", "rhyme"))
    return DigitWords(onset, rhyme, found["cost"], tuple(found["examples"]), tuple(found["counter_examples"]))


@cache
def words_by_number() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Of each number that may be a word, those words in lower case, each with its id in the language model.

    >>> [word for word, _ in words_by_number()["18"] if word in ("lề", "lệ", "rõ", "lý")]
    ['lệ', 'lề']
    """
    words: dict[str, tuple[tuple[str, int], ...]] = {}
    ids = vocabulary().ids
    for (first, onsets), (second, rhymes) in product(table().onset.items(), table().rhyme.items()):
        spelt = {word for onset, rhyme in product(onsets, rhymes) for word in with_tones(onset + rhyme)}
        known = sorted((ids[word], word) for word in spelt if word in ids)
        if known:
            words[first + second] = tuple((word, number) for number, word in known)
    return words
