"""Raw words -> what each may be: the words that a channel may have turned into it, the likeliest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from normalize.decoding.channel import MAX_RAW, Channel, Confusions, confusions
from normalize.decoding.form_search import search
from normalize.decoding.form_trie import table, trie
from normalize.decoding.forms import forms
from normalize.decoding.language_model import model


@dataclass(frozen=True, slots=True)
class Costs:
    """What an engine does beside confusing letters, in nats. None: it never does."""

    blank_in: float | None  # a blank inside a syllable
    blank_out: float | None  # no blank between two syllables
    speck: float | None  # a mark that stands for nothing; each further character adds speck_more
    speck_more: float
    number: float | None  # a word all of whose letters came out as digits: "ty 16" for "tỷ lệ"
    unknown: float  # a word that no vocabulary has, and each of its letters
    unknown_letter: float
    unknown_capital: float  # each letter where all are capitals
    unknown_bare: float  # a word that looks like a syllable without its marks
    unknown_odd: float  # each character that is no letter
    model: float  # weight of the language model
    channel: float  # weight of the letter confusions
    case: float  # weight of how a word is usually cased
    window: float  # readings dearer than the best by more are not tried


_COSTS = {
    Channel.ENGLISH: Costs(3.0, 5.5, 8.0, 4.0, -2.0, 3.0, 3.0, 1.5, 8.0, 6.0, 1.0, 1.0, 0.5, 9.0),
    Channel.VIETNAMESE: Costs(7.0, 8.0, 9.0, 3.0, None, 0.0, 2.5, 1.0, 0.0, 3.0, 1.0, 1.0, 0.3, 10.0),
    Channel.PLAIN: Costs(None, None, None, 0.0, None, 0.0, 4.0, 2.0, 8.0, 4.0, 1.0, 1.0, 0.3, 10.0),
}
MOST_READINGS = 80
_RARE = 0.35  # weight of a word's own frequency when readings are cut down to the best
_DEAREST = ((8.0, 2.2), (4.0, 1.2), (6.0, 1.6))  # nats, and nats a letter, by `Part`: what reads worse is not read
_REMEMBERED = 100_000  # raw words whose readings are kept (about 50 MB)
_GOOD = 2.0  # nats a letter: a word read at less than this needs neither joining nor parting


class Readings(Struct, frozen=True, gc=False):
    """What one raw word may be: `count` rows of the reader's columns from row `first` on, cheapest first.

    cost of the first of them (nats; 0 when there is none); `poor` when even that is dear, or there is none.
    """

    first: int
    count: int
    cost: float
    poor: bool


_NOTHING = Readings(0, 0, 0.0, True)
_FIRST_ROWS = 4096


class Part(IntEnum):
    """Whether a raw word stands on the page by itself, was put together of two or three, or is half of one."""

    WHOLE = 0
    JOINED = 1
    HALF = 2


class Reader:
    """Finds the readings of raw words through one channel; remembers them, since a document repeats its words."""

    def __init__(self, channel: Channel) -> None:
        self.costs = _COSTS[channel]
        self.forms = forms()
        self._take(confusions(channel))
        prior = (_RARE * model().alone[self.forms.word] + self.costs.case * self.forms.case).astype(np.float32)
        self._trie = trie(self.forms, prior)
        self._seen: dict[tuple[str, Part], Readings] = {}
        self._rows = 0
        self.times_forgotten = 0  # rows of readings hold good as long as this stays the same
        self._form = np.empty(_FIRST_ROWS, np.int32)
        self._cost = np.empty(_FIRST_ROWS, np.float64)

    def use(self, some: Confusions) -> None:
        """Read through another confusion table from now on: another engine's, or one under test."""
        self._take(some)
        self.forget()

    def _take(self, some: Confusions) -> None:
        self._confusions = some
        self._table = table(some.cost, some.cheapest)

    def forget(self) -> None:
        """Drop the readings found so far; their rows may be written over."""
        self._seen.clear()
        self._rows = 0
        self.times_forgotten += 1

    @property
    def is_full(self) -> bool:
        """Whether so many readings are remembered that it is time to forget them."""
        return len(self._seen) > _REMEMBERED

    @property
    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Form number and cost (nats) of all readings found so far, row by row."""
        return self._form, self._cost

    def texts(self, readings: Readings) -> list[str]:
        """The words of some readings, cheapest first."""
        return [self.forms.texts[form] for form in self._form[readings.first : readings.first + readings.count]]

    def readings(self, raw: str, part: Part = Part.WHOLE) -> Readings:
        """What a raw word may be; of one that was put together or parted only good readings are of use."""
        known = self._seen.get((raw, part))
        if known is None:
            self.learn((raw,), part)
            known = self._seen[raw, part]
        return known

    def learn(self, raws: Iterable[str], part: Part) -> None:
        """Find the readings of all these raw words at once, which is quicker than one by one as they are asked for."""
        fresh = [raw for raw in dict.fromkeys(raws) if (raw, part) not in self._seen]
        self._seen.update(((raw, part), _NOTHING) for raw in fresh)
        short = [raw for raw in fresh if len(raw) <= MAX_RAW]
        if not short:
            return
        size = np.fromiter(map(len, short), np.int64, len(short))
        counts, found, channel = self._search(short, size, _DEAREST[part])
        first, cost = self._keep(found, channel)
        some = np.flatnonzero(counts)
        begins = (np.cumsum(counts) - counts)[some]
        least = np.minimum.reduceat(channel, begins) if len(some) else channel
        poor = (least > _GOOD * size[some]) | (size[some] == 1)
        columns = first + begins, counts[some], cost[begins], poor
        for word, *row in zip(some.tolist(), *(column.tolist() for column in columns), strict=True):
            self._seen[short[word], part] = Readings(*row)

    def _search(
        self, raws: Sequence[str], size: NDArray[np.int64], dearest: tuple[float, float]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """How many forms each word has, those of all words, what they cost the channel. size: letters of each word."""
        most = (dearest[0] + dearest[1] * size).astype(np.float32)
        found: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]] = search(
            self._confusions.rows(raws), size, most, self._table, self._trie, np.float32(self.costs.window),
            MOST_READINGS,
        )  # fmt: skip
        return found

    def _keep(self, found: NDArray[np.int32], channel: NDArray[np.float32]) -> tuple[int, NDArray[np.float32]]:
        """Write down readings; returns their first row and their costs."""
        cost = self.costs.channel * channel + self.costs.case * self.forms.case[found]
        first, self._rows = self._rows, self._rows + len(found)
        if self._rows > len(self._form):
            self._form = np.resize(self._form, 2 * self._rows)
            self._cost = np.resize(self._cost, 2 * self._rows)
        self._form[first : self._rows] = found
        self._cost[first : self._rows] = cost
        return first, cost


@cache
def reader(channel: Channel) -> Reader:
    """The reader of a channel, made once a process."""
    return Reader(channel)
