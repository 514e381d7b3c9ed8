"""Names of places and people on misread lines: found by the words around them, read by their own lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalize.decoding.channel import Channel
from normalize.fixes import Fix
from normalize.letters import case_counts
from normalize.names.contexts import levels
from normalize.names.datelines import dateline_fixes
from normalize.names.places import Guess, Mention, read_places

_LONGEST = 4  # syllables of a name
_SURE = 0.95  # a word read so surely is no part of another name


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and where its words stand: line number in the document, and the spans of the words."""

    mention: Mention
    line: int
    spans: tuple[Fix, ...]


def find_mentions(lines: Sequence[Sequence[Fix]], raws: Sequence[str]) -> Iterator[Found]:
    """Level words with capitals behind them. lines: what was read so far, in order, line by line."""
    for number, (spans, raw) in enumerate(zip(lines, raws, strict=True)):
        for at, first in enumerate(spans):
            if not _may_begin_level(first.restored):
                continue
            level = _level_at(spans, at)
            behind = at + len(level)
            words = _capitals(spans[behind : behind + _LONGEST], raw, spans[behind - 1].end) if level else []
            if words:
                mention = Mention(_text(level), tuple(fix.raw for fix in words))
                yield Found(mention, number, tuple(words))


@lru_cache(maxsize=65536)
def _may_begin_level(word: str) -> bool:
    return word.lower().startswith(tuple(level.split()[0] for level in levels()))


def _level_at(spans: Sequence[Fix], at: int) -> Sequence[Fix]:
    """The two spans, or the one, that are a level word there; () where none is."""
    found = (spans[at : at + size] for size in (2, 1) if at + size <= len(spans))
    return next((some for some in found if _text(some) in levels()), ())


def _text(spans: Sequence[Fix]) -> str:
    return " ".join(fix.restored for fix in spans).lower()


def _capitals(spans: Sequence[Fix], raw: str, end: int) -> list[Fix]:
    """The words in front that begin with a capital, with nothing but blanks between them."""
    out = []
    for fix in spans:
        if raw[end : fix.start].strip() or not fix.raw[:1].isupper() or " " in fix.raw or fix.start == end:
            break
        out.append(fix)
        end = fix.end
    return out


def _is_in_capitals(name: str) -> bool:
    """Whether a name was printed in capitals; an engine makes a small letter of one now and then.

    >>> [_is_in_capitals(name) for name in ("HOCHiMINH", "HaNOi", "Chi", "Y")]
    [True, False, False, False]
    """
    letters, capitals = case_counts(name)
    return letters > 1 and 4 * capitals >= 3 * letters


def place_fixes(
    lines: Sequence[Sequence[Fix]], raws: Sequence[str], channel: Channel
) -> tuple[dict[int, list[Fix]], dict[tuple[str, ...], float]]:
    """Fixes by line number for the places that are clear, and bonuses for their names wherever else they stand."""
    found = list(find_mentions(lines, raws))
    guesses = read_places([one.mention for one in found], channel)
    fixes: dict[int, list[Fix]] = {}
    boosts: dict[tuple[str, ...], float] = {}
    named: dict[tuple[str, ...], float] = {}
    for one in found:
        guess = guesses.get(one.mention)
        if guess is None or _is_read_surely(one.spans, guess):
            continue
        named[guess.syllables] = max(guess.chance, named.get(guess.syllables, 0.0))
        fixes.setdefault(one.line, []).extend(_fixes(one.spans, guess))
        lower = tuple(syllable.lower() for syllable in guess.syllables)
        boosts |= {lower[i : i + 2]: 3.0 for i in range(max(1, len(lower) - 1))}
    for number, spans in enumerate(lines):
        fixes.setdefault(number, []).extend(dateline_fixes(spans, named, channel))
    return fixes, boosts


def _is_read_surely(spans: Sequence[Fix], guess: Guess) -> bool:
    """Whether a word of the name was surely read as another word: "xã Hội Phụ nữ" of two cells is no Hải Phú."""
    return any(
        span.probability >= _SURE and span.restored.lower() != syllable.lower()
        for span, syllable in zip(spans, guess.syllables, strict=False)
    )


def _fixes(spans: Sequence[Fix], guess: Guess) -> Iterator[Fix]:
    capitals = _is_in_capitals("".join(span.raw for span in spans))
    for span, syllable in zip(spans, guess.syllables, strict=False):
        text = syllable.upper() if capitals else syllable
        yield Fix(span.start, span.end, span.raw, text, "place", guess.chance)
