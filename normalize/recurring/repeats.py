"""What the lines of a document say again and again, as they were read: such words are right, whatever they look like.

An engine that knows Vietnamese errs by chance, so what it reads alike in several places stands there. What a plan says
in its own manner ("định danh mức hai") is thereby kept, and a place that was misread is read as its other places are.

>>> sorted(repeated(["Mời người dân góp ý", "- Mời người dân chấm điểm"]))
[('mời', 'người'), ('mời', 'người', 'dân'), ('người', 'dân')]
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from normalize.letters import ToneStyle, in_style

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
_STEP = {2: 0.5, 3: 0.7}
"""Nats for each doubling of the lines that say an n-gram, by its length."""
_MOST = 2.0
_LEAST = 2  # lines


def repeated(lines: Sequence[str]) -> Mapping[tuple[str, ...], float]:
    """n-grams of small words, tone marks in the old style, that stand on several lines -> bonus in nats."""
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        seen.update(_grams(line))
    return {gram: min(_MOST, _STEP[len(gram)] * math.log2(n)) for gram, n in seen.items() if n >= _LEAST}


def _grams(line: str) -> set[tuple[str, ...]]:
    out: set[tuple[str, ...]] = set()
    for run in _RUN.findall(line):
        words = [in_style(word, ToneStyle.OLD) for word in run.lower().split(" ")]
        for size in _STEP:
            out.update(zip(*(islice(words, at, None) for at in range(size)), strict=False))
    return out
