"""Cells of organisations and times of parted rows, mended by what the same table shows elsewhere, or left empty.

A cell that repeats one of the table's usual cells but for dirt and lost letters is that cell; one that holds no word of
an organisation, or of a time, is a mixture or scrap, and no value is better than a wrong one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from rapidfuzz import fuzz

from normalize.careful import is_odd
from schema.organisations.agency_names import name_words
from schema.ruletable import load_rules
from schema.run_together.known_cells import PEOPLE, SHORT_FIELDS, KnownCells, Run, text_of, tokens_of, without_scrap
from schema.run_together.text_rows import Layout, UntangledRow
from schema.tables.cell_words import agency_share, in_vocabulary, starts, unfinished
from schema.tables.columns import TIME_FIELDS, Field
from schema.values.deadlines import names_a_time
from schema.values.folding import folded

_USUAL = 3
"""Rows in which a cell stands alike from which another may be a misreading of it."""
_SHARED = 0.5
"""Share of a usual cell's letters that are left in a misreading of it."""
_ALIKE = 60
"""Likeness of letters from which a word stands where those of the usual cell were lost."""
_NAME_WORDS = 3
"""Words of a name from which others may be left out amid it."""
_LEGIBLE, _REACH = 4, 2
"""Words of a cell from which they say something alone; how many of the last ones show that it ends in scrap."""
_SPECK = 2
_LONGEST_TAIL = 4
"""Words of another column behind a name at most."""
_JOINTS = frozenset("-–—&/;,+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class MisreadHead:
    """The first word of an organisation's name as engines misread it where the name goes on with a capital."""

    right: str
    read: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return text_of(_with_head(tokens_of(text))) != text


def mended_rows(rows: Sequence[UntangledRow], layout: Layout, known: KnownCells) -> tuple[UntangledRow, ...]:
    """The rows with cells mended or emptied; such a row is doubtful."""
    headed = [replace(row, cells=_heads_mended(row.cells, layout.fields)) for row in rows]
    usual = _usual(headed, layout.fields)
    return tuple(_mended(row, layout.fields, usual, known) for row in headed)


def _heads_mended(cells: Sequence[Run], fields: Sequence[Field]) -> tuple[Run, ...]:
    return tuple(_with_head(cell) if field in PEOPLE else cell for field, cell in zip(fields, cells, strict=False))


def _with_head(cell: Run) -> Run:
    if len(cell) < 2 or not cell[1].capital or cell[0].text not in _misread_heads():
        return cell
    return (*tokens_of(_misread_heads()[cell[0].text]), *cell[1:])


@cache
def _misread_heads() -> Mapping[str, str]:
    return {read: rule.right for rule in load_rules("misread_heads", MisreadHead) for read in rule.read}


def _usual(rows: Sequence[UntangledRow], fields: Sequence[Field]) -> Mapping[Words, Run]:
    """The cells of organisations that stand alike in several rows, whole: their words, and one of them."""
    cells = [cell for row in rows for field, cell in zip(fields, row.cells, strict=False) if field in PEOPLE and cell]
    counts = Counter(map(_plain_words, cells))
    often = {words for words, count in counts.items() if count >= _USUAL and words}
    found = {_plain_words(cell): cell for cell in cells if _plain_words(cell) in often and _is_name(cell)}
    return {words: cell for words, cell in found.items() if not any(token.scrap for token in cell)}


def _is_name(cell: Run) -> bool:
    text = text_of(cell)
    return starts("agency_head", text) and not unfinished("agency", text)


def _plain_words(cell: Run) -> Words:
    return tuple(folded(token.text).strip(".,;:") for token in without_scrap(cell))


def _mended(row: UntangledRow, fields: Sequence[Field], usual: Mapping[Words, Run], known: KnownCells) -> UntangledRow:
    cells = tuple(
        _cell(cell, field, usual, known) if field in SHORT_FIELDS and cell else _legible(cell)
        for field, cell in zip(fields, row.cells, strict=False)
    )
    return row if cells == row.cells else replace(row, cells=cells, doubtful=True)


def _legible(cell: Run) -> Run:
    """The words of a cell without what stands for nothing at its end, as an engine reads lines of several columns that
    lie half a line apart: 'Công khai thủ tục hành chính ⟨?⟩ C:/nPg ⟨?⟩ glilir?g'; and without what an English model
    made up amid it: 'Công khai pee thủ tục'."""
    kept = [token for token in cell if not (token.scrap and token.text.isascii())]
    while any(token.scrap for token in kept[-_REACH:]):
        kept.pop()
    return tuple(kept) if _LEGIBLE <= len(kept) < len(cell) else cell


def _cell(cell: Run, field: Field, usual: Mapping[Words, Run], known: KnownCells) -> Run:
    if field in PEOPLE and _plain_words(cell) not in usual:
        meant = usual.get(_plain_words(_without_specks(cell))) or _misread(cell, usual)
        if meant:
            return meant
        if named := _named_but_for_specks(cell, known) or _named_but_for_strays(cell, usual, known):
            return named
        if named := _named_but_for_tail(cell, usual, known) or _named_but_for_words(cell, known):
            return named
    kept = tuple(token for token in without_scrap(cell) if token.text in _JOINTS or any(map(str.isalnum, token.text)))
    if not kept or (field in PEOPLE and not _names_somebody(kept, known)) or (field in TIME_FIELDS and _no_time(kept)):
        return ()
    return kept


def _named_but_for_specks(cell: Run, known: KnownCells) -> Run:
    """The cell without the dirt amid its words, where what is left is a known name; else ()."""
    if name_words(text_of(cell)) in known.names:
        return ()
    dirt = [token.text not in _JOINTS and (token.scrap or _is_speck(token.text)) for token in cell]
    stray = [token.text in _JOINTS and any(dirt[max(0, at - 1) : at + 2]) for at, token in enumerate(cell)]
    kept = tuple(token for token, out, beside in zip(cell, dirt, stray, strict=True) if not out and not beside)
    return kept if name_words(text_of(kept)) in known.names else ()


def _named_but_for_strays(cell: Run, usual: Mapping[Words, Run], known: KnownCells) -> Run:
    """The cell without the words of other columns that stand in it, no words of organisations, where what is left is a
    usual cell or a known name ('Phòng Văn trước hóa - Xã hội năm'); else (). Words behind a whole name alone may be its
    own ('Phòng Văn hóa - Xã hội tham mưu')."""
    at_home = [token.text in _JOINTS or _at_home(token.text) for token in cell]
    kept = tuple(token for token, home in zip(cell, at_home, strict=True) if home)
    words = sum(token.text not in _JOINTS for token in kept)
    if words < _NAME_WORDS or words <= len(cell) - len(kept) or cell[: len(kept)] == kept:
        return ()
    return usual.get(_plain_words(kept), kept if name_words(text_of(kept)) in known.names else ())


def _named_but_for_tail(cell: Run, usual: Mapping[Words, Run], known: KnownCells) -> Run:
    """The cell without the small words of another column behind the last of its names, a whole one ('Sở Tư pháp chuyên
    đề'); () where they may be of the name."""
    first = next((at + 1 for at in range(len(cell) - 1, -1, -1) if cell[at].text.endswith(";")), 0)
    for stop in range(len(cell) - 1, max(first + 1, len(cell) - 1 - _LONGEST_TAIL), -1):
        name, tail = cell[first:stop], cell[stop:]
        if name_words(text_of(name)) not in known.names and _plain_words(name) not in usual:
            continue
        again = len(tail) == 1 and folded(tail[0].text) == folded(name[-1].text)
        return cell[:stop] if again or not _may_go_on(name, tail) else ()
    return ()


def _may_go_on(name: Run, tail: Run) -> bool:
    """Whether some words behind a whole name may be of it."""
    text = text_of(tail)
    proper = any(token.capital or not token.text[:1].isalpha() for token in tail if not token.scrap)
    of_it = any(starts(kind, text) for kind in ("agency_tail", "agency_head", "name_goes_on", "role_head", "duty_tail"))
    return proper or of_it or name[-1].text[-1:] in ",-–&/"


def _named_but_for_words(cell: Run, known: KnownCells) -> Run:
    """The cell without a few words amid a known name of which it holds all others in order, from the first to the last
    ('Phòng Kinh tế, Hạ cờ phường tầng và Đô thị'); () where it holds no such name, or several."""
    found: set[Run] = set()
    words = [name_words(token.text) for token in cell]
    for name in known.names if len(cell) > _NAME_WORDS else ():
        if len(name) > _NAME_WORDS and words[0] == name[:1] and words[-1] == name[-1:]:
            kept = _spelling(cell, words, name)
            strays = [token for token in cell if token not in kept]
            if 0 < len(cell) - len(kept) <= len(name) // _NAME_WORDS and not all(_at_home(t.text) for t in strays):
                found.add(kept)
    return found.pop() if len(found) == 1 else ()


def _spelling(cell: Run, words: Sequence[Words], name: Words) -> Run:
    """The tokens of a cell that spell a name in order; () where they do not spell all of it."""
    kept, at = [], 0
    for token, own in zip(cell, words, strict=True):
        if (own or token.text in _JOINTS) and name[at : at + len(own)] == own:
            kept.append(token)
            at += len(own)
    return tuple(kept) if at == len(name) else ()


def _at_home(text: str) -> bool:
    return any(map(str.isalpha, text)) and (in_vocabulary("agency", text) or in_vocabulary("role", text))


def _without_specks(cell: Run) -> Run:
    """The cell without the dirt that opens or closes it."""
    words = [at for at, token in enumerate(cell) if not _is_speck(token.text)]
    return cell[words[0] : words[-1] + 1] if words else ()


def _is_speck(text: str) -> bool:
    return text.isdigit() or (len(text) <= _SPECK and not in_vocabulary("agency", text))


def _misread(cell: Run, usual: Mapping[Words, Run]) -> Run:
    """The usual cell of which a cell is a misreading; () where it is none, or of several."""
    words = tuple(folded(token.text).strip(".,;:") for token in cell)
    torn = not _is_name(cell) or not cell[0].capital
    shares = {right: _share_left(cell, words, right) for right in usual}
    fitting = [right for right, share in shares.items() if share >= _SHARED and (torn or not set(words) <= set(right))]
    best = max(fitting, key=lambda right: shares[right], default=None)
    if best is None or sum(shares[right] == shares[best] for right in fitting) > 1:
        return ()
    return usual[best]


def _share_left(cell: Run, words: Words, right: Words) -> float:
    """Share of the letters of a usual cell that a cell holds in order; 0 where it holds other words besides."""
    lost = 0
    for tag, start, stop, first, last in SequenceMatcher(None, words, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        missing = "".join(right[first:last])
        lost += len(missing)
        extra = cell[start:stop]
        if not all(token.scrap or _is_speck(token.text) or is_odd(token.text) for token in extra):
            named = any(in_vocabulary("agency", token.text) for token in extra) and stop - start == last - first
            if named or fuzz.ratio("".join(words[start:stop]), missing) < _ALIKE:
                return 0.0
    return 1 - lost / max(1, sum(map(len, right)))


def _names_somebody(cell: Run, known: KnownCells) -> bool:
    """Whether a cell holds some word with which organisations begin, a known name, or who else decides."""
    text = text_of(cell)
    return agency_share(text) > 0 or name_words(text) in known.names or starts("time_condition", text)


def _no_time(cell: Run) -> bool:
    """Whether a cell holds no word of a time."""
    text = text_of(cell)
    timed = any(in_vocabulary("time", token.text) and any(map(str.isalpha, token.text)) for token in cell)
    return not names_a_time(text) and not timed and not starts("time_condition", text)
