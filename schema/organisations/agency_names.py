"""Names of organisations as runs of folded words: those that plans use, and those that a document spells out itself.

>>> ("phong", "noi", "vu") in usual_names(), ("phong", "noi") in usual_names()
(True, False)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from normalize.names.contexts import levels
from schema.ruletable import load_rules
from schema.tables.cell_words import starts, without_tail
from schema.values.folding import folded

_ENUMERATED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+])\s*(?P<name>[^.;:\d]{6,70}?)\s*[:.;]?\s*$")
_LONGEST = 10
"""Words of the longest name of one organisation in a numbered list of duties."""

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """Names of one kind of organisation, as printed."""

    kind: str
    names: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return name_words(text) in usual_names()


def name_words(text: str) -> Name:
    """The words of a name without marks; dashes and commas go.

    >>> name_words("Phòng Văn hóa - Xã hội,")
    ('phong', 'van', 'hoa', 'xa', 'hoi')
    """
    return tuple(re.findall(r"[^\W_]+", folded(text)))


@cache
def usual_names() -> frozenset[Name]:
    """The names that plans of all units use, with and without the level of the unit behind them."""
    names = [name for rule in load_rules("agency_names", AgencyNames) for name in rule.names]
    plain = {name_words(name) for name in names}
    behind = [name_words(level) for level in levels()]
    return frozenset(plain | {(*name, *level) for name in plain for level in behind})


def names_in(lines: Iterable[str]) -> frozenset[Name]:
    """The organisations that a document heads its duties with: '2. Phòng Kinh tế', '- Công an xã:'.

    >>> names_in(["2. Trung tâm Cung ứng nước sạch", "3. Rà soát văn bản"])
    frozenset({('trung', 'tam', 'cung', 'ung', 'nuoc', 'sach')})
    >>> names_in(["1. Sở Khoa học có trách nhiệm:"])
    frozenset({('so', 'khoa', 'hoc')})
    """
    found = (match["name"] for line in lines if (match := _ENUMERATED.match(line)))
    names = (without_tail("duty_tail", " ".join(name_words(name))) for name in found if _is_name(name))
    return frozenset(tuple(name.split()) for name in names if " " in name)


def _is_name(text: str) -> bool:
    named = text[:1].isupper() and starts("agency_head", text) and not starts("task_head", text)
    return named and 2 <= len(text.split()) <= _LONGEST
