"""A text that sets aims -> its statements: one for each sentence or clause that states an aim of its own.

>>> [s.text for s in read_statements("Tối thiểu 80% hồ sơ nộp trực tuyến, trong đó 30% toàn trình. Giảm chi.")]
['Tối thiểu 80% hồ sơ nộp trực tuyến', 'trong đó 30% toàn trình.', 'Giảm chi.']
>>> statements = read_statements("Có ít nhất 12 mô hình, 05 thư viện (sách; báo). Hiện nay có 03 thư viện.")
>>> [(s.text, [aim.value for aim in s.aims]) for s in statements]
[('Có ít nhất 12 mô hình, 05 thư viện (sách; báo).', [12.0, 5.0])]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from schema.brackets import is_bracket_open
from schema.plain import plain
from schema.ruletable import PatternRow, load_rules
from schema.values.quantities import Quantity, is_base, read_quantities


@dataclass(frozen=True)
class WordRule(PatternRow):
    """Words beside a seam between two clauses, or before a count. pattern: a regular expression, without marks.

    part, subject, other, goes_on are matched at the start of a clause; counts, reaches, ranks at the end of the words before
    a number; unnamed at the start of those behind it; within over a number with its words; comma is what parts two aims when a subject of its own follows. listed is all that stands between two
    counts of one list, in_row all between two numbers that share their bound. states opens a sentence on how things
    are; announces ends one that says that aims follow. says_what is anywhere in a clause that has said what is aimed
    at.
    """

    tells: Literal[
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
    ]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        if self.tells in ("listed", "in_row"):
            return self.regex.fullmatch(plain(text)) is not None
        anywhere = self.tells in ("part", "counts", "reaches", "ranks", "comma", "says_what", "announces")
        return (self.regex.search if anywhere else self.regex.match)(plain(text).strip()) is not None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or clause and the numbers in it that are aims."""

    text: str
    aims: tuple[Quantity, ...]


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_]|\d+ ?%|[“\"])")
_LIST_SHARE = re.compile(r":\s*(?:\D{0,30})\d+(?:,\d+)?\s?%\W*$|^[^:;]*\d\s?%\s?:")
"""A share before or behind a list that has it in common: "a; b: 100%", "đạt 100%: a; b"."""


_PADDED = re.compile(r"0\d\s")
"""Only counts are written with a nought before them: "03 ki-ốt"."""


def _rules(tells: str) -> Iterator[WordRule]:
    return (rule for rule in load_rules("target_words", WordRule) if rule.tells == tells)


@lru_cache(maxsize=256)
def aims_of(text: str) -> tuple[Quantity, ...]:
    """The numbers of a clause that are aims: shares, bounded numbers, and counts of something that is to be done."""
    aims: list[Quantity] = []
    for quantity in read_quantities(text):
        goes_on = aims and _goes_on(text, aims[-1], quantity)
        if not is_base(text, quantity) and (goes_on or _is_aim(text, quantity)):
            in_row = aims and _in_row(text, aims[-1], quantity)
            shares = not quantity.bound and (in_row or (bool(aims) and _shares(text, aims[-1], quantity)))
            aims.append(replace(quantity, comparator=aims[-1].comparator) if shares else quantity)
    return tuple(aim for aim in aims if len(aims) == 1 or not _is_length(text, aim))


def _is_length(text: str, quantity: Quantity) -> bool:
    """Whether a number says how long something may take: "100% kiến nghị được trả lời trong vòng 24 giờ"."""
    own = plain(text[quantity.start : quantity.end])
    return any(rule.regex.match(own) for rule in _rules("within"))


def _shares(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a number has the direction of the one before, "giảm 10% đơn vị và 10% biên chế"; a count, its bound."""
    if before.comparator in ("increase", "decrease"):
        return (before.unit == "%") == (quantity.unit == "%") and _is_listed(text, before, quantity)
    return before.bound and _goes_on(text, before, quantity)


def _goes_on(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a count follows another in a list: what is done to the first is done to it."""
    counts = before.unit != "%" and quantity.unit != "%"
    return counts and _names_what(text, before) and _names_what(text, quantity) and _is_listed(text, before, quantity)


def _is_listed(text: str, before: Quantity, quantity: Quantity) -> bool:
    between = plain(text[before.end : quantity.start])
    return any(rule.regex.fullmatch(between) for rule in _rules("listed"))


def is_one_list(statement: Statement) -> bool:
    """Whether a statement counts several things in one list: "phát 12.000 tờ gấp, 15 pa nô trong năm 2023"."""
    pairs = pairwise(statement.aims)
    return len(statement.aims) > 1 and all(_goes_on(statement.text, before, after) for before, after in pairs)


def _in_row(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether nothing but a comma parts two numbers: "tối thiểu lần lượt là 80%, 70%" bounds both."""
    between = plain(text[before.end : quantity.start])
    return any(rule.regex.fullmatch(between) for rule in _rules("in_row"))


def _is_aim(text: str, quantity: Quantity) -> bool:
    if quantity.unit == "%":
        return True
    named = _names_what(text, quantity)
    if quantity.bound:
        return named or quantity.comparator in (">=", "<=")
    before = plain(text[: quantity.start]).rstrip()
    if quantity.unit is None and any(rule.regex.search(before) for rule in _rules("ranks")):
        return True
    if not before:
        return quantity.unit is not None or (named and _PADDED.match(text, quantity.start) is not None)
    counted = any(rule.regex.search(before) for rule in _rules("counts"))
    return named and counted and not _is_aside(before)


def _names_what(text: str, quantity: Quantity) -> bool:
    """Whether a number counts something: a known unit, or any word that may name a thing, "12.500 trang sổ"."""
    if quantity.unit is not None:
        return True
    behind = text[quantity.end :].lstrip()
    return behind[:1].islower() and not any(rule.regex.match(plain(behind)) for rule in _rules("unnamed"))


def announces_aims(text: str) -> bool:
    """Whether a sentence says that aims follow it: "... được cụ thể hóa bằng các chỉ tiêu sau:"."""
    return text.rstrip().endswith(":") and any(rule.regex.search(plain(text)) for rule in _rules("announces"))


def says_an_aim(statement: Statement) -> bool:
    """Whether a statement aims at something, and is neither what stands above a list nor a label with its names."""
    text = statement.text.rstrip()
    if statement.aims:
        return True
    names = re.match(r"[^:.;]{3,60}:\s", text) is not None
    return not text.endswith(":") and not (names and not any(r.regex.search(plain(text)) for r in _rules("says_what")))


def is_reached(text: str, aim: Quantity) -> bool:
    """Whether the words before a number say that it is to be reached: "sản lượng đạt 12.000 tấn"."""
    before = plain(text[: aim.start])
    return any(rule.regex.search(before) for rule in _rules("reaches"))


def _is_aside(before: str) -> bool:
    """Whether what follows these words stands in brackets."""
    return is_bracket_open(before)


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text in order; a clause that only goes on stays with the one before."""
    clauses = [
        clause
        for sentence in _sentences(text.strip())
        if not any(rule.regex.match(plain(sentence)) for rule in _rules("states"))
        for part in _split_semicolons(sentence)
        for clause in _split_parts(part)
    ]
    return tuple(Statement(clause, aims_of(clause)) for clause in clauses if clause)


def _sentences(text: str) -> Iterator[str]:
    """Parted at full stops before a capital, a share or a quotation.

    >>> list(_sentences("Có 05 mô hình. Đến năm 2030 có 20 mô hình, vv. trở lên."))
    ['Có 05 mô hình.', 'Đến năm 2030 có 20 mô hình, vv. trở lên.']
    """
    at = 0
    for end in _SENTENCE_END.finditer(text):
        if not text[end.end()].islower():
            yield text[at : end.start()]
            at = end.end()
    yield text[at:]


def _split_semicolons(sentence: str) -> Iterator[str]:
    """Parts at ';' that state an aim of their own; a list of subjects that share one figure stays whole."""
    if _LIST_SHARE.search(sentence) and len(aims_of(sentence)) == 1:
        yield sentence
        return
    held = ""
    for piece in re.split(r"\s*;\s*", sentence):
        if held and (is_bracket_open(held) or not _stands_alone(held, piece)):
            held = f"{held}; {piece}"
            continue
        if held:
            yield held
        held = piece
    yield held


def _stands_alone(before: str, piece: str) -> bool:
    if _is_bare_share(before):
        return False
    if aims_of(piece):
        return True
    return bool(aims_of(before)) and not any(rule.regex.match(plain(piece)) for rule in _rules("goes_on"))


_LEADING = 10
"""Characters before a share that opens its clause: "phấn đấu 100% ...", "- 100% ..."."""


def _is_bare_share(clause: str) -> bool:
    """Whether a clause opens with a bare share of something and does not say what of it: the next one goes on."""
    aims = aims_of(clause)
    opens = bool(aims) and aims[0].unit == "%" and not aims[0].bound and aims[0].start <= _LEADING
    return opens and not any(rule.regex.search(plain(clause[aims[0].end :])) for rule in _rules("says_what"))


def _split_parts(clause: str) -> Iterator[str]:
    """A clause with several aims, parted before "trong đó" and at a comma before a subject of its own."""
    aims = aims_of(clause)
    at = 0
    for before, after in pairwise(aims):
        if before.end > after.start or _in_row(clause, before, after):
            continue
        seam = _seam(clause, before.end, after)
        if seam is not None and seam > at:
            yield clause[at:seam].strip(" ,;(")
            at = seam
    rest = clause[at:].strip(" ,;")
    yield _without_stray_bracket(rest) if at else rest


def _without_stray_bracket(part: str) -> str:
    """A part without the bracket that was opened before it: "riêng lĩnh vực đất đai trên 85%)."."""
    return re.sub(r"\)(?=\W*$)", "", part) if part.count(")") > part.count("(") else part


def _seam(clause: str, start: int, after: Quantity) -> int | None:
    between = plain(clause[start : after.start])
    for rule in _rules("part"):
        if match := rule.regex.search(between):
            return start + match.end()
    commas = [m.end() for rule in _rules("comma") for m in rule.regex.finditer(between)]
    for comma in sorted(commas, reverse=True):
        if _is_aside(clause[: start + comma]):
            continue
        right = plain(clause[start + comma :])
        if any(rule.regex.match(right) for rule in _rules("subject")):
            return start + comma
    first = min(commas, default=0)
    behind = plain(clause[start + first :])
    others = first and not _is_aside(clause[: start + first]) and any(r.regex.match(behind) for r in _rules("other"))
    return start + first if others else None
