"""Lines -> the lattice of their readings: words read, kept, joined or parted, specks dropped, the rest as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.decoding.blocks import Arcs, Placed, arcs_of
from normalize.decoding.lattice import Lattice
from normalize.decoding.request import Anchor, Request, in_capitals, runs
from normalize.decoding.unit_blocks import Made, UnitBlocks
from normalize.tokens import Kind

_LONGEST_JOIN = 12  # characters of words put together
_MOST_JOINED = 3  # words
_JOIN_REACH = 4  # units behind the first word of a join
_STOPS_JOIN = (Kind.NUMBER, Kind.SYMBOL)


class Stand(NamedTuple):
    """A unit where it stands: its characters on the line, and its nodes. made None: an anchor."""

    made: Made | None
    left: int
    right: int
    node: int
    end: int


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
        self._placed: list[Placed] = []
        self._nodes = [0]  # in front of each line, and the last one
        self._repeated: list[bool] = []

    def add_line(self, request: Request, is_new: bool) -> None:
        """Add the next line. is_new: it is not asked in the same words as before."""
        number = len(self._repeated)
        if self._before is not None and not is_new:
            nodes = self._before.nodes
            self._nodes.append(self._nodes[-1] + int(nodes[number + 1] - nodes[number]))
        else:
            self._nodes.append(self._nodes[-1])
            self._place_line(self._first + number, request)
        self._repeated.append(self._before is not None and not is_new)

    def _place_line(self, number: int, request: Request) -> None:
        capitals = int(in_capitals(request.raw))
        stands = []
        for run in runs(request):
            if isinstance(run, Anchor):
                stands.append(self._anchor(number, run))
            else:
                left, text, opens = run
                stands += [self._stand(number, left, made, capitals) for made in self._made.units(text, opens)]
        if self._made.costs.blank_in is not None:
            self._joins(number, stands, capitals, self._made.costs.blank_in)
        self._place(number, self._made.line_end, 1, 0, 0)

    def arcs(self) -> Arcs:
        """All arcs, line by line."""
        arcs = arcs_of(self._placed, self._made.blocks, self._made.reader)
        if self._before is None:
            return arcs
        old = self._before.arcs
        repeated = old.some(np.array(self._repeated)[old.line - self._first])
        further = np.array(self._nodes) - self._before.nodes
        return repeated.moved(further[repeated.line - self._first]).beside(arcs)

    def lattice(self, arcs: Arcs) -> Lattice:
        """The lattice of these arcs."""
        return Lattice(self._nodes[-1] + 1, arcs.start, arcs.end, arcs.word, arcs.cost)

    def kept(self, arcs: Arcs) -> Kept:
        """These arcs, for reading the lines again."""
        return Kept(arcs, np.array(self._nodes), self._made.edition)

    def _place(self, number: int, block: int, nodes: int, left: int, capitals: int) -> int:
        """Put a block behind the last node; returns that node."""
        behind = self._nodes[-1]
        self._placed.append(Placed(block, behind, number, left, -1, -1, capitals, 0.0))
        self._nodes[-1] += nodes
        return behind

    def _anchor(self, number: int, anchor: Anchor) -> Stand:
        block, nodes = self._made.anchor(anchor.text)
        node = self._place(number, block, nodes, anchor.start, 0)
        return Stand(None, anchor.start, anchor.end, node, self._nodes[-1])

    def _stand(self, number: int, run: int, made: Made, capitals: int) -> Stand:
        left = run + made.unit.start
        node = self._place(number, made.block, made.nodes, left, capitals)
        return Stand(made, left, left + len(made.unit.text), node, self._nodes[-1])

    def _joins(self, number: int, stands: list[Stand], capitals: int, blank: float) -> None:
        """Two or three raw words (and what stands between them) that are one syllable."""
        weak = [stand.made is not None and stand.made.weak for stand in stands]
        for i, first in enumerate(stands):
            if first.made is None or not first.made.unit.joins or True not in weak[i : i + _JOIN_REACH + 1]:
                continue
            for text, cost, last in _joined(first.made, stands[i + 1 : i + 1 + _JOIN_REACH], blank):
                block = self._made.joined(text)
                if block is not None:
                    self._placed.append(
                        Placed(block, first.node, number, first.left, last.end, last.right, capitals, cost)
                    )


def _joined(made: Made, others: list[Stand], blank: float) -> Iterator[tuple[str, float, Stand]]:
    """(raw letters, nats of the blanks in them, last unit) of each way to join a word with those behind it."""
    text, cost, words, weak = made.unit.text, 0.0, 1, made.weak
    for stand in others:
        if stand.made is None:
            return
        unit = stand.made.unit
        if unit.kind in _STOPS_JOIN or not (unit.joins or (unit.glued and unit.before_word)):
            return  # a mark between two words joins them only when it touches both
        cost += 0.0 if unit.glued else blank
        text += unit.text
        words += unit.joins
        if words > _MOST_JOINED or len(text) > _LONGEST_JOIN:
            return
        if unit.joins:
            weak = weak or stand.made.weak
            if weak:
                yield text, cost, stand
