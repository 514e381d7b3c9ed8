"""Lines as an engine read them -> what the page most likely says, with how sure each reading is.

A noisy-channel decoder: `channel` proposes syllables for raw words (and for two or three raw words that were one,
and for halves of a raw
word that was two), `language_model` weighs their sequence over line ends, `lattice` finds the cheapest whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from normalize import language_model as lm
from normalize.channel import MAX_RAW, Channel, Confusions, cheapest_below, confusions, forms, search
from normalize.compiled import BOOST_STEP, BOUNDARY_ID, fill, unigram_costs
from normalize.lattice import RESTART, SILENT, Lattice, Path, cheapest
from normalize.letters import is_plain_syllable
from normalize.tokens import BOUNDARY, Atom, Kind, atoms, ends_sentence, model_words

LINES_AT_ONCE = 60  # lines searched as one lattice; the history goes on to the next


@dataclass(frozen=True, slots=True)
class Anchor:
    """raw[start:end] is read already, as `text` (equal to the raw text: leave it). The decoder takes it as context
    only.
    """

    start: int
    end: int
    text: str


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


@dataclass(frozen=True, slots=True)
class Request:
    """One printed line and the spans of it that are settled: ordered, not empty, not overlapping."""

    raw: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Costs:
    """What an engine does beside confusing letters, in nats. None: it never does."""

    blank_in: float | None  # a blank inside a syllable
    blank_out: float | None  # no blank between two syllables
    speck: float | None  # a mark that stands for nothing; each further character adds speck_more
    speck_more: float
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
    Channel.ENGLISH: Costs(3.0, 5.5, 8.0, 4.0, 3.0, 3.0, 1.5, 8.0, 6.0, 1.0, 0.8, 0.5, 8.0),
    Channel.VIETNAMESE: Costs(7.0, 8.0, 9.0, 3.0, 0.0, 2.5, 1.0, 0.0, 3.0, 1.0, 1.0, 0.3, 10.0),
    Channel.PLAIN: Costs(None, None, None, 0.0, 0.0, 4.0, 2.0, 8.0, 4.0, 1.0, 1.0, 0.3, 10.0),
}
_MOST_READINGS = 24
_RARE = 0.35  # weight of a word's own frequency when readings are cut down to the best
_NEW_LINE = 0.7  # nats of either way at a line end: the sentence goes on, or not
_CAPITALS = (4.0, 3.0, 0.0, 0.0)  # nats of lower, Title, UPPER and mixed forms in a line of capitals
_FIRST = (5.0, 0.6)  # nats, and nats a letter: the first bound of the search for readings
_DEEPER = 4.0  # nats by which it grows while nothing is found
_DEAREST = (8.0, 2.2)  # nats, and nats a letter: what reads worse is not read at all
_DEAREST_JOINED = (4.0, 1.2)  # the same for words put together
_LONGEST_JOIN = 12  # characters of words put together
_STRAY = frozenset("_ˆ^~¬`´¨¸°")  # marks that such documents hardly ever print
_STRAY_COST = 2.0  # nats to keep one or two of them that stand alone; to drop them is free
_REMEMBERED = 200_000  # raw words whose readings are kept (about 100 MB)
_GOOD = 2.0  # nats a letter: a word read at less than this needs neither joining nor parting


@dataclass(frozen=True, slots=True)
class Readings:
    """What one raw word may be: form numbers and costs (nats), cheapest first; `poor` when even the best is dear."""

    form: tuple[int, ...]
    word: tuple[int, ...]  # the id of each form in the language model
    cost: tuple[float, ...]
    poor: bool


class Reader:
    """Finds the readings of raw words through one channel; remembers them, since a document repeats its words."""

    def __init__(self, channel: Channel) -> None:
        self.costs = _COSTS[channel]
        self.forms = forms()
        self._confusions = confusions(channel)
        table = lm.table()
        unigram = unigram_costs(table, len(lm.vocabulary().words))
        self.prior = (_RARE * unigram[self.forms.word] + self.costs.case * self.forms.case).astype(np.float32)
        self._seen: dict[tuple[str, bool], Readings] = {}
        f = self.forms
        self._below = cheapest_below(f.child, f.sibling, f.form, self.prior)
        self._found = np.empty(_MOST_READINGS, np.int32)
        self._found_cost = np.empty(_MOST_READINGS, np.float32)
        self._found_total = np.empty(_MOST_READINGS, np.float32)

    def use(self, table: Confusions) -> None:
        """Read through another confusion table from now on: another engine's, or one under test."""
        self._confusions = table
        self._seen.clear()

    def readings(self, raw: str, joined: bool = False) -> Readings:
        """joined: raw words put together, of which only a good reading is of use."""
        known = self._seen.get((raw, joined))
        if known is None:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            known = self._seen[raw, joined] = self._read(raw, _DEAREST_JOINED if joined else _DEAREST)
        return known

    def _read(self, raw: str, dearest: tuple[float, float]) -> Readings:
        if len(raw) > MAX_RAW:
            return Readings((), (), (), True)
        most = dearest[0] + dearest[1] * len(raw)
        bound = min(most, _FIRST[0] + _FIRST[1] * len(raw))
        while True:
            count = self._search(raw, bound)
            total = self._found_total[:count]
            if count == _MOST_READINGS or bound >= most:
                break
            if count and float(total.min()) + self.costs.window <= bound:
                break
            bound = min(most, float(total.min()) + self.costs.window + 1e-3 if count else bound + _DEEPER)
        return self._best(raw, count)

    def _search(self, raw: str, bound: float) -> int:
        table, f = self._confusions, self.forms
        return int(
            search(
                table.rows(raw), table.cost, table.cheapest, f.letter, f.child, f.sibling, f.form, self.prior,
                self._below, np.float32(bound), np.float32(self.costs.window),
                self._found, self._found_cost, self._found_total,
            )
        )  # fmt: skip

    def _best(self, raw: str, count: int) -> Readings:
        if not count:
            return Readings((), (), (), True)
        total = self._found_total[:count]
        order = np.lexsort((self._found[:count], total))
        order = order[total[order] <= total[order[0]] + self.costs.window]
        found, channel = self._found[order], self._found_cost[order]
        cost = self.costs.channel * channel + self.costs.case * self.forms.case[found]
        poor = float(channel.min()) > _GOOD * len(raw) or len(raw) == 1
        return Readings(tuple(found.tolist()), tuple(self.forms.word[found].tolist()), tuple(cost.tolist()), poor)


@cache
def reader(channel: Channel) -> Reader:
    """The reader of a channel, made once a process."""
    return Reader(channel)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an arc stands for: line number, span, text; None as text: nothing to report."""

    line: int
    start: int
    end: int
    text: str | None
    known: bool = True


class _Builder:
    """Builds the lattice of some lines."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.costs = reader.costs
        self.lattice = Lattice()
        self._groups: list[tuple[int, int, int, str | None, bool, tuple[int, ...]]] = []
        self.capitals = False
        self.silent = self._reading(-1, 0, 0, None)

    def _reading(
        self, line: int, start: int, end: int, text: str | None, known: bool = True, forms: tuple[int, ...] = ()
    ) -> int:
        """The payload of one reading, or of the first of a word's forms (`text` then stands before each)."""
        self._groups.append((line, start, end, text, known, forms))
        return (len(self._groups) - 1) * _MOST_READINGS

    def reading(self, payload: int) -> _Reading:
        """What an arc with this payload stands for."""
        line, start, end, text, known, forms = self._groups[payload // _MOST_READINGS]
        if forms:
            text = (text or "") + self.reader.forms.texts[forms[payload % _MOST_READINGS]]
        return _Reading(line, start, end, text, known)

    def add_line(self, number: int, request: Request, here: int) -> int:
        """Add a line behind node `here`; returns the node behind it."""
        found = _atoms(request)
        self.capitals = _in_capitals(request.raw)
        nodes = [here]
        for unit in found:
            nodes.append(self._add(number, unit, nodes[-1]))
        self._joins(number, found, nodes)
        return self._line_end(nodes[-1])

    def _line_end(self, here: int) -> int:
        """The sentence may go on in the next line or not."""
        after = self.lattice.node()
        self.lattice.arc(here, after, SILENT, _NEW_LINE, self.silent)
        self.lattice.arc(here, after, RESTART, _NEW_LINE, self.silent)
        return after

    def _add(self, number: int, unit: "_Unit", start: int) -> int:
        if unit.anchor is not None:
            return self._anchor(unit.anchor, start)
        if unit.fixed:
            end = self.lattice.node()
            self._fixed(number, unit, start, end)
            return end
        parts = self._parts(unit)
        inner = [self.lattice.node() for _ in parts]
        end = self.lattice.node()
        self._word(number, unit, start, end)
        for (cut, left, right), middle in zip(parts, inner, strict=True):
            place = unit.start + cut
            self._forms(number, unit.start, place, left, self.costs.blank_out or 0.0, start, middle)
            self._forms(number, place, unit.end, right, 0.0, middle, end, blank=" ")
        return end

    def _anchor(self, anchor: Anchor, start: int) -> int:
        ids = lm.vocabulary().ids
        at = start
        for word in model_words(anchor.text)[1:] or [BOUNDARY]:
            after = self.lattice.node()
            which = RESTART if word == BOUNDARY else ids.get(word, lm.UNKNOWN_ID)
            self.lattice.arc(at, after, which, 0.0, self.silent)
            at = after
        return at

    def _fixed(self, number: int, atom: "_Unit", start: int, end: int) -> None:
        text = self._reading(number, atom.start, atom.end, atom.text)
        if atom.kind is Kind.NUMBER or atom.kind is Kind.SYMBOL:
            self.lattice.arc(start, end, lm.NUMBER_ID if atom.kind is Kind.NUMBER else lm.SYMBOL_ID, 0.0, text)
            return
        word = SILENT
        if atom.kind is Kind.PUNCTUATION and atom.text[0] == ",":
            word = lm.vocabulary().ids[","]
        elif atom.kind is Kind.PUNCTUATION and ends_sentence(atom.text, atom.glued):
            word = RESTART
        elif atom.kind is Kind.WORD:
            word = lm.vocabulary().ids.get(atom.text.lower(), lm.UNKNOWN_ID)
        self.lattice.arc(start, end, word, _STRAY_COST if _is_stray(atom) else 0.0, text)
        if atom.kind is Kind.PUNCTUATION:
            self._speck(number, atom, start, end)

    def _speck(self, number: int, atom: "_Unit", start: int, end: int) -> None:
        if self.costs.speck is not None and atom.text != "|":
            cost = self.costs.speck + self.costs.speck_more * (len(atom.text) - 1)
            if _is_stray(atom):
                cost = 0.0
            inside = atom.glued and atom.before_word
            self.lattice.arc(
                start, end, SILENT, cost, self._reading(number, atom.start, atom.end, " " if inside else "")
            )

    def _word(self, number: int, atom: "_Unit", start: int, end: int) -> None:
        self._forms(number, atom.start, atom.end, self.reader.readings(atom.text), 0.0, start, end)
        kept = self._reading(number, atom.start, atom.end, atom.text, known=False)
        self.lattice.arc(start, end, lm.UNKNOWN_ID, self._unknown(atom.text), kept)
        if self._may_be_speck(atom.text):
            self._speck(number, atom, start, end)

    def _may_be_speck(self, word: str) -> bool:
        """Marks without a letter, and one or two letters that read badly: a word with a good reading is never
        dropped.
        """
        if not any(c.isalnum() for c in word):
            return True
        return len(word) <= 2 and self.reader.readings(word).poor and not is_plain_syllable(word)

    def _unknown(self, word: str) -> float:
        """Cost of a word that is right and that no vocabulary has."""
        each = self.costs.unknown_capital if word.isupper() else self.costs.unknown_letter
        bare = self.costs.unknown_bare if is_plain_syllable(word) else 0.0
        return bare + self.costs.unknown + sum(each if c.isalpha() else self.costs.unknown_odd for c in word)

    def _forms(
        self, number: int, a: int, b: int, found: Readings, extra: float, start: int, end: int, blank: str = ""
    ) -> None:
        f, weight = self.reader.forms, self.costs.case
        costs: Sequence[float] = found.cost
        if self.capitals:  # how a word is cased elsewhere says nothing here
            costs = [
                cost + _CAPITALS[f.shape[form]] - weight * float(f.case[form])
                for form, cost in zip(found.form, found.cost, strict=True)
            ]
        first = self._reading(number, a, b, blank, True, found.form)
        self.lattice.arcs(start, end, found.word, [cost + extra for cost in costs], first)

    def _parts(self, atom: "_Unit") -> list[tuple[int, Readings, Readings]]:
        """Ways to part a raw word in two, (place, left, right): only where it reads badly as one."""
        if self.costs.blank_out is None or atom.fixed or atom.anchor is not None or len(atom.text) < 4:
            return []
        if not self.reader.readings(atom.text).poor:
            return []
        out = []
        for cut in range(1, len(atom.text)):
            left, right = self.reader.readings(atom.text[:cut]), self.reader.readings(atom.text[cut:])
            if left.form and right.form:
                out.append((cut, left, right))
        return sorted(out, key=lambda p: p[1].cost[0] + p[2].cost[0])[:3]

    def _joins(self, number: int, found: "list[_Unit]", nodes: list[int]) -> None:
        """Two or three raw words (and what stands between them) that are one syllable."""
        if self.costs.blank_in is None:
            return
        for i, first in enumerate(found):
            if not first.joins:
                continue
            text, cost, words, weak = first.text, 0.0, 1, self._weak(first)
            for unit, end in zip(found[i + 1 : i + 5], nodes[i + 2 : i + 6], strict=False):
                if unit.anchor is not None or unit.kind in (Kind.NUMBER, Kind.SYMBOL):
                    break
                if not unit.joins and not (unit.glued and unit.before_word):
                    break  # a mark between two words joins them only when it touches both
                cost += 0.0 if unit.glued else self.costs.blank_in
                text += unit.text
                words += unit.joins
                if words > 3 or len(text) > _LONGEST_JOIN:
                    break
                if unit.joins:
                    weak = weak or self._weak(unit)
                    if weak:
                        readings = self.reader.readings(text, joined=True)
                        self._forms(number, first.start, unit.end, readings, cost, nodes[i], end)

    def _weak(self, unit: "_Unit") -> bool:
        return len(unit.text) == 1 or self.reader.readings(unit.text).poor


@dataclass(frozen=True, slots=True)
class _Unit:
    """An atom, or an anchor, as the builder sees it. fixed: numbers, symbols, punctuation, enumerators."""

    start: int
    end: int
    text: str
    kind: Kind
    glued: bool
    fixed: bool
    before_word: bool
    anchor: Anchor | None = None

    @property
    def joins(self) -> bool:
        return self.anchor is None and self.kind is Kind.WORD and not self.fixed


def _unit(line: Sequence[Atom], i: int) -> _Unit:
    atom = line[i]
    enumerator = (
        i == 0
        and len(atom.text) == 1
        and atom.text.isalpha()
        and len(line) > 1
        and line[1].glued
        and line[1].text in ".)"
    )
    after = i + 1 < len(line) and line[i + 1].glued and line[i + 1].kind is Kind.WORD
    return _Unit(
        atom.start, atom.end, atom.text, atom.kind, atom.glued, enumerator or atom.kind is not Kind.WORD, after
    )


def _atoms(request: Request) -> list[_Unit]:
    """The units of a line: atoms outside the anchors, and the anchors."""
    out: list[_Unit] = []
    at = 0
    for anchor in (*request.anchors, None):
        stop = len(request.raw) if anchor is None else anchor.start
        line = atoms(" " * at + request.raw[at:stop])
        out += [_unit(line, i) for i in range(len(line))]
        if anchor is not None:
            raw = request.raw[anchor.start : anchor.end]
            out.append(_Unit(anchor.start, anchor.end, raw, Kind.SYMBOL, False, True, False, anchor))
            at = anchor.end
    return out


def _is_stray(unit: _Unit) -> bool:
    return len(unit.text) <= 2 and not unit.glued and all(c in _STRAY for c in unit.text)


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _pieces(builder: _Builder, path: Path, lines: int, first: int) -> list[list[Piece]]:
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
        builder = _Builder(reader(channel))
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
