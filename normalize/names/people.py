"""Names of people on misread lines: found where names stand, and read only as far as the letters decide.

A name is no word that its sentence explains. So its syllables are read from lists of surnames, middle and given names
alone, a given name by the middle name before it (Thị Hạnh, Quốc Bảo); where several fit about equally ("Dung": Dung or
Dũng), the letters are kept and the low chance says so.

>>> person_fixes([[Fix(0, 6, "Nguyén", "Nguyên", "decoder", 0.6), Fix(7, 10, "Van", "vẫn", "decoder", 0.6),
...     Fix(11, 15, "Binh", "bình", "decoder", 0.6)]], ["Nguyén Van Binh"], Channel.ENGLISH)[0][0].restored
'Nguyễn'
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from msgspec.structs import replace

from normalize.data import DATA
from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import Spelt, letter_costs, spelt
from normalize.fixes import Fix
from normalize.letters import ToneStyle, has_strong_letter, in_style, is_plain_syllable, is_syllable, text_in_style
from normalize.names.contexts import forms_of_address, is_signing, levels

_TABLE = DATA / "people.tsv"
_PARTS: Mapping[str, Mapping[str, float]] = {
    "surname": {"surname": 1.0},
    "middle": {"middle": 0.9, "given": 0.08, "surname": 0.02},
    "given": {"middle": 0.05, "given": 0.95},
}
"""Place in the name -> share of the names of each list there."""
_PAIRS = 50.0
"""Names with the syllable before from which its pairs count as much as all names of the place."""
_CLEAR = 0.85  # share of the weights from which a name is read; below it the letters stay
_SUREST = 0.95  # chance of a name that all weights speak for: no list holds every name
_UNLISTED = 3.5  # nats: a name that no list has, spelt as its letters say
_MOST_UNLISTED = 0.3  # chance that letters no list knows as a name are right as they stand
_DEAREST = 6.0  # nats: letters that no listed name explains for less are an unknown name
_SURNAME = 3.0  # nats: a word that no surname explains for less begins no name
_LENGTHS = (2, 3, 4)  # syllables of a name
_ALONE = (3, 4)  # of one that stands on a line of its own, with no title above
_SURE = 0.97  # words all read so surely are no name whose letters must be weighed: "TO CHUC THUC HIEN"
_MORE_OF_OFFICE = 2  # words in small letters that may end an office: "Phó Chủ tịch", "Chánh Văn phòng"
_REACH = 12  # lines from the title of the signature down to the name


@cache
def people() -> Mapping[str, Mapping[str, float]]:
    """Part of a name -> name (open rhymes in the old style) -> weight. Raises ValueError for a broken table."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    text = text_in_style(_TABLE.read_text(encoding="utf-8"), ToneStyle.OLD)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        part, name, weight = line.split("\t")
        out[part][name] = float(weight)
    return out


@cache
def _priors(kind: str) -> Mapping[str, float]:
    """Name -> chance, for the first syllable ("surname"), the last ("given") or one between them ("middle")."""
    chances: dict[str, float] = defaultdict(float)
    for part, share in _PARTS[kind].items():
        total = sum(people()[part].values())
        for name, weight in people()[part].items():
            chances[name] += share * weight / total
    return chances


@cache
def _pairs() -> Mapping[str, Mapping[str, float]]:
    """Syllable behind the surname -> syllable that follows it -> names that have both."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for pair, weight in people()["pair"].items():
        before, name = pair.split(" ")
        out[before][name] = weight
    return out


@lru_cache(maxsize=4096)
def _chances(kind: str, before: str) -> Mapping[str, float]:
    """Name -> chance behind the syllable `before`; '' where that is the surname or was not read."""
    pairs = _pairs().get(before, {})
    total = sum(pairs.values()) + _PAIRS
    return {name: (pairs.get(name, 0.0) + _PAIRS * chance) / total for name, chance in _priors(kind).items()}


@cache
def _spelt(kind: str, upper: bool) -> Spelt:
    """The names of one kind as they stand on a page, in the order of their chances."""
    return spelt(name.upper() if upper else name for name in _priors(kind))


_DUST = " .,:;'’`´*~^|_-"
"""What an engine prints behind a name that ends its line: "Huynh Van Khoi:"."""


@lru_cache(maxsize=4096)
def read_name(raw: str, kind: str, channel: Channel, before: str = "") -> tuple[str, float]:
    """(the name that the letters mean, its chance); the raw letters where no name is clear.

    kind: surname, middle or given. before: the middle name in front, as it is cased; '' where there is none.

    >>> read_name("Nguyén", "surname", Channel.ENGLISH)[0], read_name("Dung", "given", Channel.PLAIN)[0]
    ('Nguyễn', 'Dung')
    >>> read_name("Tuyet", "given", Channel.PLAIN, "Bạch")[0], read_name("Hoa", "given", Channel.PLAIN, "Thị")[0]
    ('Tuyết', 'Hoa')
    """
    if has_strong_letter(raw) and is_syllable(raw):
        return raw, 0.97
    weights = _weights(raw, kind, channel, before)
    total = sum(weights.values())
    best = max(weights, key=lambda name: (weights[name], name))
    share = weights[best] / total
    if share >= _CLEAR and best != raw:
        return best, _SUREST * share
    listed = (raw.title() if raw.isupper() else raw) in _priors(kind)
    return raw, min(weights[raw] / total, 0.99 if listed else _MOST_UNLISTED)


def _weights(raw: str, kind: str, channel: Channel, before: str) -> dict[str, float]:
    """Names that could be meant, in the case of the raw word, with their weight; the raw letters among them."""
    priors = _chances(kind, in_style(before.title() if before.isupper() else before, ToneStyle.OLD))
    names = _spelt(kind, raw.isupper() and len(raw) > 1)
    costs = letter_costs(raw, names, channel, _DEAREST)
    found: dict[str, float] = {}
    for name, prior, cost in zip(names.words, priors.values(), costs.tolist(), strict=True):
        if cost <= _DEAREST and abs(len(name) - len(raw)) <= 3:
            found[name] = prior * math.exp(-cost)
    unlisted = math.exp(-_UNLISTED) / len(priors) if is_syllable(raw) or is_plain_syllable(raw) else 0.0
    nothing = math.exp(-_DEAREST) / len(priors)
    found[raw] = found.get(raw, 0.0) + unlisted + nothing
    return found


@lru_cache(maxsize=16384)
def _begins_name(raw: str, channel: Channel) -> bool:
    surnames = _spelt("surname", raw.isupper())
    costs = letter_costs(raw, surnames, channel, _SURNAME)
    return bool(np.any((abs(surnames.length - len(raw)) <= 2) & (costs <= _SURNAME)))


def person_fixes(lines: Sequence[Sequence[Fix]], raws: Sequence[str], channel: Channel) -> dict[int, list[Fix]]:
    """Line number -> what the words of the names on it read. lines: what was read so far, in order, line by line."""
    out: dict[int, list[Fix]] = defaultdict(list)
    below = _REACH + 1  # lines since the last title of a signature
    for number, (spans, raw) in enumerate(zip(lines, raws, strict=True)):
        for words in _named(spans, raw, channel, below <= _REACH):
            out[number] += _read(words, channel)
        below = 0 if is_signing("".join(_shown(spans, raw))) else below + 1
    return out


@cache
def _level_words() -> frozenset[str]:
    return frozenset(word for level in levels() for word in level.split())


def _read(words: Sequence[Fix], channel: Channel) -> Iterator[Fix]:
    before = ""
    capitals = all(word.raw.isupper() for word in words)
    for at, word in enumerate(words):
        kind = "surname" if at == 0 else "given" if at == len(words) - 1 else "middle"
        text, chance = read_name(word.raw, kind, channel, before)
        text = text if capitals else text.title()
        yield replace(word, restored=text, method="person", probability=chance)
        before = text if at else ""


def _shown(spans: Sequence[Fix], raw: str) -> list[str]:
    out: list[str] = []
    at = 0
    for fix in spans:
        out += (raw[at : fix.start], fix.restored)
        at = fix.end
    return [*out, raw[at:]]


def _named(spans: Sequence[Fix], raw: str, channel: Channel, signed: bool) -> Iterator[Sequence[Fix]]:
    """The words of each name on one line. signed: a title of a signature stands close above."""
    for run in _capital_runs(spans, raw):
        if not _begins_name(run[0].raw, channel) or run[0].restored.lower() in _level_words():
            continue
        if all(fix.probability >= _SURE for fix in run) or _is_title(spans, run):
            continue
        front = [fix.restored.lower() for fix in spans if fix.end <= run[0].start][-2:]
        called = not forms_of_address().isdisjoint((" ".join(front), *front[-1:]))
        ends = not raw[run[-1].end :].strip(_DUST)
        lead = raw[: run[0].start].rstrip()
        mixed = not all(fix.raw.isupper() for fix in run)
        if called:
            fits = len(run) in _LENGTHS
        elif not lead:
            fits = ends and len(run) in (_LENGTHS if signed and mixed else _ALONE)
        else:  # behind the last recipient in the column to the left
            fits = ends and signed and mixed and len(run) in _LENGTHS and lead[-1] in ";.,"
        if fits:
            yield run


def _is_title(spans: Sequence[Fix], run: Sequence[Fix]) -> bool:
    """Whether the words are an office: "PHÓ CHỦ TỊCH" stands alone on its line, "Phó Chủ" of "Phó Chủ tịch" behind
    "đồng chí", as a name does.
    """
    most = len(run) + (_MORE_OF_OFFICE if len(run) < _ALONE[0] else 0)
    words = [fix.restored for fix in spans if fix.start >= run[0].start][:most]
    return is_signing(" ".join(words).upper())


def _capital_runs(spans: Sequence[Fix], raw: str) -> Iterator[list[Fix]]:
    """Words that begin with a capital and hold letters only, with nothing but blanks between them."""
    run: list[Fix] = []
    for fix in spans:
        fits = fix.raw[:1].isupper() and fix.raw.isalpha() and len(fix.raw) > 1
        if run and (not fits or raw[run[-1].end : fix.start].strip()):
            yield run
            run = []
        if fits:
            run.append(fix)
    if run:
        yield run
