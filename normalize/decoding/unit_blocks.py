"""The blocks of the units of a line: what a word, a mark, a number or an anchor may stand for, as arcs of the lattice.

They are made when first asked for and kept, since documents repeat their words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from normalize.data import undisturbed
from normalize.decoding import language_model as lm
from normalize.decoding.blocks import NO_TEXT, SINGLE, Blocks, Group
from normalize.decoding.channel import Channel
from normalize.decoding.digit_words import table as digit_words
from normalize.decoding.digit_words import words_by_number
from normalize.decoding.lattice import RESTART, SILENT
from normalize.decoding.readings import Part, Reader, Readings, reader
from normalize.decoding.request import Anchor, Run, Unit, is_stray, units
from normalize.decoding.run_together import Segment, parts_of, segments
from normalize.letters import is_plain_syllable
from normalize.tokens import BOUNDARY, Kind, ends_sentence, model_words

_NEW_LINE = 0.7  # nats of either way at a line end: the sentence goes on, or not
_STRAY_COST = 2.0  # nats to keep one or two of them that stand alone; to drop them is free
_SHORTEST_RUN = 4  # letters of two words
_WORSE = 1.0  # nats by which a word reads worse than a lost blank costs, from which it may be two
_FEW_DIGITS = re.compile(r"\d{1,2}\Z")  # a longer number is never taken for a word
_MOST_BLOCKS = 50_000  # that are kept


class Made(NamedTuple):
    """A unit and its block, which adds so many nodes.

    weak: a word that reads so badly that joining is worth a try, or a mark inside a word. joins: whether it may be
    joined at all.
    """

    unit: Unit
    block: int
    nodes: int
    weak: bool
    joins: bool


class UnitBlocks:
    """Makes the blocks of one channel, and remembers them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.costs = reader.costs
        self._forms = {text: number for number, text in enumerate(reader.forms.texts)}
        self._form_texts = np.array(reader.forms.texts, object)
        self._forget()

    def _forget(self) -> None:
        """Drop all blocks and the readings that they point to."""
        self.reader.forget()
        self.edition = self.reader.times_forgotten  # of the blocks: their numbers and keys hold good as long as it does
        self.blocks = Blocks()
        self._texts: list[str] = []  # those that are no form
        self._keys: dict[str, int] = {}
        self._runs: dict[tuple[str, bool], tuple[Made, ...]] = {}
        self._joined: dict[str, int | None] = {}
        self._anchors: dict[str, tuple[int, int]] = {}
        self.line_end = self.blocks.add([_silent(0, way, _NEW_LINE) for way in (SILENT, RESTART)])

    def tidy(self) -> None:
        """Forget when so much is remembered that it is time to, or when the reader forgot its readings. What is asked
        for afterwards is the same, only made anew; blocks and keys handed out before mean nothing any more.
        """
        full = len(self.blocks) > _MOST_BLOCKS or self.reader.is_full
        if full or self.edition != self.reader.times_forgotten:
            self._forget()

    def texts(self, keys: NDArray[np.int64]) -> list[str]:
        """The texts of keys that arcs came with."""
        last = len(self._form_texts) - 1
        texts: list[str] = self._form_texts[np.minimum(keys >> 1, last)].tolist()
        for at in np.flatnonzero((keys & 1 > 0) | (keys >> 1 > last)).tolist():
            texts[at] = self._text(int(keys[at]))
        return texts

    def _text(self, key: int) -> str:
        form, blank = divmod(key, 2)
        forms = self.reader.forms.texts
        if form >= len(forms):
            return self._texts[form - len(forms)]
        return " " + forms[form] if blank else forms[form]

    def _key(self, text: str) -> int:
        """Equal texts have equal keys: twice the number of a form (and one more with a blank before it), or what comes
        behind those.
        """
        form = self._forms.get(text)
        if form is None:
            form = self._keys.get(text)
        if form is None:
            form = self._keys[text] = len(self._forms) + len(self._texts)
            self._texts.append(text)
        return 2 * form

    def learn(self, some_runs: Iterable[Run | Anchor]) -> None:
        """Make the blocks of all units of these runs: the readings of their words are found at once."""
        known = self._runs
        keys = dict.fromkeys(key for run in some_runs if not isinstance(run, Anchor) and (key := run[1:]) not in known)
        fresh = {key: units(*key) for key in keys}
        found = [unit for some in fresh.values() for unit in some]
        words = list(dict.fromkeys(unit.text for unit in found if not unit.fixed))
        self.reader.learn([*words, *(unit.text for unit in found if self._may_be_word(unit))], Part.WHOLE)
        self.reader.learn((part for word in words if self._may_part(word) for part in parts_of(word)), Part.HALF)
        for key, some in fresh.items():
            self._runs[key] = tuple(map(self._make, some))

    def learn_joined(self, texts: Iterable[str]) -> None:
        """Find the readings of words put together."""
        self.reader.learn((text for text in texts if text not in self._joined), Part.JOINED)

    def units(self, run: str, opens: bool) -> tuple[Made, ...]:
        """The units of a run that was learnt, each with its block."""
        return self._runs[run, opens]

    def anchor(self, text: str) -> tuple[int, int]:
        """(block, nodes that it adds) of a text that is settled."""
        made = self._anchors.get(text)
        if made is None:
            ids = lm.vocabulary().ids
            words = model_words(text)[1:] or [BOUNDARY]
            heard = [RESTART if word == BOUNDARY else ids.get(word, lm.UNKNOWN_ID) for word in words]
            block = self.blocks.add([_silent(node, word, 0.0) for node, word in enumerate(heard)])
            made = self._anchors[text] = (block, len(heard))
        return made

    def joined(self, text: str) -> int | None:
        """The block of words put together; None when they read as nothing."""
        if text not in self._joined:
            readings = self.reader.readings(text, Part.JOINED)
            groups = [_forms(0, 1, 0, len(text), readings)]
            self._joined[text] = self.blocks.add(groups) if readings.count else None
        return self._joined[text]

    def _make(self, unit: Unit) -> Made:
        if unit.fixed:
            inside = unit.glued and unit.before_word
            groups = [*self._fixed(unit), *self._misread_number(unit)]
            return Made(unit, self.blocks.add(groups), 1, weak=inside, joins=unit.joins)
        readings, size = self.reader.readings(unit.text), len(unit.text)
        parts = self._parts(unit.text)
        cuts = sorted({part.end for part in parts if part.end < size})
        end = len(cuts) + 1
        nodes = {0: 0, size: end} | {cut: node for node, cut in enumerate(cuts, 1)}
        groups = [*self._word(unit, readings, end)]
        for start, stop, read, cost in parts:
            groups.append(_forms(nodes[start], nodes[stop], start, stop, read, cost, behind_blank=int(start > 0)))
        return Made(unit, self.blocks.add(groups), end, weak=size == 1 or readings.poor, joins=unit.joins)

    def _single(self, unit: Unit, end: int, word: int, cost: float, text: str, known: int = 1) -> Group:
        return Group(0, end, 0, len(unit.text), SINGLE, 1, word, self._key(text), known, cost)

    def _fixed(self, unit: Unit) -> Iterator[Group]:
        if unit.kind is Kind.NUMBER or unit.kind is Kind.SYMBOL:
            yield self._single(unit, 1, lm.NUMBER_ID if unit.kind is Kind.NUMBER else lm.SYMBOL_ID, 0.0, unit.text)
            return
        word = SILENT
        if unit.kind is Kind.PUNCTUATION and unit.text[0] == ",":
            word = lm.vocabulary().ids[","]
        elif unit.kind is Kind.PUNCTUATION and ends_sentence(unit.text, unit.glued):
            word = RESTART
        elif unit.kind is Kind.WORD:
            word = lm.vocabulary().ids.get(unit.text.lower(), lm.UNKNOWN_ID)
        yield self._single(unit, 1, word, _STRAY_COST if is_stray(unit) else 0.0, unit.text)
        if unit.kind is Kind.PUNCTUATION:
            yield from self._speck(unit, 1)

    def _may_be_word(self, unit: Unit) -> bool:
        """Whether it is a number all of whose digits may be misread letters."""
        asked = self.costs.number is not None and unit.kind is Kind.NUMBER and not unit.opens
        return asked and _FEW_DIGITS.match(unit.text) is not None

    def _misread_number(self, unit: Unit) -> Iterator[Group]:
        """The words that a number of one or two digits behind other words may have been."""
        if not self._may_be_word(unit):
            return
        yield _forms(0, 1, 0, len(unit.text), self.reader.readings(unit.text), self.costs.number or 0.0)
        for text, word in words_by_number().get(unit.text, ()):
            yield self._single(unit, 1, word, digit_words().cost, text)

    def _speck(self, unit: Unit, end: int) -> Iterator[Group]:
        if self.costs.speck is not None and unit.text != "|":
            cost = self.costs.speck + self.costs.speck_more * (len(unit.text) - 1)
            inside = unit.glued and unit.before_word
            yield self._single(unit, end, SILENT, 0.0 if is_stray(unit) else cost, " " if inside else "")

    def _word(self, unit: Unit, readings: Readings, end: int) -> Iterator[Group]:
        yield _forms(0, end, 0, len(unit.text), readings)
        yield self._single(unit, end, lm.UNKNOWN_ID, self._unknown(unit.text), unit.text, known=0)
        if self._may_be_speck(unit.text, readings):
            yield from self._speck(unit, end)

    def _may_be_speck(self, word: str, readings: Readings) -> bool:
        """Marks without a letter, and one or two letters that read badly: a word with a good reading is never
        dropped.
        """
        if not any(c.isalnum() for c in word):
            return True
        return len(word) <= 2 and readings.poor and not is_plain_syllable(word)

    def _unknown(self, word: str) -> float:
        """Cost of a word that is right and that no vocabulary has."""
        each = self.costs.unknown_capital if word.isupper() else self.costs.unknown_letter
        bare = self.costs.unknown_bare if is_plain_syllable(word) else 0.0
        letters = sum(map(str.isalpha, word))
        return bare + self.costs.unknown + each * letters + self.costs.unknown_odd * (len(word) - letters)

    def _may_part(self, word: str) -> bool:
        """Whether it may be several words: only where it reads badly as one."""
        blank = self.costs.blank_out
        if blank is None or len(word) < _SHORTEST_RUN:
            return False
        readings = self.reader.readings(word)
        return readings.poor or readings.cost > blank + _WORSE

    def _parts(self, word: str) -> Sequence[Segment]:
        """The syllables that a raw word may be parted into."""
        if not self._may_part(word):
            return ()
        return segments(word, lambda part: self.reader.readings(part, Part.HALF), self.costs.blank_out or 0.0)


def _silent(node: int, word: int, cost: float) -> Group:
    """From a node to the next, with nothing to report."""
    return Group(node, node + 1, 0, 0, SINGLE, 1, word, NO_TEXT, 1, cost)


def _forms(
    start: int, end: int, left: int, right: int, readings: Readings, cost: float = 0.0, behind_blank: int = 0
) -> Group:
    return Group(start, end, left, right, readings.first, readings.count, 0, behind_blank, 1, cost)


@cache
@undisturbed
def unit_blocks(channel: Channel) -> UnitBlocks:
    """The blocks of a channel, made once a process."""
    return UnitBlocks(reader(channel))
