"""Numerals of parts and letters of items that a worn page spoilt, proven by those before and behind them.

The parts of a plan count up: a second "II." is "III." where the next one is "IV.", or no more follow, an "H." behind
"I." is "II.". So do the items of a list: "đ)" right behind "c)" is "d)" where "đ)" still follows, or nothing does.

>>> [fix.restored for fix in sequence_fixes(["I. MỤC TIÊU", "H. NỘI DUNG", "II. KINH PHÍ"]).values()]
['II', 'III']
>>> [fix.restored for fix in sequence_fixes(["a) Một", "b) Hai", "c) Ba", "đ) Bốn"]).values()]
['d']
"""

import re
from collections.abc import Mapping, Sequence

from normalize.decoding.request import in_capitals
from normalize.fixes import Fix
from normalize.grammars.enumerators import grammar

_PART = re.compile(r"[^\w\s]?\s?(?P<seen>[IVX]{1,5}|HI?)(?=\.\s*[^\W\d_]{2})")
_LIKE = {"H": 2, "HI": 3}  # strokes that ran together; no plan numbers its parts so
_ITEM = re.compile(r"\s*(?P<seen>[a-zđ])(?=\)\s?[^\W\d_])")
_CHANCE = 0.94
_Found = Sequence[tuple[int, re.Match[str]]]


def sequence_fixes(lines: Sequence[str]) -> Mapping[int, Fix]:
    """Number of the line -> what begins it, where that was misread. lines: all of one document, in order."""
    parts = [(i, match) for i, line in enumerate(lines) if (match := _PART.match(line)) and _is_title(line, match)]
    items = [(i, match) for i, line in enumerate(lines) if (match := _ITEM.match(line))]
    return _parts(parts) | _items(items)


def _is_title(line: str, match: re.Match[str]) -> bool:
    return in_capitals(line[match.end() :])


def _fix(match: re.Match[str], restored: str) -> Fix:
    return Fix(match.start("seen"), match.end("seen"), match["seen"], restored, "sequence", _CHANCE)


def _parts(found: _Found) -> dict[int, Fix]:
    numerals = {number: text for text, number in grammar().numerals.items()}
    values = [_LIKE.get(match["seen"]) or grammar().numerals.get(match["seen"], 0) for _, match in found]
    fixes: dict[int, Fix] = {}
    before = 0
    for (line, match), value, behind in zip(found, values, [*values, 1][1:], strict=True):
        doubled = value == before > 1 and behind in (1, value + 2)
        count = value + doubled
        if match["seen"] in _LIKE and count != before + 1:
            continue
        if count in numerals and numerals[count] != match["seen"]:
            fixes[line] = _fix(match, numerals[count])
        before = count
    return fixes


def _items(found: _Found) -> dict[int, Fix]:
    letters = ["", *(match["seen"] for _, match in found), "a"]
    around = zip(found, letters, letters[1:], letters[2:], strict=False)
    return {
        line: _fix(match, "d")
        for (line, match), before, letter, behind in around
        if (before, letter) == ("c", "đ") and behind in ("a", "đ")
    }
