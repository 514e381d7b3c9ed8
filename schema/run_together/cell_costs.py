"""What it costs (nats) that a word of run-together text stands in a column: how cells begin, go on and end.

The wording of the language model says how well a word follows the words before it in the same cell; the field of the
column says which words begin a cell, which are at home in it, and whether it may end where it does.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from schema.run_together.known_cells import PEOPLE, SHORT_FIELDS, Begun, KnownCells, Run, Token, text_of, without_scrap
from schema.run_together.wording import capital_cost, words_cost
from schema.tables.cell_words import CellWordKind, in_vocabulary, may_start, starts, stops_short, unfinished
from schema.tables.columns import TIME_FIELDS, Field
from schema.values.deadlines import names_a_time
from schema.values.folding import folded

ALIKE = {
    field: Field.LEAD
    if field in PEOPLE
    else Field.DEADLINE
    if field in TIME_FIELDS
    else field
    if field is Field.BUDGET
    else Field.TASK
    for field in Field
}
"""The field whose cells go on as those of each field do."""
_BAR = 4.5
_SCRAP = 5.0
"""Nats for a token that stands for nothing, in whatever cell."""
_HOME = 1.5
_HOME_SHARE = 0.45
_RANGE = 0.3
DASHES = "-–—"
_ANOTHER_TIME = 8.0
_BEYOND_TIME = 1.5
"""Nats for a word behind a whole time with which no time goes on."""
_STRANGE = 3.5
MEMORY = 8
_CONTEXT = 3
_KNOWN = 0.3
_TORN = 2.0
"""Nats for leaving a known name before its end."""
_NAMED, _UNFINISHED = 1.0, 5.0
_TIME_FOR_NAME = 4.0
"""Nats for a time where an organisation should stand."""
_OPEN_END, _TAIL = 4.0, 6
"""Nats for a cell of words that breaks off, and how many tokens tell."""
_ANOTHER = 7.0
_DASH = 1.0
"""Nats for a dash amid a cell of organisations, so that one that opens the next cell stands there."""
_NO_LIST = 6.0
_LONE_ITEM = 3.0
"""Nats for a list of organisations behind dashes that holds but one."""
_CAPITAL = 0.4
"""Share of what a capital amid a sentence costs that it costs in names."""
_HEADS: Mapping[Field, tuple[CellWordKind, float]] = {
    Field.TASK: ("task_head", 6.0),
    Field.GOAL: ("goal_head", 7.0),
    Field.OUTPUT: ("output_head", 6.5),
    Field.FUNDING: ("funding_head", 9.0),
}
"""Which phrases begin the cells of a field, and what another beginning costs."""
_FIRST_WORD = 4.0
_JOINT = 2.5
"""Nats for a leading organisation that begins as those do which join in."""
_LABEL = 1.0
"""Nats for a cell of leads and partners that says who leads or joins in."""
_AIM = 1.5
"""Nats for a task that begins as an aim does."""
_OTHER_KIND = 3.0
"""Nats for a cell of words that begins as a time does."""
_WHO_ELSE_DECIDES = 5.0
"""Nats for a cell of organisations that says at whose bidding ('Theo chỉ đạo của huyện')."""
_SUM = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.,]*")
_BESIDE_SUM = 2.0
"""Nats for each further word of a cell of sums."""
_SMALL_START = 4.5
_SMALL_NAME = 1.6
"""Times as much for an organisation that begins with a small letter: amid a task it does."""
_MISSING = {Field.TASK: 14.0, Field.LEAD: 3.5, Field.AGENCIES: 3.5, Field.DEADLINE: 2.0, Field.PARTNERS: 1.2}
_MISSING_OTHER = 0.8
_UNLED = 6.0
"""Nats for a row in which somebody joins in and nobody leads."""


def _last_words(run: Run) -> tuple[str, ...]:
    """As many words as the language model looks back upon."""
    words: tuple[str, ...] = ()
    for token in reversed(run):
        words = token.words + words
        if len(words) >= _CONTEXT:
            return words[-_CONTEXT:]
    return words


@lru_cache(200_000)
def begins(of: Field, token: Token, following: str) -> float:
    """Cost of a token as the first of a cell. following: the next words of the line, which show what begins."""
    if token.scrap:
        return 2 * _SCRAP
    item = token.text in DASHES and of in PEOPLE
    cost = 0.0 if token.capital or token.text[:1].isdigit() or item else _SMALL_START
    text = f"{token.text} {following}"
    if of in PEOPLE:
        cost *= _SMALL_NAME
        joint = _JOINT if of is Field.LEAD and starts("joint_head", text) else 0.0
        if of in (Field.AGENCIES, Field.LEAD) and starts("role_head", text):
            return cost + _LABEL
        if starts("time_condition", text):
            return cost + joint + _WHO_ELSE_DECIDES
        return cost + joint + _head("agency_head", text, token, 5.5 if starts("time_head", text) else 9.0)
    if of in TIME_FIELDS:
        return 1.5 * cost + _head("time_head", text, token, 9.5)
    if of is Field.BUDGET:
        return 3.0 if _SUM.fullmatch(token.text) else 10.0
    home, own = _HEADS.get(of, (None, 6.0))
    if home and starts(home, text):
        return cost + 2.5
    other = 2.0 if starts("agency_head", text) else _OTHER_KIND if starts("time_head", text) else 0.0
    aim = _AIM if of is Field.TASK and (token.text[:1].isdigit() or starts("goal_head", text)) else 0.0
    return cost + own + other + aim


def _head(kind: CellWordKind, text: str, token: Token, otherwise: float) -> float:
    """Cost of the beginning of a cell of names or times: of a phrase of its kind, or of the first word of one."""
    return 2.0 if starts(kind, text) else _FIRST_WORD if may_start(kind, token.text) else otherwise


def goes_on(of: Field, token: Token, before: Run, begun: Begun | None = None) -> float:
    """Cost of a token after the last tokens of its cell. begun: the known cells that these may begin, if any."""
    if token.bar or token.scrap:
        return _BAR if token.bar else _SCRAP
    if begun and begun.goes_on(token):
        return _KNOWN
    if of in PEOPLE and token.text in DASHES:
        return _DASH
    torn = _TORN if begun and begun.whole_name is False else 0.0
    return _goes_on(ALIKE[of], token, before[-MEMORY:]) + torn


@lru_cache(500_000)
def _goes_on(of: Field, token: Token, before: Run) -> float:
    if token.bar or token.scrap:
        return _BAR if token.bar else _SCRAP
    last = before[-1]
    if last.text in DASHES and token.text[:1].isdigit() and len(before) > 1 and before[-2].text[-1:].isdigit():
        return _RANGE
    cost = words_cost(token.words, _last_words(before))
    amid = token.capital and not last.closes and not token.text.isupper() and token.words
    capital = capital_cost(token.words[0]) if amid else 0.0
    if of not in SHORT_FIELDS:
        return cost + capital + (_BESIDE_SUM if of is Field.BUDGET else 0.0)
    kind: Literal["agency", "time"] = "agency" if of in PEOPLE else "time"
    at_home = in_vocabulary(kind, token.text) or (kind == "agency" and in_vocabulary("role", token.text))
    at_home = at_home or (kind == "time" and _at_whose_bidding(token, before))
    cost = min(cost, _HOME + _HOME_SHARE * cost) if at_home else cost + _STRANGE
    if kind == "agency":
        if last.closes and may_start("role_head", token.text):
            cost = min(cost, _HOME)
        cost += _CAPITAL * capital
        return cost + (_ANOTHER if _starts_another(token, before) else 0.0)
    long = _STRANGE if len(before) >= MEMORY else 0.0
    another = _ANOTHER_TIME if _starts_another_time(token, before) else 0.0
    return cost + long + another + (_BEYOND_TIME if _is_beyond_time(token, before) else 0.0)


def _at_whose_bidding(token: Token, before: Run) -> bool:
    """Whether a token goes on with the name of the one at whose bidding a thing is done: 'Theo kế hoạch của' 'huyện',
    'Sở' 'Nội'."""
    named = before[-1].capital or in_vocabulary("link", before[-1].text) or not token.capital
    return named and in_vocabulary("agency", token.text) and starts("time_condition", text_of(before))


def item_cost(following: str, cell: Run) -> float:
    """Cost of a line that goes on with a cell of organisations behind a dash: a further organisation does so only in a
    list whose first has a dash too, while the rest of a name may. following: the words behind the dash."""
    return 0.0 if cell[0].text in DASHES or _is_listed(cell) or not starts("agency_head", following) else _NO_LIST


def _is_listed(cell: Run) -> bool:
    """Whether an organisation stands behind a dash in a cell."""
    return any(
        token.text in DASHES and starts("agency_head", text_of(cell[at + 1 : at + 4])) for at, token in enumerate(cell)
    )


def _starts_another(token: Token, before: Run) -> bool:
    """Whether a token begins a further organisation although nothing parts it from the one before."""
    last = before[-1]
    if not token.capital or last.closes or last.text in "-–/" or not starts("agency_head", token.text):
        return False
    if token.text.isupper():
        return not unfinished("agency", text_of(before))
    return not last.capital and not in_vocabulary("link", last.text)


def further_names(cell: Run) -> int:
    """How many organisations stand in one cell after the first without anything that parts them: cells run together."""
    return sum(_starts_another(token, cell[:at]) for at, token in enumerate(cell) if at)


def holds_another(cell: Run) -> bool:
    """Whether one cell seems to hold two organisations that nothing parts."""
    return further_names(cell) > 0


def _starts_another_time(token: Token, before: Run) -> bool:
    """Whether a token begins a further time ('Năm 2022' 'giai đoạn') after one that is complete."""
    last = before[-1]
    if last.closes or last.text in DASHES or last.text == "/" or starts("time_link", token.text):
        return False
    after_figure = last.text[-1:].isdigit() and starts("time_head", token.text)
    return (after_figure or starts("time_period", token.text)) and _is_time(text_of(before))


def _is_beyond_time(token: Token, before: Run) -> bool:
    """Whether a token follows a complete time that no time goes on with: 'Tháng 4' 'cơ'."""
    if before[-1].closes or before[-1].text in DASHES or not token.text[:1].isalpha() or token.text.isupper():
        return False
    goes_on = any(starts(kind, token.text) for kind in ("time_head", "time_tail", "time_link"))
    return not goes_on and not may_start("time_tail", token.text) and _is_time(text_of(before))


@lru_cache(200_000)
def ends(of: Field, cell: Run, known: KnownCells) -> float:
    """Cost of a cell that ends as it does; of an empty one where the field is wanted."""
    if not cell:
        return _MISSING.get(of, _MISSING_OTHER)
    if of not in SHORT_FIELDS:
        return _OPEN_END if _is_open(cell) else 0.0
    seen, text = known.whole(of, cell), text_of(without_scrap(cell))
    bonus = -2.5 if seen > 1 else 0.0
    if of in PEOPLE:
        whole = known.begun(of, cell).whole_name
        torn = whole is False or (whole is None and unfinished("agency", text))
        lone = cell[0].text in DASHES and sum(token.text in DASHES for token in cell) == 1
        listed = _LONE_ITEM if lone and not starts("role_head", text) else 0.0
        timed = _TIME_FOR_NAME if starts("time_head", text) and names_a_time(text) else 0.0
        return bonus + timed + listed + (-_NAMED if whole and not seen else _UNFINISHED if torn and not seen else 0.0)
    return bonus + (_UNFINISHED if unfinished("time", text) else 0.0) + (0.0 if _is_time(text) else 4.0)


def unled(fields: Sequence[Field], filled: Sequence[bool]) -> float:
    """Cost of a row whose columns are filled so, for those who join in where nobody leads.

    >>> fields = Field.TASK, Field.LEAD, Field.PARTNERS
    >>> unled(fields, (True, False, True)) > unled(fields, (True, True, False)) == 0
    True
    """
    has = dict(zip(fields, filled, strict=True))
    return _UNLED if has.get(Field.PARTNERS) and has.get(Field.LEAD) is False else 0.0


def _is_open(cell: Run) -> bool:
    """Whether a cell of words cannot end as it does."""
    return sum([token.text.count("(") - token.text.count(")") for token in cell]) > 0 or _stops_short(cell[-_TAIL:])


@lru_cache(50_000)
def _stops_short(tail: Run) -> bool:
    text = text_of(tail)
    return text.endswith(("-", ",", "(", "/")) or stops_short(folded(text).strip(" .;:,|"))


@lru_cache(20_000)
def _is_time(text: str) -> bool:
    return names_a_time(text) or starts("time_condition", text)
