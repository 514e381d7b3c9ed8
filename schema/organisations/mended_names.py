"""Values of rows without the dust of their cells, and names of organisations spelt as the plan spells them elsewhere.

A plan names the same organisation many times. A spelling that differs from a commoner one of the same plan in marks,
blanks or a letter of a word that is none, is a misreading of it. Names that differ in a number or a real word stay.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from normalize.letters import CAPITAL, SMALL
from schema.plain import plain
from schema.records import AssignmentRow
from schema.ruletable import load_rules
from schema.run_together.odd_words import misfit, odd_words

_FIRST = re.compile(r"^(?:[lìíịÌÍỊ|]|['`‘’°_^~|“”„\"]+)\s+(?=[^\W\d_])")
_MARKS_INSIDE = re.compile(
    rf"(?<=[^\W\d_])(?!(?<=\b[{CAPITAL}])['’][{SMALL}])(?:\s?[.:'`‘’°_]){{1,3}}\s?(?=[{SMALL}])|(?<=[-–])\s?[-–:](?=\s)|[.:'`°_](?=\s[-–]\s)"
)
"""Marks amid a name, but for the apostrophe behind the first letter of a place in the highlands: "Cư M'gar"."""
_LETTERS = 12
"""Letters of a name from which two of them may be misread, not one."""
_DOUBTFUL = 1.5
"""Nats by which another reading of a word fits better, from which on a name is doubted."""


@dataclass(frozen=True)
class Lettered:
    """A word behind which one letter alone is a name."""

    word: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return without_dust(text) == text


def without_dust(text: str) -> str:
    """The value without single letters and marks that a recogniser made of rules and dust.

    >>> without_dust("l Quyết định cử đi học"), without_dust("Ban Chỉ huy Quân l sự"), without_dust("thi trên máy l")
    ('Quyết định cử đi học', 'Ban Chỉ huy Quân sự', 'thi trên máy')
    >>> without_dust("“ Công chức Kế toán"), without_dust("“Một cửa” của xã")
    ('Công chức Kế toán', '“Một cửa” của xã')
    >>> without_dust("theo quy định tại điểm c"), without_dust("Nhóm B")
    ('theo quy định tại điểm c', 'Nhóm B')
    """
    inner, last = _lone_letters()
    return inner.sub(" ", last.sub("", _FIRST.sub("", text))).strip()


@cache
def _lone_letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One letter alone that is no word, amid a value and at its end; "điểm c", "nhóm B", "loại l" name theirs."""
    named = "".join(rf"(?<!\b{row.word})" for row in load_rules("lettered", Lettered))
    letters = r"[bcdfghjklmnpqrstvwxz]|[TJLFÌÍỊìíị]"
    marks = r"['`‘’°_^~]+"
    inner = re.compile(rf"{named}\s+(?:[lÌìỊị|]|{marks})\s+(?=[^\W\d_])")
    return inner, re.compile(rf"{named}\s+(?:{letters}|[|'`‘’°_^~]+)[.]?$")


def mended_rows(rows: Sequence[AssignmentRow]) -> tuple[AssignmentRow, ...]:
    """The rows of one plan with dust left out of their values and names spelt as the plan spells them.

    Rows whose task holds no letter are dust themselves and left out.
    """
    clean = [_clean(row) for row in rows if any(map(str.isalpha, row.task))]
    spelling = _spellings(Counter(name for row in clean for name in (*row.lead, *row.partners)))
    return tuple(
        replace(
            row,
            lead=tuple(spelling.get(name, name) for name in row.lead),
            partners=tuple(spelling.get(name, name) for name in row.partners),
        )
        for row in clean
    )


def _clean(row: AssignmentRow) -> AssignmentRow:
    return replace(
        row,
        task=without_dust(row.task) or row.task,
        group=without_dust(row.group) if row.group else None,
        goal=without_dust(row.goal) if row.goal else None,
        output=without_dust(row.output) if row.output else None,
        approver=without_dust(row.approver) if row.approver else None,
        lead=tuple(_name(name) for name in row.lead),
        partners=tuple(_name(name) for name in row.partners),
    )


def _name(name: str) -> str:
    return " ".join(_MARKS_INSIDE.sub(" ", without_dust(name)).split()) or name


def _spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """A misread spelling -> the commoner one that it is a misreading of."""
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    found: dict[str, str] = {}
    for at, name in enumerate(ranked):
        right = next((other for other in ranked[:at] if other not in found and _is_misreading(name, other)), None)
        if right is not None:
            found[name] = right
    return found


def _is_misreading(name: str, other: str) -> bool:
    """Whether `name`, the rarer one, is `other` misread."""
    if name[:1].isupper() != other[:1].isupper() or re.findall(r"\d+", name) != re.findall(r"\d+", other):
        return False
    one, two = _letters(name), _letters(other)
    if one == two:
        return _worse(name, other)
    errors = 2 if len(two) >= _LETTERS else 1
    if Levenshtein.distance(one, two, score_cutoff=errors) > errors:
        return False
    return len(name.split()) == len(other.split()) and _worse(name, other) and _doubtful(name)


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, plain(name)))


def _doubtful(name: str) -> bool:
    return odd_words(name) > 0 or misfit(name) > _DOUBTFUL


def _worse(name: str, other: str) -> bool:
    """Whether more of its words are odd, or fit worse, than the other's."""
    return (odd_words(name), misfit(name)) > (odd_words(other), misfit(other))
