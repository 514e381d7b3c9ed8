"""Legal bases: every instrument that the grounds of a plan cite, in order, repeats included.

Of the instruments in one ground those count that the plan itself stands on: the first, and those set beside it by ';',
',' or 'và'. One that a cited instrument merely speaks of ("... về thực hiện Nghị quyết số 01-NQ/TU") does not count.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from schema.head.citations import Basis, Mention, amends, bases_of, find_mentions, is_cited, is_law
from schema.head.ground_openings import BULLETS, opens_ground, words_apart
from schema.head.head_wordings import head_regex
from schema.outline.flow import PrintedLine
from schema.outline.passages import Passage, passage_of
from schema.plain import plain
from schema.records import LegalBasisRow
from schema.values.dates_and_symbols import find_symbols

# A citation without its number, or its date, is as often misread as it is printed so.
_COMPLETE = 0.7


def read_bases(lines: Sequence[PrintedLine]) -> tuple[tuple[Basis, ...], Passage]:
    """The instruments cited in the lines of the grounds, with the passage that their spans point into."""
    passage = passage_of(lines)
    edges = [*_starts(passage), len(passage.text)]
    found = [basis for start, end in pairwise(edges) for basis in read_ground(passage.text, start, end)]
    return tuple(found), passage


def _starts(passage: Passage) -> list[int]:
    text, flat = passage.text, plain(passage.text)
    starts = set()
    for line, start in zip(passage.lines, passage.starts, strict=True):
        small = line.text.lstrip(BULLETS)[:1].islower()
        ended = flat[:start].rstrip().endswith(";" if small else (";", "."))
        if opens_ground(line.text) or (ended and _misread_opening(text[start : start + _LONGEST_OPENING])):
            starts.add(start)
    for match in head_regex("next_ground").finditer(flat):
        if text[match.end()].isupper():
            starts.add(match.end())
    starts |= {match.end() for match in head_regex("next_proposal").finditer(flat)}
    return sorted(starts)


_MISREAD_LEAD = 3
"""Words."""
_LONGEST_OPENING = 60
"""Characters in which the first instrument of a ground is named."""


def _misread_opening(text: str) -> bool:
    """A line after a full stop that cites an instrument within three words, 'Cén cir Luật', or at once in a list."""
    mention = next(find_mentions(text, 0, len(text)), None)
    if mention is None or not is_cited(text, mention, len(text)):
        return False
    return len(text[: mention.start].split()) <= _MISREAD_LEAD


def read_ground(text: str, start: int, end: int) -> tuple[Basis, ...]:
    """The instruments that one ground, text[start:end], counts.

    >>> t = "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về thực hiện Kết luận số 1-KL/TW;"
    >>> [(b.number, b.issuer) for b in read_ground(t, 0, len(t))]
    [('76/NQ-CP', 'Chính phủ')]
    """
    mentions = list(find_mentions(text, start, end))
    counted = _counted(text, start, end, mentions)
    result: list[Basis] = []
    for mention in counted:
        later = (m.start for m in mentions if m.start > mention.start and (m in counted or is_cited(text, m, end)))
        result += bases_of(text, mention, next(later, end))
    return tuple(result)


def _counted(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Those of the instruments named in text[start:end] that are grounds themselves."""
    if not _opens(text[start:end]):
        return []
    counted: list[Mention] = []
    trail: Mention | None = None
    referred = guided = False
    for mention, begins in _announced(text, end, mentions):
        if _is_aside(text, start, mention, end):
            if counted and _number_behind(text, mention) == _number_behind(text, counted[-1]):
                trail, referred = counted[-1], False
            continue
        before = text[(trail.end if trail else start) : begins]
        if _counts(text, before, mention, trail, referred or (mention.rule.named and guided)):
            counted.append(mention)
            referred = False
        else:
            guides = trail is not None and _guides(text, trail, mention)
            guided = mention.rule.named and (guided or guides)
            if not is_cited(text, mention, end):
                continue
            referred = referred or not guided
        trail = mention
    return counted


def _opens(ground: str) -> bool:
    """Whether a text begins as a ground does, if misread."""
    opening = head_regex("opens_ground").match(words_apart(ground).lstrip(BULLETS))
    return opening is not None or _misread_opening(ground[:_LONGEST_OPENING])


def _announced(text: str, end: int, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """The instruments, each with where its kind was named first: before a list of several, or where it stands."""
    announced: Mention | None = None
    for mention, following in zip_longest(mentions, mentions[1:]):
        if _announces(text, mention, following, end):
            announced = mention
        else:
            yield mention, (announced or mention).start
            announced = None


def _is_aside(text: str, start: int, mention: Mention, end: int) -> bool:
    """Whether an instrument in brackets is no ground of its own: '(thực hiện Quyết định số 31/QĐ-TTg)', and '(Nghị
    quyết số 5/NQ-CP)', which names once more what was cited.

    '(tại Tờ trình số 5/TTr-SYT)' and '(được sửa đổi bởi Nghị định số 7/2021/NĐ-CP)' are grounds; not so a law that has
    changed the one before it.
    """
    bracket = text.rfind("(", start, mention.start)
    if bracket <= text.rfind(")", start, mention.start):
        return False
    inside = plain(text[bracket : mention.start])
    if head_regex("put_forward").match(inside) or head_regex("amended_by").search(inside):
        return mention.rule.named
    return text.find(")", mention.end, end) >= 0


def _number_behind(text: str, mention: Mention) -> str | None:
    return next((symbol.number for symbol in find_symbols(text[mention.end : mention.end + 40])), None)


def _announces(text: str, mention: Mention, following: Mention | None, end: int) -> bool:
    """'các Quyết định của Thủ tướng Chính phủ: Quyết định số 21/QĐ-TTg ...': the kind of those listed behind."""
    if following is None or is_cited(text, mention, end) or not is_cited(text, following, end):
        return False
    return text[mention.end : following.start].rstrip().endswith(":")


def _guides(text: str, decree: Mention, law: Mention) -> bool:
    """'Nghị định ... quy định chi tiết một số điều của Luật A và Quyết định số 5': the law ends what it is about."""
    return head_regex("guides").search(plain(text[decree.end : law.start])) is not None


def _counts(text: str, before: str, mention: Mention, trail: Mention | None, referred: bool) -> bool:
    """before: what stands between the last instrument, or the start of the ground, and this one or its kind's name."""
    between = words_apart(before).lstrip(BULLETS)
    if trail is None:
        opening = head_regex("opens_ground").match(between)
        lead = between[opening.end() :] if opening else between
        return head_regex("plain_lead").match(lead) is not None or is_cited(text, mention, len(text))
    if between.rstrip().endswith(";"):
        return text[mention.start].isupper()
    # "Luật A được sửa đổi tại Luật sửa đổi một số điều của Luật A" is one law as it stands now.
    amended_by = not mention.rule.named and head_regex("amended_by").search(between) is not None
    return (
        not referred
        and (amended_by or head_regex("beside").search(between) is not None)
        and is_cited(text, mention, len(text))
        and not (trail.rule.named and mention.rule.named and amends(text, trail, mention))
    )


def basis_rows(plan_id: str, grounds: Sequence[Sequence[PrintedLine]]) -> tuple[LegalBasisRow, ...]:
    """The lines of the grounds, of the decision and of the plan it promulgates, as rows of the output."""
    read = [(basis, passage) for bases, passage in map(read_bases, grounds) for basis in bases]
    rows = []
    for ordinal, (basis, passage) in enumerate(read, 1):
        on = passage.lines_of(basis.start, basis.end)
        sure = min((line.confidence for line in on), default=1.0)
        lacking = (basis.number is None) + (basis.date is None and not is_law(basis.instrument))
        rows.append(
            LegalBasisRow(
                plan_id=plan_id,
                ordinal=ordinal,
                instrument=basis.instrument,
                number=basis.number,
                date=basis.date,
                issuer=basis.issuer,
                page=on[0].page_number if on else 1,
                raw_text=passage.raw_of(basis.start, basis.end),
                confidence=sure * _COMPLETE**lacking,
            )
        )
    return tuple(rows)
