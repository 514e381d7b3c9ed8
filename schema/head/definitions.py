"""Abbreviations that a document defines: '(sau đây gọi là Bộ phận Một cửa)', '... quy phạm pháp luật (VBQPPL)'."""

import re
from collections.abc import Iterator, Sequence

from schema.context import Definition
from schema.head.head_wordings import head_regex
from schema.outline.flow import PrintedLine
from schema.outline.passages import passage_of
from schema.plain import plain

_ACRONYM = re.compile(r"\(\s*(?P<short>[^\W\d_a-z]{2,12})\s*\)")
_LONGEST_FULL = 14
"""Words of the longest name that is given an abbreviation."""


def read_definitions(lines: Sequence[PrintedLine]) -> tuple[Definition, ...]:
    """All of them, in order, each short form once (the first definition holds)."""
    text = passage_of(lines).text
    seen: dict[str, Definition] = {}
    for definition in (*_called(text), *_acronyms(text)):
        seen.setdefault(definition.short, definition)
    return tuple(seen.values())


def _called(text: str) -> Iterator[Definition]:
    for found in head_regex("called").finditer(plain(text)):
        full = _phrase_before(text, found.start())
        if full:
            yield Definition(" ".join(text[found.start("short") : found.end("short")].split()), full)


def _phrase_before(text: str, at: int) -> str | None:
    """The name that ends where the bracket opens: back to its first capital after a mark or a small word."""
    clause = re.split(r"[;:.,(–]|\s-\s", text[:at])[-1].split()
    for start, word in enumerate(clause):
        if word[0].isupper() and len(clause) - start <= _LONGEST_FULL:
            return " ".join(clause[start:])
    return None


def _acronyms(text: str) -> Iterator[Definition]:
    for found in _ACRONYM.finditer(text):
        short = found.group("short")
        if not short.isupper():
            continue
        words = text[: found.start()].split()[-_LONGEST_FULL:]
        full = _words_of_acronym(words, plain(short))
        if full:
            yield Definition(short, full)


def _words_of_acronym(words: Sequence[str], letters: str) -> str | None:
    """The words whose first letters are the acronym: 'văn bản quy phạm pháp luật' for VBQPPL.

    >>> _words_of_acronym("rà soát văn bản quy phạm pháp luật".split(), "vbqppl")
    'văn bản quy phạm pháp luật'
    """
    if len(words) < len(letters):
        return None
    tail = words[-len(letters) :]
    initials = "".join(plain(word)[0] for word in tail)
    return " ".join(tail) if initials == letters else None
