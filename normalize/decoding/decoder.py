"""Lines as an engine read them -> what the page most likely says, with how sure each reading is.

A noisy-channel decoder: `readings` proposes syllables for raw words through a `channel`, `line_lattice` lays them
side by side (also two or three raw words as one, and a raw word as two), `language_model` weighs their sequence over
line ends, and `lattice` finds the cheapest whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import ne

import numpy as np
from msgspec import Struct

from normalize.decoding.blocks import NO_TEXT, Arcs, rivals
from normalize.decoding.channel import Channel
from normalize.decoding.compiled import BOUNDARY_ID
from normalize.decoding.lattice import Path, boost_table, cheapest
from normalize.decoding.line_lattice import Kept, LineLattice
from normalize.decoding.request import Anchor, Request
from normalize.decoding.unit_blocks import UnitBlocks, unit_blocks

__all__ = ["Anchor", "Piece", "Reading", "Request", "decode", "read", "text_of"]

LINES_AT_ONCE = 60  # lines searched as one lattice
SIGNS_AT_ONCE = 20_000  # and characters, where lines are paragraphs: about 100 MB of states and arcs
_NO_RIVAL = 99.0  # nats by which a reading leads that nothing stands against


class Piece(Struct, frozen=True, gc=False):
    """raw[start:end] reads `text`; '' drops a speck, a blank inside parts a run.

    margin  nats (>= 0) between the best path and the best one that reads this span otherwise
    known   False: no reading was found and the raw letters are kept
    """

    start: int
    end: int
    text: str
    margin: float
    known: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked and what was read, line by line; kept: of each stretch, for reading it again."""

    lines: Sequence[Request]
    pieces: tuple[tuple[Piece, ...], ...]
    kept: tuple[Kept, ...]


def _possible(arcs: Arcs, path: Path) -> tuple[Arcs, Path]:
    """What the beam did not drop, about one arc in eight, and the path through that."""
    kept = np.flatnonzero(np.isfinite(path.through))
    return arcs.some(kept), replace(path, arcs=np.searchsorted(kept, path.arcs), through=path.through[kept])


def _pieces(made: UnitBlocks, arcs: Arcs, path: Path, lines: int, first: int) -> Iterator[tuple[Piece, ...]]:
    """The readings of the cheapest path by line, each with its margin over any other reading of its span."""
    others = rivals(path.arcs, path.through, arcs.line, arcs.left, arcs.right, arcs.text)
    margins = np.maximum(0.0, np.where(np.isfinite(others), others, path.cost + _NO_RIVAL) - path.cost)
    telling = arcs.text[path.arcs] != NO_TEXT
    some = arcs.some(path.arcs[telling])
    texts = made.texts(some.text)
    spans = some.left.tolist(), some.right.tolist()
    pieces = tuple(map(Piece, *spans, texts, margins[telling].tolist(), some.known.tolist()))
    ends = np.searchsorted(some.line, np.arange(first, first + lines + 1)).tolist()
    return (pieces[start:end] for start, end in pairwise(ends))


def _stretches(lines: Sequence[Request]) -> Iterator[tuple[int, Sequence[Request]]]:
    """(number of the first, lines) of what is searched as one lattice; the history goes on to the next."""
    first, size = 0, 0
    for number, line in enumerate(lines):
        if number - first == LINES_AT_ONCE or size > SIGNS_AT_ONCE:
            yield first, lines[first:number]
            first, size = number, 0
        size += len(line.raw)
    if lines:
        yield first, lines[first:]


def read(
    lines: Sequence[Request],
    channel: Channel,
    boosts: Mapping[int, float] | None = None,
    before: Reading | None = None,
) -> Reading:
    """The pieces of each line, in order, covering every non-blank character outside the anchors. Total.

    lines are printed lines of one document in reading order: a sentence may run over a line end. boosts are n-grams of
    one to four lower-case words, by their keys (`lattice.by_key`), that this document is known to use, with a bonus in
    nats. before: the same lines read without boosts. Where their anchors are the same now, only what seemed possible
    then is weighed again, which is several times faster.
    """
    if not lines:  # a channel that nobody asks need not be loaded
        return Reading((), (), ())
    made, bonus = unit_blocks(channel), boost_table(boosts or {})
    history = BOUNDARY_ID
    pieces: list[tuple[Piece, ...]] = []
    kept: list[Kept] = []
    for number, (first, some) in enumerate(_stretches(lines)):
        made.tidy()
        lattice = LineLattice(made, first, None if before is None else before.kept[number])
        old = () if before is None else before.lines[first : first + len(some)]
        lattice.add_lines(some, list(map(ne, some, old)) if old else [True] * len(some))
        arcs = lattice.arcs()
        path = cheapest(lattice.lattice(arcs), bonus, history, weight=made.costs.model)
        history = path.history
        arcs, path = _possible(arcs, path)
        pieces += _pieces(made, arcs, path, len(some), first)
        kept.append(lattice.kept(arcs))
    return Reading(lines, tuple(pieces), tuple(kept))


def decode(
    lines: Sequence[Request], channel: Channel, boosts: Mapping[int, float] | None = None
) -> tuple[tuple[Piece, ...], ...]:
    """The pieces alone, for lines that are read once."""
    return read(lines, channel, boosts).pieces


def text_of(raw: str, pieces: Sequence[Piece]) -> str:
    """The line with its pieces put in; what no piece covers stays."""
    out, at = [], 0
    for piece in pieces:
        out += [raw[at : piece.start], piece.text]
        at = piece.end
    return "".join([*out, raw[at:]])
