"""Figures of restored text against its truth: errors, how sure the reader was, and how fast."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from normalize.fixes import Restored

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


def _sure_words(line: Restored) -> list[tuple[str, float | None]]:
    """The words of the restored line; of each that a fix touched, the least chance (0 to 1) of its letters."""
    chances: list[float | None] = []
    at = 0
    for fix in sorted(line.fixes, key=lambda f: f.start):
        changed = fix.restored != fix.raw
        chances += [None] * (fix.start - at) + [fix.probability if changed else None] * len(fix.restored)
        at = fix.end
    chances += [None] * (len(line.raw) - at)
    found = []
    for match in _WORD.finditer(line.text):
        known = [p for p in chances[match.start() : match.end()] if p is not None]
        found.append((match.group(), min(known, default=None)))
    return found


def judged(lines: Sequence[Restored], right: Sequence[str]) -> Iterable[tuple[float, bool]]:
    """(chance, right) of every changed word; a word is right when the cheapest alignment with the truth keeps it."""
    for line, truth in zip(lines, right, strict=True):
        words = _sure_words(line)
        kept: set[int] = set()
        for op in Levenshtein.opcodes([word.lower() for word, _ in words], _WORD.findall(truth.lower())):
            if op.tag == "equal":
                kept.update(range(op.src_start, op.src_end))
        yield from ((p, i in kept) for i, (_, p) in enumerate(words) if p is not None)


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
