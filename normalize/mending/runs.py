"""Words that stand without a blank between them: "Cônganxã" is "Công an xã", where nothing else can be meant.

The letters stay as they are; only runs that are no word, and that syllables explain to the last letter, are parted.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from normalize.decoding.language_model import log_probability, vocabulary
from normalize.fixes import Fix
from normalize.letters import ToneStyle, in_style, is_syllable
from normalize.names.abbreviations import weights

_RUN = re.compile(r"[^\W\d_]{4,}")
_LONGEST_WORD = 7  # letters of a syllable ("nghiêng")
_LONGEST_RUN = 28
_LEAD = 3.0  # nats by which the next best way to part the run is less likely
_DEAREST = 7.0  # nats a word, on average: rarer neighbours prove nothing
_CHANCE = 0.96
_ABBREVIATION = 6.0  # nats
_KINDS = ("issuer", "word", "index")
_KEPT = ("foreign", "word", "index", "issuer", "instrument")


def fix_runs(line: str) -> Iterator[Fix]:
    """The runs of a line that are several words.

    >>> [fix.restored for fix in fix_runs("SởNộivụ, Cônganxã, KINHPHÍ, HĐNDvà")]
    ['Sở Nội vụ', 'Công an xã', 'KINH PHÍ', 'HĐND và']
    >>> list(fix_runs("Krôngnô, nghiêngg, Êban, thưc"))
    []
    """
    for match in _RUN.finditer(line):
        run = match.group()
        if not run.isascii() and not is_syllable(run):
            words = parted(run)
            if words:
                yield Fix(match.start(), match.end(), run, " ".join(words), "run", _CHANCE)


@lru_cache(maxsize=4096)
def parted(run: str) -> tuple[str, ...]:
    """The words of the run; () when it cannot be parted, or in two ways that are about as likely."""
    if len(run) > _LONGEST_RUN or run in weights(_KEPT):
        return ()
    ways = sorted((_cost(way), way) for way in _ways(run, 0) if any(map(is_syllable, way)))
    if not ways or ways[0][0] > _DEAREST * len(ways[0][1]) or len(ways[0][1]) < 2:
        return ()
    return ways[0][1] if len(ways) == 1 or ways[1][0] - ways[0][0] >= _LEAD else ()


def _ways(run: str, start: int) -> Iterator[tuple[str, ...]]:
    """All ways to read run[start:] as known words."""
    if start == len(run):
        yield ()
    for end in range(start + 1, min(start + _LONGEST_WORD, len(run)) + 1):
        if _is_word(run[start:end]):
            for rest in _ways(run, end):
                yield (run[start:end], *rest)


@lru_cache(maxsize=16384)
def _is_word(text: str) -> bool:
    if text in weights(_KINDS) and len(text) > 1:
        return True
    cased = len(text) > 1 and (text.islower() or text.isupper() or text.istitle())
    return cased and is_syllable(text) and _known(text) in vocabulary().ids


@lru_cache(maxsize=16384)
def _known(word: str) -> str:
    return in_style(word.lower(), ToneStyle.OLD)


def _cost(words: tuple[str, ...]) -> float:
    total, before = 0.0, ("", "")
    for word in words:
        known = _known(word)
        if word.isupper() and not is_syllable(word):
            total += _ABBREVIATION
        else:
            total -= log_probability(known, tuple(some for some in before if some))
        before = (before[1], known)
    return total
