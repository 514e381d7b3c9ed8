"""Lines -> the lattice of their readings: words read, kept, joined or parted, specks dropped, the rest as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize import language_model as lm
from normalize.lattice import RESTART, SILENT, Lattice
from normalize.letters import is_plain_syllable
from normalize.readings import MOST_READINGS, Part, Reader, Readings
from normalize.request import Anchor, Request, Unit, in_capitals, is_stray, units
from normalize.tokens import BOUNDARY, Kind, ends_sentence, model_words

_NEW_LINE = 0.7  # nats of either way at a line end: the sentence goes on, or not
_CAPITALS = (4.0, 3.0, 0.0, 0.0)  # nats of lower, Title, UPPER and mixed forms in a line of capitals
_LONGEST_JOIN = 12  # characters of words put together
_STRAY_COST = 2.0  # nats to keep one or two of them that stand alone; to drop them is free


@dataclass(frozen=True, slots=True)
class Reading:
    """What an arc stands for: line number, span, text; None as text: nothing to report."""

    line: int
    start: int
    end: int
    text: str | None
    known: bool = True


class LineLattice:
    """The lattice of some lines while it is built."""

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
        return (len(self._groups) - 1) * MOST_READINGS

    def reading(self, payload: int) -> Reading:
        """What an arc with this payload stands for."""
        line, start, end, text, known, forms = self._groups[payload // MOST_READINGS]
        if forms:
            text = (text or "") + self.reader.forms.texts[forms[payload % MOST_READINGS]]
        return Reading(line, start, end, text, known)

    def add_line(self, number: int, request: Request, here: int) -> int:
        """Add a line behind node `here`; returns the node behind it."""
        found = units(request)
        self.capitals = in_capitals(request.raw)
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

    def _add(self, number: int, unit: Unit, start: int) -> int:
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

    def _fixed(self, number: int, atom: Unit, start: int, end: int) -> None:
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
        self.lattice.arc(start, end, word, _STRAY_COST if is_stray(atom) else 0.0, text)
        if atom.kind is Kind.PUNCTUATION:
            self._speck(number, atom, start, end)

    def _speck(self, number: int, atom: Unit, start: int, end: int) -> None:
        if self.costs.speck is not None and atom.text != "|":
            cost = self.costs.speck + self.costs.speck_more * (len(atom.text) - 1)
            if is_stray(atom):
                cost = 0.0
            inside = atom.glued and atom.before_word
            self.lattice.arc(
                start, end, SILENT, cost, self._reading(number, atom.start, atom.end, " " if inside else "")
            )

    def _word(self, number: int, atom: Unit, start: int, end: int) -> None:
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

    def _parts(self, atom: Unit) -> list[tuple[int, Readings, Readings]]:
        """Ways to part a raw word in two, (place, left, right): only where it reads badly as one."""
        if self.costs.blank_out is None or atom.fixed or atom.anchor is not None or len(atom.text) < 4:
            return []
        if not self.reader.readings(atom.text).poor:
            return []
        out = []
        for cut in range(1, len(atom.text)):
            left = self.reader.readings(atom.text[:cut], Part.HALF)
            right = self.reader.readings(atom.text[cut:], Part.HALF) if left.form else left
            if right.form:
                out.append((cut, left, right))
        return sorted(out, key=lambda p: p[1].cost[0] + p[2].cost[0])[:3]

    def _joins(self, number: int, found: list[Unit], nodes: list[int]) -> None:
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
                        readings = self.reader.readings(text, Part.JOINED)
                        self._forms(number, first.start, unit.end, readings, cost, nodes[i], end)

    def _weak(self, unit: Unit) -> bool:
        return len(unit.text) == 1 or self.reader.readings(unit.text).poor
