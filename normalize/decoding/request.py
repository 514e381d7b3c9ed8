"""What the decoder is asked: printed lines with the spans that are settled, cut into the units of its lattice.

>>> list(runs(Request("a) ctr 30/NQ-CP", (Anchor(7, 15, "30/NQ-CP"),))))
[(0, 'a)', True), (3, 'ctr', False), Anchor(start=7, end=15, text='30/NQ-CP')]
>>> [(unit.text, unit.fixed) for unit in units("a)", opens=True)]
[('a', True), (')', True)]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from normalize.letters import case_counts
from normalize.tokens import BLANKS, Atom, Kind, atoms

_STRAY = frozenset("_ˆ^~¬`´¨¸°")  # marks that such documents hardly ever print
_RULE = "_"  # what an engine makes of a short piece of a rule


class Anchor(Struct, frozen=True, gc=False):
    """raw[start:end] is read already, as `text` (equal to the raw text: leave it). The decoder takes it as context
    only.
    """

    start: int
    end: int
    text: str


class Request(Struct, frozen=True):
    """One printed line and the spans of it that are settled: ordered, not empty, not overlapping."""

    raw: str
    anchors: tuple[Anchor, ...] = ()


Run = tuple[int, str, bool]
"""Where on its line it begins, what stands there without blanks, whether it opens a line or stands behind an anchor."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An atom as the lattice takes it; its place counts from the start of its run. fixed: numbers, symbols,
    punctuation, enumerators. before_word: a word follows without a blank. opens: its run opens a line, or stands behind
    what is settled.
    """

    start: int
    end: int
    text: str
    kind: Kind
    glued: bool
    fixed: bool
    before_word: bool
    opens: bool

    @property
    def joins(self) -> bool:
        return not self.fixed and self.kind is Kind.WORD


def _unit(run: Sequence[Atom], i: int, opens: bool) -> Unit:
    atom = run[i]
    enumerator = (
        opens
        and i == 0
        and len(atom.text) == 1
        and atom.text.isalpha()
        and len(run) > 1
        and run[1].glued
        and run[1].text in ".)"
    )
    after = i + 1 < len(run) and run[i + 1].kind is Kind.WORD
    return Unit(
        atom.start, atom.end, atom.text, atom.kind, atom.glued, enumerator or atom.kind is not Kind.WORD, after, opens
    )


def units(run: str, opens: bool) -> tuple[Unit, ...]:
    """The units of a run without blanks. opens: the run opens a line or stands behind an anchor, so that it may begin
    with an enumerator.
    """
    line = atoms(run)
    return tuple(_unit(line, i, opens) for i in range(len(line)))


def runs(request: Request) -> Iterator[Run | Anchor]:
    """The runs without blanks of a line, (place, run, whether it opens), and the anchors between them."""
    at = 0
    for anchor in (*request.anchors, None):
        opens = True
        for run in BLANKS.finditer(request.raw, at, len(request.raw) if anchor is None else anchor.start):
            yield run.start(), run.group(), opens
            opens = False
        if anchor is not None:
            yield anchor
            at = anchor.end


def is_stray(unit: Unit) -> bool:
    """Whether it is one or two marks that stand alone, or the end of a rule that touches a word: "chinh_ | Thang"."""
    alone = not unit.glued or unit.text[0] == _RULE
    return len(unit.text) <= 2 and alone and all(c in _STRAY for c in unit.text)


def in_capitals(line: str) -> bool:
    letters, capitals = case_counts(line)
    return letters >= 4 and capitals > 0.7 * letters
