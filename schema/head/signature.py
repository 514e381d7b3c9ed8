"""The signature block: who signed, in which office. Its two columns may be read line by line or one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.letters import is_syllable
from schema.head.head_wordings import find_head_wording
from schema.head.offices import (
    SURE_LINE,
    covered_office,
    deputies,
    hides_office,
    is_of_board,
    office_in,
    prints_deputy,
    signing_for,
)
from schema.head.persons import as_person, is_surname, person_at_end
from schema.outline.flow import PrintedLine
from schema.outline.parts import Part, opens_part
from schema.plain import plain

_LONGEST_CLOSING = 45
"""Lines of the longest list of recipients, with the signature beside or below it."""
_LINES_BEFORE_RECIPIENTS = 4
"""Lines above 'Nơi nhận' that may be of the signature, where its column was read first."""


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
    title, title_at = _office(block)
    if title is None:
        return Signature()
    name = _name(block, title_at)
    title = signing_for(title, block)
    repeated = sum(office is not None and office[0] == title for line in block if (office := office_in(line.text))) > 1
    if title in deputies() and (repeated or (name is None and prints_deputy(block[title_at + 1 :], title))):
        title = deputies()[title]  # in whose place the deputy signs below: "CHỦ TỊCH", "WPHO-CHỦ TỊCH"
    return Signature(name, title, name is None and any(as_person(line.text) for line in block[title_at + 1 :]))


def _office(block: Sequence[PrintedLine]) -> tuple[str | None, int]:
    """The last office of the block and its line, or the last one of a board: what stands below that is no title."""
    found = [
        (office[0], index)
        for index, line in enumerate(block)
        if (office := office_in(line.text)) is not None and not find_head_wording("for_another", plain(line.text))
    ]
    of_board = [office for office in found if is_of_board(office[0])]
    best = of_board or found
    return best[-1] if best else (None, 0)


# Half the width of the signature's column in points: the longest authority line is about 200 points wide.
_HALF_COLUMN = 110.0


def _column(block: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of the signature's own column, downwards; none where there are no boxes or the columns share lines."""
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
    """A line of the signature alone: 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'; none that begins in the recipients' column.

    >>> _authority("Q. CHỦ TỊCH"), _authority("- Q. CT và các PCT;")
    (True, False)
    """
    if text.rstrip().endswith(";"):
        return False
    found = office_in(text)
    by_order = find_head_wording("by_order", plain(text))
    return by_order is not None or (found is not None and found[1] <= _LONGEST_LEAD)


# What a stamp may leave before the office on its line.
_LONGEST_LEAD = 3


def _of_column(column: Sequence[PrintedLine]) -> Signature:
    office, after = _office(column)
    title = signing_for(office, column) if office else None
    below = column[after + 1 :]
    name_at = next((index for index, line in enumerate(below) if as_person(line.text)), None)
    alone = sum(office_in(line.text) is not None for line in column) == 1
    if title and alone and hides_office(below[: name_at if name_at is not None else len(below)], title):
        title = title if find_head_wording("deputy_sign", plain(column[after].text)) else None
    name = _sure_name(below[name_at]) if name_at is not None else _name_behind(column[after].text) or _only_name(below)
    doubtful = title is None or (name is None and _has_scraps(below))
    return Signature(name, title or covered_office(column), doubtful)


# The letters of the shortest names of three words, 'Lê Vũ Ý'.
_LETTERS_OF_NAME = 6


def _has_scraps(lines: Sequence[PrintedLine]) -> bool:
    """Whether a line may be a name that a stamp or a signature spoilt: letters enough, one at least a capital."""
    return any(
        sum(map(str.isalpha, line.text)) >= _LETTERS_OF_NAME and any(map(str.isupper, line.text)) for line in lines
    )


def _name_behind(title: str) -> str | None:
    """The name on the line of the office, where no room was left for a signature: 'PHÓ CHỦ TỊCH Lường Văn Bảo'."""
    words = title.split()
    capitals = next((at for at, word in enumerate(words) if not word.isupper()), 0)
    return as_person(" ".join(words[capitals:])) if capitals else None


def _only_name(below: Sequence[PrintedLine]) -> str | None:
    """The only line below the office, where a text layer gives it, as a name whose family name is in no list."""
    lines = [line for line in below if line.text.strip()]
    return as_person(lines[0].text, rare=True) if len(lines) == 1 and lines[0].confidence >= _CERTAIN else None


# A stamp may have hidden the middle name of a name that is left with two words.
_GIVEN_NAMES, _SURE_SHORT = 2, 0.93


def _sure_name(line: PrintedLine) -> str | None:
    """The name on the line when every letter of it is sure: signatures and stamps run over names."""
    return _if_sure(as_person(line.text), line)


def _if_sure(name: str | None, line: PrintedLine) -> str | None:
    if name is None or line.confidence >= _CERTAIN:
        return name
    surname, *given = name.split()
    if len(given) < _GIVEN_NAMES and line.confidence < _SURE_SHORT:
        return None
    as_printed = all(word in line.raw.casefold() for word in name.casefold().split())
    sure = line.confidence >= (SURE_LINE if as_printed else _SURE_RESTORED)
    return name if sure and is_surname(surname) and all(map(is_syllable, given)) else None


# Only a text layer is that sure.
_CERTAIN = 0.995
# Where the marks of a name were put back: nothing but lists of names tells them.
_SURE_RESTORED = 0.88


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


def _name(block: Sequence[PrintedLine], title_at: int) -> str | None:
    """The name below the office: a line of its own, or the end of a line of the recipients ('- Lưu: VT. Lê An')."""
    candidates = []
    for line in block[title_at + 1 :]:
        if as_person(line.text):
            return _sure_name(line)
        if tail := _if_sure(person_at_end(line.text), line):
            candidates.append(tail)
    return candidates[-1] if candidates else _name_behind(block[title_at].text)
