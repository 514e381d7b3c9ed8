"""Figures of restored text against its truth: errors, how sure the reader was, and how fast."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from normalize.fixers import UNREADABLE
from normalize.fixes import Restored, replay

_WORD = re.compile(r"\w+")
_BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Errors and what they are counted over, so that sums are right. seconds: of one core."""

    syllable_errors: int
    syllables: int
    exact_errors: int
    tokens: int
    character_errors: int
    characters: int
    seconds: float

    def __str__(self) -> str:
        syllable = 1 - self.syllable_errors / max(self.syllables, 1)
        exact = 1 - self.exact_errors / max(self.tokens, 1)
        cer = self.character_errors / max(self.characters, 1)
        speed = f"{self.syllables / self.seconds:8.0f} syllables/s" if self.seconds else ""
        return f"syllable {syllable:.4f}  exact {exact:.4f}  cer {cer:.4f}  {speed}"


def score(read: str, right: str, seconds: float = 0.0) -> Score:
    """Edit distances over lower-case syllables, over blank-separated tokens, and over characters with blanks folded."""
    a, b = (unicodedata.normalize("NFC", text.replace("⟨?⟩", " ")) for text in (read, right))
    words = _WORD.findall(a.lower()), _WORD.findall(b.lower())
    tokens = a.split(), b.split()
    characters = " ".join(tokens[0]), " ".join(tokens[1])
    return Score(
        Levenshtein.distance(*words), len(words[1]), Levenshtein.distance(*tokens), len(tokens[1]),
        Levenshtein.distance(*characters), len(characters[1]), seconds,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One fix: who made it, its chance (0 to 1), and whether the line is nearer to the truth with it than without."""

    method: str
    chance: float
    right: bool


def judged(lines: Sequence[Restored], right: Sequence[str]) -> Iterator[Judged]:
    """Every fix on these lines, each against the same line with all its other fixes. A mark that something is
    unreadable claims no text, and is not judged.
    """
    for line, truth in zip(lines, right, strict=True):
        with_all = _errors(line.text, truth)
        for at, fix in enumerate(line.fixes):
            if fix.restored == UNREADABLE:
                continue
            without = replay(line.raw, [*line.fixes[:at], *line.fixes[at + 1 :]])
            yield Judged(fix.method, fix.probability, with_all < _errors(without, truth))


def _errors(text: str, truth: str) -> tuple[int, int]:
    """Wrong syllables; and wrong characters, which decide where no syllable does. What is unreadable says nothing."""
    text = text.replace("⟨?⟩", " ")
    return (
        Levenshtein.distance(_WORD.findall(text.lower()), _WORD.findall(truth.lower())),
        Levenshtein.distance(" ".join(text.split()), " ".join(truth.split())),
    )


def by_method(fixes: Iterable[Judged]) -> dict[str, list[tuple[float, bool]]]:
    """Method -> (chance, right) of its fixes, the busiest method first."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fix in fixes:
        found[fix.method].append((fix.chance, fix.right))
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def calibration_error(counted: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins, 0 to 1; 0 when nothing was changed.

    >>> round(calibration_error([(0.9, True), (0.9, False)]), 2)
    0.4
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for p, right in counted:
        bins[min(_BINS - 1, int(p * _BINS))].append((p, right))
    gaps = (abs(sum(p for p, _ in some) - sum(right for _, right in some)) for some in bins)
    return sum(gaps) / max(sum(map(len, bins)), 1)
