"""A line -> atoms: words (perhaps garbled), numbers, document symbols and punctuation, each with its place in the line.

Atoms are what the lattice is built over. The same cut serves clean text when the language model is counted, so that
what the model has seen is what the decoder asks for.

>>> [a.text for a in atoms("- Can ctr Nghi quyét sb 76/NQ-CP;")]
['-', 'Can', 'ctr', 'Nghi', 'quyét', 'sb', '76/NQ-CP', ';']
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from normalize.letters import ToneStyle, in_style, is_syllable

BOUNDARY, NUMBER, SYMBOL, UNKNOWN = "<s>", "<n>", "<d>", "<unk>"

BLANKS = re.compile(r"\S+")  # what stands between blanks
# A document symbol or a date: begins with a digit and holds a slash or a hyphen somewhere before its last character.
# "1ap-Tu do" of a letterhead is none: no two small letters stand between a number and its hyphen.
_SYMBOL = re.compile(r"(?!\d+[a-zà-ỹ]{2}\w*-)\d[\w.]*[/\-–](?:[\w./\-–&]*\w)?")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*%?")
# A number with its list mark comes first, else a run without any splitter, else one run of one punctuation character.
_SPLIT = re.compile(r"""[^\-–—/,;:.()…"“”|+=_\\«»\[\]{}•]+|(.)\1*""")
_EDGE = re.compile(r"""[\-–—/,;:.()…"“”|+=_\\«»\[\]{}•]""")
_ENDS_SENTENCE = frozenset(".;:?!|+-–—•…")


class Kind(IntEnum):
    """What an atom looks like. WORD: whatever may stand for letters, also '1ap', 'P&', '¢'."""

    WORD = 0
    NUMBER = 1
    SYMBOL = 2
    PUNCTUATION = 3


@dataclass(frozen=True, slots=True)
class Atom:
    """line[start:end], `glued` when no blank stands before it (never at the beginning of a line)."""

    start: int
    end: int
    text: str
    kind: Kind
    glued: bool


@lru_cache(maxsize=4096)
def runs_of(line: str) -> tuple[str, ...]:
    """What stands between the blanks of a line. A document asks for it again and again, and what most ask of a run is
    remembered, so that the cutting would take longest.
    """
    return tuple(line.split())


@lru_cache(maxsize=65536)
def _pieces(run: str) -> list[tuple[int, int, Kind]]:
    """Cut a run without blanks. Spans are relative to the run."""
    out: list[tuple[int, int, Kind]] = []
    at = 0
    while at < len(run):
        end, kind = _piece(run, at)
        out.append((at, end, kind))
        at = end
    return out


def _piece(run: str, at: int) -> tuple[int, Kind]:
    """Where the piece that begins at `at` ends, and its kind."""
    for pattern, kind in ((_SYMBOL, Kind.SYMBOL), (_NUMBER, Kind.NUMBER)):
        found = pattern.match(run, at)
        # '1ap' is no number: what follows a number must not be a letter of the same piece
        if found and (found.end() == len(run) or _EDGE.match(run, found.end())):
            return found.end(), kind
    rest = _SPLIT.match(run, at)
    return (rest.end() if rest else len(run)), Kind.PUNCTUATION if _EDGE.match(run, at) else Kind.WORD


def atoms(line: str) -> tuple[Atom, ...]:
    """The atoms of a line in order; blanks lie between them and belong to none. Total."""
    out: list[Atom] = []
    for run in BLANKS.finditer(line):
        base = run.start()
        for start, end, kind in _pieces(run.group()):
            out.append(Atom(base + start, base + end, run.group()[start:end], kind, start > 0))
    return tuple(out)


@lru_cache(maxsize=65536)
def model_word(word: str) -> str:
    """The word as the language model knows it: lower case, tone marks in the old style; acronyms keep their case.

    >>> model_word("Hoà"), model_word("HÀNH"), model_word("UBND"), model_word("TTg")
    ('hòa', 'hành', 'UBND', 'TTg')
    """
    word = unicodedata.normalize("NFC", word)
    lower = word.lower()
    if word == lower or word[1:] == lower[1:] or is_syllable(lower):
        return in_style(lower, ToneStyle.OLD)
    return word


def model_words(text: str) -> list[str]:
    """The tokens that the language model counts in clean text: words, classes for numbers and symbols, commas,
    boundaries.
    """
    out = [BOUNDARY]
    for atom in atoms(text):
        if atom.kind is Kind.WORD:
            out.append(model_word(atom.text))
        elif atom.kind is Kind.NUMBER:
            out.append(NUMBER)
        elif atom.kind is Kind.SYMBOL:
            out.append(SYMBOL)
        elif atom.text[0] == ",":
            out.append(",")
        elif ends_sentence(atom.text, atom.glued) and out[-1] != BOUNDARY:
            out.append(BOUNDARY)
    return out


def ends_sentence(mark: str, glued: bool) -> bool:
    """Whether the language model starts afresh behind this mark. A glued hyphen or full stop inside a run does not
    count.

    >>> ends_sentence(";", True), ends_sentence("-", True), ends_sentence("-", False), ends_sentence(",", True)
    (True, False, True, False)
    """
    return mark[0] in _ENDS_SENTENCE and not (glued and mark[0] in "-–—+")
