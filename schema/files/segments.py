"""One file, several documents: where each begins, what sort it is, and which plan belongs to which decision."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from schema.head.document_types import DocumentType, document_type, promulgates
from schema.head.ground_openings import opens_ground
from schema.head.head_wordings import HeadWording, find_head_wording, wordings
from schema.head.persons import as_person
from schema.head.segment import Segment
from schema.misread import find_wording, nearly
from schema.outline.flow import PrintedLine
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import load_rules
from schema.values.dates_and_symbols import find_dates, find_symbols

# From the motto to the heading stand at most the two columns of a letterhead and a "V/v" of some lines.
_LETTERHEAD_LINES = 14
_LINES_ABOVE_MOTTO = 9
"""Lines of the left column of a letterhead that may be read before the motto, which heads the right one."""


def read_segments(lines: Sequence[PrintedLine]) -> tuple[Segment, ...]:
    """The documents of a file in order, a decision and its attached plan as one (the plan, with `decision` set)."""
    starts: list[Segment] = []
    after = 0
    for index, line in enumerate(lines):
        kind = None if line.row is not None or index < after else document_type(line.text)
        if kind is None:
            continue
        before = starts[-1] if starts else None
        segment = _segment(lines, index, after, kind) or _behind_decision(lines, index, before, kind)
        if segment is not None:
            starts.append(_with_lost_heading(lines, segment))
            after = index + 1
    if not starts:
        unheaded = _unheaded(lines)
        return (replace(unheaded, end=len(lines)),) if unheaded else ()
    ends = [segment.start for segment in starts[1:]] + [len(lines)]
    return _promulgated(lines, [replace(s, end=end) for s, end in zip(starts, ends, strict=True)])


def read_plans(lines: Sequence[PrintedLine]) -> tuple[Segment, ...]:
    """The plans among the documents of a file; blank forms of a plan are none."""
    found = (s for s in read_segments(lines) if s.kind.role == "plan" or _holds_plan(lines, s))
    return tuple(segment for segment in found if not is_form(lines, segment))


def _holds_plan(lines: Sequence[PrintedLine], segment: Segment) -> bool:
    """A decision that approves a plan and sets it out in its own articles, with the headings of a plan."""
    if segment.kind.role != "promulgates":
        return False
    title = " ".join(plain(line.text) for line in lines[segment.heading : segment.heading + 5])
    body = lines[segment.heading + 1 : segment.end]
    sets_out = any(find_head_wording("plan_heading", plain(line.text)) for line in body)
    return sets_out and find_head_wording("plan_title", title) is not None


_LEADER = re.compile(r"(?:[.…_]\s?){4,}|…{2,}|(?:^|[^\s,;])\s…(?!\w)")
"""A blank: dots, or the sign of three of them alone, "Số … /QĐ-UBND"; none that ends a list, "VNPT, …"."""


def is_form(lines: Sequence[PrintedLine], segment: Segment) -> bool:
    """Whether it is a blank form: 'Mẫu số 01' above it, or dots where number, date and title would stand."""
    head = lines[segment.first : segment.heading + 7]
    above = lines[segment.first : segment.heading]
    if any(find_head_wording("form", plain(line.text)) for line in above):
        return True
    return sum(_LEADER.search(line.text) is not None for line in head) >= 3


def _segment(lines: Sequence[PrintedLine], index: int, after: int, kind: DocumentType) -> Segment | None:
    """The segment whose heading is lines[index]; None where nothing shows that a document begins there."""
    attached = _is_attached(lines, index)
    motto = _motto_above(lines, index, after)
    if motto is not None:
        return Segment(_letterhead_start(lines, motto, after), index, index, kind, attached)
    if after == 0 and _near_top(lines, index) and kind.capitals and not _goes_on(lines[index].text, kind):
        return Segment(0, index, index, kind, attached)
    if kind.role == "plan" and attached and nearly(lines[index].text[: len(kind.name) + 1], plain(kind.name)):
        return Segment(index, index, index, kind, attached)
    return None


def _behind_decision(
    lines: Sequence[PrintedLine], index: int, before: Segment | None, kind: DocumentType
) -> Segment | None:
    """The plan that a decision promulgates, its heading alone in a line behind the articles; None for any other line.

    For plans without the note "(Ban hành kèm theo Quyết định số ...)" below their title.
    """
    alone = kind.role == "plan" and plain(lines[index].text).strip(" .:") == plain(kind.name)
    if not alone or before is None or not _is_on(lines, before, kind):
        return None
    between = lines[before.heading + 1 : index]
    decided = any(find_head_wording("article", plain(line.text)) for line in between)
    return Segment(index, index, index, kind, attached=True) if decided else None


_LETTERS_OF_LINE = 5
"""Letters from which a line above a heading is one of the letterhead, not a scrap that a stamp left."""
_SCRAPS = 10
"""Such scraps above a heading, at most."""


def _near_top(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether a line stands where a heading does; a stamp over the letterhead breaks its lines into scraps."""
    if index >= _LETTERHEAD_LINES + _SCRAPS or lines[index].page != lines[0].page:
        return False
    return sum(sum(map(str.isalpha, line.text)) >= _LETTERS_OF_LINE for line in lines[:index]) < _LETTERHEAD_LINES


def _with_lost_heading(lines: Sequence[PrintedLine], segment: Segment) -> Segment:
    """A decision of which only the 'QUYẾT ĐỊNH:' below its grounds was read: its title begins below the letterhead."""
    if not promulgates(lines[segment.heading].text):
        return segment
    above = range(segment.start, segment.heading)
    subject = (at for at in above if find_head_wording("subject_of_decision", plain(lines[at].text)))
    first = next(subject, None)
    grounds = any(opens_ground(lines[at].text) for at in above)
    return replace(segment, heading=first, headed=False) if first is not None and grounds else segment


_ALIKE = 60.0
"""Per cent of letters that a garbled heading shares with the sort that the number names."""


def _unheaded(lines: Sequence[PrintedLine]) -> Segment | None:
    """A document whose heading was lost: its letterhead has motto and number, whose symbol names its sort."""
    top = range(min(len(lines), _LETTERHEAD_LINES))
    symbols = {at: found for at in top if (found := _symbol_of(lines[at].text)) is not None}
    mottos = [at for at in top if any(find_wording(lines[at].text, row.pattern) for row in _mottoes())]
    if not symbols or not mottos:
        return None
    at, symbol = next(iter(symbols.items()))
    kind = _sort_of(symbol)
    dates = [
        i for i in top if _is_dated(lines[i].text) and not opens_ground(lines[i].text) and i <= max(at, *mottos) + 3
    ]
    below = max(at, *mottos, *dates) + 1
    if kind is None or below >= len(lines):
        return None
    garbled = fuzz.ratio(plain(lines[below].text), plain(kind.name)) >= _ALIKE
    return Segment(0, below, below, kind, _is_attached(lines, below), headed=garbled)


def _is_dated(text: str) -> bool:
    return bool(find_dates(text)) or find_head_wording("unread_date", plain(text)) is not None


def _symbol_of(text: str) -> str | None:
    """The symbol of a letterhead's number: 'KH-UBND', or '/KH-UBND' where a hand wrote the number beyond reading."""
    if not _is_numbered(text):
        return None
    found = find_symbols(text)
    hand = find_head_wording("symbol_behind_hand", plain(text))
    return found[0].symbol if found else text[hand.start("symbol") : hand.end("symbol")] if hand else None


def _mottoes() -> tuple[HeadWording, ...]:
    return (*wordings("motto"), *wordings("second_motto"))


def _sort_of(symbol: str) -> DocumentType | None:
    """The sort that the first part of a symbol stands for: 'KH-UBND' is a Kế hoạch."""
    code = symbol.lstrip("/").split("-")[0]
    return next((rule for rule in load_rules("document_types", DocumentType) if rule.code == code), None)


def _goes_on(text: str, kind: DocumentType) -> bool:
    """'KẾ HOẠCH này ...': the heading's words within a sentence."""
    found = kind.regex.match(plain(text).strip())
    rest = text.strip()[found.end() :].strip(" :.-") if found else ""
    return rest[:1].islower()


def _motto_above(lines: Sequence[PrintedLine], index: int, after: int) -> int | None:
    """The line of the motto in the letterhead above lines[index]; with no motto, of a 'Số: .../KH-UBND'."""
    window = range(max(after, index - _LETTERHEAD_LINES), index)
    for at in window:
        if any(find_wording(lines[at].text, row.pattern) for row in wordings("motto")):
            return at
    numbered = (at for at in window if _is_numbered(lines[at].text) and find_symbols(lines[at].text))
    return next(numbered, None)


def _letterhead_start(lines: Sequence[PrintedLine], motto: int, after: int) -> int:
    """The issuer may stand above the motto, when the left column is read first: back to the top of the page."""
    page = lines[motto].page
    first = motto
    while first > after and lines[first - 1].page == page:
        first -= 1
    if motto - first <= _LINES_ABOVE_MOTTO and after == 0:
        return first
    above = motto
    while above > first and motto - above < _LINES_ABOVE_MOTTO and _may_be_letterhead(lines[above - 1].text):
        above -= 1
    return above


def _may_be_letterhead(text: str) -> bool:
    return (mostly_capitals(text) or bool(find_symbols(text))) and as_person(text) is None


def _is_numbered(text: str) -> bool:
    return find_head_wording("numbered", plain(text)) is not None


def _is_attached(lines: Sequence[PrintedLine], heading: int) -> bool:
    following = lines[heading + 1 : heading + 9]
    return any(find_head_wording("attached_note", plain(line.text)) for line in following if line.row is None)


def _promulgated(lines: Sequence[PrintedLine], segments: Sequence[Segment]) -> tuple[Segment, ...]:
    result: list[Segment] = []
    for segment in segments:
        before = result[-1] if result else None
        if before is not None and _belongs(lines, before, segment):
            result[-1] = replace(segment, decision=before)
        else:
            result.append(segment)
    return tuple(result)


def _belongs(lines: Sequence[PrintedLine], decision: Segment, plan: Segment) -> bool:
    """A plan behind a decision: it says so, or the decision is on a plan and this one has no number of its own."""
    if plan.kind.role != "plan" or decision.kind.role != "promulgates":
        return False
    own = [line for line in lines[plan.start : plan.heading] if _is_numbered(line.text)]
    return plan.attached or (_is_on(lines, decision, plan.kind) and not own)


def _is_on(lines: Sequence[PrintedLine], decision: Segment, kind: DocumentType) -> bool:
    """Whether a document is a decision whose title names that sort of document."""
    title = " ".join(plain(line.text) for line in lines[decision.heading : decision.heading + 5])
    return decision.kind.role == "promulgates" and plain(kind.name) in title
