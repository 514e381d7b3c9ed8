"""A text that sets aims -> its statements: one for each sentence or clause that states an aim of its own.

>>> [s.text for s in read_statements("Tối thiểu 80% hồ sơ nộp trực tuyến, trong đó 30% toàn trình. Giảm chi.")]
['Tối thiểu 80% hồ sơ nộp trực tuyến', 'trong đó 30% toàn trình.', 'Giảm chi.']
>>> statements = read_statements("Có ít nhất 12 mô hình, 05 thư viện (sách; báo). Hiện nay có 03 thư viện.")
>>> [(s.text, [aim.value for aim in s.aims]) for s in statements]
[('Có ít nhất 12 mô hình, 05 thư viện (sách; báo).', [12.0, 5.0])]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from normalize.letters import CAPITAL
from schema.brackets import is_bracket_open
from schema.narrative.aims import aims_of, follows_in_list, in_row, word_rules
from schema.narrative.halves import are_one, measures
from schema.plain import plain
from schema.values.quantities import Quantity
from schema.values.statement_times import statement_times


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or clause and the numbers in it that are aims."""

    text: str
    aims: tuple[Quantity, ...]


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_]|\d+ ?%|[“\"])")
_LIST_SHARE = re.compile(r":\s*(?:\D{0,30})\d+(?:,\d+)?\s?%\W*$|^[^:;]*\d\s?%\s?:")
"""A share before or behind a list that has it in common: "a; b: 100%", "đạt 100%: a; b"."""


def is_one_list(statement: Statement) -> bool:
    """Whether a statement counts several things in one list: "phát 12.000 tờ gấp, 15 pa nô trong năm 2023"."""
    pairs = pairwise(statement.aims)
    return len(statement.aims) > 1 and all(follows_in_list(statement.text, before, after) for before, after in pairs)


def announces_aims(text: str) -> bool:
    """Whether a sentence says that aims follow it: "... được cụ thể hóa bằng các chỉ tiêu sau:"."""
    return text.rstrip().endswith(":") and any(rule.regex.search(plain(text)) for rule in word_rules("announces"))


def says_an_aim(statement: Statement) -> bool:
    """Whether a statement aims at something, and is neither what stands above a list nor a label with its names."""
    text = statement.text.rstrip()
    if statement.aims:
        return True
    names = re.match(r"[^:.;]{3,60}:\s", text) is not None
    return not text.endswith(":") and not (
        names and not any(r.regex.search(plain(text)) for r in word_rules("says_what"))
    )


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text in order; a clause that only goes on stays with the one before."""
    clauses = [
        clause
        for item in _items(text.strip())
        for sentence in _sentences(item)
        if not any(rule.regex.match(plain(sentence)) for rule in word_rules("states"))
        for part in _split_semicolons(sentence)
        for clause in _split_parts(part)
    ]
    return tuple(Statement(clause, aims_of(clause)) for clause in clauses if clause)


_DASH = r"[-–—+•]\s+"
_NEXT_DASH = re.compile(rf"(?<=[;.])\s*{_DASH}|(?<![\d%])\s{_DASH}(?=[{CAPITAL}]|\d)")


def _items(text: str) -> Iterator[str]:
    """The dashes of a cell, whose lines were joined; the text itself where it opens with none.

    >>> list(_items("- Giảm 10 - 15% chi phí - 100% văn bản ký số; - có 02 mô hình")), list(_items("Giảm 10 - 15% chi"))
    (['Giảm 10 - 15% chi phí', '100% văn bản ký số;', 'có 02 mô hình'], ['Giảm 10 - 15% chi'])
    """
    opened = re.match(_DASH, text)
    yield from _NEXT_DASH.split(text[opened.end() :]) if opened else (text,)


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


_LONGEST_LIST = 2_000
"""Characters of the longest list that shares one figure; a page that was read as one sentence is parted anyhow."""


def _split_semicolons(sentence: str) -> Iterator[str]:
    """Parts at ';' that state an aim of their own; a list of subjects that share one figure stays whole."""
    if _LIST_SHARE.search(sentence) and len(aims_of(sentence)) == 1:
        yield sentence
        return
    held = ""
    for piece in re.split(r"\s*;\s*", sentence):
        goes_on = 0 < len(held) <= _LONGEST_LIST and (is_bracket_open(held) or not _stands_alone(held, piece))
        if goes_on:
            held = f"{held}; {piece}"
            continue
        if held:
            yield held
        held = piece
    yield held


def _stands_alone(before: str, piece: str) -> bool:
    if _is_bare_share(before) or are_one(before, piece):
        return False
    if aims_of(piece):
        return True
    return bool(aims_of(before)) and not any(rule.regex.match(plain(piece)) for rule in word_rules("goes_on"))


_LEADING = 10
"""Characters before a share that opens its clause: "phấn đấu 100% ...", "- 100% ..."."""


def _is_bare_share(clause: str) -> bool:
    """Whether a clause opens with a bare share of something and does not say what of it: the next one goes on."""
    aims = aims_of(clause)
    opens = bool(aims) and aims[0].unit == "%" and not aims[0].bound and aims[0].start <= _LEADING
    return opens and not any(rule.regex.search(plain(clause[aims[0].end :])) for rule in word_rules("says_what"))


def _split_parts(clause: str) -> Iterator[str]:
    """A clause with several aims, parted before "trong đó" and at a comma before a subject of its own."""
    aims = aims_of(clause)
    at = 0
    for before, after in pairwise(aims):
        if before.end > after.start or in_row(clause, before, after):
            continue
        seam = _seam(clause, at, before.end, after)
        if seam is not None and seam > at:
            yield clause[at:seam].strip(" ,;(")
            at = seam
    rest = clause[at:].strip(" ,;")
    yield _without_stray_bracket(rest) if at else rest


def _without_stray_bracket(part: str) -> str:
    """A part without the bracket that was opened before it: "riêng lĩnh vực đất đai trên 85%)."."""
    return re.sub(r"\)(?=\W*$)", "", part) if part.count(")") > part.count("(") else part


def _seam(clause: str, at: int, start: int, after: Quantity) -> int | None:
    """Where the part that begins at `at` ends, behind clause[start] and before a number; None where it goes on."""
    between = plain(clause[start : after.start])
    for rule in word_rules("part"):
        if match := rule.regex.search(between):
            return start + match.end()
    commas = [m.end() for rule in word_rules("comma") for m in rule.regex.finditer(between)]
    for comma in sorted(commas, reverse=True):
        if is_bracket_open(clause[: start + comma]):
            continue
        right = plain(clause[start + comma :])
        later = any(rule.regex.match(right) for rule in word_rules("later"))
        if later and not any(statement_times(clause[at : start + comma], "target")):
            return start + comma
        if any(rule.regex.match(right) for rule in word_rules("subject")):
            return None if are_one(clause[at : start + comma], clause[start + comma :]) else start + comma
    first = min(commas, default=0)
    behind = plain(clause[start + first :])
    others = (
        first
        and not measures(clause[at:])
        and not is_bracket_open(clause[: start + first])
        and any(r.regex.match(behind) for r in word_rules("other"))
    )
    return start + first if others else None
