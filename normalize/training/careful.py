"""Learn how far a repair is to be believed: the weights of data/careful.toml, by logistic regression.

    python -m normalize.training.careful RAW GOLD [RAW GOLD ...]

Each RAW is the text of one page as an engine of today read it, GOLD what the page says, line for line. Worn pages teach
what an engine misreads, clean ones (and right text, given as both RAW and GOLD) what must stay.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from normalize.careful import Weights, is_repair, signs, wear_of
from normalize.decoding.decoder import Piece
from normalize.fixers import MisreadLine
from normalize.tokens import model_words
from normalize.triage import TextState
from normalize.words import as_they_stand, careful_pieces

_RIDGE = 1.0  # keeps a weight small that few readings speak for
_ROUNDS = 30
_SORE = 0.05  # share of misread words: from here a page counts less, or the few worst would decide
_LEAST_WEIGHT = 0.2


def judged(raw: Sequence[str], gold: Sequence[str]) -> Iterator[tuple[tuple[float, ...], bool]]:
    """(signs, right) of every reading of the page that would change its text."""
    lines = [MisreadLine(text, TextState.DAMAGED, None, True) for text in raw]
    read = careful_pieces(lines, [as_they_stand(line) for line in lines])
    wear = wear_of(raw, list(zip(raw, read, strict=True)))
    for text, truth, pieces in zip(raw, gold, read, strict=True):
        for piece in pieces:
            if is_repair(text, piece):
                yield signs(text[piece.start : piece.end], piece, wear.beside(piece)), _mends(text, truth, piece)


def _mends(raw: str, truth: str, piece: Piece) -> bool:
    """Whether the line is nearer to the truth with this one reading than without."""
    after = raw[: piece.start] + piece.text + raw[piece.end :]
    words = [[word.lower() for word in model_words(text)] for text in (raw, after, truth)]
    return Levenshtein.distance(words[1], words[2]) < Levenshtein.distance(words[0], words[2])


def fitted(values: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of a logistic regression (Newton's method, ridge on all but the first).

    values: (readings, signs), the first column all 1; right: 0 or 1 each; weight: how much each counts.

    >>> values = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 9.0], [1.0, 9.0]])
    >>> bool(fitted(values, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4))[1] > 0)
    True
    """
    out = np.zeros(values.shape[1])
    ridge = np.diag([1e-6] + [_RIDGE] * (values.shape[1] - 1))
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-values @ out))
        slope = values.T @ (weight * (right - chance)) - ridge @ out
        bend = (values * (weight * chance * (1 - chance))[:, None]).T @ values + ridge
        out = out + np.linalg.solve(bend, slope)
    return out


def main(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Print the table of weights."""
    rows = []
    for raw, gold in pairs:
        texts = [path.read_text(encoding="utf-8").split("\n") for path in (raw, gold)]
        rows += list(judged(texts[0], texts[1]))
    values = np.array([row for row, _ in rows])
    right = np.array([float(flag) for _, flag in rows])
    sore = values[:, [field.name for field in fields(Weights)].index("wear")] > np.log(_SORE)
    found = fitted(values, right, np.where(sore, _LEAST_WEIGHT, 1.0))
    sys.stdout.write("[weights]\n")
    for field, value in zip(fields(Weights), found, strict=True):
        sys.stdout.write(f"{field.name} = {value:.2f}\n")


if __name__ == "__main__":
    paths = [Path(arg) for arg in sys.argv[1:]]
    main(list(zip(paths[::2], paths[1::2], strict=True)))
