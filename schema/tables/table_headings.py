"""Headings inside a table: 'I. Cải cách thể chế' spanning the columns, and the headings that stay open below it."""

import re
from dataclasses import dataclass

from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.tables.cell_words import agency_share
from schema.values.roman import roman_value


@dataclass(frozen=True, slots=True)
class TableHeading:
    """A heading row. number as printed, '' where none. level: 0 letters, 1 Roman, 2 and on Arabic."""

    number: str
    title: str
    level: int


_NUMBERED = re.compile(
    r"\s*(?P<number>[IVXLl1|H]{1,5}|[A-EĐ]|\d{1,2}(?:\.\d{1,2})*)\s*(?:[.):/|_-]+\s*|\s{1,3}(?=\W*\w))(?P<rest>.*)",
    re.S,
)
_ROW_NUMBER = re.compile(
    r"\s*(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})\s*(?:[.):/]|,(?=\s+[^\W\d]))\s*(?P<rest>\D.*|)$", re.S
)
_BROKEN_NUMBER = re.compile(r"\d{1,2}(?: ?\. ?\d{1,2})+")
_EDGES = " .:)(-–|_"


def split_number(text: str) -> tuple[str, str]:
    """A printed row number in front of a task and the task: '3. Kiểm tra' -> ('3', 'Kiểm tra'); ('', text) without one.

    >>> split_number("2.1. Rà soát"), split_number("5, Rà soát"), split_number("100% hồ sơ"), split_number("15/7 nộp")
    (('2.1', 'Rà soát'), ('5', 'Rà soát'), ('', '100% hồ sơ'), ('', '15/7 nộp'))
    """
    match = _ROW_NUMBER.match(text)
    return (match["number"], match["rest"].strip()) if match else ("", text.strip())


def printed_number(cell: str) -> str:
    """The number that a cell of the number column holds, without marks; one that a narrow column broke is whole again.

    >>> printed_number("2. 1."), printed_number("(a)"), printed_number("TT chính")
    ('2.1', '(a', 'TT chính')
    """
    number = cell.strip(" .:)-|")
    return "".join(number.split()) if _BROKEN_NUMBER.fullmatch(number) else number


def heading_of(number: str, text: str) -> TableHeading:
    """A heading from its number cell and the rest of its row; a bracket that names who guides it is left out.

    >>> heading_of("H", "CẢI CÁCH THỂ CHẾ").number, heading_of("HÌ|", "CẢI CÁCH THỂ CHẾ").number
    ('II', 'III')
    >>> heading_of("", "IV_ CẢI CÁCH CÔNG VỤ").title, heading_of("", "A_ Cải cách thể chế").title
    ('CẢI CÁCH CÔNG VỤ', 'Cải cách thể chế')
    >>> heading_of("", "II. CẢI CÁCH THỂ CHẾ (Phòng Tư pháp theo dõi chung)")
    TableHeading(number='II', title='CẢI CÁCH THỂ CHẾ', level=1)
    """
    number, title = _without_misreading(number.strip(_EDGES)), text.strip()
    match = None if number else _NUMBERED.match(title)
    if match and _level(match["number"]) is not None and match["rest"].strip():
        number, title = _without_misreading(match["number"]), match["rest"].strip()
    level = _level(number)
    bracket = re.search(r"\s*\((?P<inside>[^()]*)\)\s*[.:;]*$", title)
    if bracket and bracket.start() and agency_share(bracket["inside"]) >= 0.3:
        title = title[: bracket.start()]
    return TableHeading(number, title.strip(" .:;|-"), 3 if level is None else level)


def _without_misreading(number: str) -> str:
    """A section's Roman number whose strokes ran together: 'H' -> 'II', 'HÌ|' -> 'III'; any other as it is."""
    strokes = plain(number).upper().replace("H", "II").replace("|", "")
    return strokes if "H" in plain(number).upper() and roman_value(strokes) else number


def _level(number: str) -> int | None:
    if re.fullmatch(r"[A-EĐ]", number):
        return 0
    if re.fullmatch(r"[IVXLl1|]+", number) and roman_value(number.replace("L", "I")) and not number.isdigit():
        return 1
    if re.fullmatch(r"\d{1,2}(\.\d{1,2})*", number):
        return 2 + number.count(".")
    return None


def is_roman(number: str) -> bool:
    """Whether a number cell holds a Roman numeral or a capital letter, as headings have.

    >>> is_roman("IV"), is_roman("A."), is_roman("12"), is_roman("")
    (True, True, False, False)
    """
    level = _level(_without_misreading(number.strip(_EDGES)))
    return level is not None and level <= 1


def looks_like_heading(number: str, text: str) -> bool:
    """Whether the only text of a row reads like a heading: Roman number, or set in capitals."""
    return bool(text.strip()) and (
        is_roman(number) or mostly_capitals(text) or is_roman(heading_of(number, text).number)
    )


def open_heading(above: tuple[TableHeading, ...], heading: TableHeading) -> tuple[TableHeading, ...]:
    """The headings that are open after `heading`: those above it that are of a lower level, and itself."""
    return (*(h for h in above if h.level < heading.level), heading)
