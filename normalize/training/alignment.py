"""Raw lines and what they should say, line by line -> pairs (raw letters, right syllable)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.letters import plain
from normalize.tokens import Atom, Kind, atoms

_DROP = 0.9  # cost of a word without a partner, in units of "all letters differ"
_JOIN = 0.15  # cost of each blank that the engine put in or left out


@dataclass(frozen=True, slots=True)
class Pair:
    """One syllable of the page and the letters that stand for it; raw '' when nothing does, right '' for a speck.

    splits: raw holds so many blanks that the page has not; a pair of several syllables holds blanks in `right`.
    """

    raw: str
    right: str
    splits: int = 0


def _skeleton(text: str) -> str:
    return plain(text).lower()


def _cost(raw: str, right: str) -> float:
    a, b = _skeleton(raw), _skeleton(right)
    return float(Levenshtein.distance(a, b)) / max(len(a), len(b), 1)


def _text(line: str, span: list[Atom]) -> str:
    return "".join(line[span[0].start : span[-1].end].split()) if span else ""


def _words(line: str) -> list[Atom]:
    return [atom for atom in atoms(line) if atom.kind is not Kind.PUNCTUATION]


_STEPS = ((1, 1), (2, 1), (3, 1), (1, 2), (1, 0), (0, 1))


def align(raw_line: str, right_line: str) -> Iterator[Pair]:
    """The cheapest pairing of the words of two lines, in order."""
    raw, right = _words(raw_line), _words(right_line)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(raw) + 1):
        for j in range(len(right) + 1):
            if (i, j) not in best:
                continue
            here = best[i, j][0]
            for a, b in _STEPS:
                if i + a > len(raw) or j + b > len(right):
                    continue
                if a and b:
                    joined = " ".join(w.text for w in right[j : j + b])
                    cost = _cost(_text(raw_line, raw[i : i + a]), joined.replace(" ", "")) * max(a, b) + _JOIN * (
                        a + b - 2
                    )
                else:
                    cost = _DROP
                if here + cost < best.get((i + a, j + b), (1e9, 0, 0))[0]:
                    best[i + a, j + b] = (here + cost, a, b)
    yield from _walk_back(raw_line, raw, right, best)


def _walk_back(
    raw_line: str, raw: list[Atom], right: list[Atom], best: dict[tuple[int, int], tuple[float, int, int]]
) -> Iterator[Pair]:
    out: list[Pair] = []
    i, j = len(raw), len(right)
    while i or j:
        _, a, b = best[i, j]
        words = right[j - b : j]
        if all(word.kind is Kind.WORD for word in words):
            out.append(Pair(_text(raw_line, raw[i - a : i]), " ".join(w.text for w in words), max(0, a - 1)))
        i, j = i - a, j - b
    yield from reversed(out)


def read_pairs(raw_file: Path, right_file: Path) -> list[Pair]:
    """Pairs of two files whose lines belong together one for one."""
    raw = raw_file.read_text(encoding="utf-8").split("\n")
    right = right_file.read_text(encoding="utf-8").split("\n")
    return [pair for a, b in zip(raw, right, strict=False) for pair in align(a, b)]
