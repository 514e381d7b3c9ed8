"""Words by which a cell shows what column it stands in: agencies, tasks, products.

>>> agency_share("Văn phòng HĐND và UBND phường"), starts("task_head", "Xây dựng kế hoạch")
(1.0, True)
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from schema.brackets import is_bracket_open
from schema.ruletable import load_rules
from schema.values.folding import folded

CellWordKind = Literal[
    "agency_head", "agency_tail", "task_head", "output_head", "funding_head", "time_head", "time_tail", "time_link",
    "time_period", "time_condition", "goal_head", "joint_head", "heading_head",
    "agency_unfinished", "time_unfinished", "agency_open", "time_open", "task_unfinished", "task_finished",
    "role_head", "duty_tail", "name_goes_on", "link_head", "link_tail",
]  # fmt: skip


_AT_END: frozenset[CellWordKind] = frozenset(
    (
        *("agency_unfinished", "agency_open", "time_unfinished", "time_open"),
        *("task_unfinished", "task_finished", "duty_tail"),
    )
)
"""Kinds of phrases by which a cell ends; by others it begins."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """Phrases of one kind, folded. An example begins with one of them, or ends with one."""

    kind: CellWordKind
    words: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        if self.kind in _AT_END:
            return any(f" {folded(text)}".endswith(f" {word}") for word in self.words)
        return starts(self.kind, text)


_BULLET = re.compile(r"^[-+*.;:,/)( ]*(?:\d{1,2}[.)] ?)?")


@cache
def _pattern(kind: CellWordKind) -> re.Pattern[str]:
    words = [word for rule in load_rules("cell_words", CellWords) if rule.kind == kind for word in rule.words]
    choices = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


@lru_cache(50_000)
def starts(kind: CellWordKind, text: str) -> bool:
    """Whether the text, enumerators and dashes apart, begins with a phrase of that kind."""
    return _pattern(kind).match(_BULLET.sub("", folded(text), count=1)) is not None


@cache
def _vocabulary(sort: Literal["agency", "time", "role", "link"]) -> frozenset[str]:
    kinds = (f"{sort}_head", f"{sort}_tail")
    rules = [rule for rule in load_rules("cell_words", CellWords) if rule.kind in kinds]
    return frozenset(syllable for rule in rules for word in rule.words for syllable in word.split())


@cache
def in_vocabulary(sort: Literal["agency", "time", "role", "link"], word: str) -> bool:
    """Whether a printed word is at home in names of organisations, in times (numbers are), in what says who leads, or
    links two names.

    >>> in_vocabulary("agency", "VP-TK,"), in_vocabulary("time", "2024"), in_vocabulary("agency", "xuất")
    (True, True, False)
    """
    syllables = re.findall(r"\w+", folded(word))
    numbers = sort == "time"
    return all(s in _vocabulary(sort) or (numbers and re.fullmatch(r"\d{1,4}|[ivx]+", s)) for s in syllables)


@cache
def _endings(kind: CellWordKind) -> frozenset[str]:
    return frozenset(word for rule in load_rules("cell_words", CellWords) if rule.kind == kind for word in rule.words)


@cache
def _first_words(kind: CellWordKind) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _endings(kind) if " " in phrase)


@lru_cache(50_000)
def may_start(kind: CellWordKind, word: str) -> bool:
    """Whether a phrase of that kind of more than one word begins with a word: 'Thường' of 'Thường xuyên'.

    >>> may_start("time_head", "Thường"), may_start("time_head", "Xây")
    (True, False)
    """
    return folded(word).strip(" .;:,|") in _first_words(kind)


@lru_cache(50_000)
def unfinished(sort: Literal["agency", "time", "task"], text: str) -> bool:
    """Whether a cell cannot end so: 'Công chức', 'Theo kế hoạch của', 'Văn phòng HĐND'.

    >>> unfinished("agency", "Các ngành có"), unfinished("agency", "Các ngành có liên quan"), unfinished("task", "và")
    (True, False, True)
    >>> unfinished("agency", "Các đơn vị thuộc"), unfinished("time", "Theo kế hoạch của")
    (True, True)
    >>> unfinished("task", "Theo Nghị định số"), unfinished("task", "Rà soát hồ sơ"), unfinished("task", "trên địa")
    (True, False, True)
    """
    plain = folded(text).strip(" .;:,|")
    if text.rstrip().endswith(("-", ",", "(", "/")) or is_bracket_open(plain):
        return True
    if sort == "task":
        return stops_short(plain)
    last = re.split(r"[,;:] ?", plain)[-1]
    if last in _endings("agency_unfinished" if sort == "agency" else "time_unfinished"):
        return True
    open_, words = _endings("agency_open" if sort == "agency" else "time_open"), last.replace("-", " - ").split()
    return any(" ".join(words[-count:]) in open_ for count in (1, 2, 3))


def without_tail(kind: CellWordKind, plain: str) -> str:
    """Some folded words without a phrase of that kind at their end.

    >>> without_tail("duty_tail", "phong noi vu co trach nhiem")
    'phong noi vu'
    """
    return next((plain[: -len(end)].rstrip() for end in sorted(_endings(kind)) if plain.endswith(f" {end}")), plain)


def stops_short(plain: str) -> bool:
    """Whether the last words of a task or product, folded, are none that it ends with."""
    words = plain.split()
    ends = [" ".join(words[-count:]) for count in (1, 2, 3)]
    finished, open_ = _endings("task_finished"), _endings("task_unfinished")
    return not any(end in finished for end in ends) and any(end in open_ for end in ends)


def agency_share(text: str) -> float:
    """Share of the words that belong to names of organisations, 0 to 1; 0 where no such name begins."""
    plain = folded(text)
    total = len(re.findall(r"\w+", plain))
    if not total or not _pattern("agency_head").search(plain):
        return 0.0
    rest = _pattern("agency_tail").sub(" ", _pattern("agency_head").sub(" ", plain))
    return 1 - len(re.findall(r"\w+", rest)) / total
