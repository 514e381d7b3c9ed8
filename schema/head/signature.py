"""The signature block: who signed, in which office. Its two columns may be read line by line or one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalize.letters import is_syllable
from schema.head.head_wordings import find_head_wording
from schema.outline.flow import PrintedLine
from schema.outline.parts import Part, opens_part
from schema.places.gazetteer import places, same_spelling
from schema.places.units import LevelRule
from schema.plain import plain
from schema.ruletable import WholeWordsRow, load_rules

_LONGEST_CLOSING = 45
_LINES_BEFORE_RECIPIENTS = 4


@dataclass(frozen=True)
class SignerRule(WholeWordsRow):
    """An office that signs. title: as the output names it; pattern: over the capitals of the block, without marks.

    deputy: the office that signs in its place ('KT.').
    """

    title: str
    pattern: str
    deputy: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        found = _title_in(text)
        return found is not None and found[0] == self.title


@dataclass(frozen=True)
class Surname:
    """A family name. middle: no family name, but what stands behind one; a name that begins so has lost its own."""

    name: str
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """None where the block does not say, or cannot be read; doubtful where there is something that cannot be read."""

    name: str | None = None
    title: str | None = None
    doubtful: bool = False


def read_signature(lines: Sequence[PrintedLine], start: int, end: int) -> Signature:
    """The signature of the document that stands in lines[start:end]; start: where its body begins."""
    block = _block(lines, start, end)
    column = _column(block)
    if column:
        return _of_column(column)
    title, title_at = None, 0
    for index, line in enumerate(block):
        if (found := _title_in(line.text)) is not None:
            title, title_at = found[0], index
    if title is None:
        return Signature()
    name = _name(block, title_at)
    title = _deputy(title, block)
    if name is None and _prints_deputy(block[title_at + 1 :], title):
        title = _deputies()[title]
    return Signature(name, title, name is None and any(as_person(line.text) for line in block[title_at + 1 :]))


# Half the width of the signature's column in points: the longest authority line is about 200 points wide.
_HALF_COLUMN = 110.0


def _column(block: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of the signature's own column, downwards; () where there are no boxes or the columns share lines."""
    top = next((line for line in block if line.box and _authority(line.text)), None)
    if top is None or top.box is None:
        return []
    middle = top.box.centre[0]
    lines = [
        line
        for line in block
        if line.box
        and line.page == top.page
        and line.box.bottom >= top.box.top
        and abs(line.box.centre[0] - middle) <= _HALF_COLUMN
        and line.box.x0 >= middle - _HALF_COLUMN
    ]
    return sorted(lines, key=lambda line: line.box.top if line.box else 0.0)


def _authority(text: str) -> bool:
    """A line of the signature alone: 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'; none that begins in the recipients' column."""
    found = _title_in(text)
    by_order = find_head_wording("by_order", plain(text))
    return by_order is not None or (found is not None and found[1] <= _LONGEST_LEAD)


# What a stamp may leave before the office on its line.
_LONGEST_LEAD = 3


def _of_column(column: Sequence[PrintedLine]) -> Signature:
    titles = [(index, found[0]) for index, line in enumerate(column) if (found := _title_in(line.text))]
    after = titles[-1][0] if titles else 0
    title = _deputy(titles[-1][1], column) if titles else None
    below = column[after + 1 :]
    name_at = next((index for index, line in enumerate(below) if as_person(line.text)), None)
    if title and len(titles) == 1 and _hides_title(below[: name_at if name_at is not None else len(below)], title):
        title = title if find_head_wording("deputy_sign", plain(column[after].text)) else None
    name = _sure_name(below[name_at]) if name_at is not None else _name_behind(column[after].text)
    doubtful = title is None or (name is None and _has_scraps(below))
    return Signature(name, title or _covered_title(column), doubtful)


# How far a line's half width may lie from what its letters take, in half widths of the authority above it.
_FIT = 0.12
_LINES_TO_TITLE = 3
_END_OF_TITLE = 3


def _covered_title(column: Sequence[PrintedLine]) -> str | None:
    """The office of which a stamp left only the end: its right half tells how long it was, as lines are centred.

    'TM. ỦY BAN NHÂN DÂN' and below it '. uCHWTỊCH': CHỦ TỊCH, or KT. CHỦ TỊCH, which a deputy signs.
    """
    top, *below = column
    if top.confidence < _SURE_LINE:
        return None
    for rule in load_rules("signers", SignerRule):
        ends = [line for line in below[:_LINES_TO_TITLE] if _ends_like(line.text, rule.title)]
        if rule.deputy and ends:
            second = len(ends) > 1 or _hides_title(below[below.index(ends[0]) + 1 : _LINES_TO_TITLE], rule.title)
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


# The letters of the shortest names of three words, 'Lê Vũ Ý'.
_LETTERS_OF_NAME = 6


def _has_scraps(lines: Sequence[PrintedLine]) -> bool:
    """Whether a line may be a name that a stamp or a signature spoilt: letters enough, one at least a capital."""
    return any(
        sum(map(str.isalpha, line.text)) >= _LETTERS_OF_NAME and any(map(str.isupper, line.text)) for line in lines
    )


def _deputy(title: str, block: Sequence[PrintedLine]) -> str:
    """'KT. CHỦ TỊCH' (in place of the chairman) is signed by a deputy, also where the second line cannot be read.

    The sign may stand on a line of its own above the office.
    """
    deputy = _deputies().get(title)
    for above, line in zip((None, *block), block, strict=False) if deputy else ():
        found = _title_in(line.text)
        signs = [line.text, line.raw, *([above.text] if above and len(above.text.split()) == 1 else [])]
        if found and found[0] == title and any(find_head_wording("deputy_sign", plain(sign)) for sign in signs):
            return deputy or title
    return title


@cache
def _deputies() -> dict[str, str]:
    """Office -> the office that signs in its place."""
    return {rule.title: rule.deputy for rule in load_rules("signers", SignerRule) if rule.deputy}


def _prints_deputy(lines: Sequence[PrintedLine], title: str) -> bool:
    """Whether capitals below the office are scraps of its deputy's: 'CHỦ TỊCH', below it 'oP U TỊCH'."""
    words = {word for word in plain(_deputies().get(title, "")).split() if len(word) >= 3}
    return any(
        found[0].isupper() and plain(found[0]) in words for line in lines for found in re.finditer(r"\w+", line.raw)
    )


def _hides_title(lines: Sequence[PrintedLine], title: str) -> bool:
    """Whether a line below the office holds scraps of a second one that the stamp covers: 'PHÓÌ TỊCH', 'ĐE HỦ TỊCH'."""
    words = [word for word in plain(title).split() if len(word) >= 3]
    return any(word in re.findall(r"\w+", plain(line.text)) for line in lines for word in words)


def _name_behind(title: str) -> str | None:
    """The name on the line of the office, where no room was left for a signature: 'PHÓ CHỦ TỊCH Lường Văn Bảo'."""
    words = title.split()
    capitals = next((at for at, word in enumerate(words) if not word.isupper()), 0)
    return as_person(" ".join(words[capitals:])) if capitals else None


_SURE_LINE = 0.85
# A stamp may have hidden the middle name of a name that is left with two words.
_GIVEN_NAMES, _SURE_SHORT = 2, 0.93


def _sure_name(line: PrintedLine) -> str | None:
    """The name on the line when every letter of it is sure: signatures and stamps run over names."""
    name = as_person(line.text)
    if name is None or line.confidence >= _CERTAIN:
        return name
    surname, *given = name.split()
    known = any(same_spelling(row.name, surname) for row in load_rules("surnames", Surname) if not row.middle)
    if len(given) < _GIVEN_NAMES and line.confidence < _SURE_SHORT:
        return None
    return name if line.confidence >= _SURE_LINE and known and all(map(is_syllable, given)) else None


# Only a text layer is that sure.
_CERTAIN = 0.995


def _block(lines: Sequence[PrintedLine], start: int, end: int) -> Sequence[PrintedLine]:
    """From shortly above 'Nơi nhận' or 'TM.' to where an appendix or another document begins."""
    for index in range(start, end):
        if lines[index].row is None and opens_part(lines[index].text, Part.BODY) is Part.CLOSING:
            first = max(start, index - _LINES_BEFORE_RECIPIENTS)
            last = min(end, index + _LONGEST_CLOSING)
            ends = (
                at
                for at in range(index + 1, last)
                if lines[at].row is not None or opens_part(lines[at].text, Part.CLOSING) in (Part.APPENDIX, Part.HEAD)
            )
            return lines[first : next(ends, last)]
    return ()


def _title_in(text: str) -> tuple[str, int] | None:
    """The office printed in capitals on the line and where it ends; the longest where one contains another."""
    flat = plain(text)
    best: tuple[int, int, str] | None = None
    for rule in load_rules("signers", SignerRule):
        for found in rule.regex.finditer(flat):
            if not text[found.start() : found.end()].isupper():
                continue
            key = (found.end(), found.end() - found.start(), rule.title)
            if best is None or key[:2] > best[:2]:
                best = key
    return (best[2], best[0]) if best else None


@cache
def _surnames() -> frozenset[str]:
    return frozenset(plain(row.name) for row in load_rules("surnames", Surname) if not row.middle)


@cache
def _middles() -> tuple[str, ...]:
    return tuple(row.name for row in load_rules("surnames", Surname) if row.middle)


_WORD = r"[^\W\d_][\w'’]*"
_NAME = re.compile(rf"(?P<name>{_WORD}(?:\s+{_WORD}){{1,4}})\W*$")


def _name(block: Sequence[PrintedLine], title_at: int) -> str | None:
    """The name below the office: a line of its own, or the end of a line of the recipients ('- Lưu: VT. Lê An')."""
    candidates = []
    for line in block[title_at + 1 :]:
        if as_person(line.text):
            return _sure_name(line)
        if tail := _person_at_end(line.text):
            candidates.append(tail)
    return candidates[-1] if candidates else _name_behind(block[title_at].text)


def as_person(text: str) -> str | None:
    """A person's name when the whole text is one, in the case of running text; else None.

    >>> as_person("Nguyễn Văn An"), as_person("TRẦN THỊ BÌNH"), as_person("Thị Bình"), as_person("Xã Krông")
    ('Nguyễn Văn An', 'Trần Thị Bình', None, None)
    """
    words = text.strip(" .,;:*-–_/\\|'\"").split()
    if not 2 <= len(words) <= 5 or not all(re.fullmatch(_WORD, word) and word[0].isupper() for word in words):
        return None
    if plain(words[0]) not in _surnames() or any(same_spelling(words[0], name) for name in _middles()):
        return None
    if _title_in(text) is not None or _is_unit(words):
        return None
    capitals = [word.isupper() for word in words if len(word) > 1]
    if any(capitals) and not all(capitals):
        return None
    return " ".join(word.capitalize() if word.isupper() else word for word in words)


def _is_unit(words: Sequence[str]) -> bool:
    """Whether the words name a unit rather than a person: 'Xã Krông Nô', a province."""
    if any(same_spelling(words[0].capitalize(), rule.level.capitalize()) for rule in load_rules("levels", LevelRule)):
        return True
    return any(place.parent is None for level in ("tỉnh", "thành phố") for place in places(level, " ".join(words)))


def _person_at_end(text: str) -> str | None:
    """A name that the line ends with, after a full stop, semicolon or wide blank of the recipients' column."""
    found = re.search(r"[.;,)]\s*(?P<rest>[^.;,()]+)$", text)
    return as_person(found.group("rest")) if found and len(found.group("rest").split()) >= 2 else None
