"""Headings between the rows of run-together tables: what it costs (nats) to take a line for one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from normalize.letters import CAPITAL
from schema.areas import read_area
from schema.outline.parts import mostly_capitals
from schema.run_together.known_cells import Run, words_in
from schema.run_together.wording import words_cost
from schema.tables.cell_words import starts
from schema.values.roman import roman_value

_SHORT_HEADING = 60
_LONG_TITLE = 90
_NUMBERED_TITLE = re.compile(rf"(\d)[.)]? [\W_]*[{CAPITAL}]")
_ROW_BEGINS = re.compile(rf"\d{{1,3}}[.)]? [\W_]*[{CAPITAL}]")
"""A number and the first word of a task: no heading goes on so."""
_NUMBERED = -10.0
"""Nats for a heading that the numbers below it prove, beyond its wording."""
_REACH = 10
"""Lines below a heading in which the number of its first row stands."""
_NUMERAL = re.compile(r"[IVX]{1,5}[.):]?")
_STROKES = re.compile(r"[1lI|]{1,3}[.)]? (?=[^\W\d_])")
"""One alone may be the number of a row as well."""


@lru_cache(10_000)
def prose_cost(tokens: Run) -> float:
    """Cost of the wording of a line of a heading; how it begins is free."""
    cost, before = 0.0, tuple(token for token in tokens if not token.bar)[:1]
    for token in tokens[1:]:
        if not token.bar:
            cost += words_cost(token.words, words_in(before)[-3:])
            before = (*before, token)
    return cost


@lru_cache(10_000)
def heading_cost(tokens: Run, going_on: bool, numbered: bool = False) -> float | None:
    """What it costs beyond its wording that a line is a heading, or goes on with one; None where it cannot be.

    numbered: its number is an Arabic one, and the rows below count inside it.
    """
    text = " ".join(token.text for token in tokens if not token.bar)
    if numbered and not going_on:
        return _NUMBERED
    head = re.match(r"([IVXl]{1,5})\s*[.):_]?\s+(?=\W*[^\W\d])|([IVX]{1,5})[.):]?$", text)
    roman = head is not None and roman_value((head[1] or head[2]).replace("l", "I")) is not None
    capitals = len(text) > 8 and mostly_capitals(re.sub(r"\(.*", "", text))
    if not going_on and _is_misread_section(text):
        return -6.0 if text[1] != " " else 0.0
    if len(text) > 130 or not any(c.isalpha() for c in text) or (re.match(r"\d", text) and not going_on):
        return None
    if going_on:
        if _ROW_BEGINS.match(text):
            return None
        if text.isupper() and text.replace(" ", "").isalpha():
            return 0.0
        return (-6.0 if roman else 0.0 if capitals else 3.0) if not text[0].isupper() or capitals or roman else None
    if roman or capitals:
        return (-9.0 if roman else 0.0) + (-7.0 if capitals else 0.0)
    if len(text) > _SHORT_HEADING or not text[0].isupper() or starts("output_head", text):
        return None
    lettered = re.match(r"[A-EĐGH][.)]? (?=\w)", text)
    named = starts("heading_head", text[lettered.end() :] if lettered else text) and read_area(text)
    return None if not named else -6.0 if lettered else -1.0


def is_number_alone(tokens: Run) -> bool:
    """Whether a line is the Roman number of a heading alone, its title a cell of its own below."""
    text = " ".join(token.text for token in tokens if not token.bar)
    return _NUMERAL.fullmatch(text) is not None and roman_value(text.strip(".):")) is not None


def numbered_headings(texts: Sequence[str]) -> frozenset[int]:
    """The lines that head rows which count inside their number; engines lose the point of '2.1'.

    >>> rows = ["2 Dịch vụ công", "Rà soát quy trình", "2.1 trực tuyến", "3 Họp dân", "Nhập liệu", "4 Tổng kết"]
    >>> numbered_headings(rows), numbered_headings(["1 | Dịch vụ công", "11 Rà soát quy trình"])
    (frozenset({0}), frozenset({0}))
    """
    heads = [_NUMBERED_TITLE.match(text) if len(text) <= _LONG_TITLE else None for text in texts]
    return frozenset(at for at, head in enumerate(heads) if head and _counts_inside(head[1], texts[at + 1 :]))


def _counts_inside(number: str, below: Sequence[str]) -> bool:
    """Whether the first number that opens a line below, not far off, is the first one inside a number."""
    found = (re.match(r"(\d{1,2}(?:\.\d{1,2})?)[.)]?(?:\W|$)", text) for text in below[:_REACH])
    first = next((match[1] for match in found if match), None)
    return first in (f"{number}.1", f"{number}1")


def _is_misread_section(text: str) -> bool:
    """Whether a line is the title of an area behind a Roman number whose strokes were read as digits.

    >>> _is_misread_section("11 Cải cách thủ tục hành chính"), _is_misread_section("11 Kiểm tra cải cách hành chính")
    (True, False)
    """
    match = _STROKES.match(text)
    return (
        match is not None
        and len(text) <= _SHORT_HEADING
        and starts("heading_head", text[match.end() :])
        and (read_area(text[match.end() :]) is not None)
    )
