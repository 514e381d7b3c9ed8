"""FIXERS: what is read by a grammar of its own before the decoder reads the words; the first to claim a span keeps it.

A fixer is a function of one line. It yields the spans that it can read; one whose text stays the same is an anchor:
right as it stands. To add a fixer is to add a row here; its name is the one that logs and reports show.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, reduce
from operator import attrgetter, or_
from typing import NamedTuple

from msgspec import Struct

from normalize.dirt.specks import fix_inner_dots, fix_specks
from normalize.fixes import Fix
from normalize.grammars.enumerators import fix_enumerators, fix_letter_order, fix_numerals, may_be_letter, may_count
from normalize.grammars.symbols import fix_dates, fix_figures, fix_symbols
from normalize.mending.misreadings import fix_misreadings, may_be_lost
from normalize.names.acronyms import fix_acronyms, fix_addresses, fix_compounds, may_hold_short
from normalize.tokens import runs_of
from normalize.triage import JOINTS, TextState, is_scrap

_SCRAP_CHANCE = 0.9  # that nothing was printed where scrap is
_START = attrgetter("start")
UNREADABLE = "⟨?⟩"  # stands for a run of signs that nobody can read


class MisreadLine(Struct, frozen=True, gc=False):
    """One line to restore.

    item_before  the item letter found last before it ("d)"); None when there was none
    worn         an engine misread words of its page here and there, so that words that look right may be wrong
    page         the number of its page in the document
    """

    raw: str
    state: TextState
    item_before: str | None = None
    worn: bool = False
    page: int = 0

    @property
    def bars_lost(self) -> bool:
        """Whether the engine that read the line can print no Đ, so that each D may be one."""
        return self.state in (TextState.GARBLED, TextState.PLAIN)


def _scrap(line: MisreadLine) -> Iterator[Fix]:
    at = 0
    for run in line.raw.split():
        at = line.raw.index(run, at)
        if is_scrap(run):
            yield Fix(at, at + len(run), run, UNREADABLE, "scrap", _SCRAP_CHANCE)
        at += len(run)


Fixer = Callable[[MisreadLine], Iterable[Fix]]


class Row(NamedTuple):
    """A fixer by its name. needs: true of some run between blanks of every line on which it finds anything.

    Most runs are words of small letters, and a document repeats them: what is known of each run spares most lines the
    grammars, which cost far more.
    """

    name: str
    needs: Callable[[str], object]
    fixer: Fixer


def _holds(*texts: str) -> Callable[[str], bool]:
    """Whether a run holds any of the texts."""
    return lambda run: any(map(run.__contains__, texts))


def _is_short(run: str) -> bool:
    return len(run) < 3


FIXERS: tuple[Row, ...] = (
    Row(
        "address",
        _holds("@", "://", "www.", ".gov", ".com", ".org", ".edu", ".net"),
        lambda line: fix_addresses(line.raw),
    ),
    Row("scrap", re.compile(rf"[^\w\s{re.escape(JOINTS)}]|_").search, _scrap),
    Row("misreading", may_be_lost, lambda line: fix_misreadings(line.raw) if line.bars_lost else ()),
    Row("letter-order", may_be_letter, lambda line: fix_letter_order(line.raw, line.item_before)),
    Row("enumerator", may_count, lambda line: fix_enumerators(line.raw)),
    Row("symbol", _holds("/", "-"), lambda line: fix_symbols(line.raw, line.bars_lost)),
    Row("date", _holds("19", "20"), lambda line: fix_dates(line.raw)),
    Row("numeral", _holds("V", "X"), lambda line: fix_numerals(line.raw)),
    Row("compound", re.compile(r"[-–&.][^\W_]").search, lambda line: fix_compounds(line.raw, line.bars_lost)),
    Row("acronym", may_hold_short, lambda line: fix_acronyms(line.raw, line.bars_lost)),
    Row("specks", _is_short, lambda line: fix_specks(line.raw)),
    Row("inner-dot", re.compile(r"\.[^\W\d_]").search, lambda line: fix_inner_dots(line.raw)),
    Row("figure", re.compile(r"\d").search, lambda line: fix_figures(line.raw, line.bars_lost)),
)


def grammar_fixes(line: MisreadLine) -> tuple[Fix, ...]:
    """What FIXERS read on the line, ordered by place and not overlapping; anchors included.

    >>> [f.restored for f in grammar_fixes(MisreadLine("d) QD-UBND s6 45/2020/ND-CP, 80%", TextState.GARBLED))]
    ['d)', 'QĐ', 'UBND', 'số', '45/2020/NĐ-CP', '80%']
    """
    kept: list[Fix] = []
    taken = 0  # the signs of the line that are claimed, as bits
    for row in _needed(reduce(or_, map(_needing, runs_of(line.raw)), 0)):
        for fix in row.fixer(line):
            span = (1 << fix.end) - (1 << fix.start)
            if span and not span & taken:
                kept.append(fix)
                taken |= span
    return tuple(sorted(kept, key=_START))


@lru_cache(maxsize=65536)
def _needing(run: str) -> int:
    """The numbers of the rows that a run between blanks is a reason to try, as bits."""
    return sum(1 << number for number, row in enumerate(FIXERS) if row.needs(run))


@cache
def _needed(rows: int) -> tuple[Row, ...]:
    """The rows with these numbers, in their order: few sets of them ever come together."""
    return tuple(row for number, row in enumerate(FIXERS) if rows >> number & 1)


def scrap_fixes(line: MisreadLine) -> tuple[Fix, ...]:
    """A line of a page of scrap as one unreadable run; nothing for any other line.

    >>> [fix.restored for fix in scrap_fixes(MisreadLine("ee rr Ce aes", TextState.SCRAP))]
    ['⟨?⟩']
    """
    if line.state is not TextState.SCRAP or not line.raw.strip():
        return ()
    return (unreadable(line.raw),)


def unreadable(raw: str) -> Fix:
    """The whole line as one run that nobody can read."""
    return Fix(0, len(raw), raw, UNREADABLE, "scrap", _SCRAP_CHANCE)
