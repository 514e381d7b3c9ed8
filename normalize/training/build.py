"""Corpora, seeds and made pages -> every model file of normalize/data. [io]"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from normalize.decoding.channel import Channel, alphabet
from normalize.letters import plain
from normalize.training import corpora, language, pages
from normalize.training.alignment import Pair, align, read_pairs
from normalize.training.confusion import Example, learn

MADE_WEIGHT = (
    0.15  # of a pair from a made page beside a pair from a real one: today's engine errs differently from the old ones
)
ERROR_WEIGHT = 3.0  # of a misread word of a made page: they are few; what is believed of it is weighed afterwards
_SEED = 2
_WORST_FROM = 1400  # line from which the worst pages are printed: others than the rest


@dataclass(frozen=True, slots=True)
class Inputs:
    """Folders to learn from. pairs: RAW/*.txt and RIGHT/*.txt whose lines belong together; None where there are
    none.
    """

    corpus: Path
    places: Path
    genre: Path
    raw: Path | None
    right: Path | None
    cache: Path


def real_pairs(raw: Path, right: Path, leave_out: frozenset[str] = frozenset()) -> list[Pair]:
    """Pairs of all documents of `right` whose raw file begins with the same name."""
    out: list[Pair] = []
    for truth in sorted(right.glob("*.txt")):
        sources = sorted(raw.glob(f"{truth.stem}*.txt"))
        if sources and truth.stem not in leave_out:
            out += read_pairs(sources[0], truth)
    return out


def examples(pairs: Iterable[Pair], weight: float = 1.0) -> list[Example]:
    """The pairs of which letters can be learnt: something read, one syllable behind it."""
    return [Example(p.raw, p.right, weight) for p in pairs if p.raw and p.right and " " not in p.right]


def weighted(read: list[Example]) -> list[Example]:
    """The same examples with misread words counting more."""
    return [Example(e.raw, e.right, e.weight if e.raw == e.right else e.weight * ERROR_WEIGHT) for e in read]


def sample_lines(corpus: Path, paragraphs: int, held_out: bool) -> list[str]:
    """Lines to print: paragraphs drawn from the official documents, the held-out ones for tests."""
    path = corpus / "official_plans_decisions.txt.xz"
    read = corpora.held_out_paragraphs if held_out else corpora.training_paragraphs
    some = [text for text in read(path, True) if 40 < len(text) < 900]
    random.Random(_SEED - held_out).shuffle(some)
    return list(pages.printed_lines(some[:paragraphs]))


def made_pairs(lines: list[str], model: str, count: int, scan: pages.Scan, cache: Path, seed: int) -> list[Pair]:
    """Pairs from made pages in the training fonts."""
    read = pages.scanned(lines, model, pages.TRAINING_FONTS, count, scan, seed, cache)
    return [pair for a, b in read for pair in align(a, b)]


def english_made(lines: list[str], cache: Path) -> list[Example]:
    """Pages read by the English model, office scans and worse ones, at their low weight."""
    office = made_pairs(lines, "eng", 16, pages.Scan.OFFICE, cache, 4)
    poor = made_pairs(lines[600:], "eng", 10, pages.Scan.POOR, cache, 5)
    worst = made_pairs(lines[_WORST_FROM:], "eng", 18, pages.Scan.WORST, cache, 8)
    return examples(office + poor + worst, MADE_WEIGHT)


def vietnamese_made(lines: list[str], cache: Path) -> list[Example]:
    """Pages read by the Vietnamese model, misread words at their own weight."""
    poor = made_pairs(lines, "vie", 24, pages.Scan.POOR, cache, 3)
    worst = made_pairs(lines[_WORST_FROM:], "vie", 18, pages.Scan.WORST, cache, 9)
    return weighted(examples(poor + worst))


def write_confusions(channel: Channel, rows: Iterable[tuple[str, str, float]], out: Path) -> None:
    """Write beside the old table, then rename: a run that reads it meets the old table or the new one, whole."""
    text = "".join(f"{letter}\t{chunk}\t{cost:.3f}\n" for letter, chunk, cost in rows)
    fresh = out / f"confusions_{channel.value}.tsv.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(fresh.with_suffix(""))


def build_plain(out: Path) -> None:
    """Typing without marks: every letter comes out as it is or without its marks, at no cost."""
    rows = [(letter, chunk, 0.0) for letter in alphabet() for chunk in sorted({letter, plain(letter)})]
    write_confusions(Channel.PLAIN, rows, out)


def build_confusions(inputs: Inputs, out: Path) -> str:
    """The three confusion tables; returns a report."""
    build_plain(out)
    inputs.cache.mkdir(parents=True, exist_ok=True)
    lines = sample_lines(inputs.corpus, 900, held_out=False)
    vietnamese = vietnamese_made(lines, inputs.cache)
    write_confusions(Channel.VIETNAMESE, learn(vietnamese), out)
    english = english_made(lines, inputs.cache)
    if inputs.raw is not None and inputs.right is not None:
        english += examples(real_pairs(inputs.raw, inputs.right))
    write_confusions(Channel.ENGLISH, learn(english), out)
    return f"{len(vietnamese)} words read by the Vietnamese model, {len(english)} by the English one"


def build_language(inputs: Inputs, out: Path) -> str:
    """Vocabulary and language model; returns a report."""
    sources, case = language.read_sources(inputs.corpus, inputs.places, inputs.genre)
    return language.train(sources, case, language.held_out_words(inputs.corpus), out)
