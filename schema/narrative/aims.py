"""The numbers of a clause that are aims, told from those that are none by the words around them (target_words).

>>> [aim.value for aim in aims_of("Có ít nhất 12 mô hình, 05 thư viện (03 thư viện của xã) trong 2 năm")]
[12.0, 5.0]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from schema.brackets import is_bracket_open
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules
from schema.values.quantities import Quantity, is_base, read_quantities

Tells = Literal[
    "part",
    "subject",
    "goes_on",
    "counts",
    "reaches",
    "ranks",
    "comma",
    "listed",
    "in_row",
    "states",
    "says_what",
    "announces",
    "unnamed",
    "within",
    "other",
    "serves",
    "beside",
    "leads",
    "place",
    "general",
    "says",
    "acts",
    "costs",
    "in_turn",
    "bare",
    "only_a_figure",
    "goes_along",
    "measure",
    "rated",
    "later",
]
_ANYWHERE: tuple[Tells, ...] = (
    "part",
    "counts",
    "serves",
    "reaches",
    "ranks",
    "comma",
    "says_what",
    "announces",
    "says",
    "acts",
    "in_turn",
)
_WHOLE_TEXT: tuple[Tells, ...] = ("listed", "in_row", "beside", "leads", "only_a_figure", "goes_along")


@dataclass(frozen=True)
class WordRule(PatternRow):
    """Words beside a seam between two clauses, or before a count. pattern: a regular expression, without marks.

    part, subject, other, goes_on are matched at the start of a clause; counts, serves, reaches, ranks at the end of the
    words before a number; unnamed at the start of those behind it; within over a number with its words. comma is what
    parts two aims when a subject of its own follows. listed is all that stands between two counts of one list, in_row
    all between two numbers that share their bound. states opens a sentence on how things are; announces ends one that
    says that aims follow. says_what is anywhere in a clause that has said what is aimed at.

    Of two halves: leads is all before a number that no verb governs; place begins one without a subject, rated one
    whose subject is what measure began, later one with a time of its own; only_a_figure says no more than when and
    how much. beside is all between two shares of which neither says more than of what, goes_along all between a number
    and one more for the same; bare is behind a number that has no thing of its own, in_turn before several that have
    theirs further on. Behind a share and its noun: says is what is said of any noun, acts what is said of all but a
    cost, which costs begins: "15% chi phí giải quyết thủ tục".

    general begins a block that says what a plan is for on the whole.
    """

    tells: Tells
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        if self.tells in _WHOLE_TEXT:
            return self.regex.fullmatch(plain(text)) is not None
        anywhere = self.tells in _ANYWHERE
        return (self.regex.search if anywhere else self.regex.match)(plain(text).strip()) is not None


_PADDED = re.compile(r"0\d\s")
"""Only counts are written with a nought before them: "03 ki-ốt"."""


def word_rules(tells: Tells) -> Iterator[WordRule]:
    """The rows of the table that tell one thing, in their order."""
    return (rule for rule in load_rules("target_words", WordRule) if rule.tells == tells)


@lru_cache(maxsize=256)
def aims_of(text: str) -> tuple[Quantity, ...]:
    """The numbers of a clause that are aims: shares, bounded numbers, and counts of something that is to be done."""
    aims: list[Quantity] = []
    for quantity in read_quantities(text):
        goes_on = aims and follows_in_list(text, aims[-1], quantity)
        if not is_base(text, quantity) and (goes_on or _is_aim(text, quantity, first=not aims)):
            beside = aims[-1] if aims and not quantity.bound else None
            shares = beside is not None and _shares(text, beside, quantity)
            aims.append(replace(quantity, comparator=aims[-1].comparator, bound=True) if shares else quantity)
    return tuple(aim for aim in aims if len(aims) == 1 or not _is_length(text, aim))


def _shares(text: str, before: Quantity, quantity: Quantity) -> bool:
    return (
        in_row(text, before, quantity)
        or shares_bound(text, before, quantity)
        or _is_another_figure(text, before, quantity)
    )


def _is_another_figure(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a share is only another figure for what was said: "ít nhất 30% hồ sơ vào năm 2023, 50% vào năm 2025"."""
    shares = before.unit == quantity.unit == "%" and quantity.value < _WHOLE and before.bound
    behind = plain(text[quantity.end :])
    bare = any(rule.regex.match(behind) for rule in word_rules("bare"))
    return shares and bare and tells_all("goes_along", text[before.end : quantity.start])


def _is_length(text: str, quantity: Quantity) -> bool:
    """Whether a number says how long something may take: "100% kiến nghị được trả lời trong vòng 24 giờ"."""
    own = plain(text[quantity.start : quantity.end])
    return any(rule.regex.match(own) for rule in word_rules("within"))


_WHOLE = 100
"""Per cent that nothing bounds: "trên 80% trạm y tế và 100% bệnh viện"."""


def shares_bound(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a number has the direction of the one before, "giảm 10% đơn vị và 10% biên chế"; a count, its bound."""
    shares = before.unit == quantity.unit == "%"
    listed = _is_listed(text, before, quantity) or (shares and stand_beside(text, before, quantity))
    if before.comparator in ("increase", "decrease"):
        if shares and (quantity.value >= _WHOLE or says_more(_behind(text, quantity))):
            return False
        return (shares or "%" not in (before.unit, quantity.unit)) and listed
    if shares:
        return before.bound and quantity.value < _WHOLE and listed
    return before.bound and follows_in_list(text, before, quantity)


def stand_beside(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether two shares stand side by side and what is said of them stands before or behind both."""
    between = text[before.end : quantity.start]
    return tells_all("beside", between) and any(map(str.isalpha, between)) and not says_more(between)


def tells_all(tells: Tells, text: str) -> bool:
    """Whether the whole of a text is what a row of the table knows."""
    return any(rule.regex.fullmatch(plain(text)) for rule in word_rules(tells))


def says_more(behind: str) -> bool:
    """Whether the words behind a number say more than of what it is: what is done, or how that is to be.

    >>> says_more(" công chức cấp xã được bồi dưỡng"), says_more(" chi phí giải quyết thủ tục hành chính")
    (True, False)
    """
    told = plain(behind).strip()
    if any(rule.regex.search(told) for rule in word_rules("says")):
        return True
    costs = any(rule.regex.match(told) for rule in word_rules("costs"))
    return not costs and any(rule.regex.search(told) for rule in word_rules("acts"))


def _behind(text: str, quantity: Quantity) -> str:
    """What stands behind a number, to the next one or the end of its clause."""
    return _CLAUSE_END.split(text[quantity.end :], maxsplit=1)[0]


_CLAUSE_END = re.compile(r"[;.]|\d")


def follows_in_list(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a count follows another in a list: what is done to the first is done to it."""
    counts = before.unit != "%" and quantity.unit != "%"
    return counts and _names_what(text, before) and _names_what(text, quantity) and _is_listed(text, before, quantity)


def _is_listed(text: str, before: Quantity, quantity: Quantity) -> bool:
    between = plain(text[before.end : quantity.start])
    return any(rule.regex.fullmatch(between) for rule in word_rules("listed"))


def in_row(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether nothing but a comma parts two numbers: "tối thiểu lần lượt là 80%, 70%" bounds both."""
    if not tells_all("in_row", text[before.end : quantity.start]):
        return False
    behind, ahead = plain(text[quantity.end :]), plain(text[: quantity.start])
    in_turn = any(rule.regex.search(ahead) for rule in word_rules("in_turn"))
    return in_turn or any(rule.regex.match(behind) for rule in word_rules("bare"))


def _is_aim(text: str, quantity: Quantity, first: bool) -> bool:
    """first: no other number before this one is an aim."""
    if quantity.unit == "%":
        return True
    named = _names_what(text, quantity)
    if quantity.bound:
        return named or quantity.comparator in (">=", "<=")
    before = plain(text[: quantity.start]).rstrip()
    if quantity.unit is None and any(rule.regex.search(before) for rule in word_rules("ranks")):
        return True
    if not before:
        return quantity.unit is not None or (named and _PADDED.match(text, quantity.start) is not None)
    known = (*word_rules("counts"), *(word_rules("serves") if first and quantity.unit else ()))
    counted = any(rule.regex.search(before) for rule in known)
    return named and counted and not is_bracket_open(before)


def _names_what(text: str, quantity: Quantity) -> bool:
    """Whether a number counts something: a known unit, or any word that may name a thing, "12.500 trang sổ"."""
    if quantity.unit is not None:
        return True
    behind = text[quantity.end :].lstrip()
    return behind[:1].islower() and not any(rule.regex.match(plain(behind)) for rule in word_rules("unnamed"))


def is_reached(text: str, aim: Quantity) -> bool:
    """Whether the words before a number say that it is to be reached: "sản lượng đạt 12.000 tấn"."""
    before = plain(text[: aim.start])
    return any(rule.regex.search(before) for rule in word_rules("reaches"))
