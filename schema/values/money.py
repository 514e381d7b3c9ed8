"""Sums of money in Vietnamese wording -> million đồng. Total: what names no single sum with its unit is None.

>>> read_money("1,5 tỷ đồng"), read_money("500.000 đồng"), read_money("50", header="Kinh phí (triệu đồng)")
(1500.0, 0.5, 50.0)
>>> read_money("Theo dự toán"), read_money("50"), read_money("20 triệu đồng; 30 triệu đồng")
(None, None, None)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schema.ruletable import PatternRow, load_rules
from schema.values.folding import FoldedRow, folded


@dataclass(frozen=True)
class MoneyUnit(PatternRow):
    """A unit of money and what one of it is in đồng. pattern: a regular expression over folded text.

    touching: words of it, folded, that may stand right behind the digits: "3.000.000đ".
    """

    dong: float
    pattern: str
    examples: tuple[str, ...]
    touching: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return unit_of(text) == self.dong


MoneyTell = Literal["set_aside", "counted_in", "sum"]


@dataclass(frozen=True)
class MoneyWords(FoldedRow):
    """set_aside: words of a duty that sets money aside; counted_in: of a line that says what sums are counted in;
    sum: a sum with its whole unit.

    pattern: a regular expression over folded text.
    """

    tells: MoneyTell
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


_PLAIN_DONG = 1_000_000
"""From here on a number without a unit is counted in đồng: no plan sets so many million aside for one task."""


@cache
def _number() -> re.Pattern[str]:
    """A number, taken whole or not at all; its unit may touch it."""
    touching = "|".join(word for unit in load_rules("money_units", MoneyUnit) for word in unit.touching)
    return re.compile(rf"(?<![\w./,-])\d+(?:[.,]\d+)*(?:(?=(?:{touching})\b)|(?![\w/-]|[.,]\d))")


def unit_of(text: str) -> float | None:
    """The unit that a text names, in đồng; None where it names none."""
    words = folded(text)
    return next((unit.dong for unit in load_rules("money_units", MoneyUnit) if unit.regex.search(words)), None)


def read_number(text: str) -> float | None:
    """A printed number: '.' parts thousands, ',' decimals; a single group that cannot be thousands is a decimal.

    >>> read_number("1.500"), read_number("2,5"), read_number("1.500.000,5"), read_number("3.75"), read_number("1.2.3")
    (1500.0, 2.5, 1500000.5, 3.75, None)
    """
    for thousands, decimal in ((".", ","), (",", ".")):
        pattern = rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?|\d+(?:\{decimal}\d+)?"
        if re.fullmatch(pattern, text):
            return float(text.replace(thousands, "").replace(decimal, "."))
    return None


def read_money(text: str, header: str = "") -> float | None:
    """The sum in million đồng. header: the column's name, which may give the unit. None for no sum or for several."""
    numbers = [read_number(found) for found in _number().findall(folded(text))]
    if len(numbers) != 1 or numbers[0] is None:
        return None
    unit = unit_of(text) or unit_of(header)
    if unit is None:
        unit = 1.0 if numbers[0] >= _PLAIN_DONG else None
    return None if unit is None else numbers[0] * unit / 1_000_000


def sum_set_aside(duty: str) -> float | None:
    """The sum in million đồng that a duty sets aside for its plan; None where it names none, several, or another's.

    >>> sum_set_aside("Bố trí 68,5 tỷ đồng kinh phí trong dự toán năm 2022."), sum_set_aside("Thu phí 20.000 đồng.")
    (68500.0, None)
    """
    sums = [found[0] for rule in _words("sum") for found in rule.regex.finditer(folded(duty))]
    return read_money(sums[0]) if _says("set_aside", duty) and len(sums) == 1 else None


def counts_sums(text: str) -> bool:
    """Whether a line says in what the sums of a table are counted.

    >>> counts_sums("(Đơn vị tính: nghìn đồng)"), counts_sums("Đơn vị tính: hồ sơ"), counts_sums("chi 2 triệu đồng")
    (True, False, False)
    """
    return _says("counted_in", text) and unit_of(text) is not None


def _words(tells: MoneyTell) -> Iterator[MoneyWords]:
    return (rule for rule in load_rules("money_words", MoneyWords) if rule.tells == tells)


def _says(tells: MoneyTell, text: str) -> bool:
    return any(rule.matches(text) for rule in _words(tells))
