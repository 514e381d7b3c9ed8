"""Numbers that an engine parted: "1 16/2018/NĐ-CP" for the page's 116/2018, in italics with wide digits.

Either half would pass for a number of its own. The gap between the halves is less than a blank. A 1 that stands apart
from its date is mostly read as a letter: "Trước l 0/11/2025".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.engines import SeenWord

NARROW = 0.28
"""Heights of a line: gaps below are no blanks. Blanks of print are 0.3 and more, parted numbers had 0.17 to 0.27."""

JOINED = 0.5
"""Confidence at most of a number that was joined: a blank may have been printed narrow."""

LONE_ONE = re.compile(r"[lIi|]")
REST_OF_DATE = re.compile(r"\d/\d{1,2}/\d")


def numbers_joined(words: Sequence[SeenWord]) -> list[SeenWord]:
    """The words, those joined between whose digits no blank is left."""
    result: list[SeenWord] = []
    for word in words:
        if result and are_one_number(result[-1], word):
            first = "1" if LONE_ONE.fullmatch(result[-1].text) else result[-1].text
            result[-1] = _joined(replace(result[-1], text=first), word)
        else:
            result.append(word)
    return result


def are_one_number(first: SeenWord, second: SeenWord) -> bool:
    """Whether the first ends and the second begins with a digit, on one line and nearer than a blank."""
    gap, height = second.left - first.right, max(first.height, second.height)
    one = LONE_ONE.fullmatch(first.text) is not None and REST_OF_DATE.match(second.text) is not None
    digits = one or (first.text[-1:].isdigit() and second.text[:1].isdigit())
    return digits and first.line == second.line and -height < gap < NARROW * height


def _joined(first: SeenWord, second: SeenWord) -> SeenWord:
    return replace(
        first,
        text=first.text + second.text,
        top=min(first.top, second.top),
        right=max(first.right, second.right),
        bottom=max(first.bottom, second.bottom),
        confidence=min(first.confidence, second.confidence, JOINED),
    )
