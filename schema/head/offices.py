"""The office that signs a document, also where a stamp or another office's line covers part of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from schema.head.head_wordings import find_head_wording
from schema.outline.flow import PrintedLine
from schema.plain import plain
from schema.ruletable import WholeWordsRow, load_rules

SURE_LINE = 0.85
"""Confidence of a line that a stamp has not touched."""
_FIT = 0.12
"""How far a line's half width may lie from what its letters take, in half widths of the authority above it."""
_LINES_TO_TITLE = 3
"""Lines from the authority down to the office, which a stamp may have made two of."""
_END_OF_TITLE = 3
"""Letters at the end of a covered office that tell it."""


@dataclass(frozen=True)
class SignerRule(WholeWordsRow):
    """An office that signs. title: as the output names it; pattern: over the capitals of the block, without marks.

    deputy: the office that signs in its place ('KT.'). board: of a board, whose members hold another office besides,
    which is printed below the signature: 'TRƯỞNG BAN', 'CHỦ TỊCH UBND THÀNH PHỐ'.
    """

    title: str
    pattern: str
    deputy: str | None = None
    board: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        found = office_in(text)
        return found is not None and found[0] == self.title


def office_in(text: str) -> tuple[str, int] | None:
    """The office printed in capitals on the line and where it ends; the longest where one contains another."""
    flat = plain(text)
    best: tuple[int, int, str] | None = None
    for rule in load_rules("signers", SignerRule):
        for found in rule.regex.finditer(flat):
            if not _in_capitals(text[found.start() : found.end()]):
                continue
            key = (found.end(), found.end() - found.start(), rule.title)
            if best is None or key[:2] > best[:2]:
                best = key
    return (best[2], best[0]) if best else None


_POINTED = str.maketrans("iìíỉĩị", "IIIIII")


def _in_capitals(text: str) -> bool:
    """Whether a text is set in capitals; engines read a capital I under its mark as a small i: 'PHÓ Bí THƯ'.

    >>> _in_capitals("PHÓ Bí THƯ"), _in_capitals("Bí thư"), _in_capitals("CHÁNH VĂN PHÒNG")
    (True, False, True)
    """
    return text.translate(_POINTED).isupper()


def is_of_board(title: str) -> bool:
    """Whether an office is one of a board, which its holder has besides another one."""
    return any(rule.title == title and rule.board for rule in load_rules("signers", SignerRule))


def signing_for(title: str, block: Sequence[PrintedLine]) -> str:
    """'KT. CHỦ TỊCH' (in place of the chairman) is signed by a deputy, also where the second line cannot be read.

    The sign may stand on a line of its own above the office.
    """
    deputy = deputies().get(title)
    for above, line in zip((None, *block), block, strict=False) if deputy else ():
        found = office_in(line.text)
        signs = [line.text, line.raw, *([above.text] if above and len(above.text.split()) == 1 else [])]
        if found and found[0] == title and any(find_head_wording("deputy_sign", plain(sign)) for sign in signs):
            return deputy or title
    return title


@cache
def deputies() -> dict[str, str]:
    """Office -> the office that signs in its place."""
    return {rule.title: rule.deputy for rule in load_rules("signers", SignerRule) if rule.deputy}


def prints_deputy(lines: Sequence[PrintedLine], title: str) -> bool:
    """Whether capitals below the office are scraps of its deputy's: 'CHỦ TỊCH', below it 'oP U TỊCH'."""
    words = {word for word in plain(deputies().get(title, "")).split() if len(word) >= 3}
    scraps = [line.raw for line in lines if office_in(line.text) is None]
    return any(found[0].isupper() and plain(found[0]) in words for raw in scraps for found in re.finditer(r"\w+", raw))


def hides_office(lines: Sequence[PrintedLine], title: str) -> bool:
    """Whether a line below the office holds scraps of a second one that the stamp covers: 'PHÓÌ TỊCH', 'ĐE HỦ TỊCH'."""
    words = [word for word in plain(title).split() if len(word) >= 3]
    return any(word in re.findall(r"\w+", plain(line.text)) for line in lines for word in words)


def covered_office(column: Sequence[PrintedLine]) -> str | None:
    """The office of which a stamp left only the end: its right half tells how long it was, as lines are centred.

    'TM. ỦY BAN NHÂN DÂN' and below it '. uCHWTỊCH': CHỦ TỊCH, or KT. CHỦ TỊCH, which a deputy signs.
    """
    top, *below = column
    if top.confidence < SURE_LINE:
        return None
    for rule in load_rules("signers", SignerRule):
        ends = [line for line in below[:_LINES_TO_TITLE] if _ends_like(line.text, rule.title)]
        if rule.deputy and ends:
            second = len(ends) > 1 or hides_office(below[below.index(ends[0]) + 1 : _LINES_TO_TITLE], rule.title)
            return rule.deputy if second else _fitting((rule.title, rule.deputy), ends[0], top)
    return None


def _fitting(titles: Sequence[str], line: PrintedLine, top: PrintedLine) -> str | None:
    """The one of the titles that is as long as the line, by how far it reaches right of the column's middle."""
    if line.box is None or top.box is None or not top.box.width:
        return None
    reach = (line.box.x1 - top.box.centre[0]) / (top.box.width / 2)
    off = {title: abs(len(title) / len(top.text) - reach) for title in titles}
    best = min(off, key=off.__getitem__)
    return best if off[best] <= _FIT else None


def _ends_like(text: str, title: str) -> bool:
    letters = "".join(filter(str.isalpha, plain(text)))
    return letters.endswith(plain(title)[-_END_OF_TITLE:]) and text.rstrip(" .,;:")[-1:].isupper()
