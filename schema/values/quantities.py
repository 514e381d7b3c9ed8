"""Numbers that are aims: value, unit and comparator of "tối thiểu 80%", "giảm 2%", "ít nhất 02 mô hình".

Dates, years, numbers of instruments and names are no quantities (rules/other_numbers.toml). Total: text without a
quantity gives ().

>>> [(q.comparator, q.value, q.unit) for q in read_quantities("tăng tối thiểu 20% cho đến khi đạt 100%, có 02 mô hình")]
[('>=', 20.0, '%'), ('=', 100.0, '%'), ('=', 2.0, 'mô hình')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from schema.plain import plain
from schema.ruletable import PatternRow, PlainRow, load_rules
from schema.values.date_words import with_sixes

Comparator = Literal[">=", "=", "<=", ">", "<", "increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. span: characters of the text from its comparator to its unit or closing words.

    bound: whether words beside it name the comparator, or a range does; else '=' is assumed. unit None where no known
    unit follows.
    """

    value: float
    unit: str | None
    comparator: Comparator
    bound: bool
    start: int
    end: int


_REACH = 240
"""Characters before a number in which the words stand that bound it, at least twice as many as any row takes: in a page
that was read as one line, a search from its beginning for each number takes minutes."""


@dataclass(frozen=True)
class ComparatorRule:
    """Words that touch a number. before, after: regular expressions over text without marks; '' does not ask.

    in_words: how the output says it, for a sign that stands alone before a figure in a cell: "≥ 80" is "tối thiểu 80".
    """

    comparator: Comparator
    examples: tuple[str, ...]
    in_words: str = ""
    before: str = ""
    after: str = ""
    counter_examples: tuple[str, ...] = ()

    @cached_property
    def regexes(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        before = re.compile(rf"(?:{self.before})$") if self.before else None
        return before, re.compile(self.after) if self.after else None

    def touches(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The span of text[start:end] with this rule's words around it; None when they are not there."""
        before, after = self.regexes
        left = before.search(text, max(0, start - _REACH), start) if before else None
        right = after.match(text, end) if after else None
        if (before and not left) or (after and not right):
            return None
        return (left.start() if left else start, right.end() if right else end)

    def matches(self, text: str) -> bool:
        return any(q.comparator == self.comparator and q.bound for q in read_quantities(text))


@dataclass(frozen=True)
class UnitRule:
    """Words for units that follow a number. unit: the one spelling for words that mean the same; None: each its own."""

    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    unit: str | None = None

    def matches(self, text: str) -> bool:
        units = (self.unit,) if self.unit else self.words
        return any(q.unit in units for q in read_quantities(text))


@dataclass(frozen=True)
class NumberWord:
    """A number written as a word. word: without marks; it counts between a bound and a known unit, no number before.

    spelt: with its marks, of a word that is another one without them. unit: what such a word counts by itself.
    """

    word: str
    value: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    spelt: str = ""
    unit: str | None = None

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"\b{self.word}\b" + ("" if self.unit else r"(?= \w)"))

    def matches(self, text: str) -> bool:
        return any(q.value == self.value for q in read_quantities(text))


@dataclass(frozen=True)
class OtherNumberRule(PlainRow):
    """Digits that are no quantity. pattern: a regular expression over text without marks."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


LinkKind = Literal["range", "rank", "score", "part"]


@dataclass(frozen=True)
class NumberLink(PlainRow):
    """How a number belongs to another. pattern: over text without marks, see rules/number_links.toml."""

    kind: LinkKind
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@cache
def _link(kind: LinkKind) -> re.Pattern[str]:
    return next(row.regex for row in load_rules("number_links", NumberLink) if row.kind == kind)


@dataclass(frozen=True)
class BaseRule(PatternRow):
    """A number that an aim is compared with. pattern: over text without marks in which '#' stands for the number."""

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return any(is_base(text, quantity) for quantity in read_quantities(text))


@dataclass(frozen=True)
class DirectionRule(PlainRow):
    """A direction that an aim without a number names. pattern: a regular expression over text without marks."""

    comparator: Comparator
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


# A sign beside the digits was one of them: "§0%", "9§%". Behind a slash only what a rate is of: "4/100.000 trẻ".
_RATE = r"1(?:00|0{0,2}(?:\.?000){1,2})(?![\d/])"
_NUMBER = re.compile(
    rf"(?<![\w/.,:§$&@#£€¥?-])(\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,(\d+))?(?!\w|/(?!{_RATE})|[.,]\d|[§$&@#£€¥?]\s?%)"
)
_MISREAD_SHARE = re.compile(r"(?<![\w/.,])([lio\d]{2,3})(?=\s?%)")
_JOINED = re.compile(r"(?<=[^\W\d_])-(?=\d{1,3}(?:,\d+)?\s?%)")
"""A speck between a word and its share: "tối thiểu-93%"."""


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order. text: NFC, one line."""
    printed = _JOINED.sub(" ", with_sixes(text))
    flat = plain(printed)
    taken = [
        match.span() for rule in load_rules("other_numbers", OtherNumberRule) for match in rule.regex.finditer(flat)
    ]
    found: list[Quantity] = []
    for number in _numbers(printed):
        unit, unit_end = (number.unit, number.end) if number.unit else _unit_after(printed, number.end)
        if unit != "%" and any(a <= number.start < b for a, b in taken):
            continue
        quantity = _compared(flat, number, unit, unit_end)
        if not number.in_words or number.unit or (quantity.bound and unit is not None and not found):
            found.append(quantity)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Number:
    """Digits or a word at flat[start:end]; ranged: a range, with its lower end as value and the upper one's end.

    unit: what a word counts by itself, "gấp đôi" times.
    """

    start: int
    end: int
    value: float
    ranged: bool = False
    in_words: bool = False
    unit: str | None = None


def _numbers(printed: str) -> Iterator[_Number]:
    """The numbers of a text in order; "l00%" is read as 100%, the lower end of a range stands for it: "10 - 13%"."""
    flat = plain(printed)
    found = {n.start: n for n in _words_of_number(printed)}
    found |= {m.start(): _digits(m) for m in _MISREAD_SHARE.finditer(flat) if any(c.isdigit() for c in m[1])}
    found |= {
        m.start(): _digits(m) for pattern in (_link("rank"), _NUMBER, _link("score")) for m in pattern.finditer(flat)
    }
    found |= {m.start(): _digits(m) for m in _link("part").finditer(flat) if _is_part(printed, m)}
    skip = -1
    for start in sorted(found):
        if start == skip:
            continue
        number = found[start]
        link = _link("range").match(flat, number.end)
        upper = found.get(link.end()) if link else None
        if upper is not None and number.value < upper.value and _unit_after(printed, upper.end)[0]:
            skip = upper.start
            number = _Number(start, upper.end, number.value, ranged=True)
        yield number


def _is_part(printed: str, match: re.Match[str]) -> bool:
    """Whether so many of so many are counted, "8/9 xã": the first is the aim, and what is counted stands behind."""
    part, whole = match["part"], match["whole"]
    return int(part) <= int(whole) and (part == whole or _unit_after(printed, match.end())[0] is not None)


def _digits(match: re.Match[str]) -> _Number:
    digits = match[0].partition("/")[0].translate(str.maketrans("lio", "110")).replace(".", "").replace(",", ".")
    return _Number(match.start(), match.end(), float(digits))


def _words_of_number(printed: str) -> Iterator[_Number]:
    for rule in load_rules("number_words", NumberWord):
        for match in rule.regex.finditer(plain(printed)):
            if not rule.spelt or printed[match.start() : match.end()].lower() == rule.spelt:
                yield _Number(match.start(), match.end(), float(rule.value), in_words=True, unit=rule.unit)


@cache
def _units() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    """What finds a unit in text without marks, and for each: how it may be spelt -> the unit."""
    spellings: dict[str, dict[str, str]] = {}
    for rule in load_rules("units", UnitRule):
        for word in rule.words:
            spellings.setdefault(plain(word), {})[word.lower()] = rule.unit or word
    words = sorted(spellings, key=len, reverse=True)
    pattern = r"\s*(" + "|".join(re.escape(w) + (r"\b" if w[-1].isalnum() else "") for w in words) + ")"
    return re.compile(pattern), spellings


def _unit_after(printed: str, end: int) -> tuple[str | None, int]:
    """The unit that follows and where it ends; None, and `end`, where none does: "3 số báo" counts no "sở"."""
    pattern, spellings = _units()
    match = pattern.match(plain(printed), end)
    if match is None:
        return None, end
    spelt = spellings[match[1]]
    word = printed[match.start(1) : match.end(1)].lower()
    one_syllable = " " not in word and word != match[1]
    unit = spelt.get(word) if one_syllable else spelt.get(word, next(iter(spelt.values())))
    return (unit, match.end()) if unit else (None, end)


def _compared(flat: str, number: _Number, unit: str | None, end: int) -> Quantity:
    for rule in load_rules("comparators", ComparatorRule):
        if span := rule.touches(flat, number.start, end):
            return Quantity(number.value, unit, rule.comparator, True, *span)
    return Quantity(number.value, unit, ">=" if number.ranged else "=", number.ranged, number.start, end)


def is_base(text: str, quantity: Quantity) -> bool:
    """Whether the number is what an aim is compared with, not the aim: "so với mức 85%", "tăng từ 60% lên 80%"."""
    flat = plain(text)
    number = _FIGURES.sub("#", flat[quantity.start : quantity.end], count=1)
    marked = f"{flat[: quantity.start]}{number}{flat[quantity.end :]}"
    return any(rule.regex.search(marked) for rule in load_rules("number_bases", BaseRule))


_FIGURES = re.compile(r"\d[\d.,]*\s*%?")


def without_sign(figure: str) -> str:
    """A figure whose sign of comparison is put in words; any other text as it is.

    >>> without_sign("≥ 80%"), without_sign(" <5"), without_sign("80%")
    ('tối thiểu 80%', 'dưới 5', '80%')
    """
    signs = (rule for rule in load_rules("comparators", ComparatorRule) if rule.in_words)
    found = ((rule.in_words, match) for rule in signs if (match := re.match(rf"\s*(?:{rule.before})", figure)))
    return next((f"{words} {figure[match.end() :]}" for words, match in found), figure)


def read_direction(text: str) -> Comparator | None:
    """'increase' or 'decrease' where an aim without a number names a direction; None where it names none or both."""
    found = {rule.comparator for rule in load_rules("directions", DirectionRule) if rule.matches(text)}
    return found.pop() if len(found) == 1 else None
