"""Very long lines, restored window by window: what restoration costs grows with the square of a line's length.

No printed line is so long; a paragraph of a word processor may be, and a file without line ends is.

>>> windows("mot dong ngan")
['mot dong ngan']
>>> [len(window) for window in windows("ke hoach " * 1000)]
[3999, 3996, 1005]
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from normalize.fixes import LineQuality, Restored

_LONGEST = 4000  # characters: more than a printed page in one paragraph
_SENTENCE_ENDS = (". ", "; ", ": ", "| ")


def windows(text: str) -> list[str]:
    """The text cut behind a sentence where there is one, else behind a blank, else anywhere; together they are it."""
    return list(_windows(text)) if len(text) > _LONGEST else [text]


def _windows(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _LONGEST:
        end = _cut(text, start + _LONGEST // 2, start + _LONGEST)
        yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, low: int, high: int) -> int:
    """Where to cut between two places."""
    sentence = max(text.rfind(sign, low, high) for sign in _SENTENCE_ENDS)
    if sentence >= 0:
        return sentence + 2
    blank = text.rfind(" ", low, high)
    return high if blank < 0 else blank + 1


def rejoined(parts: Sequence[Restored]) -> Restored:
    """The windows of one line, restored, as the line."""
    if len(parts) == 1:
        return parts[0]
    starts = accumulate((len(part.raw) for part in parts), initial=0)
    fixes = tuple(
        replace(fix, start=start + fix.start, end=start + fix.end)
        for start, part in zip(starts, parts, strict=False)
        for fix in part.fixes
    )
    raw = "".join(part.raw for part in parts)
    sure = sum(part.confidence * len(part.raw) for part in parts) / max(1, len(raw))
    return Restored(raw, fixes, _quality(parts), min(1.0, sure))


def _quality(parts: Sequence[Restored]) -> LineQuality:
    """Unreadable when most of the line is; else repaired when any of it is."""
    lost = sum(len(part.raw) for part in parts if part.quality is LineQuality.UNREADABLE)
    if 2 * lost > sum(len(part.raw) for part in parts):
        return LineQuality.UNREADABLE
    repaired = any(part.fixes or part.quality is not LineQuality.GOOD for part in parts)
    return LineQuality.REPAIRED if repaired else LineQuality.GOOD
