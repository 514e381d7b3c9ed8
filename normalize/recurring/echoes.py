"""Spoilt runs read as a phrase that the document says surely elsewhere: "(’Ja'cAnganh" is "Các ngành" printed over.

The cells of a column repeat one another, so what lies under an overprint stands clean in other rows. A run is read so
only when it is no possible word, one phrase of the document explains nearly all its letters, and no other comes near.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.fixes import Fix
from normalize.letters import SMALL, plain
from normalize.recurring.votes import GAP
from normalize.tokens import runs_of

_RUN = re.compile(r"\S+")
_SPOILT = re.compile(rf"[^\W\d_](?:[^\w\s,;.:/–-]|[.,;:]{{1,2}}(?=[^\W\d_]))|[{SMALL}][A-Z]|[ﬁﬂﬀ]")
_SIGN_OF_C = re.compile(r"\([’'‘;:?]+[IJ]?")  # a C printed over another letter
_SIZES = (2, 3)  # words of a phrase
_BETWEEN = " "  # no letter: in place of a gap
_LEAST = 3  # times that the document says it
_SHORTEST = 7  # letters
_LETTERS_PER_ERROR = 4
_RIVAL = 2  # letters by which the next phrase is further
_SURE = 0.9  # a run whose every word is read so surely is not spoilt
_CHANCE = 0.9


def said_often(words: Sequence[str]) -> dict[str, str]:
    """Letters of a phrase without marks and blanks -> the phrase, cased as it mostly stands.

    words: those that were read surely (`votes.sure_words`), with a GAP wherever they do not follow one another.
    """
    letters = [_BETWEEN if word == GAP else _letters(word) for word in words]
    keys = {size: list(map("".join, zip(*(letters[at:] for at in range(size)), strict=False))) for size in _SIZES}
    said = Counter(chain.from_iterable(keys.values()))
    often = {key for key, count in said.items() if count >= _LEAST and len(key) >= _SHORTEST and _BETWEEN not in key}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for size, some in keys.items():
        for at, key in enumerate(some):
            if key in often:
                seen[key][" ".join(words[at : at + size])] += 1
    return {key: max(phrases, key=lambda phrase: (phrases[phrase], phrase)) for key, phrases in seen.items()}


def may_echo(raw: str) -> bool:
    """Whether a run of the line may be a spoilt phrase."""
    return any(map(_is_spoilt, runs_of(raw)))


@lru_cache(maxsize=65536)
def _is_spoilt(run: str) -> bool:
    return _SPOILT.search(run) is not None


def echo_fixes(raw: str, words: Sequence[Fix], phrases: Mapping[str, str]) -> Iterator[Fix]:
    """The spoilt runs of a line that are one of the phrases. words: what was read on the line, in order.

    >>> [fix.restored for fix in echo_fixes("Cong chirc (’Ja'cAnganh UBND", [], {"cacnganh": "Các ngành"})]
    ['Các ngành']
    >>> [fix.restored for fix in echo_fixes("8 (;agAnganh UBND", [], {"cacnganh": "các ngành"})]
    ['Các ngành']
    >>> [fix.restored for fix in echo_fixes("CHUYEN DOI SO'TRONGNAM", [], {"sotrongnam": "số trong năm"})]
    ['SỐ TRONG NĂM']
    >>> [fix.restored for fix in echo_fixes("cac nganh, Canh; thanh/nganh", [], {"cacnganh": "Các ngành"})]
    []
    """
    for match in _RUN.finditer(raw):
        if not _is_spoilt(match.group()):
            continue
        inside = [fix for fix in words if fix.start < match.end() and fix.end > match.start()]
        printed_over = _SIGN_OF_C.search(match.group()) is not None
        if printed_over or not _is_sure(inside):
            phrase = _nearest(_letters(_SIGN_OF_C.sub("C", match.group())), phrases)
            if phrase is not None:
                yield Fix(match.start(), match.end(), match.group(), _cased(phrase, match.group()), "echo", _CHANCE)


def _cased(phrase: str, raw: str) -> str:
    if raw.isupper():
        return phrase.upper()
    return phrase[0].upper() + phrase[1:] if _SIGN_OF_C.match(raw) else phrase


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return "".join(c for c in plain(text).lower() if c.isascii() and c.isalpha())


def _is_sure(words: Sequence[Fix]) -> bool:
    """Whether there are words and all of them were read surely."""
    return bool(words) and all(fix.probability >= _SURE for fix in words)


def _nearest(letters: str, phrases: Mapping[str, str]) -> str | None:
    if len(letters) < _SHORTEST:
        return None
    most = len(letters) // _LETTERS_PER_ERROR
    near = process.extract(letters, list(phrases), scorer=Levenshtein.distance, score_cutoff=most + _RIVAL - 1, limit=2)
    if not near or near[0][1] > most or (len(near) > 1 and near[1][1] - near[0][1] < _RIVAL):
        return None
    return phrases[near[0][0]]
