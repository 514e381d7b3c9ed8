"""What a unit of a line adds to the lattice: made once for each raw word, placed wherever the word stands.

A block holds groups of parallel arcs, by nodes and characters relative to where it is placed. To place one is only to
note where; `arcs_of` then writes out the arcs of all placed blocks at once, in compiled code.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.decoding.readings import Reader

SINGLE = -1  # in place of the first row of readings: one arc with a word of its own
NO_TEXT = -1  # in place of the key of a text: nothing to report
_CAPITALS = np.array([5.0, 4.0, 0.0, 0.0])  # nats of lower, Title, UPPER and mixed forms in a line of capitals
_FIRST_ROOM = 1024


class Group(NamedTuple):
    """Parallel arcs of a block, from node to node and from character to character.

    Readings: `rows` rows of the reader's columns from row `first`, each dearer by `cost`; text: 0, or 1 with a blank
    before each. A single arc: first is SINGLE, text the key of what it reads, word what the language model hears.
    known 0: no reading, the raw letters are kept.
    """

    start: int
    end: int
    left: int
    right: int
    first: int
    rows: int
    word: int
    text: int
    known: int
    cost: float


class Placed:
    """Blocks, each behind a node, on a line from a character on: rows of numbers that compiled code reads, those of a
    line together, in the order of the lines that were placed first.
    """

    FIELDS = 8

    def __init__(self) -> None:
        self._lines: dict[int, list[float]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._lines)

    def put(
        self, block: int, node: int, line: int, left: int, capitals: bool,
        end: int = -1, right: int = -1, cost: float = 0.0,
    ) -> None:  # fmt: skip
        """Place a block.

        end, right: where a block of one group ends instead of where its raw word alone would. capitals: in a line of
        capitals. cost: nats that come on top.
        """
        self._lines[line] += (block, node, line, left, end, right, capitals, cost)

    def rows(self) -> NDArray[np.float64]:
        """One row a block: number, node, line, left, end, right, capitals, cost."""
        numbers = chain.from_iterable(self._lines.values())
        return np.fromiter(numbers, np.float64, sum(map(len, self._lines.values()))).reshape(-1, self.FIELDS)


class Blocks:
    """The groups of all blocks made so far, those of a block one behind the other."""

    def __init__(self) -> None:
        self._bounds = np.zeros(_FIRST_ROOM, np.int64)
        self._groups = np.empty((_FIRST_ROOM, len(Group._fields)))
        self._count = 0  # of blocks in the arrays
        self._fresh: list[Sequence[Group]] = []  # blocks that are in no array yet: many at once are written sooner

    def __len__(self) -> int:
        return self._count + len(self._fresh)

    def add(self, groups: Sequence[Group]) -> int:
        """The number of a new block."""
        self._fresh.append(groups)
        return len(self) - 1

    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """(groups bounds[i]:bounds[i + 1] make block i, groups one a row: the fields of Group)."""
        if self._fresh:
            self._write(self._fresh)
            self._fresh = []
        return self._bounds, self._groups

    def _write(self, blocks: Sequence[Sequence[Group]]) -> None:
        """Put blocks into the arrays."""
        sizes = list(map(len, blocks))
        first, count = int(self._bounds[self._count]), self._count + len(blocks)
        last = first + sum(sizes)
        if last > len(self._groups):
            self._groups = np.resize(self._groups, (2 * last, len(Group._fields)))
        if count >= len(self._bounds):
            self._bounds = np.resize(self._bounds, 2 * count)
        numbers = chain.from_iterable(chain.from_iterable(blocks))
        size = (last - first) * len(Group._fields)
        self._groups[first:last] = np.fromiter(numbers, np.float64, size).reshape(-1, len(Group._fields))
        self._bounds[self._count + 1 : count + 1] = first + np.cumsum(sizes)
        self._count = count


class Arcs(NamedTuple):
    """The arcs of a lattice as columns of one length, line by line.

    start, end: nodes (start < end); word: for the language model; cost: nats. What an arc reads: line, span, key of the
    text or NO_TEXT, whether it is known.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    word: NDArray[np.int64]
    cost: NDArray[np.float64]
    line: NDArray[np.int32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    text: NDArray[np.int64]
    known: NDArray[np.bool_]

    def some(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> "Arcs":
        """Those at these places."""
        return Arcs._make(column[which] for column in self)

    def moved(self, nodes: NDArray[np.int64]) -> "Arcs":
        """Each arc so many nodes further on."""
        return self._replace(start=self.start + nodes, end=self.end + nodes)

    def beside(self, others: "Arcs") -> "Arcs":
        """These and others, line by line."""
        both = Arcs._make(np.concatenate([getattr(self, name), getattr(others, name)]) for name in Arcs._fields)
        return both.some(np.argsort(both.line, kind="stable"))


def arcs_of(placed: Placed, blocks: Blocks, reader: Reader) -> Arcs:
    """The arcs of all placed blocks, in their order."""
    bounds, groups = blocks.columns()
    forms, costs = reader.columns
    f, rows = reader.forms, placed.rows()
    return Arcs(*_arcs(rows, bounds, groups, forms, costs, f.word, f.case, f.shape, _CAPITALS, reader.costs.case))


@njit
def _size(placed, bounds, groups):  # type: ignore[no-untyped-def]
    """How many arcs the placed blocks hold."""
    total = 0
    for p in range(len(placed)):
        block = int(placed[p, 0])
        for g in range(bounds[block], bounds[block + 1]):
            total += int(groups[g, 5])
    return total


@njit(cache=True)
def _arcs(  # type: ignore[no-untyped-def]
    placed, bounds, groups, forms, costs, form_word, form_case, form_shape, capitals, case_weight
):
    arcs = _size(placed, bounds, groups)
    start, end, word = np.empty(arcs, np.int64), np.empty(arcs, np.int64), np.empty(arcs, np.int64)
    cost, text, known = np.empty(arcs), np.empty(arcs, np.int64), np.empty(arcs, np.bool_)
    line, left, right = np.empty(arcs, np.int32), np.empty(arcs, np.int32), np.empty(arcs, np.int32)
    a = 0
    for p in range(len(placed)):
        block, node, at, in_capitals = int(placed[p, 0]), int(placed[p, 1]), int(placed[p, 3]), placed[p, 6] > 0
        for g in range(bounds[block], bounds[block + 1]):
            row, blank, more = int(groups[g, 4]), int(groups[g, 7]), groups[g, 9] + placed[p, 7]
            for i in range(a, a + int(groups[g, 5])):
                start[i] = node + int(groups[g, 0])
                end[i] = int(placed[p, 4]) if placed[p, 4] >= 0 else node + int(groups[g, 1])
                line[i] = int(placed[p, 2])
                left[i] = at + int(groups[g, 2])
                right[i] = int(placed[p, 5]) if placed[p, 5] >= 0 else at + int(groups[g, 3])
                known[i] = groups[g, 8] > 0
                if row < 0:
                    word[i], text[i], cost[i] = int(groups[g, 6]), blank, groups[g, 9]
                    continue
                form, nats = forms[row + i - a], costs[row + i - a]
                if in_capitals:  # how a word is cased elsewhere says nothing here
                    nats = nats + capitals[form_shape[form]] - case_weight * np.float64(form_case[form])
                word[i], text[i], cost[i] = form_word[form], 2 * form + blank, nats + more
            a += int(groups[g, 5])
    return start, end, word, cost, line, left, right, text, known


@njit(cache=True)
def rivals(path, through, line, left, right, text):  # type: ignore[no-untyped-def]
    """For each arc of the path the cost of the best whole path that reads its span otherwise; inf: there is none.

    The arcs of a line stand together; one without a text, or pruned, reads nothing.
    """
    out = np.full(len(path), np.inf)
    begin = 0
    for i in range(len(path)):
        arc = path[i]
        if text[arc] < 0:
            continue
        while line[begin] < line[arc]:
            begin += 1
        a = begin
        while a < len(line) and line[a] == line[arc]:
            overlaps = left[a] < right[arc] and right[a] > left[arc]
            same = text[a] == text[arc] and left[a] == left[arc] and right[a] == right[arc]
            if overlaps and not same and text[a] >= 0:
                out[i] = min(out[i], through[a])
            a += 1
    return out
