"""The header of a table whose columns an OCR run together: which lines are it, and the columns that they name."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from normalize.letters import CAPITAL, SMALL
from schema.ruletable import load_rules
from schema.tables.cell_words import starts
from schema.tables.columns import AGENCY_FIELDS, TIME_FIELDS, ColumnRule, Field, fields_are_tasks, says
from schema.values.folding import folded

_WINDOW = 16
"""Lines that a header takes at most, where each of its cells is read for itself."""
_COVERED = 0.75
_MOST_SCRAP = 4
"""Words of a misread line amid a header."""
_LONGEST = 120
_LISTED = 3
"""Commas of a line that names columns in a sentence ('Nhiệm vụ, cơ quan chủ trì, sản phẩm, thời gian nêu tại ...')."""
_WORD_ALIKE = 80
_SPANNING = 4
"""Words of the longest name of columns together."""
_LONG_WORD = 4
"""Letters from which a word may be misread and still be known."""
_REPEATED, _REPEATED_WHOLE = 65, 55
_TELLING = 12
"""Characters of a header's line below which another line may be like it by chance."""
_DUTIES = AGENCY_FIELDS | TIME_FIELDS | {Field.TASK, Field.TOPIC, Field.OUTPUT, Field.NUMBER, Field.BUDGET}
_PROVEN = 4
"""Columns of a table of tasks that prove one though words run together look like another kind: 'THỜI | PHÍ'."""
_WORDS_OF_PROVEN = 6
"""Words of the shortest names of so many columns: 'TT Nhiệm vụ Chủ trì Tiến độ' has one more."""
_ROLES = frozenset({Field.LEAD, Field.PARTNERS, Field.APPROVER, Field.OVERSEER})
_DIRT = re.compile(rf"(?<!\w)[{SMALL}](?!\w)")
"""A small letter that stands alone; a capital may number a heading."""
_AMID_SENTENCE = re.compile(rf"[{SMALL}]{{2}}")
CAPITAL_WORD = re.compile(rf"(?<!\w)[{CAPITAL}]")
_NUMBERED = re.compile(r"(?:[IVX]{1,4}|[A-G])\b[. ]|\d")
_SENTENCE = re.compile(rf"[.;](?: [^\W\d{SMALL}]|$)")
_FACT = re.compile(r"^[a-zđ]\) |\d/\d{1,2}/(?:19|20)\d\d|\d\s?%|[^\W\d] \d{1,2} [^\W\d]{2}")
"""What no header says: a day, a share, an item of a list, how many of something."""
_CLAUSE = re.compile(rf"^[-–+] |[{SMALL}]; ?[{SMALL}]")
"""An item of a list, or a further part of a sentence: '- Chủ trì rà soát nội dung; phối hợp với Sở Nội vụ'."""
_APART = 4
"""Lines between the two words of a name that was read across the columns."""


@dataclass(frozen=True)
class HeaderPair:
    """Pairs of words that name a column though others stand between them, or words that do alone. pairs: folded."""

    field: str
    pairs: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Field(self.field)

    def matches(self, text: str) -> bool:
        return self.found_in([folded(text)]) is not None

    @cached_property
    def words(self) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
        """The first word of each pair, it as a regular expression, and its second one; None where it has none."""
        pairs = [pair.split() for pair in self.pairs]
        whole = [[re.compile(rf"\b{word}\b") for word in pair] for pair in pairs]
        return tuple(
            (pair[0], found[0], found[1] if found[1:] else None) for pair, found in zip(pairs, whole, strict=True)
        )

    def found_in(self, lines: Sequence[str]) -> "Spot | None":
        """Where the first pair begins in folded lines."""
        for word, first, second in self.words:
            for number, line in enumerate(lines):
                for hit in first.finditer(line) if word in line else ():
                    rest = [line[hit.end() :], *lines[number + 1 : number + 1 + _APART]]
                    if second is None or any(second.search(part) for part in rest):
                        return Spot(Field(self.field), number, hit.start())
        return None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a header where a column is named. line, at: from 0; at: character of the line."""

    field: Field
    line: int
    at: int


@cache
def _header_words() -> tuple[str, ...]:
    rules = [rule for rule in load_rules("columns", ColumnRule) if rule.field != Field.FOREIGN and not rule.rare]
    found = {word for rule in rules for text in rule.examples for word in re.findall(r"\w+", folded(text))}
    return tuple(sorted(found))


@lru_cache(20_000)
def _is_header_word(word: str) -> bool:
    words = _header_words()
    if word in words or len(word) < _LONG_WORD:
        return word in words
    return process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_WORD_ALIKE) is not None


@lru_cache(20_000)
def _header_words_of(text: str) -> tuple[int, int]:
    """How many words of a line stand in headers of tables, a letter or two misread, and how many words it has."""
    found = re.findall(r"[^\W\d_]+", folded(_DIRT.sub(" ", text)))
    return sum(map(_is_header_word, found)), len(found)


def covered(text: str) -> float:
    """Share of a line's words that stand in headers of tables, a letter or two misread; 0 for a line without words."""
    known, words = _header_words_of(text)
    return known / words if words else 0.0


def header_at(texts: Sequence[str], at: int) -> int:
    """How many lines from `at` on are the header of a table of tasks; 0 where none begins."""
    if _AMID_SENTENCE.match(texts[at]) and not _names_many(texts[at]):
        return 0  # the middle of a sentence; a single small letter may be dirt
    count = _headed(texts, at)
    if not count:
        return 0
    fields = {spot.field for spot in spots_of(texts[at : at + count])}
    if not names_tasks(fields):
        return 0
    if {spot.field for spot in spots_of(texts[at + 1 : at + count])} == fields and not _spans_columns(texts[at]):
        return 0  # a title, whose words a header has too: the header begins below it
    while count > 1 and {spot.field for spot in spots_of(texts[at : at + count - 1])} == fields:
        if texts[at + count - 1][:1].islower() or covered(texts[at + count - 1]) == 1.0:
            break
        count -= 1
    return count


def torn_header_at(texts: Sequence[str], at: int) -> int:
    """How many lines from `at` on are a header of which nothing is left but the column of numbers and that of tasks:
    'STT Nội dung công việc wee ủy etc hoàn cụ'; 0 where none is. Any table may have it: its rows must tell.

    >>> torn_header_at(["STT Nội dung công việc wee eus hoan cy"], 0), torn_header_at(["STT Nội dung công việc"], 0)
    (1, 0)
    """
    text = texts[at]
    if not says("counts_rows", text) or len(text) > _LONGEST or covered(text) == 1.0:
        return 0
    fields = {spot.field for spot in spots_of([text])}
    return int(bool(fields & {Field.TASK, Field.TOPIC}) and fields <= {Field.NUMBER, Field.TASK, Field.TOPIC})


def _is_title(text: str) -> bool:
    """Whether a line is the title of an appendix: 'NHIỆM VỤ VÀ LỘ TRÌNH THỰC HIỆN GIAI ĐOẠN 2026 - 2030'."""
    return text.isupper() and says("of_years", text) and not _names_many(text)


def _spans_columns(text: str) -> bool:
    """Whether a line is the name set above the columns of those who share a task: 'Trách nhiệm thực hiện'."""
    named = {spot.field for spot in spots_of([text])}
    return bool(named) and named <= AGENCY_FIELDS and len(text.split()) <= _SPANNING and covered(text) == 1.0


def _headed(texts: Sequence[str], at: int) -> int:
    """How many lines from `at` on are made of words of headers, scrap between them allowed."""
    last = 0
    for count in range(1, min(_WINDOW, len(texts) - at) + 1):
        text = texts[at + count - 1]
        scrap = covered(text) < _COVERED
        if len(text) > _LONGEST:
            break
        if scrap and not _names_many(text) and (len(text.split()) > _MOST_SCRAP or count - last > 1):
            break
        if (
            _SENTENCE.search(text)
            or _FACT.search(text)
            or says("introduces", text)
            or (_CLAUSE.search(text) and not _names_many(text))
            or _is_title(text)
            or text.count(",") >= _LISTED
            or (_NUMBERED.match(text) and not _names_columns(text))
        ):
            break
        last = last if scrap and not _names_many(text) else count
    return last


def _names_many(text: str) -> bool:
    """Whether a line names so many columns that it is of a header, however much of it is misread."""
    if _header_words_of(text)[0] < _WORDS_OF_PROVEN or len(CAPITAL_WORD.findall(text)) < _PROVEN:
        return False  # each name begins with a capital; most lines of sentences end here, at a small part of the cost
    return len({spot.field for spot in spots_of([text])}) >= _PROVEN


def _names_columns(text: str) -> bool:
    return len({spot.field for spot in spots_of([text])}) >= 2


def names_tasks(fields: Set[Field]) -> bool:
    """Whether columns that a header names, some perhaps lost to misreading, are those of a table of tasks."""
    if Field.FOREIGN in fields and len(fields & _DUTIES) < _PROVEN:
        return False
    timed = Field.NUMBER in fields and bool(fields & {Field.TASK, Field.TOPIC}) and bool(fields & TIME_FIELDS)
    shared = bool(fields & AGENCY_FIELDS) and bool(fields & TIME_FIELDS) and len(fields) >= 3
    return fields_are_tasks(fields - {Field.FOREIGN}) or timed or shared


def spots_of(window: Sequence[str]) -> list[Spot]:
    """Where the lines of a header name fields; words that one rule took are hidden from the later ones."""
    spots: list[Spot] = []
    hidden: list[str] = []
    for number, text in enumerate(window):
        plain = folded(text)
        if says("counts_rows", text):
            spots.append(Spot(Field.NUMBER, number, 0))
        for rule in load_rules("columns", ColumnRule):
            if rule.field == Field.AGENCIES:
                continue
            for hit in rule.regex.finditer(plain):
                spots.append(Spot(Field(rule.field), number, hit.start()))
                plain = plain[: hit.start()] + "#" * (hit.end() - hit.start()) + plain[hit.end() :]
        hidden.append(plain)
    have = {spot.field for spot in spots}
    for pair in load_rules("header_pairs", HeaderPair):
        found = pair.found_in(hidden) if pair.field not in have else None
        if found and (found.line, found.at) not in {(spot.line, spot.at) for spot in spots}:
            spots.append(found)
    return sorted(spots, key=lambda spot: (spot.line, spot.at))


def roles_below(header: Sequence[str], spots: Sequence[Spot]) -> list[Spot]:
    """Roles that stand below the first words of their names, where those are: 'Đơn vị  Đơn vị  Thời gian' above
    'chủ trì  phối hợp'. None on a line that has more or fewer roles than such words stand above it. What stands above
    the name of the numbers is its first word: 'Số' (read 'Sở') above 'TT'.
    """
    found: list[Spot] = []
    for number, text in enumerate(header[:-1]):
        own = [spot.at for spot in spots if spot.line == number and spot.field in _ROLES]
        own += [spot.at for spot in spots if spot.line == number + 1 and spot.field is Field.NUMBER]
        heads = [at for at, stop in pairwise([*_name_heads(text), len(text)]) if not any(at <= o < stop for o in own)]
        roles = [spot for spot in spots if spot.line == number + 1 and spot.field in _ROLES]
        if len(heads) == len(roles):
            found += [Spot(role.field, number, at) for role, at in zip(roles, heads, strict=True)]
    return found


def _name_heads(text: str) -> Iterator[int]:
    """Where the first words of organisations stand on a line of a header."""
    for word in re.finditer(rf"(?<!, )(?<!\w)[{CAPITAL}]", text):
        if starts("agency_head", text[word.start() :]):
            yield word.start()


def repeats(texts: Sequence[str], header: Sequence[str]) -> tuple[range, ...]:
    """Where a header is printed again on later pages, read well or badly: the lines of each."""
    own = [folded(line) for line in header if len(line) >= _TELLING]
    named = {spot.field for spot in spots_of(header)}
    found: list[range] = []
    at = 0
    while at < len(texts):
        stop = last = at
        while stop < len(texts) and stop - at < _WINDOW and (stop == last or at < last == stop - 1):
            if _is_of(texts[stop], own):
                last = stop + 1
            stop += 1
        again = {spot.field for spot in spots_of(texts[at:last])} & named
        if len(again) >= max(2, len(named) / 2) and _looks_like(texts[at:last], header):
            found.append(range(at, last))
        at = max(last, at + 1)
    return tuple(found)


def _looks_like(block: Sequence[str], header: Sequence[str]) -> bool:
    """Whether lines hold a header again, whole or one of its lines, and not rows that use some of its words."""
    own = [folded(line) for line in header if len(line) >= _TELLING]
    whole = fuzz.token_sort_ratio(folded(" ".join(block)), folded(" ".join(header))) >= _REPEATED_WHOLE
    return whole or any(fuzz.ratio(folded(text), line) >= _REPEATED for text in block for line in own)


def _is_of(text: str, header: Sequence[str]) -> bool:
    plain = folded(text)
    if re.match(r"\d", text) or len(text) > _LONGEST:
        return False
    worded = covered(text) >= _COVERED and not re.search(r"\d", text)
    return worded or any(fuzz.ratio(plain, line) >= _REPEATED for line in header)
