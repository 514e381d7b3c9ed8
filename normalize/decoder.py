"""Lines as an engine read them -> what the page most likely says, with how sure each reading is.

A noisy-channel decoder: `readings` proposes syllables for raw words through a `channel`, `line_lattice` lays them
side by side (also two or three raw words as one, and a raw word as two), `language_model` weighs their sequence over
line ends, and `lattice` finds the cheapest whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize import language_model as lm
from normalize.channel import Channel
from normalize.compiled import BOOST_STEP, BOUNDARY_ID, fill
from normalize.lattice import Path, cheapest
from normalize.line_lattice import LineLattice
from normalize.readings import reader
from normalize.request import Anchor, Request

__all__ = ["Anchor", "Piece", "Request", "decode", "text_of"]

LINES_AT_ONCE = 60  # lines searched as one lattice; the history goes on to the next


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


def _pieces(builder: LineLattice, path: Path, lines: int, first: int) -> list[list[Piece]]:
    """The readings of the cheapest path by line, each with its margin over any other reading of its span."""
    payload = np.array(builder.lattice.payload)
    out: list[list[Piece]] = [[] for _ in range(lines)]
    spans: dict[int, list[tuple[int, int, str, float]]] = {}
    for arc in np.nonzero(np.isfinite(path.through))[0]:
        r = builder.reading(int(payload[arc]))
        if r.text is not None:
            spans.setdefault(r.line, []).append((r.start, r.end, r.text, float(path.through[arc])))
    for arc in path.arcs:
        r = builder.reading(int(payload[arc]))
        if r.text is None:
            continue
        others = [
            total
            for start, end, text, total in spans[r.line]
            if start < r.end and end > r.start and (start, end, text) != (r.start, r.end, r.text)
        ]
        margin = max(0.0, min(others, default=path.cost + 99.0) - path.cost)
        out[r.line - first].append(Piece(r.start, r.end, r.text, margin, r.known))
    return out


def _boost_table(boosts: Mapping[tuple[str, ...], float]) -> NDArray[np.uint64]:
    """Bonuses as a hash table like that of the language model; words that the model lacks are left out."""
    ids = lm.vocabulary().ids
    keys, values = [], []
    for words, nats in boosts.items():
        if 1 <= len(words) <= 4 and all(word in ids for word in words) and nats > 0:
            key = 0
            for word in words:
                key = (key << 16) | ids[word]
            keys.append(key)
            values.append(min(65535, round(nats / BOOST_STEP)))
    if not keys:
        return np.zeros(1, np.uint64)
    table = np.zeros(2 * len(keys) + 2, np.uint64)
    fill(table, np.array(keys, np.uint64), np.array(values, np.uint64))
    return table


def decode(
    lines: Sequence[Request], channel: Channel, boosts: Mapping[tuple[str, ...], float] | None = None
) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each line, in order, covering every non-blank character outside the anchors. Total.

    lines are printed lines of one document in reading order: a sentence may run over a line end. boosts are
    n-grams of one to four
    lower-case words that this document is known to use, with a bonus in nats.
    """
    table, bonus = lm.table(), _boost_table(boosts or {})
    history = BOUNDARY_ID
    out: list[tuple[Piece, ...]] = []
    for first in range(0, len(lines), LINES_AT_ONCE):
        some = lines[first : first + LINES_AT_ONCE]
        builder = LineLattice(reader(channel))
        here = 0
        for number, request in enumerate(some, start=first):
            here = builder.add_line(number, request, here)
        path = cheapest(builder.lattice, table, bonus, history, weight=builder.costs.model)
        history = path.history
        out += [tuple(pieces) for pieces in _pieces(builder, path, len(some), first)]
    return tuple(out)


def text_of(raw: str, pieces: Sequence[Piece]) -> str:
    """The line with its pieces put in; what no piece covers stays."""
    out, at = [], 0
    for piece in pieces:
        out += [raw[at : piece.start], piece.text]
        at = piece.end
    return "".join([*out, raw[at:]])
