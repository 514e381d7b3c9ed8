"""The outline that enumerators span: which levels are open, and which reading of a mark continues them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from schema.outline.numbering import LETTERS, UNKNOWN, Marker, Style
from schema.values.roman import roman_label


class Fit(IntEnum):
    """How well a reading of a mark continues an outline, from not at all to the next number in order."""

    NONE = 0
    SKIPS = 1
    OPENS = 2
    NEXT = 3


_LONGEST_SKIP = 3
"""Numbers from the one before, at most: two may have been lost between them."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The open levels, outermost first. Frozen: `place` returns the outline that follows."""

    levels: tuple[Marker, ...] = ()

    def last(self, marker: Marker) -> Marker | None:
        """The open level that `marker` would continue; None when it would open one."""
        style, level = marker.style, marker.level
        return next((m for m in reversed(self.levels) if m.style is style and m.level == level), None)

    def fit(self, marker: Marker) -> Fit:
        """How well a reading continues the outline. A mark without a number opens a level; so does the number 1."""
        if not marker.numbered:
            return Fit.OPENS
        before = self.last(marker)
        if marker.ordinal == UNKNOWN:
            return Fit.OPENS if before else Fit.NONE
        if marker.style is Style.DECIMAL:
            return self._fit_decimal(marker, before)
        step = marker.ordinal[-1] - (before.ordinal[-1] if before else 0)
        if step == 1:
            return Fit.NEXT if before else Fit.OPENS
        begins_anew = before is not None and marker.ordinal[-1] == 1
        return Fit.SKIPS if begins_anew or 1 < step <= _LONGEST_SKIP else Fit.NONE

    def _fit_decimal(self, marker: Marker, before: Marker | None) -> Fit:
        if before and before.ordinal[:-1] == marker.ordinal[:-1]:
            return Fit.NEXT if marker.ordinal[-1] - before.ordinal[-1] == 1 else Fit.SKIPS
        parent = any(m.ordinal == marker.ordinal[:-1] for m in self.levels)
        first = marker.ordinal[-1] == 1
        return Fit.OPENS if parent and first else Fit.SKIPS if parent or first else Fit.NONE

    def choose(self, readings: Sequence[Marker]) -> tuple[Marker, Fit] | None:
        """The reading that fits best and how well; the first among equals; None for no readings."""
        ranked = ((self.fit(marker), marker) for marker in readings)
        fit, best = max(ranked, key=lambda found: found[0], default=(Fit.NONE, None))
        if best is None or (best.ordinal == UNKNOWN and fit is Fit.NONE):
            return None
        return self._resolved(best), fit

    def _resolved(self, marker: Marker) -> Marker:
        """A misread letter or Roman numeral, or one that lost strokes ("I." for "II."), is the next of its level."""
        before = self.last(marker)
        if before is None or not (marker.ordinal == UNKNOWN or _lost_strokes(marker, before)):
            return marker
        ordinal = before.ordinal[-1] + 1
        if marker.style is Style.ROMAN:
            return replace(marker, ordinal=(ordinal,), label=roman_label(ordinal))
        return replace(marker, ordinal=(ordinal,), label=LETTERS[min(ordinal, len(LETTERS)) - 1])

    def lost(self, end: int) -> Marker | None:
        """The mark that a line has lost, when the inmost open number is a letter: the next letter."""
        numbered = [m for m in self.levels if m.numbered]
        if not numbered or numbered[-1].style is not Style.LETTER:
            return None
        return self._resolved(Marker(Style.LETTER, UNKNOWN, "", end))

    def place(self, marker: Marker) -> "Outline":
        """The outline after `marker`: deeper levels closed, its own level replaced or opened."""
        before = self.last(marker)
        if before is not None:
            kept = self.levels[: self.levels.index(before)]
        else:
            kept = tuple(m for m in self.levels if m.level <= marker.level and (m.numbered or not marker.numbered))
        return Outline((*kept, marker))

    def paragraph(self) -> "Outline":
        """The outline after a paragraph without a mark: dashes are closed."""
        return Outline(tuple(m for m in self.levels if m.numbered))

    @property
    def path(self) -> tuple[str, ...]:
        """Labels of the open numbered levels. A decimal stands for all numbers above it, II, 1.2 not II, 1, 1.2, also
        where the number above was misread or misprinted: II, 1.2 not II, 4, 1.2."""
        labels: list[str] = []
        for index, marker in enumerate(self.levels):
            deeper = self.levels[index + 1 :]
            repeated = marker.style in (Style.ARABIC, Style.DECIMAL) and any(
                m.style is Style.DECIMAL and len(m.ordinal) > len(marker.ordinal) for m in deeper
            )
            if marker.label and not repeated:
                labels.append(marker.label)
        return tuple(labels)


_STROKES_ALONE = 3
"""The last Roman numeral of strokes alone."""


def _lost_strokes(marker: Marker, before: Marker) -> bool:
    """Whether a Roman numeral comes again, or falls back to one of fewer strokes where the next is of strokes alone."""
    if marker.style is not Style.ROMAN:
        return False
    last = before.ordinal[-1]
    return marker.ordinal == before.ordinal or marker.ordinal[-1] < last < _STROKES_ALONE
