"""Spoilt lines that are one of the phrases which all plans share (data/phrases.toml): headings, letterhead, columns.

A line is read so only when one phrase is left: few letters differ, and every other phrase differs by clearly more.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.data import DATA
from normalize.fixes import Fix
from normalize.letters import plain

_TABLE = DATA / "phrases.toml"
_LEAD = re.compile(r"\s*(?:(?:[IVXl1]{1,4}|\d{1,2}|[a-zđ])\s?[.)]\s*|[-+*]\s+)?")
_TAIL = re.compile(r"[\s:;.,]*\Z")
_LETTERS_PER_ERROR = 6  # one letter wrong in this many: fewer would make one phrase of another
_SHORTEST = 6  # letters of a line that may be spoilt
_RIVAL = 2  # letters by which the next phrase differs more
_SURE = 0.97  # a line whose every word the letters decide is no spoilt phrase
_CHANCE = 0.96


@cache
def phrases() -> dict[str, str]:
    """Phrase without marks -> phrase, lower case. Raises KeyError or TOMLDecodeError for a broken table."""
    tables = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {plain(line): line for table in tables.values() for line in table["lines"]}


@lru_cache(maxsize=4096)
def nearest_phrase(text: str) -> str | None:
    """The one phrase that the text, without marks, must be; None when there is none or two come near.

    >>> nearest_phrase("KINH PH"), nearest_phrase("Don vi tinh")
    ('kinh phí', None)
    """
    seen = plain(text).lower()
    letters = sum(map(str.isalpha, seen))
    if letters < _SHORTEST:
        return None
    most = max(1, letters // _LETTERS_PER_ERROR)
    near = process.extract(seen, tuple(phrases()), scorer=Levenshtein.distance, score_cutoff=most + _RIVAL, limit=2)
    if not near or near[0][1] > most:
        return None
    (key, best, _), next_best = near[0], near[1][1] if near[1:] else most + _RIVAL + 1
    if next_best - best < min(_RIVAL, best + 1) or len(key.split()) != len(seen.split()):
        return None
    return phrases()[key]


def phrase_fix(raw: str, read: Sequence[Fix]) -> Fix | None:
    """The whole line, less enumerator and last sign, as a phrase. read: what the decoder read on it, in order."""
    start = _LEAD.match(raw).end()  # type: ignore[union-attr]  # every part of the pattern may be empty
    end = _TAIL.search(raw).start()  # type: ignore[union-attr]  # the same
    text = raw[start:end] if start < end else ""
    phrase = nearest_phrase(text)
    if phrase is None or all(fix.probability >= _SURE for fix in read):
        return None
    if " ".join(fix.restored for fix in read).lower().endswith(phrase):
        return None
    cased = _as_printed(phrase, text)
    return Fix(start, end, text, cased, "phrase", _CHANCE)


def _as_printed(phrase: str, text: str) -> str:
    """In capitals when most letters of the line are; else a capital where the word on the page begins with one."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) * 2 > len(letters):
        return phrase.upper()
    pairs = zip(phrase.split(), text.split(), strict=True)
    return " ".join(word[:1].upper() + word[1:] if seen[:1].isupper() else word for word, seen in pairs)
