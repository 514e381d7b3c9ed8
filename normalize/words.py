"""The words of misread lines, read by the decoder around the spans that the grammars have settled."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from normalize.calibration import chances
from normalize.careful import Wear, needs_reading, repair, wear_of
from normalize.decoding.channel import Channel
from normalize.decoding.decoder import Anchor, Piece, Reading, Request, decode, read
from normalize.decoding.lattice import by_key
from normalize.dirt.dust import fix_dust
from normalize.dirt.scrap import is_scrap_line
from normalize.fixers import MisreadLine, grammar_fixes, unreadable
from normalize.fixes import Fix
from normalize.grammars.sequences import sequence_fixes
from normalize.mending.runs import fix_runs
from normalize.mending.slips import fix_slips
from normalize.mending.torn_words import fix_torn_words
from normalize.names.names import place_fixes
from normalize.names.official import in_official_names
from normalize.names.people import person_fixes
from normalize.names.phrases import phrase_fix
from normalize.names.spellings import spelling_fixes
from normalize.recurring.echoes import echo_fixes, may_echo, said_often
from normalize.recurring.repeats import repeated
from normalize.recurring.twins import twin_boosts
from normalize.recurring.votes import boosts_of, level_boosts, sure_words
from normalize.triage import TextState

_PLACE = attrgetter("start", "end")  # of a fix

CHANNELS = {TextState.GARBLED: Channel.ENGLISH, TextState.PLAIN: Channel.PLAIN}
_WORD = re.compile(r"[^\W\d_]+")
_PROVEN_FROM = {"symbol": 0.85, "acronym": 0.95}  # chance from which a grammar is believed over a worn line
_LINES_REMEMBERED = 2048  # of a document, for its second round, which finds most lines as the first left them
CAREFUL = frozenset({TextState.RIGHT, TextState.DAMAGED})


def read_twice(lines: Sequence[MisreadLine], settled: Sequence[Sequence[Fix]]) -> list[list[Fix]]:
    """All that can be read on each line, in order: once by itself, then with what the document says elsewhere.

    The second reading knows the units that the document names and favours what it says surely in many places.
    """
    once = read_words(lines, settled)
    first = [_merged(some, words) for some, words in zip(settled, once.spans, strict=True)]
    sure = sure_words(first)
    boosts = boosts_of(sure) | level_boosts(first)
    phrases = said_often(sure) if any(may_echo(line.raw) for line in lines) else {}
    known = [list(some) for some in settled]
    for state, channel in CHANNELS.items():
        mine = [i for i, line in enumerate(lines) if line.state is state]
        spans, raws = [first[i] for i in mine], [lines[i].raw for i in mine]
        fixes, names = place_fixes(spans, raws, channel)
        boosts |= by_key(names | twin_boosts(spans, channel))
        persons = person_fixes(spans, raws, channel)
        for number, (words, raw) in enumerate(zip(spans, raws, strict=True)):
            phrase = phrase_fix(raw, words)
            whole = () if phrase is None else (phrase,)
            echoes = echo_fixes(raw, words, phrases) if phrases and state is TextState.GARBLED else ()
            found = _apart([*whole, *echoes, *settled[mine[number]], *fixes.get(number, ()), *persons.get(number, ())])
            known[mine[number]] = _merged(found, ())
    again = read_words(lines, known, boosts, once.readings)
    return [_merged(some, words) for some, words in zip(known, again.spans, strict=True)]


def _apart(fixes: Sequence[Fix]) -> list[Fix]:
    """Those that overlap none before them in the list."""
    kept: list[Fix] = []
    for fix in fixes:
        if all(fix.end <= other.start or fix.start >= other.end for other in kept):
            kept.append(fix)
    return kept


def _merged(some: Sequence[Fix], others: Sequence[Fix]) -> list[Fix]:
    return sorted([*some, *others], key=_PLACE) if some else list(others)


class Words(NamedTuple):
    """What stands on each line outside its settled spans, in order; a reading that is the raw text comes as an anchor.

    Lines whose state no channel serves have nothing. readings: what each channel read, for reading it again.
    """

    spans: list[list[Fix]]
    readings: Mapping[Channel, Reading]


def read_words(
    lines: Sequence[MisreadLine],
    settled: Sequence[Sequence[Fix]],
    boosts: Mapping[int, float] | None = None,
    before: Mapping[Channel, Reading] | None = None,
) -> Words:
    """Read the words of misread lines. before: the readings of the same lines without boosts."""
    out = Words([[] for _ in lines], readings := {})
    for state, channel in CHANNELS.items():
        mine = [i for i, line in enumerate(lines) if line.state is state]
        if not mine:
            continue
        reading = read(_requests(lines, settled, mine), channel, boosts, before[channel] if before else None)
        readings[channel] = reading
        for i, pieces, right in zip(mine, reading.pieces, _chances(reading, channel), strict=True):
            raw = lines[i].raw
            if not settled[i] and is_scrap_line(raw, pieces):
                out.spans[i] = [unreadable(raw)]
            else:
                out.spans[i] = _fixes(raw, pieces, right)
    return out


def _chances(reading: Reading, channel: Channel) -> Iterator[Sequence[float]]:
    """The chances that the pieces of each line are right: asked for all at once, since each question costs its own."""
    margins = [piece.margin if piece.known else 0.0 for pieces in reading.pieces for piece in pieces]
    right = iter(chances(channel.value, margins))
    return (list(islice(right, len(pieces))) for pieces in reading.pieces)


def is_read_carefully(line: MisreadLine) -> bool:
    """Whether a line of right or slightly damaged text is read at all: for an odd word, or because its page is worn."""
    return line.state in CAREFUL and (line.worn or needs_reading(line.raw))


def read_carefully(lines: Sequence[MisreadLine]) -> list[list[Fix]]:
    """Slips and clear repairs on lines of right or slightly damaged text, in order; nothing for all other lines."""
    mine = [i for i, line in enumerate(lines) if is_read_carefully(line)]
    proven = _proven_elsewhere(lines)
    settled = [as_they_stand(lines[i], proven.get(i, ())) for i in mine]
    out: list[list[Fix]] = [[] for _ in lines]
    read = careful_pieces([lines[i] for i in mine], settled)
    wear = _wear_by_page(lines, dict(zip(mine, read, strict=True)))
    for i, some, pieces in zip(mine, settled, read, strict=True):
        slips = [fix for fix in some if fix.restored != fix.raw]
        out[i] = _merged(slips, list(_repairs(lines[i].raw, pieces, wear[lines[i].page])))
    return out


def _wear_by_page(lines: Sequence[MisreadLine], read: Mapping[int, Sequence[Piece]]) -> dict[int, Wear]:
    """Page -> its wear, for the pages on which a line was read. read: number of the line -> what it may say."""
    pages: dict[int, list[int]] = {lines[i].page: [] for i in read}
    for i, line in enumerate(lines):
        if line.page in pages:
            pages[line.page].append(i)
    return {
        page: wear_of([lines[i].raw for i in mine], [(lines[i].raw, read[i]) for i in mine if i in read])
        for page, mine in pages.items()
    }


def _proven_elsewhere(lines: Sequence[MisreadLine]) -> Mapping[int, Sequence[Fix]]:
    """Number of the line -> what the other lines of the document prove of it: how items count, how names are spelt."""
    if not any(line.worn for line in lines):
        return {}
    texts = [line.raw if line.state in CAREFUL else "" for line in lines]
    counted, spelt = sequence_fixes(texts), spelling_fixes(texts)
    return {i: [*([counted[i]] if i in counted else []), *spelt.get(i, ())] for i in counted.keys() | spelt.keys()}


def as_they_stand(line: MisreadLine, proven: Sequence[Fix] = ()) -> tuple[Fix, ...]:
    """Slips that grammar proves on a worn line of right text; its symbols, figures and abbreviations as they are.

    proven: what the lines before and behind prove of it.
    """
    slips = [*proven, *_slips(line.raw)] if line.worn else []
    return tuple(sorted(_apart([*slips, *_printed(line)]), key=lambda fix: fix.start))


@lru_cache(maxsize=_LINES_REMEMBERED)
def _slips(raw: str) -> tuple[Fix, ...]:
    """The slips of a worn line that it proves by itself."""
    return (*fix_slips(raw), *fix_torn_words(raw), *fix_dust(raw))


@lru_cache(maxsize=_LINES_REMEMBERED)
def _printed(line: MisreadLine) -> tuple[Fix, ...]:
    """What the grammars read on a line, and the runs that it parts."""
    kept = (_as_printed(line, fix) for fix in grammar_fixes(line) if fix.restored)
    return (*kept, *fix_runs(line.raw))


def _as_printed(line: MisreadLine, fix: Fix) -> Fix:
    """What a grammar reads, where it proves that letters of a worn line were misread; else the raw text."""
    believed = line.worn and fix.probability >= _PROVEN_FROM.get(fix.method, math.inf)
    proven = believed and _digits(fix.raw) == _digits(fix.restored) and "".join(fix.raw.split()) != fix.restored
    return fix if proven else replace(fix, restored=fix.raw)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def careful_pieces(lines: Sequence[MisreadLine], settled: Sequence[Sequence[Fix]]) -> tuple[tuple[Piece, ...], ...]:
    """What each line may read through the careful channel, believed or not."""
    boosts = repeated([line.raw for line in lines])
    return decode(_requests(lines, settled, range(len(lines))), Channel.VIETNAMESE, by_key(boosts))


def _repairs(line: str, pieces: Sequence[Piece], wear: Wear) -> Iterator[Fix]:
    """The readings that are taken over what stands there."""
    if all(line[piece.start : piece.end] == piece.text for piece in pieces):
        return
    official = _official(pieces)
    for number, piece in enumerate(pieces):
        raw = line[piece.start : piece.end]
        chance_right = repair(line, piece, wear, number in official) if raw != piece.text else None
        if chance_right is not None:
            yield Fix(piece.start, piece.end, raw, piece.text, "repair", chance_right)


def _official(pieces: Sequence[Piece]) -> frozenset[int]:
    """The numbers of the pieces that are part of an official name; signs between its words count for nothing."""
    words = [(number, word) for number, piece in enumerate(pieces) for word in _WORD.findall(piece.text)]
    return frozenset(words[at][0] for at in in_official_names([word for _, word in words]))


def _requests(
    lines: Sequence[MisreadLine], settled: Sequence[Sequence[Fix]], mine: Iterable[int]
) -> tuple[Request, ...]:
    """What the decoder is asked of these lines."""
    return tuple(Request(lines[i].raw, tuple(map(_anchor, settled[i]))) for i in mine)


def _anchor(fix: Fix) -> Anchor:
    return Anchor(fix.start, fix.end, fix.restored)


def _fixes(raw: str, pieces: Sequence[Piece], right: Sequence[float]) -> list[Fix]:
    return [
        Fix(start := piece.start, end := piece.end, raw[start:end], piece.text, "decoder", chance)
        for piece, chance in zip(pieces, right, strict=True)
    ]


def read_margins(
    lines: Sequence[MisreadLine], settled: Sequence[Sequence[Fix]], channel: Channel
) -> list[list[tuple[int, str, float]]]:
    """(start, text, margin in nats) of every word read on each line: what calibration counts."""
    pieces = decode(_requests(lines, settled, range(len(lines))), channel)
    return [[(piece.start, piece.text, piece.margin if piece.known else 0.0) for piece in line] for line in pieces]
