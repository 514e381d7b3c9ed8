"""The words of a date, and what a recogniser makes of the numbers beside them.

>>> with_sixes("ngày 1ó tháng ó năm 2026, ó tháng đầu năm, 9ó%, có 03 mô hình")
'ngày 16 tháng 6 năm 2026, 6 tháng đầu năm, 96%, có 03 mô hình'
>>> without_marks_in_dates("Đến ngày: 30/6/2027, năm.2027")
'Đến ngày 30/6/2027, năm 2027'
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.ruletable import load_rules


@dataclass(frozen=True)
class DateWord:
    """A word beside the number of a day, month or year. before: the number may stand before it, too: "6 tháng"."""

    word: str
    part: Literal["day", "month", "year"]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    before: bool = False

    def matches(self, text: str) -> bool:
        return self.word in text.lower() and text != without_marks_in_dates(with_sixes(text))


def with_sixes(text: str) -> str:
    """The text with the 'ó' that a recogniser made of a 6; length kept."""
    return _six().sub("6", text) if "ó" in text or "Ó" in text else text


def without_marks_in_dates(text: str) -> str:
    """The text without the marks between a word of a date and its number."""
    return _mark_in_date().sub(" ", text)


@cache
def _six() -> re.Pattern[str]:
    """An 'ó' beside a digit, behind the word of a date, or before one behind which a number stands."""
    rows = load_rules("date_words", DateWord)
    behind = "|".join(f"(?<={_either_case(row.word)} .)(?= )" for row in rows)
    before = "|".join(row.word for row in rows if row.before)
    return re.compile(rf"[óÓ](?:(?<=\d.)|(?<![^\W_].)(?=\d|\s?(?:{before})\b)|{behind})")


@cache
def _mark_in_date() -> re.Pattern[str]:
    behind = "|".join(rf"(?<=\b{_either_case(row.word)}.)" for row in load_rules("date_words", DateWord))
    return re.compile(rf"[:.-](?:{behind})\s?(?=\d)")


def _either_case(word: str) -> str:
    return f"[{word[0].upper()}{word[0]}]{word[1:]}"
