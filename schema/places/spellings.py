"""How the name of a unit is spelt: by the surest letters of the document itself, then by the table of places."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from extract.page import PageSource
from normalize.fixes import RestoredPage
from normalize.letters import ToneStyle, in_style
from schema.outline.flow import PrintedLine
from schema.places.gazetteer import is_spelt, read_as
from schema.places.misread_names import read_misread_name
from schema.places.units import Unit, find_units

# A recogniser that is this sure of a line seldom has a letter of it wrong.
_SURE = 0.9
_SHORTEST_ALIKE = 5
"""Letters of a name from which one of another letter is the same name misread."""
# A name that a unit of the table bears is taken for sure from this chance on; of one that none bears nobody can be.
_LIKELY = 0.8
# From this chance on the unit that restoration chose, knowing those around it, is not put in doubt.
_POSSIBLE = 0.1
# So often a spelling stands in sure lines, at least, and so many times as often as another, before it outvotes that.
_VOTES, _OUTVOTES = 2, 2
# Below this chance one name in eight is right.
_TELLING = 0.35


@dataclass(frozen=True)
class Evidence:
    """The running text of one document. grounds, whole: as restored, lines joined by blanks.

    printed: the lines that the file brought along and nobody changed: their letters are right as they stand.
    sure: those that a recogniser is sure of, as it read them: restoration knows words, but no rare names.
    misread: raw lines of a text layer that lost its marks.
    """

    grounds: str
    whole: str
    printed: str = ""
    sure: str = ""
    misread: tuple[str, ...] = ()

    @cached_property
    def printed_units(self) -> tuple[Unit, ...]:
        return find_units(self.printed)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return find_units(self.whole)

    @cached_property
    def sure_units(self) -> tuple[Unit, ...]:
        return find_units(self.sure)


def evidence_of(
    pages: Sequence[RestoredPage], grounds: Sequence[PrintedLine], lines: Sequence[PrintedLine]
) -> Evidence:
    """The evidence of one document's lines, the grounds among them."""
    printed = [line for line in lines if is_printed(pages, line)]
    sure = " ".join(line.raw.strip() for line in lines if line.confidence >= _SURE)
    layer = [line for line in lines if pages[line.page].page.source is not PageSource.OCR]
    misread = tuple(line.raw for line in layer if not is_printed(pages, line))
    return Evidence(_joined(grounds), _joined(lines), _joined(printed), sure, misread)


def _joined(lines: Sequence[PrintedLine]) -> str:
    return " ".join(line.text for line in lines)


def is_printed(pages: Sequence[RestoredPage], line: PrintedLine) -> bool:
    """Whether the file brought the line along and nobody changed it.

    A text layer without marks is the work of an English recogniser: nothing of it is sure.
    """
    page = pages[line.page]
    own = page.page.source is not PageSource.OCR and not page.lines[line.line].fixes
    return own and not line.raw.isascii()


@dataclass(frozen=True, slots=True)
class Spelt:
    """A unit with its name spelt right, as far as can be known.

    sure: whether it can. told: False where the likeliest of many readings is most often wrong.
    """

    unit: Unit
    sure: bool
    told: bool = True


def spell(unit: Unit, province: str | None, evidence: Evidence, date: dt.date | None) -> Spelt:
    """The unit, its name as the document's surest lines spell it; a misread one as the table of places does.

    A name that nobody knows stays as its letters say.
    """
    if printed := _commonest_name(unit, evidence.printed_units):
        return Spelt(replace(unit, name=printed), True)
    reading = read_misread_name(unit, province, evidence.misread) if evidence.misread else None
    if reading and not (is_spelt(unit.level, unit.name) and reading.as_read >= _POSSIBLE):
        sure = is_spelt(unit.level, reading.name) and reading.chance >= _LIKELY
        return Spelt(replace(unit, name=reading.name), sure, reading.chance >= _TELLING)
    if is_spelt(unit.level, unit.name):
        outvoted = _outvoting_name(unit, evidence.sure_units)
        return Spelt(replace(unit, name=outvoted or unit.name), not outvoted)
    if known := read_as(unit.level, unit.name, province, date):
        return Spelt(replace(unit, name=known), True)
    if likely := _commonest_name(unit, evidence.sure_units):
        return Spelt(replace(unit, name=likely), True)
    guessed = _commonest_name(unit, evidence.units)
    return Spelt(replace(unit, name=guessed or unit.name), unit.name.isdigit())


def _commonest_name(unit: Unit, named: Sequence[Unit]) -> str | None:
    """The commonest spelling of the unit among those named; of a name that differs in one letter where it is not."""
    same = [other for other in named if other.key == unit.key] or [other for other in named if _alike(unit, other)]
    counts = Counter(other.name for other in same).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        known = [name for name, _ in counts if is_spelt(unit.level, name)]
        return known[0] if len(known) == 1 else None
    return counts[0][0]


def _outvoting_name(unit: Unit, named: Sequence[Unit]) -> str | None:
    """A spelling with other marks that is twice as common as the unit's own: one of its letters was misread, though it
    made a name that another unit bears.
    """
    styled = {in_style(other.name, ToneStyle.OLD): other.name for other in named if other.key == unit.key}
    counts = Counter(in_style(other.name, ToneStyle.OLD) for other in named if other.key == unit.key)
    name, times = next(iter(counts.most_common(1)), ("", 0))
    outvotes = times >= _VOTES and times >= _OUTVOTES * max(1, counts[in_style(unit.name, ToneStyle.OLD)])
    return styled[name] if outvotes and name != in_style(unit.name, ToneStyle.OLD) else None


def _alike(unit: Unit, other: Unit) -> bool:
    one, two = unit.key[1], other.key[1]
    long = min(len(one), len(two)) >= _SHORTEST_ALIKE
    return long and unit.level == other.level and Levenshtein.distance(one, two, score_cutoff=1) <= 1
