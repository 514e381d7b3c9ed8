"""What the decoder is asked: printed lines with the spans that are settled, cut into the units of its lattice.

>>> [unit.text for unit in units(Request("a) Cin ctr 30/NQ-CP", (Anchor(11, 19, "30/NQ-CP"),)))]
['a', ')', 'Cin', 'ctr', '30/NQ-CP']
"""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.tokens import Atom, Kind, atoms

_STRAY = frozenset("_ˆ^~¬`´¨¸°")  # marks that such documents hardly ever print


@dataclass(frozen=True, slots=True)
class Anchor:
    """raw[start:end] is read already, as `text` (equal to the raw text: leave it). The decoder takes it as context
    only.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """One printed line and the spans of it that are settled: ordered, not empty, not overlapping."""

    raw: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """An atom, or an anchor, as the lattice takes it. fixed: numbers, symbols, punctuation, enumerators."""

    start: int
    end: int
    text: str
    kind: Kind
    glued: bool
    fixed: bool
    before_word: bool
    anchor: Anchor | None = None

    @property
    def joins(self) -> bool:
        return self.anchor is None and self.kind is Kind.WORD and not self.fixed


def _unit(line: Sequence[Atom], i: int) -> Unit:
    atom = line[i]
    enumerator = (
        i == 0
        and len(atom.text) == 1
        and atom.text.isalpha()
        and len(line) > 1
        and line[1].glued
        and line[1].text in ".)"
    )
    after = i + 1 < len(line) and line[i + 1].glued and line[i + 1].kind is Kind.WORD
    return Unit(atom.start, atom.end, atom.text, atom.kind, atom.glued, enumerator or atom.kind is not Kind.WORD, after)


def units(request: Request) -> list[Unit]:
    """The units of a line: atoms outside the anchors, and the anchors."""
    out: list[Unit] = []
    at = 0
    for anchor in (*request.anchors, None):
        stop = len(request.raw) if anchor is None else anchor.start
        line = atoms(" " * at + request.raw[at:stop])
        out += [_unit(line, i) for i in range(len(line))]
        if anchor is not None:
            raw = request.raw[anchor.start : anchor.end]
            out.append(Unit(anchor.start, anchor.end, raw, Kind.SYMBOL, False, True, False, anchor))
            at = anchor.end
    return out


def is_stray(unit: Unit) -> bool:
    return len(unit.text) <= 2 and not unit.glued and all(c in _STRAY for c in unit.text)


def in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.7 * len(letters)
