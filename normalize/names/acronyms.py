"""Abbreviations and foreign words in running text: kept, or read through the misreading when only one can be meant.

>>> [f.restored for f in fix_acronyms("cua DU-HDND-UBND phuong, Chi so CCHQ (PAR Index)")]
['ĐU', 'HĐND', 'UBND', 'CCHC', 'PAR', 'Index']
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from normalize.fixes import Fix
from normalize.letters import case_counts, is_plain_syllable, plain
from normalize.names.abbreviations import Match, closest, weights
from normalize.tokens import runs_of

_COMPOUND = re.compile(r"[^\W_]+(?:[-–&.][^\W_]+)+")
_PART = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S+|\S+\.(?:gov|com|org|edu|net)\.?(?:vn)?\b\S*")
_KINDS = ("word", "index", "issuer")
_BEFORE = ("", " ", "\t", "(", "-", "–", "—", "/", "&", '"', "“", ",", ".", "|", "'")
_AFTER = ("", " ", "\t", ")", "-", "–", "—", "/", "&", '"', "”", ",", ".", ";", ":", "|", "'")
_NEAR = 0.5
_CAPITALS = 0.8  # of the letters of a line: it is set in capitals


def fix_addresses(line: str) -> Iterator[Fix]:
    """Web and mail addresses, as anchors."""
    for match in _ADDRESS.finditer(line):
        yield Fix(match.start(), match.end(), match.group(), match.group(), "address", 0.98)


def in_capitals(line: str) -> bool:
    """Whether the line is set in capitals, as headings are."""
    letters, capitals = case_counts(line)
    return letters > 0 and capitals >= _CAPITALS * letters


def fix_compounds(line: str, bars_lost: bool = True) -> Iterator[Fix]:
    """Compounds that the table lists as a whole.

    >>> [f.restored for f in fix_compounds("Cong chuc VP-TK, DC-XD")]
    ['VP-TK', 'ĐC-XD']
    """
    for compound in _COMPOUND.finditer(line):
        found = _compound(compound.group(), bars_lost)
        if found and _alone(line, compound.start(), compound.end()):
            yield _fix(compound.start(), compound.group(), found)


def fix_acronyms(line: str, bars_lost: bool = True) -> Iterator[Fix]:
    """Abbreviations and foreign words, one by one; the parts of a compound each by itself."""
    if not any(map(may_hold_short, runs_of(line))):
        return
    heading = in_capitals(line)
    words = list(_PART.finditer(line))
    caps = [False, *(_is_capital_syllable(word.group()) for word in words), False]
    for word, before, after in zip(words, caps, caps[2:], strict=False):
        found = _read(word.group(), heading or before or after, bars_lost)
        if found and _alone(line, word.start(), word.end()):
            yield _fix(word.start(), word.group(), found)


def _is_capital_syllable(word: str) -> bool:
    return word.isupper() and len(word) > 1 and is_plain_syllable(plain(word))


def _fix(start: int, seen: str, found: Match) -> Fix:
    return Fix(start, start + len(seen), seen, found.short, "acronym", max(0.6, 0.99 - 0.3 * found.cost))


def _compound(seen: str, bars_lost: bool) -> Match | None:
    joined = seen.replace("–", "-")
    if "." in joined:  # a hyphen of the page read as a full stop: only an exact compound proves it
        joined = joined.replace(".", "-")
        return closest(joined, _KINDS, bars_lost, limit=0.15)
    if sum(c.isupper() for c in joined) < 3:
        return None
    return closest(joined, _KINDS, bars_lost, limit=_NEAR)


def _alone(line: str, start: int, end: int) -> bool:
    """Whether the run stands between blanks or signs that part words, not inside scrap ("YS%%E;;ND")."""
    return line[start - 1 : start] in _BEFORE and line[end : end + 1] in _AFTER


@lru_cache(maxsize=65536)
def may_hold_short(run: str) -> bool:
    """Whether a part of a run between blanks may be a short one."""
    return any(map(_may_be_short, _PART.findall(run)))


@lru_cache(maxsize=65536)
def _may_be_short(seen: str) -> bool:
    """Whether it is a foreign word, or has as many capitals as an abbreviation."""
    capitals = sum(c.isupper() for c in seen)
    return seen in weights(("foreign",)) or (capitals >= 2 and 2 * capitals >= len(seen))


@lru_cache(maxsize=65536)
def _read(seen: str, among_capitals: bool, bars_lost: bool) -> Match | None:
    if seen in weights(("foreign",)):
        return Match(seen, 0.0)
    if not _may_be_short(seen):
        return None
    if is_plain_syllable(plain(seen)) and (among_capitals or len(seen) > 2):
        return None
    exact = closest(seen, _KINDS, bars_lost, limit=0.15)
    if exact:
        return exact
    if len(seen) >= 4 and not among_capitals:
        near = closest(seen, _KINDS, bars_lost, limit=_NEAR)
        if near:
            return near
    unknown = not among_capitals and len(seen) >= 3 and seen.isalpha() and seen.isupper()
    return Match(seen, 0.5) if unknown else None
