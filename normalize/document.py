"""Restoration of a whole document: each line is gated, and what may be touched is restored with a view of the rest.

pages -> old encodings -> gate (triage) -> grammars (fixers) -> decoder -> assembly -> RestoredPage
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise

from msgspec.structs import replace

from extract.page import Line, Page, PageSource
from normalize.assembly import assemble
from normalize.careful import is_worn
from normalize.characters.encodings import decoded, encoding_of
from normalize.characters.unicode_forms import unicode_fixes
from normalize.decoding.windows import rejoined, windows
from normalize.fixers import MisreadLine, grammar_fixes, scrap_fixes
from normalize.fixes import Fix, LineQuality, Restored, RestoredPage, compose
from normalize.grammars.enumerators import item_letter
from normalize.letters import ToneStyle, tone_style
from normalize.tokens import runs_of
from normalize.triage import line_states
from normalize.words import CAREFUL, CHANNELS, read_carefully, read_twice

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^ \t\r\n]+")  # a no-break blank may be half of a letter
_ROUNDS = 8  # until a round changes nothing: mostly the second


def restore_document(pages: Sequence[Page]) -> tuple[RestoredPage, ...]:
    """Restore every line of every page; the pages are those of one document, in order. Total: no input raises."""
    results = [_in_unicode([line.text for line in page.lines]) for page in pages]
    scanned = [page.source is PageSource.OCR for page in pages]
    for _ in range(_ROUNDS):
        again = _restore_texts([[line.text for line in page] for page in results], scanned)
        if not any(line.fixes for page in again for line in page):
            break
        results = [list(map(_joined, first, second)) for first, second in zip(results, again, strict=True)]
    return tuple(
        RestoredPage(page, tuple(map(_as_sure_as_read, page.lines, lines)))
        for page, lines in zip(pages, results, strict=True)
    )


def _as_sure_as_read(line: Line, restored: Restored) -> Restored:
    """A line that needed nothing is as sure as the engine was of it."""
    return restored if restored.fixes else replace(restored, confidence=min(restored.confidence, line.confidence))


def _in_unicode(texts: Sequence[str]) -> list[Restored]:
    """The lines of one page with old codes decoded and letters composed."""
    encoding = encoding_of(texts)
    if encoding is None:
        return [Restored(text, tuple(unicode_fixes(text))) for text in texts]
    out = []
    for text in texts:
        runs = [(m.start(), m.end(), m.group(), decoded(m.group(), encoding)) for m in _RUN.finditer(text)]
        fixes = tuple(Fix(a, b, raw, read, encoding.value, 0.99) for a, b, raw, read in runs if raw != read)
        out.append(Restored(text, fixes, LineQuality.REPAIRED if fixes else LineQuality.GOOD))
    return out


def _joined(first: Restored, second: Restored) -> Restored:
    """Both rounds as one. The later round saw the better text: its confidence stands, unless it had nothing to do."""
    fixes = compose(first.raw, first.fixes, second.fixes)
    if not second.fixes:
        return Restored(first.raw, fixes, max(first.quality, second.quality, key=_worse), first.confidence)
    return Restored(first.raw, fixes, max(LineQuality.REPAIRED, second.quality, key=_worse), second.confidence)


_worse = {quality: rank for rank, quality in enumerate(LineQuality)}.__getitem__


def _restore_texts(pages: Sequence[Sequence[str]], scanned: Sequence[bool]) -> list[list[Restored]]:
    """One round over the lines of all pages. scanned: whether an engine of ours read the page."""
    parted = [[windows(text) for text in page] for page in pages]
    restored = _restore_lines([[part for line in page for part in line] for page in parted], scanned)
    out = []
    for page, parts in zip(parted, map(iter, restored), strict=True):
        out.append([rejoined(list(islice(parts, len(line)))) for line in page])
    return out


def _restore_lines(pages: Sequence[Sequence[str]], scanned: Sequence[bool]) -> list[list[Restored]]:
    """The same for lines that are not too long."""
    lines = _misread_lines(pages, scanned)
    misread = [line.state in CHANNELS for line in lines]
    settled = [grammar_fixes(line) if anew else scrap_fixes(line) for line, anew in zip(lines, misread, strict=True)]
    spans = read_twice(lines, settled) if any(misread) else [list(some) for some in settled]
    repairs = read_carefully(lines)
    touched = any(spans) or any(repairs)  # where nothing is, nobody asks for the style
    style = _tone_style([line.raw for line in lines if line.state not in CHANNELS]) if touched else ToneStyle.OLD
    restored = [
        assemble(line.raw, [*read, *some], style) for line, read, some in zip(lines, spans, repairs, strict=True)
    ]
    ends = list(accumulate(map(len, pages), initial=0))
    return [restored[start:end] for start, end in pairwise(ends)]


def _misread_lines(pages: Sequence[Sequence[str]], scanned: Sequence[bool]) -> list[MisreadLine]:
    """All lines of the document, in order, with what the gate said and the item letter in force before each."""
    lines: list[MisreadLine] = []
    item = None
    for page, (texts, states, ocr) in enumerate(zip(pages, line_states(pages), scanned, strict=True)):
        worn = ocr or (not CAREFUL.isdisjoint(states) and is_worn(texts))  # of other lines nobody asks
        for text, state in zip(texts, states, strict=True):
            lines.append(MisreadLine(text, state, item, worn, page))
            item = item_letter(text) or item
    return lines


def _tone_style(texts: Sequence[str]) -> ToneStyle:
    """The style that most words of the document show; the old one when none shows any."""
    runs = chain.from_iterable(map(runs_of, texts))
    seen = Counter(chain.from_iterable(map(_styles, runs)))
    return ToneStyle.NEW if seen[ToneStyle.NEW] > seen[ToneStyle.OLD] else ToneStyle.OLD


@lru_cache(maxsize=65536)
def _styles(run: str) -> tuple[ToneStyle, ...]:
    """The styles that the words of a run without blanks show."""
    return tuple(style for word in _WORD.findall(run) if (style := tone_style(word)))
