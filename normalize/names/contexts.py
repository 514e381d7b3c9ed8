"""The words beside which names stand: levels of units, the day of a dated line, offices and forms of address.

>>> "thị trấn" in levels(), day(), "đồng chí" in forms_of_address()
(True, 'ngày', True)
>>> is_signing("KT. CHỦ TỊCH"), is_signing("Chủ tịch")
(True, False)
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.data import DATA
from normalize.letters import plain

_TABLE = DATA / "name_contexts.toml"


@dataclass(frozen=True, slots=True)
class Signing:
    """What stands above the name of who signs, with and without marks in the table; examples: whole lines of a page."""

    offices: tuple[str, ...]
    signs: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contexts:
    """data/name_contexts.toml."""

    levels: tuple[str, ...]
    before_own_level: tuple[tuple[str, ...], ...]
    day: str
    forms_of_address: frozenset[str]
    signing: Signing


@cache
def contexts() -> Contexts:
    """Read the table. Raises KeyError, TypeError or TOMLDecodeError when it is broken."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    signing = Signing(**{name: tuple(words) for name, words in table["signing"].items()})
    before = tuple(map(tuple, table["before_own_level"]))
    return Contexts(tuple(table["levels"]), before, table["day"], frozenset(table["forms_of_address"]), signing)


@cache
def levels() -> tuple[str, ...]:
    """The level words of administrative units, in small letters: 'xã', 'thị trấn'."""
    return contexts().levels


@cache
def before_own_level() -> tuple[tuple[str, ...], ...]:
    """Words, in small letters, in front of the level word of the unit whose plan it is."""
    return contexts().before_own_level


@cache
def day() -> str:
    """The word behind the place and the comma of a dated line."""
    return contexts().day


@cache
def forms_of_address() -> frozenset[str]:
    """Words in front of a person's name in running text, in small letters."""
    return contexts().forms_of_address


@cache
def _signing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An office or a sign of who signs, over text without marks; and what a run of it begins with."""
    offices = [plain(office).upper() for office in contexts().signing.offices]
    signs = [re.escape(sign) for sign in contexts().signing.signs]
    begins = sorted({office.split()[0] for office in offices})
    return re.compile(rf"(?:^|\W)(?:{'|'.join((*offices, *signs))})"), re.compile("|".join((*begins, *signs)))


@lru_cache(maxsize=16384)
def _may_begin_signing(run: str) -> bool:
    """Whether a run between blanks may begin an office or sign: hardly any does, and few runs are ever new."""
    return _signing()[1].search(plain(run)) is not None


def is_signing(line: str) -> bool:
    """Whether a line holds, in capitals, the office of who signs, or the sign before it."""
    return any(map(_may_begin_signing, line.split())) and _signing()[0].search(plain(line)) is not None
