"""What a document says in many places helps where it is unclear: n-grams read surely elsewhere get a bonus."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from normalize.fixes import Fix
from normalize.names.places import LEVELS

_SURE = 0.9  # a reading this sure has a vote
_LEAST = 2  # votes that an n-gram needs
_STEP = {1: 0.1, 2: 0.15, 3: 0.2}  # nats for each doubling of the votes, by the length of the n-gram
_MOST = 1.2
_STEP_LEVEL = 0.8
_MOST_LEVEL = 4.0
_WORD = re.compile(r"[^\W\d_]+\Z")
_GAP = ""  # between two runs


def boosts_of(lines: Iterable[Sequence[Fix]]) -> dict[tuple[str, ...], float]:
    """n-grams of one to three lower-case syllables -> bonus in nats. Each line: what was read on it, in order."""
    words: list[str] = []
    for line in lines:
        for run in sure_runs(line):
            words += (word.lower() for word in run)
            words.append(_GAP)
    votes: Counter[tuple[str, ...]] = Counter()
    for size in _STEP:  # all runs at once: counting is fast, calling it for each run is not
        votes.update(zip(*(words[at:] for at in range(size)), strict=False))
    boosts = {
        gram: min(_MOST, _STEP[len(gram)] * math.log2(count))
        for gram, count in votes.items()
        if count >= _LEAST and _GAP not in gram
    }
    for level in LEVELS:  # a ward's plan says "phường" on every page, where the letters could as well be "phương"
        gram = tuple(level.split())
        if votes[gram] >= _LEAST:
            boosts[gram] = min(_MOST_LEVEL, _STEP_LEVEL * math.log2(votes[gram]))
    return boosts


def sure_runs(line: Sequence[Fix]) -> list[list[str]]:
    """Syllables in a row that were all read surely, as they are cased."""
    runs: list[list[str]] = [[]]
    end = 0  # of the fix before
    for fix in line:
        text = fix.restored
        sure = fix.probability >= _SURE and (text.isalpha() or _WORD.match(text))
        if not sure or fix.start - end > 1:
            runs.append([])
        if sure:
            runs[-1].append(text)
        end = fix.end
    return runs
