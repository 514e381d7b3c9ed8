"""The head of a document: letterhead (number, place, date, issuing bodies), title, and where grounds and body begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.names.contexts import levels
from schema.head.bodies import Body, read_bodies
from schema.head.document_types import DocumentType, promulgates
from schema.head.head_wordings import find_head_wording, head_regex, wordings
from schema.head.segment import Segment
from schema.head.title import is_numbered, is_subject, read_title
from schema.misread import cut_wording
from schema.outline.flow import PrintedLine
from schema.outline.parts import mostly_capitals
from schema.places.units import cased_name
from schema.plain import plain
from schema.ruletable import load_rules
from schema.values.dates_and_symbols import DateFound, SymbolFound, find_dates, find_symbols

# A stamp or a hand over the letterhead leaves fragments of names; they say less than nothing.
_SURE_NAME = 0.6
_LONGEST_GROUNDS = 90
"""Lines of the longest grounds; where none of so many lines ends them, the body is taken to begin at once."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the heading. number.number is None where only the printed symbol stands there.

    number_line, date_lines: indices into the lines handed over; None and () where there is no such value. A date may be
    broken over two lines.
    """

    number: SymbolFound | None
    number_line: int | None
    date: DateFound | None
    date_lines: tuple[int, ...]
    place: str | None
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """title: None when it has none. Indices count the file's printed lines; grounds_end is the body's first line."""

    title: str | None
    title_lines: tuple[int, ...]
    grounds_start: int
    grounds_end: int


def read_letterhead(lines: Sequence[PrintedLine]) -> Letterhead:
    """The letterhead, whether its two columns were read line by line, or one after the other."""
    number: tuple[int, SymbolFound] | None = None
    date: tuple[int, DateFound] | None = None
    place, organisations, taken = None, [], -1
    for index, line in enumerate(lines):
        if index == taken:
            continue
        text = _without_mottoes(line.text)
        text, goes_on = _with_rest_of_date(text, lines, index) if date is None else (text, None)
        if number is None and (found := _number(text, line.raw)) is not None:
            number = (index, found[0])
            text = found[1]
        elif number is not None and _number(text, line.raw) is not None and date is not None:
            continue
        if date is None and (dated := _dated(text, line.raw)) is not None:
            date, place, text = (index, dated[0]), dated[1], dated[2]
            taken = goes_on if goes_on is not None else index
        whole = bool(text) and not is_subject(text) and find_head_wording("rest_of_motto", plain(text)) is None
        # an engine that reads in columns may set the body's first heading amid the letterhead
        if whole and not is_numbered(text) and line.confidence >= _SURE_NAME:
            organisations.append(_JOINED_BY_SPECK.sub(" ", text))
    return Letterhead(
        number[1] if number else None,
        number[0] if number else None,
        date[1] if date else None,
        tuple(dict.fromkeys((date[0], taken))) if date else (),
        place,
        read_bodies(organisations),
    )


_LINES_OF_DATE = 3
"""Lines below the one that breaks a date off on which its end may stand, those of the left column between them."""
_JOINED_BY_SPECK = re.compile(r"(?<=[^\W\d_]{3})\.(?=[^\W\d_]{2})")


def _with_rest_of_date(text: str, lines: Sequence[PrintedLine], index: int) -> tuple[str, int | None]:
    """The line together with the one that ends its date: '..., ngày 28 tháng 01 năm' and below it '2030'."""
    if head_regex("day_word").search(plain(text)) is None or any(d.date for d in find_dates(text)):
        return text, None
    for at in range(index + 1, min(len(lines), index + 1 + _LINES_OF_DATE)):
        joined = f"{text} {lines[at].text}"
        if any(d.date and d.start < len(text) and d.end > len(text) + 1 for d in find_dates(joined)):
            return joined, at
    return text, None


def _without_mottoes(text: str) -> str:
    for row in (*wordings("motto"), *wordings("second_motto")):
        text = cut_wording(text, row.pattern)
    part = find_head_wording("part_of_motto", plain(text))
    if part and not mostly_capitals(text[part.start() :]):  # which the name of a unit is set in: XÃ ĐỘC LẬP
        text = text[: part.start()]
    return text.strip(" *-–—_.|:")


def _number(text: str, raw: str) -> tuple[SymbolFound, str] | None:
    """The number after 'Số:' and the text without it. raw: the line as it was read, digits and all."""
    lead = find_head_wording("number_lead", plain(text))
    if lead is None:
        return None
    symbol = (
        next((s for s in find_symbols(text) if s.start >= lead.start() and s.end > lead.end()), None)
        or _without_slash(text, lead.end())
        or _by_hand(text, lead.end(), raw)
    )
    if symbol is None:
        return None
    return symbol, f"{text[: lead.start()]} {text[symbol.end :]}".strip()


def _without_slash(text: str, start: int) -> SymbolFound | None:
    """'36QĐ-UBND': the slash of '36/QĐ-UBND' was lost between the number and the code of a known sort of document."""
    codes = "|".join(rule.code for rule in load_rules("document_types", DocumentType) if rule.code)
    found = re.compile(rf"\s*(\d{{1,5}})\s?((?:{codes})\s?-\s?[^\W\d_]{{2,9}})\b").match(text, start)
    if found is None:
        return None
    symbol = "".join(found.group(2).split())
    return SymbolFound(f"{found.group(1)}/{symbol}", symbol, found.start(1), found.end())


_BY_HAND = re.compile(r"\s*(?P<hand>\S{0,12}?)\s?(?P<symbol>/\s?[^\W\d_]{2,4}\s?[-–]\s?[^\W\d_]{2,9})\b")
_RAW_HAND = re.compile(r"(?P<hand>[^\s:;]{0,12})\s?/\s?[^\W\d_]{2,4}\s?[-–]")
_DOTS = ".…_ "


def _by_hand(text: str, start: int, raw: str) -> SymbolFound | None:
    """'.43./KH-UBND', '.1.4.3./KH-UBND': a hand wrote the number on the printed dots; what is no number is left out."""
    found = _BY_HAND.match(text, start)
    if found is None:
        return None
    symbol = "".join(found.group("symbol").split())
    written = _RAW_HAND.search(raw)
    digits = _without_dots(found.group("hand"))
    legible = digits.isdecimal() and written is not None and _without_dots(written.group("hand")) == digits
    return SymbolFound(f"{digits}{symbol}" if legible else None, symbol, found.start(), found.end())


def _without_dots(hand: str) -> str:
    return "".join(c for c in hand if c not in _DOTS)


def _dated(text: str, raw: str) -> tuple[DateFound, str | None, str] | None:
    """Date, place before it, and the rest of the line: 'Mỏ Chè, ngày 13 tháng 10 năm 2021'.

    raw: the line as it was read; the digits of a hand mean no words, and restoration may lose them.
    """
    found = next((d for d in find_dates(text) if head_regex("day_word").match(plain(text), d.start)), None)
    if found is None and (misread := find_head_wording("unread_date", plain(text))):
        found = DateFound(None, misread.start(), misread.end())
    if found is None:
        return None
    if found.date is None and (whole := [date for date in find_dates(raw) if date.date]):
        found = DateFound(whole[0].date, found.start, found.end, whole[0].parts)
    before = text[: found.start].rstrip(" ,.;-")
    place = _place(before)
    return found, place, f"{before.removesuffix(place or '').strip()} {text[found.end :]}".strip()


def has_lost_dots(text: str, digits: str) -> bool:
    """Whether the digits stand on dots at one side only: a stroke beside them went with the dots of the other side.

    >>> has_lost_dots("ngày 2. tháng 4", "2"), has_lost_dots("ngày .12. tháng", "12"), has_lost_dots("ngày 12", "12")
    (True, False, False)
    """
    found = re.search(rf"(?P<before>[.…_]?)(?<!\d){re.escape(digits)}(?!\d)(?P<after>[.…_]?)", text)
    return found is not None and bool(found["before"]) != bool(found["after"])


_LONGEST_PLACE = 6
"""Words of the longest name of a place."""


def _place(before: str) -> str | None:
    """The name at the end of what stands before the date, with the level before it, as in "Thành phố Hồ Chí Minh".

    Capitals of the left column do not belong to it.
    """
    words = [word.lstrip("\"'“‘«") for word in before.split()]
    kept: list[str] = []
    for word in reversed(words):
        capital = word[:1].isupper() or word[:1].isdigit() or word in ("-", "–")
        if not capital or (kept and word.isupper() and len(word) > 1 and not kept[0].isupper() and not word.isdigit()):
            break
        kept.insert(0, word)
        if len(kept) == _LONGEST_PLACE:
            break
    rest = " ".join(words[: len(words) - len(kept)])
    level = next((level.capitalize() for level in levels() if " " in level and rest.endswith(level.capitalize())), "")
    name = f"{level} {' '.join(kept)}".strip(" -–")
    named = any(c.isalpha() for c in name) and find_head_wording("city_unnamed", plain(name)) is None
    return cased_name(name) if named else None


def read_head(lines: Sequence[PrintedLine], segment: Segment) -> Head:
    """Title, grounds and the beginning of the body of one document. Indices are into `lines`, all lines of the file."""
    title, at = read_title(lines, segment)
    start = _after_note(lines, at[-1] + 1 if at else segment.below, segment.end)
    return Head(title, at, start, _grounds_end(lines, start, segment.end))


def _after_note(lines: Sequence[PrintedLine], start: int, end: int) -> int:
    """Past the '(Ban hành kèm theo Quyết định số ... ngày ...)' below a title: that is no ground."""
    if start < end and find_head_wording("note", plain(lines[start].text)):
        for index in range(start, min(end, start + 5)):
            if ")" in lines[index].text:
                return index + 1
        return start + 1
    return start


def _grounds_end(lines: Sequence[PrintedLine], start: int, end: int) -> int:
    """Index of the first line of the body: after 'như sau:', or the first numbered line that heads no grounds."""
    listed = False
    for index in range(start, min(end, start + _LONGEST_GROUNDS)):
        text = lines[index].text.strip()
        if lines[index].row is not None:
            return index
        if promulgates(text):
            return index + 1
        if find_head_wording("grounds_heading", plain(text)) and is_numbered(text):
            listed = True
            continue
        if is_numbered(text) and not (listed and not re.match(r"[IVXA-H]{1,5}\s?[.,/]", text)):
            return index
        if find_head_wording("introduces", plain(text)) and not listed:
            return index + 1
    return end if end - start < _LONGEST_GROUNDS else start
