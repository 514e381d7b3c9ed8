"""What is known of a run-together table's cells before its lines are parted: its words as tokens, the organisations
that the document names, and what other rows of the same table show.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from schema.organisations.agency_names import Name, name_words
from schema.run_together.scrap import is_scrap, without_edges
from schema.run_together.wording import words_of
from schema.tables.columns import AGENCY_FIELDS, TIME_FIELDS, Field

PEOPLE = AGENCY_FIELDS | {Field.APPROVER, Field.OVERSEER}
SHORT_FIELDS = PEOPLE | TIME_FIELDS


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One printed word, made once for each spelling, so that it is known by identity, which is fast.

    words: as the language model sees it, none for scrap. bar: an OCR'd table rule. scrap: it stands for nothing, or for
    what nobody can read.
    """

    text: str
    words: tuple[str, ...]
    bar: bool
    capital: bool
    scrap: bool

    @property
    def closes(self) -> bool:
        return self.text[-1:] in '.;:,!?)”"'


Run = tuple[Token, ...]


_RULE = re.compile(r"\||(?<!\w)\[(?=[^\W\d_])(?![^\[\]]*\])")


def tokens_of(line: str) -> tuple[Token, ...]:
    """The tokens of a line; a '|' glued to a word stands alone, as does a '[' that nothing closes: a rule too.

    >>> [token.text for token in tokens_of("1. Rà soát |UBND xã")]
    ['1.', 'Rà', 'soát', '|', 'UBND', 'xã']
    >>> [token.text for token in (*tokens_of("cấp xã [Năm 2025"), *tokens_of("[mẫu 2]"))]
    ['cấp', 'xã', '|', 'Năm', '2025', '[mẫu', '2]']
    """
    return tuple(_token(text) for text in _RULE.sub(" | ", line).split())


@cache
def _token(text: str) -> Token:
    kept = without_edges(text)
    bar = text == "|"
    scrap = not bar and is_scrap(kept)
    return Token(kept, () if scrap else words_of(kept), bar, kept[:1].isupper(), scrap)


@dataclass(frozen=True, slots=True, eq=False)
class KnownCells:
    """What other rows of the same table show.

    counts: by field, the words of cells that stand complete in several rows, and how often. leanings: by field, nats
    that a word costs less (below 0) or more there than in another column. names: organisations known by name.
    """

    counts: Mapping[Field, Mapping[tuple[str, ...], int]] = field(default_factory=dict)
    leanings: Mapping[Field, Mapping[str, float]] = field(default_factory=dict)
    names: frozenset[Name] = frozenset()

    def leaning(self, of: Field, token: "Token") -> float:
        """Nats that a token costs in a column for being seen there more seldom than elsewhere; 0 where unknown."""
        return self.leanings.get(of, {}).get(token.text.casefold().strip(".,;:"), 0.0)

    def begun(self, of: Field, cell: Run) -> "Begun":
        """The known cells and names that a cell may be the beginning of."""
        return _begun(self, of, cell)

    def whole(self, of: Field, cell: Run) -> int:
        return self.counts.get(of, {}).get(words_in(cell), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """What a cell may be the beginning of. cell: its words, None where no known cell begins so; names: those words
    since the last name ended with which a known name begins; whole_name: whether a cell of organisations ends with a
    whole name, False where with part of one, None where unknown.
    """

    known: KnownCells
    of: Field
    cell: tuple[str, ...] | None
    names: tuple[Name, ...]
    whole_name: bool | None

    def __bool__(self) -> bool:
        return self.cell is not None or bool(self.names)

    def goes_on(self, token: Token) -> bool:
        """Whether a known cell or name goes on with a token."""
        if self.cell is not None and (*self.cell, *token.words) in _beginnings(self.known, self.of):
            return True
        if not self.names:
            return False
        words = _folded_words(token)
        return any((*name, *words) in _name_beginnings(self.known) for name in self.names)


@lru_cache(100_000)
def _begun(known: KnownCells, of: Field, cell: Run) -> Begun:
    words = words_in(cell) if of in known.counts else None
    if words is not None and words not in _beginnings(known, of):
        words = None
    if of not in PEOPLE:
        return Begun(known, of, words, (), None)
    names = tuple(name for name in _open_names(cell) if name in _name_beginnings(known))
    ended = [name in known.names for name in names if name]
    return Begun(known, of, words, names, any(ended) if ended else None)


@lru_cache(64)
def _beginnings(known: KnownCells, of: Field) -> frozenset[tuple[str, ...]]:
    return frozenset(cell[:count] for cell in known.counts[of] for count in range(len(cell) + 1))


@lru_cache(64)
def _name_beginnings(known: KnownCells) -> frozenset[Name]:
    return frozenset(name[:count] for name in known.names for count in range(len(name) + 1))


@lru_cache(50_000)
def _folded_words(token: "Token") -> Name:
    return () if token.scrap else name_words(token.text)


@lru_cache(100_000)
def _open_names(run: Run) -> tuple[Name, ...]:
    """The words since the last name of a cell ended: behind a semicolon; and, as it may be, a comma or a dash."""
    found: list[Name] = []
    words: Name = ()
    for token in reversed(run):
        if token.text[-1:] in ";,-–+" and (words or token.text[-1:] == ";"):
            found.append(words)
            if token.text[-1:] == ";":
                return tuple(found)
        words = (*_folded_words(token), *words)
    return (*found, words)


NOTHING_KNOWN = KnownCells()


def without_scrap(run: Run) -> Run:
    """The tokens without those that stand for nothing."""
    return tuple(token for token in run if not token.scrap)


def without_bars(tokens: Run) -> Run:
    """The tokens without those that are a table's rules."""
    return tuple(token for token in tokens if not token.bar) if _token("|") in tokens else tokens


@lru_cache(200_000)
def words_in(run: Run) -> tuple[str, ...]:
    """The words of some tokens, as the language model sees them."""
    return tuple(word for token in run for word in token.words)


@lru_cache(200_000)
def text_of(run: Run) -> str:
    """Some tokens as printed."""
    return " ".join(token.text for token in run)
