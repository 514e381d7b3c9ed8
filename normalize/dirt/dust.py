"""Dust at the edges of the lines of a worn page: lone signs and letters beside the text, which nobody printed.

>>> [fix.raw for fix in fix_dust("-_ Căn cứ Luật Tổ chức ; : ị")]
['_', ' ; : ị']
>>> list(fix_dust("xin cho ý")), list(fix_dust("ngày __ tháng __ năm")), list(fix_dust("a; b"))
([], [], [])
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalize.data import DATA
from normalize.fixes import Fix

_TABLE = DATA / "dust.toml"
_RUN = re.compile(r"\S+")
_TEXT = re.compile(r"\d|[^\W\d_]{2}")  # what a word or number holds and dust does not
_SHORT = re.compile(r"[^\W\d_]{1,2}\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_LEADERS = re.compile(r"\.{3}|_{4}|…")  # of a form
_LONGEST = 4  # signs of a run of dust
_LONGEST_BLANK = 2  # underlines of one between words; more are room for a figure
_LEAST = 2  # lone signs in a row at the end of a line, where one may be a slip of the author
_ENDS = ".;:"
_CHANCE = 0.98


@dataclass(frozen=True, slots=True)
class Signs:
    """data/dust.toml."""

    letters: frozenset[str]
    signs: frozenset[str]
    bullets: frozenset[str]
    loose: frozenset[str]
    before_digits: frozenset[str]

    def is_sign(self, run: str) -> bool:
        return (
            len(run) <= _LONGEST and not _LEADERS.search(run) and all(c in self.signs or c in self.bullets for c in run)
        )

    def is_letter(self, run: str) -> bool:
        """Whether the run is one of the letters, with signs around it at most."""
        core = [c for c in run if c not in self.signs]
        return len(run) <= _LONGEST and len(core) == 1 and core[0].lower() in self.letters


@cache
def table() -> Signs:
    """data/dust.toml. Raises TypeError or TOMLDecodeError when it is broken."""
    found = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return Signs(**{name: frozenset(some) for name, some in found.items()})


def fix_dust(line: str) -> Iterator[Fix]:
    """The dust before the first word, behind the last and the lone underlines between words, dropped."""
    runs = list(_RUN.finditer(line))
    words = [i for i, run in enumerate(runs) if _TEXT.search(run.group())]
    if not words:
        return
    yield from _before(line, runs[: words[0]], runs[words[0]].group())
    yield from _between(line, runs)
    yield from _behind(line, runs)


def _fix(line: str, start: int, end: int) -> Fix:
    return Fix(start, end, line[start:end], "", "speck", _CHANCE)


def _before(line: str, runs: Sequence[re.Match[str]], word: str) -> Iterator[Fix]:
    """Dust in front of a word with a capital or a number; a bullet right before the word stays."""
    signs = table()
    opens = re.sub(r"[\W_]+", "", word)[:1]
    dusty = [signs.is_letter(run.group()) or (signs.is_sign(run.group()) and "_" in run.group()) for run in runs]
    sure = opens.isupper() or opens.isdigit() or any("_" in run.group() and run.group().strip("_.") for run in runs)
    if not any(dusty) or not sure:
        return
    if not all(signs.is_sign(run.group()) or signs.is_letter(run.group()) for run in runs):
        return
    last = max(i for i, is_dust in enumerate(dusty) if is_dust)
    start = 0 if runs[last].group()[0] not in signs.bullets else runs[last].start() + 1
    yield _fix(line, start, runs[last].end() + (start == 0))


def _between(line: str, runs: Sequence[re.Match[str]]) -> Iterator[Fix]:
    """Lone underlines between two words, where no form leaves room for a figure."""
    for before, run, behind in zip(runs, runs[1:], runs[2:], strict=False):
        if set(run.group()) == {"_"} and len(run.group()) <= _LONGEST_BLANK and _TEXT.search(before.group()):
            if _names_figure(before.group()) or not _TEXT.search(behind.group()) or _names_figure(behind.group()):
                continue
            yield _fix(line, before.end(), run.end())


def _names_figure(run: str) -> bool:
    return run.strip(".,:;()").lower() in table().before_digits


def _behind(line: str, runs: Sequence[re.Match[str]]) -> Iterator[Fix]:
    """The longest run of lone signs, lone letters and scraps of two letters between such signs, at the end."""
    signs = table()
    first = len(runs)
    while first > 1 and (_SHORT.match(runs[first - 1].group()) or _is_dust(runs[first - 1].group())):
        first -= 1
    while first < len(runs) and not (_is_dust(runs[first].group()) or _is_loose(runs, first)):
        first += 1
    tail = [run.group() for run in runs[first:]]
    letters = sum(signs.is_letter(run) or run in signs.loose for run in tail)
    lone = sum(signs.is_sign(run) and run not in signs.bullets for run in tail)
    scraps = len(tail) - letters - sum(map(signs.is_sign, tail))
    if not tail or not (letters or lone >= _LEAST or any("_" in run for run in tail)) or (scraps and lone < _LEAST):
        return
    if signs.is_letter(tail[0]) and _wants_digits(runs[first - 1].group()):
        return
    yield _fix(line, runs[first - 1].end(), runs[-1].end())


def _wants_digits(run: str) -> bool:
    """Whether a letter behind it may be a misread digit: behind "tháng" or a figure, but not behind a whole year."""
    return _names_figure(run) or (run[-1].isdigit() and not _YEAR.match(run))


def _is_loose(runs: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a letter that numbers nothing stands there, behind the end of a sentence or in front of dust."""
    if runs[at].group() not in table().loose:
        return False
    behind = [run.group() for run in runs[at + 1 :]]
    return _is_dust(behind[0]) if behind else runs[at - 1].group()[-1] in _ENDS


def _is_dust(run: str) -> bool:
    signs = table()
    return signs.is_sign(run) or signs.is_letter(run)
