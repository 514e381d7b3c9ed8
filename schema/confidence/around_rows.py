"""What stands around a row: the rows of the same plan and origin, and what they tell of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from schema.confidence.left_over import LEFT_OVER
from schema.organisations.agency_lists import opens_a_name
from schema.records import AssignmentRow

_NEAR = 2
_SHORTEST_NAME = 8
_WORDS_OF_TITLE = 8
_TITLE = re.compile(r"^\W*(?:\d{1,2}\W+)*")


@dataclass(frozen=True, slots=True)
class Around:
    """The rows of the same plan and origin. Shares of them, 0 to 1, that name somebody, partners, a time.

    names: how often each organisation is named. numbers: printed numbers in order. lost: which rows are, or stand
    behind, a heading that was taken for a task. under_one_lead: how many rows in a row have the same lead as each.
    before_gap: which rows stand before a number that is left out, '2' before '4': its duties may have come to theirs.
    others_left_over: of each row, the share of the others whose words say more than their fields hold, 0 to 1.
    """

    lead: float
    partners: float
    time: float
    names: Mapping[str, int]
    numbers: tuple[str, ...]
    lost: tuple[bool, ...]
    under_one_lead: tuple[int, ...]
    before_gap: tuple[bool, ...]
    others_left_over: tuple[float, ...]


def around_rows(rows: Sequence[AssignmentRow]) -> Around:
    """The measures of some rows, at least one, in their order."""
    count = len(rows)
    return Around(
        lead=sum(bool(row.lead) for row in rows) / count,
        partners=sum(bool(row.partners) for row in rows) / count,
        time=sum(bool(row.deadline_text) for row in rows) / count,
        names=Counter(name for row in rows for name in (*row.lead, *row.partners)),
        numbers=tuple(row.row_no or "" for row in rows),
        lost=_lost_headings(rows),
        under_one_lead=tuple(
            len(run) for _, group in groupby(rows, lambda row: row.lead) for run in [tuple(group)] for _ in run
        ),
        before_gap=_before_gaps([_outer_number(row.row_no) for row in rows]),
        others_left_over=_shares_of_others([any(tells(row) for tells in LEFT_OVER.values()) for row in rows]),
    )


def has_double(name: str, names: Mapping[str, int]) -> bool:
    """Whether a name differs in a letter or two from one that is named more often."""
    return len(name) >= _SHORTEST_NAME and any(
        names[other] > names[name] and 0 < Levenshtein.distance(name, other, score_cutoff=_NEAR) <= _NEAR
        for other in names
    )


def _like_a_heading(row: AssignmentRow) -> bool:
    """'5, Sở Tài chính': a task of the running text that is no more than a number and the name of an organisation."""
    title = _TITLE.sub("", row.task)
    short = len(title.split()) <= _WORDS_OF_TITLE
    return row.origin == "narrative" and short and (row.task[:1].isdigit() or opens_a_name(title))


def _lost_headings(rows: Sequence[AssignmentRow]) -> tuple[bool, ...]:
    """Which rows are like a heading, or follow one that is: those under the same lead may be another's."""
    found: list[bool] = []
    for at, row in enumerate(rows):
        behind_one = at > 0 and found[-1] and row.lead == rows[at - 1].lead
        found.append(_like_a_heading(row) or behind_one)
    return tuple(found)


def _shares_of_others(marked: Sequence[bool]) -> tuple[float, ...]:
    """Of each row the share of the others that are marked.

    >>> _shares_of_others([True, False, False]), _shares_of_others([True])
    ((0.0, 0.5, 0.5), (0.0,))
    """
    others = max(len(marked) - 1, 1)
    return tuple((sum(marked) - own) / others for own in marked)


def _outer_number(row_no: str | None) -> int | None:
    """2 of '2', '2.1' and '2.a'; None of 'a'."""
    found = re.match(r"\d+", row_no or "")
    return int(found[0]) if found else None


def _before_gaps(numbers: Sequence[int | None]) -> tuple[bool, ...]:
    """Whether the next other number is more than one higher.

    >>> _before_gaps([1, 1, 2, 4, 1])
    (False, False, True, False, False)
    """
    found: list[bool] = []
    for at, number in enumerate(numbers):
        later = next((other for other in numbers[at + 1 :] if other != number), None)
        found.append(number is not None and later is not None and later > number + 1)
    return tuple(found)
