"""The channel: what an engine makes of the letters of a syllable, and which syllables may thus stand behind a raw word.

A confusion table gives the cost (nats) with which one right letter comes out as 0 to 3 raw characters. A syllable is
read out of a raw word by the cheapest way to share the raw characters among its letters, with the engine's own habits
as the costs.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from normalize.data import DATA
from normalize.letters import plain

LONGEST_CHUNK = 3
MAX_RAW = 24  # characters; longer runs are never one syllable
UNSEEN = (9.0, 9.0, 12.0, 15.0)  # nats of a chunk of 0..3 characters that the table has not seen for a letter
UNSEEN_MARK = 5.0  # the same letter with other marks
_ODD_SIGN = 6.5  # nats, at most, of a sign that no page holds ("ﬁ") for a vowel with marks: of what else was it made
_ADDED = 7.0  # nats of a character too many beside one that stands for the letter: "ei" for ế, "¢é"
_COMMON = 4.0  # nats: dearer characters are not looked for beside another
_TORN_MARKS = "'’‘`´?"  # what an engine makes of the hook or the tone of a letter beside it: "cw’", "ci?" for cứ
_TORN = 2.0  # nats of such a mark
_IN_CAPITALS = 2.5  # nats by which a capital is misread as its small letter is: "VY" for VỤ, as "vy" for vụ
_BITS = 21  # of a character in the key of a chunk
UNKNOWN_LETTER = -1  # instead of the number of a letter
_EXTRA_LETTERS = "fjwzFJWZ"
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


class Channel(StrEnum):
    """Which confusions to expect: of an English model on Vietnamese pages, of the Vietnamese model, or of typing
    without marks.
    """

    ENGLISH = "eng"
    VIETNAMESE = "vie"
    PLAIN = "plain"


def alphabet() -> tuple[str, ...]:
    """Every letter of the Vietnamese alphabet with every mark, both cases, and the letters of foreign words."""
    lower = [unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES] + list("bcdđghklmnpqrstvx")
    return tuple(lower + [c.upper() for c in lower]) + tuple(_EXTRA_LETTERS)


@cache
def letter_numbers() -> dict[str, int]:
    """The column of each letter in a confusion table."""
    return {letter: j for j, letter in enumerate(alphabet())}


@cache
def _letter_table() -> NDArray[np.int16]:
    """The number of each letter by its code point; behind the last one what stands for all others."""
    numbers = letter_numbers()
    table = np.full(max(map(ord, numbers)) + 2, UNKNOWN_LETTER, np.int16)
    table[[ord(letter) for letter in numbers]] = list(numbers.values())
    return table


def letters_of(text: str) -> NDArray[np.int16]:
    """The letters of a text by their numbers in a confusion table; UNKNOWN_LETTER: one that the table lacks."""
    table = _letter_table()
    return table[np.minimum(_signs(text), len(table) - 1)]


def _signs(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class Chunks(NamedTuple):
    """The chunks of a confusion table: keys[i], in rising order, is the `_key` of the chunk that has the row number[i].

    unseen: the row of a chunk of no character that the table has not; longer ones have those behind it.
    """

    keys: NDArray[np.int64]
    number: NDArray[np.int32]
    unseen: int


@dataclass(frozen=True, slots=True)
class Confusions:
    """cost[i, j]: nats to print letter j as chunk i. cheapest[i]: the least of row i. The last 4 rows serve unseen
    chunks by length.
    """

    chunks: Chunks
    cost: NDArray[np.float32]
    cheapest: NDArray[np.float32]

    def rows(self, raws: Sequence[str]) -> NDArray[np.int32]:
        """Of each raw word len(raw) + 1 rows, one word's behind the other's: [i, k] is the row of the chunk raw[i:i+k],
        -1 past its end.
        """
        rows: NDArray[np.int32] = _rows(*self.chunks, _signs("".join(raws)), np.cumsum(list(map(len, raws))))
        return rows


@njit(cache=True)
def _rows(keys, number, unseen, signs, ends):  # type: ignore[no-untyped-def]
    rows = np.full((len(signs) + len(ends), LONGEST_CHUNK + 1), -1, np.int32)
    start = at = 0
    for end in ends:
        for i in range(start, end + 1):
            key = np.int64(0)
            for k in range(min(LONGEST_CHUNK, end - i) + 1):
                if k:
                    key |= (np.int64(signs[i + k - 1]) + 1) << (_BITS * (k - 1))
                low = np.searchsorted(keys, key)
                rows[at, k] = number[low] if low < len(keys) and keys[low] == key else unseen + k
            at += 1
        start = end
    return rows


def _chunks(names: Sequence[str]) -> Chunks:
    """Chunks by their rows, ready to be looked up; those of unseen chunks follow the last."""
    length = np.array(list(map(len, names)), np.int64)
    signs = np.zeros((len(names), LONGEST_CHUNK), np.int64)
    signs[np.arange(LONGEST_CHUNK) < length[:, None]] = _signs("".join(names)).astype(np.int64) + 1
    keys = (signs << (_BITS * np.arange(LONGEST_CHUNK))).sum(axis=1)  # as `_rows` makes them
    order = np.argsort(keys)
    return Chunks(keys[order], order.astype(np.int32), len(names))


def _columns(
    cells: Iterable[tuple[int, int, float]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """(row, column, nats) of cells of the table, as columns."""
    rows, columns, nats = tuple(zip(*cells, strict=True)) or ((), (), ())
    return np.array(rows, np.int64), np.array(columns, np.int64), np.array(nats, np.float32)


def make_confusions(rows: Iterable[tuple[str, str, float]]) -> Confusions:
    """(letter, chunk, cost) rows -> the dense table; what is not listed gets the cost of the unseen."""
    letters = letter_numbers()
    listed = [(letter, chunk, cost) for letter, chunk, cost in rows if letter in letters]
    singles = {c for letter in letters for c in (letter, plain(letter))}
    common = {chunk for letter, chunk, cost in listed if len(chunk) == 1 and chunk != letter and cost < _COMMON}
    pairs = sorted(a + b for a in common for b in common)
    one = singles | {chunk for _, chunk, _ in listed if len(chunk) == 1}
    torn = [(letter + mark, letter) for letter in one for mark in _TORN_MARKS]
    torn += [(mark + letter, letter) for letter in one for mark in _TORN_MARKS]
    names = sorted({chunk for _, chunk, _ in listed} | singles | {"", *pairs, *(chunk for chunk, _ in torn)})
    chunks = {chunk: i for i, chunk in enumerate(names)}
    length = [*map(len, names), 0, 1, 2, 3]
    cost = np.repeat(np.array(UNSEEN, np.float32)[length, None], len(letters), axis=1)
    bases = np.array([plain(letter) for letter in letters])
    for i, chunk in enumerate(names):
        if len(chunk) == 1:
            cost[i, bases == plain(chunk)] = UNSEEN_MARK
    at, to, nats = _columns((chunks[chunk], letters[letter], nats) for letter, chunk, nats in listed)
    cost[at, to] = nats
    capitals = ((chunk.upper(), letters[letter.upper()], nats + _IN_CAPITALS) for letter, chunk, nats in listed)
    at, to, nats = _columns((chunks[chunk], letter, nats) for chunk, letter, nats in capitals if chunk in chunks)
    np.minimum.at(cost, (at, to), nats)
    odd = [chunks[chunk] for chunk in names if len(chunk) == 1 and _is_odd(chunk)]
    unseen_one = len(names) + 1
    marked = [j for letter, j in letters.items() if letter.islower() and letter != plain(letter)]
    some = np.ix_([*odd, unseen_one], marked)
    cost[some] = np.minimum(cost[some], _ODD_SIGN)
    both, first, second = ([chunks[pair[part]] for pair in pairs] for part in (slice(2), 0, 1))
    cost[both] = np.minimum(cost[both], np.minimum(cost[first], cost[second]) + _ADDED)
    with_mark, without = ([chunks[name] for name in some] for some in zip(*torn, strict=True))
    cost[with_mark] = np.minimum(cost[with_mark], cost[without] + _TORN)
    return Confusions(_chunks(names), cost, cost.min(axis=1))


def _is_odd(sign: str) -> bool:
    """Whether it is a letter or sign that no Vietnamese page holds."""
    return unicodedata.category(sign)[0] in "LS" and not sign.isascii() and sign not in letter_numbers()


@cache
def confusions(channel: Channel, folder: Path = DATA) -> Confusions:
    """data/confusions_CHANNEL.tsv: letter, chunk, nats. Raises ValueError when a row is broken."""
    rows: list[tuple[str, str, float]] = []
    for line in (folder / f"confusions_{channel.value}.tsv").read_text(encoding="utf-8").split("\n"):
        if line:
            letter, chunk, nats = line.split("\t")
            rows.append((letter, chunk, float(nats)))
    return make_confusions(rows)
