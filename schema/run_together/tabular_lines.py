"""Lines that are rows of a table though no header says so: row numbers, organisations, times amid short lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schema.head.head_wordings import find_head_wording
from schema.outline.parts import Part, mostly_capitals, opens_part
from schema.plain import plain
from schema.tables.cell_words import agency_share, in_vocabulary, starts
from schema.values.deadlines import names_a_time
from schema.values.folding import folded

_SWITCH = 5.0
"""Nats for passing from running text to a table or back."""
_NUMBER, _LONE_NUMBER, _TIME, _AGENCY, _SHORT = 1.5, 2.0, 2.0, 2.0, 0.5
_SENTENCE, _ENUMERATED, _PROSE = -2.5, -2.5, -1.5
_SHORT_LINE, _LONG_LINE = 45, 75
_LEAST = 14.0
"""Evidence below which no run is a table."""
_FEWEST = 2
"""Times, and organisations, that a table has at least."""
_SECTION = re.compile(r"[IVX]{1,5}[.):_ ]+(?=[^\W\d_])|[A-EĐ][.):_] *(?=[^\W\d_])")
_FIRST_SECTION = re.compile(r"(?<!\w)i\s?[.,]\s?[^\W\d_]{2}")
_LONE_NUMBER_LINE = re.compile(r"\d{1,3}[.)]?")
_NUMBERED_PART = re.compile(r"\d{1,2}\. ?[^\W\d_]")
_LONGEST_PART = 60
_LONGEST_ROW = 24
"""Lines of one row whose cells were read one after the other."""
_HEAD = 60
"""Lines within which a document's body begins."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a line shows of a row."""

    number: int | None
    time: bool
    agency: bool
    weight: float


def tabular_runs(texts: Sequence[str], *, headed: bool = False) -> tuple[range, ...]:
    """The runs of lines that hold rows of a table of tasks; () where none does. headed: below a header, where sections
    of rows need not show as much of themselves."""
    if sum(_ends_in_time(text.split()) for text in texts) < _FEWEST:
        return ()
    signs = [_signs(text) for text in texts]
    found = (part for run in _runs(signs) for part in _without_prose(texts, signs, run, headed=headed))
    return tuple(run for run in found if _is_table([signs[at] for at in run]))


def body_begins(texts: Sequence[str]) -> int:
    """The line from which a document's body may hold rows: below letterhead, title and grounds; 0 where none is told.

    >>> body_begins(["KẾ HOẠCH", "Ủy ban nhân dân xã ban hành kế hoạch như sau:", "I. MỤC TIÊU"])
    2
    """
    for at, text in enumerate(texts[:_HEAD]):
        if opens_part(text, Part.BODY) is Part.APPENDIX:
            return at
        if section := _FIRST_SECTION.search(folded(text)):
            return at if section.start() == 0 else at + 1
        if find_head_wording("introduces", plain(text)):
            return at + 1
    return 0


def _without_prose(texts: Sequence[str], signs: Sequence[_Signs], run: range, *, headed: bool) -> Iterator[range]:
    """The parts of a run that sections of running text leave; a section begins with a heading numbered I or A. headed:
    such sections stand below the last one with rows, not amid them."""
    starts_at = [run.start, *(at for at in run[1:] if _opens_section(texts[at]))]
    sections = [range(first, stop) for first, stop in pairwise([*starts_at, run.stop])]
    if headed:
        shown = [part for part in sections if sum(signs[at].weight for at in part) > 0]
        if shown:
            yield range(run.start, shown[-1].stop)
        return
    start: int | None = None
    for part in sections:
        rows = _shows_rows(signs[part.start : part.stop])
        if rows and start is None:
            start = part.start
        if not rows and start is not None:
            yield range(start, part.start)
            start = None
    if start is not None:
        yield range(start, run.stop)


def _opens_section(text: str) -> bool:
    head = _SECTION.match(text)
    return head is not None and (text[head.start()] in "IVX" or mostly_capitals(text[head.end() :]))


def _shows_rows(signs: Sequence[_Signs]) -> bool:
    """Whether a section holds rows rather than running text: organisations, numbers or times, amid short lines."""
    marked = sum(sign.time or sign.number is not None for sign in signs)
    return sum(sign.weight for sign in signs) > 0 and marked > 0 and any(sign.agency for sign in signs)


def last_row_end(texts: Sequence[str], stop: int) -> int:
    """The line at which a table ends whose last lines that look like rows end at `stop`: below the last time where the
    number of one more row stands alone there, whose task is long."""
    begins = next(
        (at for at in range(max(0, stop - 2), min(stop + 2, len(texts))) if _LONE_NUMBER_LINE.fullmatch(texts[at])),
        None,
    )
    if begins is None:
        return stop
    ends = [at for at in range(begins + 1, min(begins + _LONGEST_ROW, len(texts))) if is_time_cell(texts[at].split())]
    return max(stop, ends[-1] + 1) if ends else stop


def numbered_apart(texts: Sequence[str]) -> frozenset[int]:
    """Lines that number parts of a table without a column of numbers: '2. Công khai thủ tục hành chính', nothing of
    other columns beside it, a cell's beginning below most of them; all of the numbered ones are such, and count up.

    >>> rows = ["1. Chỉ đạo", "Lập kế hoạch Sở Nội vụ Quý II", "2. Thể chế", "Rà soát văn bản Sở Tư pháp Quý I"]
    >>> sorted(numbered_apart(rows)), sorted(numbered_apart(["1. Lập kế hoạch Sở Nội vụ Quý II", "2. Rà soát"]))
    ([0, 2], [])
    """
    found = [at for at, text in enumerate(texts) if _NUMBERED_PART.match(text)]
    counts = [int(texts[at].split(".")[0]) for at in found]
    if len(found) < _FEWEST or counts != list(range(1, len(found) + 1)):
        return frozenset()
    begun = sum(texts[at + 1][:1].isupper() for at in found if at + 1 < len(texts))
    return (
        frozenset(found) if 2 * begun > len(found) and all(map(_is_alone, [texts[at] for at in found])) else frozenset()
    )


def _is_alone(text: str) -> bool:
    sign = _signs(text)
    return len(text) <= _LONGEST_PART and not sign.time and not sign.agency


def look_tabular(texts: Sequence[str]) -> bool:
    """Whether some lines look more like rows of a table of tasks than like running text."""
    return sum(_signs(text).weight for text in texts) > 0


def show_duties(texts: Sequence[str]) -> bool:
    """Whether some lines show the rows of a table of tasks whatever stands above them: numbers and organisations."""
    signs = [_signs(text) for text in texts]
    agencies, numbers = sum(sign.agency for sign in signs), sum(sign.number is not None for sign in signs)
    return agencies >= _FEWEST and numbers >= _FEWEST and sum(sign.weight for sign in signs) > 0


def _signs(text: str) -> _Signs:
    match = re.match(r"(\d{1,3})(?:$|[.)]? +(?=[^\W\d_]))", text)
    number = int(match[1]) if match and (match.end() == len(text) or text[match.end()].isupper()) else None
    words = text.split()
    ends_sentence = text.endswith((".", ";")) and text[:1].islower()
    timed = _ends_in_time(words)
    time = timed and not ends_sentence
    agency = _names_agency(words)
    weight = _NUMBER * (number is not None) + _TIME * time + _AGENCY * agency
    if number is not None and len(words) == 1:
        weight += _LONE_NUMBER - _NUMBER
    if (ends_sentence and timed) or (text.endswith((".", ";", ":")) and len(text) > _SHORT_LINE):
        weight += _SENTENCE
    if re.match(r"[-+] |[a-zđ]\) |\(\d{1,2}\) \w", text):
        weight += _ENUMERATED
    if not weight or (len(text) > _LONG_LINE and number is None and not time):
        weight = _SHORT if len(text) <= _SHORT_LINE else _PROSE
    return _Signs(number, time, agency, weight)


def _ends_in_time(words: Sequence[str]) -> bool:
    """Whether a time of its own ends the line, or stands amid it left of an organisation, as where those who do a task
    stand right of its time: 'Rà soát biển báo Hằng năm Phòng Kinh tế'."""
    if any(is_time_cell(words[-count:]) for count in (1, 2, 3, 4) if count <= len(words)):
        return True
    return any(
        words[at][:1].isupper()
        and starts("agency_head", " ".join(words[at : at + 3]))
        and any(
            is_time_cell(words[at - count : at]) and words[at - count - 1][-1:].isalnum()
            for count in (2, 3, 4)
            if count < at
        )
        for at in range(3, len(words))
    )


def is_time_cell(words: Sequence[str]) -> bool:
    """Whether the last words of a line read like a time cell of their own: 'Quý II', '2026', 'Thường xuyên'."""
    text = " ".join(words)
    return not text[:1].islower() and starts("time_head", text) and names_a_time(text)


def _names_agency(words: Sequence[str]) -> bool:
    """Whether an organisation stands alone on the line, or begins amid it after something else."""
    if agency_share(" ".join(words)) >= 0.8:
        return True
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        parted = before[-1:] not in ".,;:-–(/" and not before[:1].isupper() and not in_vocabulary("link", before)
        if parted and word[:1].isupper() and not word.isupper() and starts("agency_head", " ".join(words[at : at + 3])):
            return True
    return False


def _runs(signs: Sequence[_Signs]) -> list[range]:
    """The likeliest runs: two states, text and table, with a price on passing between them."""
    inside, outside = -_SWITCH, 0.0
    choices: list[tuple[bool, bool]] = []
    for sign in signs:
        to_inside, to_outside = outside - _SWITCH > inside, inside - _SWITCH > outside
        choices.append((to_inside, to_outside))
        inside, outside = max(inside, outside - _SWITCH) + sign.weight, max(outside, inside - _SWITCH)
    runs: list[range] = []
    within, stop = inside - _SWITCH > outside, len(signs)
    for at in range(len(signs) - 1, -1, -1):
        to_inside, to_outside = choices[at]
        if within and to_inside:
            runs.append(range(at, stop))
            within = False
        elif not within and to_outside:
            within, stop = True, at
    return runs[::-1] if not within else [range(stop), *runs[::-1]]


def _is_table(signs: Sequence[_Signs]) -> bool:
    numbers = [sign.number for sign in signs if sign.number is not None]
    rising = sum(b - a == 1 for a, b in pairwise(numbers))
    times, agencies = sum(sign.time for sign in signs), sum(sign.agency for sign in signs)
    proven = (times >= 3 and agencies >= 3) or (rising >= 3 and times >= _FEWEST and agencies >= _FEWEST)
    return proven and sum(sign.weight for sign in signs) >= _LEAST
