"""The title of a document: what stands below the line that names its sort, up to the grounds or the body."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from schema.head.bodies import IssuerRule
from schema.head.ground_openings import opens_ground, words_apart
from schema.head.head_wordings import find_head_wording, wordings
from schema.head.segment import Segment
from schema.outline.flow import PrintedLine
from schema.outline.numbering import DivisionRule
from schema.outline.parts import mostly_capitals
from schema.plain import plain
from schema.ruletable import load_rules
from schema.values.dates_and_symbols import find_symbols

_LONGEST_TITLE = 8
"""Lines of the longest title."""
# Lines less sure than this are specks, stamps and strokes of the pen that a recogniser made letters of.
_JUNK = 0.35


def is_subject(text: str) -> bool:
    """Whether the line says what a letter is about: 'V/v ...'."""
    return find_head_wording("subject", plain(text)) is not None


# No digit behind the mark of the number: '22/12/2024 của Bộ Chính trị' begins a line of a ground that was broken.
_MARKER = re.compile(r"(?:[IVX]{1,5}|[A-H]|\d{1,2}(?:\.\d{1,2}){0,2})\s?[.,)/](?![\d/])\s*\S")


@cache
def _division() -> re.Pattern[str]:
    """A division that may open the body, with its number or the word of an ordinal: 'Phần thứ nhất', 'CHƯƠNG I'."""
    rows = [rule for rule in load_rules("divisions", DivisionRule) if rule.outer]
    words, ordinals = _either_case(row.word for row in rows), _either_case(row.ordinal for row in rows if row.ordinal)
    return re.compile(rf"(?:{words})\s+(?:(?:{ordinals})\s|[IVX\d])")


def _either_case(words: Iterable[str]) -> str:
    """The words as they are and in capitals, as alternatives of a pattern."""
    return "|".join(dict.fromkeys(form for word in words for form in (word, word.upper())))


def is_numbered(text: str) -> bool:
    """Whether a heading's number opens the line; '71/NQ-CP ngày ...' goes on with a ground, 'V/V ...' is a subject."""
    if not (_MARKER.match(text) or _division().match(text)) or is_subject(text):
        return False
    return not any(symbol.start == 0 for symbol in find_symbols(text))


def read_title(lines: Sequence[PrintedLine], segment: Segment) -> tuple[str | None, tuple[int, ...]]:
    """The title of the segment and the indices of its lines; None and () where it has none."""
    texts, at = [], []
    rest = _after_heading(lines[segment.heading].text, segment) if segment.headed else ""
    if rest:
        texts.append(rest)
        at.append(segment.heading)
    for index in range(segment.below, min(segment.end, segment.below + _LONGEST_TITLE)):
        text = lines[index].text.strip()
        if not any(c.isalpha() or c.isdigit() for c in text) or lines[index].confidence < _JUNK:
            continue
        if _ends_title(text, bool(texts), texts[-1] if texts else "") or _is_running_text(text, texts):
            break
        texts.append(text)
        at.append(index)
    return _without_scraps(" ".join(texts)), tuple(at)


_SPECK_BEHIND_YEAR = re.compile(r"(?<=\b20\d\d)\s+\S$")
_SCRAP = re.compile(r"(?<!\S)(?:[^\w\s]{2,}|[^\w\s&/–-])_*(?!\S)")


def _without_scraps(title: str) -> str | None:
    """The title without what dust and rules were read as; None where nothing is left."""
    whole = " ".join(_SCRAP.sub(" ", title).split()).strip(" -–_*.:;,")
    return _SPECK_BEHIND_YEAR.sub("", whole) or None


def _after_heading(text: str, segment: Segment) -> str:
    """What follows the heading's own words on its line."""
    found = segment.kind.regex.match(plain(text))
    return text[found.end() :].strip(" :.-–") if found else ""


def _ends_title(text: str, begun: bool, before: str) -> bool:
    flat = plain(text)
    if find_head_wording("note", flat) or find_head_wording("addressee", flat) or is_numbered(text):
        return True
    if not begun:
        return False
    cites = opens_ground(text) and _cites(words_apart(text))
    if find_head_wording("dangling", plain(before)) and not (
        cites and (find_symbols(text) or find_head_wording("always_ground", flat))
    ):
        return False
    return cites or _is_authority(text) or _says_what_for(text) or before.rstrip().endswith((".", ";"))


# Words on a line of running text; the longest line of a title that is set below one in capitals has fewer.
_WORDS_OF_LINE = 11


def _is_running_text(text: str, title: Sequence[str]) -> bool:
    """A full line in running case below a title that was set in capitals: the body begins without a ground."""
    worded = [line for line in title if any(map(str.isalpha, line))]  # "... GIAI ĐOẠN 2026 -" goes on with "2030"
    set_in_capitals = bool(worded) and all(map(mostly_capitals, worded))
    return set_in_capitals and text[:1].isupper() and not mostly_capitals(text) and len(text.split()) >= _WORDS_OF_LINE


def _cites(flat: str) -> bool:
    """'Căn cứ' always opens a ground; 'Thực hiện' only before an instrument or an order, as titles begin so too."""
    return any(find_head_wording(kind, flat) for kind in ("always_ground", "cites"))


def _says_what_for(text: str) -> bool:
    """'Để nâng cao chất lượng phục vụ, UBND xã ...' begins the body; 'nhằm nâng cao ...' goes on with a title."""
    return text[:1].isupper() and not mostly_capitals(text) and any(rule.matches(text) for rule in wordings("purpose"))


def _is_authority(text: str) -> bool:
    """The line that issues or introduces: 'CHỦ TỊCH ỦY BAN NHÂN DÂN ...', 'Ủy ban nhân dân xã ... xây dựng ...'."""
    flat = plain(text)
    if find_head_wording("authority", flat) and mostly_capitals(text):
        return True
    body = next((r for r in load_rules("issuers", IssuerRule) if r.of_unit and r.matches(text)), None)
    return body is not None
