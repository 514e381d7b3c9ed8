"""Lines as an engine read them -> what the page most likely says, with how sure each reading is.

A noisy-channel decoder: `readings` proposes syllables for raw words through a `channel`, `line_lattice` lays them
side by side (also two or three raw words as one, and a raw word as two), `language_model` weighs their sequence over
line ends, and `lattice` finds the cheapest whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from normalize.decoding.blocks import NO_TEXT, Arcs, rivals
from normalize.decoding.channel import Channel
from normalize.decoding.compiled import BOUNDARY_ID
from normalize.decoding.lattice import Path, boost_table, cheapest
from normalize.decoding.line_lattice import LineLattice
from normalize.decoding.request import Anchor, Request
from normalize.decoding.unit_blocks import UnitBlocks, unit_blocks

__all__ = ["Anchor", "Piece", "Request", "decode", "text_of"]

LINES_AT_ONCE = 60  # lines searched as one lattice
SIGNS_AT_ONCE = 20_000  # and characters, where lines are paragraphs: about 100 MB of states and arcs
_NO_RIVAL = 99.0  # nats by which a reading leads that nothing stands against


@dataclass(frozen=True, slots=True)
class Piece:
    """raw[start:end] reads `text`; '' drops a speck, a blank inside parts a run.

    margin  nats (>= 0) between the best path and the best one that reads this span otherwise
    known   False: no reading was found and the raw letters are kept
    """

    start: int
    end: int
    text: str
    margin: float
    known: bool


def _pieces(made: UnitBlocks, arcs: Arcs, path: Path, lines: int, first: int) -> list[list[Piece]]:
    """The readings of the cheapest path by line, each with its margin over any other reading of its span."""
    others = rivals(path.arcs, path.through, arcs.line, arcs.left, arcs.right, arcs.text)
    margins = np.maximum(0.0, np.where(np.isfinite(others), others, path.cost + _NO_RIVAL) - path.cost)
    some = path.arcs[arcs.text[path.arcs] != NO_TEXT]
    columns = (arcs.line, arcs.left, arcs.right, arcs.text, arcs.known)
    rows = zip(*(column[some].tolist() for column in columns), strict=True)
    out: list[list[Piece]] = [[] for _ in range(lines)]
    read = margins[arcs.text[path.arcs] != NO_TEXT].tolist()
    for (line, left, right, text, known), margin in zip(rows, read, strict=True):
        out[line - first].append(Piece(left, right, made.text(text), margin, known))
    return out


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


def decode(
    lines: Sequence[Request], channel: Channel, boosts: Mapping[tuple[str, ...], float] | None = None
) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each line, in order, covering every non-blank character outside the anchors. Total.

    lines are printed lines of one document in reading order: a sentence may run over a line end. boosts are n-grams of
    one to four lower-case words that this document is known to use, with a bonus in nats.
    """
    made, bonus = unit_blocks(channel), boost_table(boosts or {})
    history = BOUNDARY_ID
    out: list[tuple[Piece, ...]] = []
    for first, some in _stretches(lines):
        made.tidy()
        lattice = LineLattice(made)
        for number, request in enumerate(some, start=first):
            lattice.add_line(number, request)
        arcs = lattice.arcs()
        path = cheapest(arcs.lattice, bonus, history, weight=made.costs.model)
        history = path.history
        out += [tuple(pieces) for pieces in _pieces(made, arcs, path, len(some), first)]
    return tuple(out)


def text_of(raw: str, pieces: Sequence[Piece]) -> str:
    """The line with its pieces put in; what no piece covers stays."""
    out, at = [], 0
    for piece in pieces:
        out += [raw[at : piece.start], piece.text]
        at = piece.end
    return "".join([*out, raw[at:]])
