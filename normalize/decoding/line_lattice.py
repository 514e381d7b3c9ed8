"""Lines -> the lattice of their readings: words read, kept, joined or parted, specks dropped, the rest as it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from normalize.decoding.blocks import Arcs, Placed, arcs_of
from normalize.decoding.lattice import Lattice
from normalize.decoding.request import Anchor, Request, Run, Unit, in_capitals, runs
from normalize.decoding.unit_blocks import Made, UnitBlocks
from normalize.tokens import Kind

_LONGEST_JOIN = 12  # characters of words put together
_MOST_JOINED = 3  # words
_JOIN_REACH = 4  # units behind the first word of a join
_MARK_INSIDE = 5.0  # nats of a mark inside a word that stands for nothing: "du:ong"
_STOPS_JOIN = (Kind.NUMBER, Kind.SYMBOL)


Stand = tuple[Made | None, int, int]
"""A unit where it stands: its first character on the line, and the node in front; None: an anchor. One a word: a class
of its own would take longer to make than all else that placing a word takes."""

Join = tuple[str, int, int, int, bool, int, int, float]
"""Raw letters that may be one syllable, and how `Placed.put` takes their block."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The arcs of the lattice of some lines that lie on a path which the beam did not drop: about one in eight.

    nodes[i]: the node in front of line i, counted from the first of the lines; one more behind the last. edition: of
    the `UnitBlocks` that made them, without which their texts mean nothing.
    """

    arcs: Arcs
    nodes: NDArray[np.int64]
    edition: int


class LineLattice:
    """The lattice of some lines, from number `first` on, while it is built.

    before: what was kept of them when they were read before; of use as long as the blocks are the same.
    """

    def __init__(self, made: UnitBlocks, first: int, before: Kept | None = None) -> None:
        self._made = made
        self._first = first
        self._before = before if before is not None and before.edition == made.edition else None
        self._placed = Placed()
        self._nodes = [0]  # in front of each line, and the last one
        self._repeated: list[bool] = []
        self._joins: list[Join] = []

    def add_lines(self, requests: Sequence[Request], is_new: Sequence[bool]) -> None:
        """Add the lines. is_new: which are not asked in the same words as before."""
        self._repeated = [self._before is not None and not new for new in is_new]
        found = [[] if repeated else list(runs(line)) for line, repeated in zip(requests, self._repeated, strict=True)]
        self._made.learn(chain.from_iterable(found))
        for number, (request, some) in enumerate(zip(requests, found, strict=True)):
            if self._before is not None and self._repeated[number]:
                nodes = self._before.nodes
                self._nodes.append(self._nodes[-1] + int(nodes[number + 1] - nodes[number]))
            else:
                self._nodes.append(self._nodes[-1])
                self._place_line(self._first + number, request.raw, some)
        self._place_joins()

    def _place_line(self, number: int, raw: str, some: Sequence[Run | Anchor]) -> None:
        capitals, put = in_capitals(raw), self._placed.put
        stands: list[Stand] = []
        weak: list[int] = []  # numbers of those that are
        node = self._nodes[-1]
        for run in some:
            if isinstance(run, Anchor):
                block, nodes = self._made.anchor(run.text)
                put(block, node, number, run.start, capitals=False)
                stands.append((None, run.start, node))
                node += nodes
                continue
            at, text, opens = run
            for made in self._made.units(text, opens):
                unit, block, nodes, is_weak, _ = made
                left = at + unit.start
                put(block, node, number, left, capitals)
                if is_weak:
                    weak.append(len(stands))
                stands.append((made, left, node))
                node += nodes
        put(self._made.line_end, node, number, 0, capitals=False)
        self._nodes[-1] = node + 1
        if self._made.costs.blank_in is not None and weak:
            self._find_joins(number, [*stands, (None, len(raw), node)], weak, capitals)

    def arcs(self) -> Arcs:
        """All arcs, line by line."""
        arcs = arcs_of(self._placed, self._made.blocks, self._made.reader)
        if self._before is None:
            return arcs
        old = self._before.arcs
        if not self._placed:
            return old
        repeated = old.some(np.array(self._repeated)[old.line - self._first])
        further = np.array(self._nodes) - self._before.nodes
        return repeated.moved(further[repeated.line - self._first]).beside(arcs)

    def lattice(self, arcs: Arcs) -> Lattice:
        """The lattice of these arcs."""
        return Lattice(self._nodes[-1] + 1, arcs.start, arcs.end, arcs.word, arcs.cost)

    def kept(self, arcs: Arcs) -> Kept:
        """These arcs, for reading the lines again."""
        return Kept(arcs, np.array(self._nodes), self._made.edition)

    def _find_joins(self, number: int, stands: Sequence[Stand], weak: Sequence[int], capitals: bool) -> None:
        """Two or three raw words (and what stands between them) that are one syllable; the last stand ends the line."""
        blank = self._made.costs.blank_in or 0.0
        firsts = sorted({first for at in weak for first in range(max(0, at - _JOIN_REACH), at + 1)})
        for first in firsts:
            made, left, node = stands[first]
            if made is None or not made.joins:
                continue
            others = [other for other, _, _ in stands[first + 1 : first + 1 + _JOIN_REACH]]
            for text, cost, count, last in _joined(made, others, blank):
                (_, left_of_last, _), (_, _, end) = stands[first + count : first + count + 2]
                right = left_of_last + len(last.text)
                self._joins.append((text, node, number, left, capitals, end, right, cost))

    def _place_joins(self) -> None:
        """Those of all lines: their readings are found at once."""
        self._made.learn_joined([text for text, *_ in self._joins])
        for text, node, number, left, capitals, end, right, cost in self._joins:
            block = self._made.joined(text)
            if block is not None:
                self._placed.put(block, node, number, left, capitals, end, right, cost)


def _joined(made: Made, others: Sequence[Made | None], blank: float) -> Iterator[tuple[str, float, int, Unit]]:
    """(raw letters, nats of the blanks and marks in them, how many others, the last) of each way to join a word with
    others; a mark between them is read as part of a letter, or as nothing.
    """
    text, bare, cost, words, weak = made.unit.text, made.unit.text, 0.0, 1, made.weak
    for count, other in enumerate(others, 1):
        if other is None:
            return
        unit = other.unit
        if unit.kind in _STOPS_JOIN or not (other.joins or (unit.glued and unit.before_word)):
            return  # a mark between two words joins them only when it touches both
        cost += 0.0 if unit.glued else blank
        text += unit.text
        words += other.joins
        if words > _MOST_JOINED or len(text) > _LONGEST_JOIN:
            return
        weak = weak or other.weak
        if not other.joins:
            continue
        bare += unit.text
        if weak:
            yield text, cost, count, unit
        if len(bare) < len(text):
            yield bare, cost + _MARK_INSIDE * (len(text) - len(bare)), count, unit
