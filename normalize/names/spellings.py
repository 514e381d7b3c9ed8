"""Place names that one line spells otherwise than the rest of its document: "XÃ CẤM XÁ" where all else is "Cẩm Xá".

The marks of a name are what a worn page loses first, and no list holds every name. A document names its own places
many times over; a spelling that stands against three others of the same letters is what the engine made of one of them.

>>> lines = ["xã Cẩm Xá, huyện Tân Vũ", "Cẩm Xá, ngày 5 tháng 2", "UBND xã Cẩm Xá", "XÃ CẤM XÁ NĂM 2025"]
>>> {line: [(fix.raw, fix.restored) for fix in fixes] for line, fixes in spelling_fixes(lines).items()}
{3: [('CẤM', 'CẨM')]}
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from normalize.fixes import Fix
from normalize.letters import CAPITAL, SMALL, ToneStyle, in_style, plain
from normalize.names.contexts import day, levels
from normalize.names.places import names

_WORDS = range(2, 5)  # of a name that its letters alone tell
_TIMES = 3  # as often as the odd spelling stands the usual one, and so often at least
_CHANCE = 0.97
_TITLED = rf"[{CAPITAL}][{SMALL}]*"
_SHOUTED = rf"[{CAPITAL}]+"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A name behind its level, before a day, and behind its level in capitals."""
    level = "|".join(sorted((form for word in levels() for form in (word, word.capitalize())), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)(?P<level>{level})\s(?P<name>{_TITLED}(?: {_TITLED}){{1,3}})(?!\w)"),
        re.compile(rf"^\W*(?P<level>)(?P<name>{_TITLED}(?: {_TITLED}){{1,3}})(?=[,.]\s?{day()}(?!\w))"),
        re.compile(rf"(?<!\w)(?P<level>{level.upper()})\s(?P<name>{_SHOUTED}(?: {_SHOUTED}){{1,3}})(?!\w)"),
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that begin with a name, behind a level word ("" at the head of a dated line); other words may follow it."""

    line: int
    start: int
    level: str
    words: tuple[str, ...]

    def spelt(self, size: int) -> tuple[str, ...]:
        """The first words as they are compared: small, tone marks in the old style."""
        return tuple(in_style(word.lower(), ToneStyle.OLD) for word in self.words[:size])

    def sizes(self) -> Iterable[int]:
        """How many of the words may be the name."""
        return (size for size in reversed(_WORDS) if size <= len(self.words))


def spelling_fixes(lines: Sequence[str]) -> Mapping[int, list[Fix]]:
    """Number of the line -> the syllables of names on it that the document spells otherwise elsewhere."""
    mentions = [mention for number, line in enumerate(lines) for mention in _mentions(number, line)]
    usual = _usual(mentions)
    out: dict[int, list[Fix]] = defaultdict(list)
    for mention in mentions:
        for size in mention.sizes():
            name = usual.get(tuple(map(plain, mention.spelt(size))))
            if name is not None and name != mention.spelt(size):
                out[mention.line] += _fixes(mention, name)
                break
    return out


def _mentions(number: int, line: str) -> Iterator[Mention]:
    for pattern in _patterns():
        for match in pattern.finditer(line):
            yield Mention(number, match.start("name"), match["level"].lower(), tuple(match["name"].split(" ")))


def _usual(mentions: Sequence[Mention]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Letters of a name without marks -> its spelling, where the document has one usual spelling and odd ones."""
    seen: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    listed: set[tuple[str, ...]] = set()
    for mention in mentions:
        for size in mention.sizes():
            spelt = mention.spelt(size)
            seen[tuple(map(plain, spelt))][spelt] += 1
            if spelt in _listed(mention.level, size):
                listed.add(spelt)
    out = {}
    for letters, spellings in seen.items():
        (usual, count), *odd = spellings.most_common()
        if odd and count >= _TIMES * odd[0][1] and count >= _TIMES and listed.isdisjoint(spelt for spelt, _ in odd):
            out[letters] = usual
    return out


@cache
def _listed(level: str, size: int) -> frozenset[tuple[str, ...]]:
    """The names of that many syllables that units of the level bear, in small letters."""
    return frozenset(tuple(map(str.lower, name.syllables)) for name in names().get((level, size), ()))


def _fixes(mention: Mention, name: Sequence[str]) -> Iterator[Fix]:
    """The syllables that differ, each in the case of the page."""
    at = mention.start
    for word, spelt, syllable in zip(mention.words, mention.spelt(len(name)), name, strict=False):
        if spelt != syllable:
            cased = syllable.upper() if word.isupper() and len(word) > 1 else syllable.capitalize()
            yield Fix(at, at + len(word), word, cased, "spelling", _CHANCE)
        at += len(word) + 1
