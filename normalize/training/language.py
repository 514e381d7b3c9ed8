"""Corpora -> vocabulary.tsv, language_model.npy and followers.npy."""

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalize.decoding import compiled
from normalize.decoding import language_model as lm
from normalize.letters import is_syllable
from normalize.tokens import Kind, atoms, model_word, model_words
from normalize.training import corpora, kneser_ney
from normalize.training.followers import followers
from normalize.training.kneser_ney import ORDER, NGrams
from normalize.training.table_lines import table_lines

_LONGEST = 16  # letters of a foreign word
_LONGEST_NAME = 6  # letters of a mixed acronym (TTg) or of a name that no rule spells (Krông)
_TABLE_ROWS = 6000  # made
_FULL = 0.85  # share of the hash table that is used


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus. words: its running words as the model counts them. min_count: rarer n-grams of order 3 and 4 are
    left out of the model.
    """

    name: str
    words: list[str]
    min_count: tuple[int, int, int]  # of orders 2, 3 and 4
    enough: int  # a word seen so often here belongs to the vocabulary
    share: float  # of the mixture


def _running(paragraphs: Iterable[str], case: Counter[tuple[str, int]]) -> list[str]:
    out: list[str] = []
    for paragraph in paragraphs:
        out += model_words(paragraph)
        _count_case(paragraph, case)
    return out


def _count_case(paragraph: str, case: Counter[tuple[str, int]]) -> None:
    """Count lower, Title and UPPER forms inside sentences; the first word and text in capitals tell nothing."""
    if paragraph.isupper():
        return
    first = True
    for atom in atoms(paragraph):
        if atom.kind is Kind.WORD and not first:
            form = 2 if atom.text.isupper() and len(atom.text) > 1 else 1 if atom.text[0].isupper() else 0
            case[model_word(atom.text), form] += 1
        first = atom.kind is Kind.PUNCTUATION and atom.text[0] in '.;:?!+-"“('


def place_lines(folder: Path) -> Iterator[str]:
    """'xã X, huyện Y, tỉnh Z' of every unit of the gazetteers."""
    for name in ("units_before_2025-07.json.xz", "units_since_2025-07.json.xz"):
        for province in json.loads(lzma.decompress((folder / name).read_bytes())):
            yield province["FullName"]
            for district in province.get("District") or ():
                yield f"{district['FullName']}, {province['FullName']}"
                for ward in district.get("Ward") or ():
                    yield f"{ward['FullName']}, {district['FullName']}"
            for ward in province.get("Wards") or ():
                yield f"{ward['FullName']}, {province['FullName']}"


def read_sources(
    corpus: Path, places: Path, genre: Path, wikipedia_paragraphs: int = 120_000
) -> tuple[list[Source], Counter[tuple[str, int]]]:
    """All training text as running words, and how each word was cased."""
    case: Counter[tuple[str, int]] = Counter()
    own = [
        line for path in sorted(genre.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    official = corpora.training_paragraphs(corpus / "official_plans_decisions.txt.xz", wrapped=True)
    web = corpora.web_paragraphs(corpus / "official_web_with_page_furniture.txt.xz")
    legal = corpora.training_paragraphs(corpus / "legal_documents.txt.xz", wrapped=False)
    wikipedia = corpora.training_paragraphs(corpus / "wikipedia_vi.txt.xz", wrapped=True)
    sources = [
        Source("official", _running(official, case), (1, 1, 1), 2, 0.38),
        Source("web", _running(web, case), (1, 1, 1), 2, 0.17),
        Source("genre", _running(own, case), (1, 1, 1), 1, 0.23),
        Source("tables", _running(table_lines(genre / "columns.toml", _TABLE_ROWS), Counter()), (1, 1, 2), 1, 0.06),
        Source("legal", _running(legal, case), (1, 2, 2), 5, 0.09),
        Source("places", _running(place_lines(places), Counter()), (1, 1, 2), 1, 0.01),
        Source("wikipedia", _running(islice(wikipedia, wikipedia_paragraphs), Counter()), (2, 3, 4), 30, 0.06),
    ]
    return sources, case


def choose_vocabulary(sources: list[Source]) -> list[str]:
    """Every syllable seen twice, and every other word seen often enough in one of the sources."""
    everywhere: Counter[str] = Counter()
    chosen: set[str] = set()
    for source in sources:
        counts = Counter(source.words)
        everywhere.update(counts)
        chosen |= {word for word, n in counts.items() if n >= source.enough and _is_word(word)}
    chosen |= {word for word, n in everywhere.items() if n >= 2 and is_syllable(word)}
    return sorted(chosen - set(lm.RESERVED), key=lambda w: (-everywhere[w], w))


def _is_word(word: str) -> bool:
    if word == ",":
        return True
    if len(word) > _LONGEST or not all(c.isalpha() for c in word):
        return False
    if word.isupper() or is_syllable(word):
        return True
    if not word.isascii() and word != word.lower() and not word[0].isupper():
        return False  # bảnVăn
    return len(word) <= _LONGEST_NAME or (word.isascii() and word == word.lower())  # else words run together


def _stream(words: list[str], ids: dict[str, int]) -> NDArray[np.uint64]:
    return np.array([ids.get(word, lm.UNKNOWN_ID) for word in words], np.uint64)


def _kept(streams: list[NDArray[np.uint64]], sources: list[Source]) -> list[NDArray[np.uint64]]:
    """The n-grams of the mixture by order: frequent enough in one source, and with all their contexts."""
    kept: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    for length in range(2, ORDER + 1):
        parts = []
        for stream, source in zip(streams, sources, strict=True):
            keys, counts = np.unique(kneser_ney._windows(stream, length), return_counts=True)
            parts.append(keys[counts >= source.min_count[length - 2]])
        kept.append(np.unique(np.concatenate(parts)))
    for length in range(ORDER - 1, 1, -1):
        longer = kept[length]
        kept[length - 1] = np.unique(
            np.concatenate([kept[length - 1], longer >> np.uint64(16), kneser_ney._low(longer, length)])
        )
    return kept


def _table(model: list[NGrams], words: int) -> NDArray[np.uint64]:
    """The hash table of all n-grams and of the fingerprint of the vocabulary."""
    keys = np.concatenate([*(order.keys for order in model), [lm.FINGERPRINT_KEY]])
    cost = np.concatenate([-np.log(order.probability) for order in model])
    backoff = np.concatenate([np.log(order.backoff) for order in model])
    costs = np.clip(np.rint(cost / compiled.COST_STEP), 0, 65535).astype(np.uint64)
    weights = np.clip(np.rint((backoff + compiled.BACKOFF_SHIFT) / compiled.BACKOFF_STEP), 0, 65535).astype(np.uint64)
    table = np.zeros(round(len(keys) / _FULL), np.uint64)
    compiled.fill(table, keys, np.append((costs << np.uint64(16)) | weights, np.uint64(words)))
    return table


def _write(rows: Iterable[str], table: NDArray[np.uint64], pairs: NDArray[np.uint64], out: Path) -> None:
    """All files beside the old ones first, then in their place: whoever has the old table mapped keeps it whole."""
    names = "vocabulary.tsv", "language_model.npy", "followers.npy"
    fresh = [out / f"fresh_{name}" for name in names]
    fresh[0].write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    np.save(fresh[1], table)
    np.save(fresh[2], pairs)
    for path, name in zip(fresh, names, strict=True):
        path.replace(out / name)


def train(sources: list[Source], case: Counter[tuple[str, int]], held_out: list[str], out: Path) -> str:
    """Write all files into `out`; returns a report."""
    words = choose_vocabulary(sources)
    rows = (f"{w}\t{case[w, 0]}\t{case[w, 1]}\t{case[w, 2]}" for w in words)
    ids = {word: i for i, word in enumerate((*lm.RESERVED, *words))}
    streams = [_stream(source.words, ids) for source in sources]
    models = [kneser_ney.estimate(stream, len(ids)) for stream in streams]
    test = _stream(held_out, ids)
    weights = [source.share for source in sources]
    mixed = kneser_ney.mix(models, weights, _kept(streams, sources))
    table = _table(mixed, lm.fingerprint((*lm.RESERVED, *words)))
    _write(rows, table, followers(table, (*lm.RESERVED, *words)), out)
    shares = ", ".join(f"{s.name} {len(s.words)} words {w:.3f}" for s, w in zip(sources, weights, strict=True))
    ngrams = np.count_nonzero(table) - 1
    unseen = kneser_ney.perplexity(mixed, test)
    return f"{len(words)} words, {ngrams} n-grams, perplexity {unseen:.1f} held out; {shares}"


def held_out_words(corpus: Path) -> list[str]:
    """The running words of the official documents that no model has counted."""
    path = corpus / "official_plans_decisions.txt.xz"
    return [word for text in corpora.held_out_paragraphs(path, wrapped=True) for word in model_words(text)]
