"""Specks: dust, rules and overprint that OCR took for signs, in runs that no reading can make words of.

>>> [fix.raw for fix in fix_specks("Van phong HDND CtA A , \\\\ < Nam 2022")]
['A', ',', '\\\\', '<']
>>> [fix.raw for fix in fix_specks("muu/ thue hién P op P ¥ *")], list(fix_specks("cac nhom A B C D"))
(['P', 'op', 'P', '¥', '*'], [])
"""

import re
from collections.abc import Iterator, Sequence
from operator import and_

from normalize.fixes import Fix
from normalize.letters import is_plain_syllable, plain
from normalize.tokens import runs_of

_RUN = re.compile(r"\S+")
_LEAST = 3  # specks in a row
_LONGEST = 2  # signs of a speck
_LEAST_OVERPRINT = 4  # runs
_LIST_SIGN = re.compile(r"\w[,;.)]\Z")
_BULLETS = frozenset("-–—+*•|")
_SMALL = "a-zà-ỹ"
_INNER_DOT = re.compile(
    rf"(?P<between>(?<=[{_SMALL}]{{2}})\.(?=[{_SMALL}]{{2}}))|(?<=[{_SMALL}]{{2}}\s)\.(?=[{_SMALL}]{{2}})"
)
_LONE = re.compile(r"[^\W\d_]\Z")
_LISTED = re.compile(r"[^\W_][,;.)]?\Z|\d+[,.;%)]*\Z")  # "a, b," and "3, 4." may be a list


def fix_specks(line: str) -> Iterator[Fix]:
    """Three specks in a row or more, of which one at least is no letter, or two where the line begins or ends.

    A bullet in front of words is none.
    """
    short = [len(run) <= _LONGEST for run in runs_of(line)]
    if not any(map(and_, short, short[1:])):  # most lines hold one, the number of an item
        return
    runs = list(_RUN.finditer(line))
    specks: list[re.Match[str]] = []
    group: list[re.Match[str]] = []
    for run in [*runs, None]:
        if run is not None and _is_speck(run.group()):
            group.append(run)
            continue
        if group and _is_dust(group, runs):
            specks += group
        group = []
    overprint = _overprint(runs)
    for speck in [*(run for run in specks if run not in overprint), *overprint]:
        yield Fix(speck.start(), speck.end(), speck.group(), "", "specks", 0.95)


def fix_inner_dots(line: str) -> Iterator[Fix]:
    """Full stops of dust: between two words in small letters, where no blank follows, or in front of one.

    >>> [(fix.raw, fix.restored) for fix in fix_inner_dots("a) Muc.tiéu: cong .bo; v.v. TP.Hoa Binh, 1.a, so.TT")]
    [('.', ' '), ('.', '')]
    """
    for dot in _INNER_DOT.finditer(line):
        yield Fix(dot.start(), dot.end(), ".", " " if dot["between"] else "", "specks", 0.95)


def _overprint(runs: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """What an engine makes of a word under another one at the end of a line: "P op P ¥ *".

    Four runs or more of one or two signs, three of them no words and most of them; no list of letters in their order.
    """
    first = len(runs)
    while first and _is_short(runs[first - 1].group()):
        first -= 1
    tail = [run.group() for run in runs[first:]]
    odd = [text for text in tail if _is_speck(text) and text not in _BULLETS]
    listed = len(odd) == len(tail) and odd == sorted(odd) and all(map(_LONE.match, odd))
    if first == 0 or len(tail) < _LEAST_OVERPRINT or len(odd) < _LEAST or 2 * len(odd) <= len(tail) or listed:
        return ()
    return runs[first:]


def _is_short(text: str) -> bool:
    return len(text) <= 2 and text != "|" and not any(map(str.isdigit, text)) and not _LIST_SIGN.search(text)


def _is_speck(text: str) -> bool:
    if len(text) > 2 or text == "|":
        return False
    if len(text) == 2 and text[0].islower() and text[1].isupper():
        return True  # "oA": no word begins small and ends in a capital
    if len(text) == 2 and (is_plain_syllable(plain(text)) or (text.isalnum() and not text.isalpha())):
        return False  # "B0", "s6", "lé" are words
    return not text.isdigit()


def _holds_sign(text: str) -> bool:
    """Whether it is a sign, or a letter behind one: "£z", but not "T§", which may be a word."""
    return not text[0].isalnum()


def _is_dust(group: Sequence[re.Match[str]], runs: Sequence[re.Match[str]]) -> bool:
    texts = [speck.group() for speck in group]
    signs = [text for text in texts if _holds_sign(text) and text not in _BULLETS]
    if len(group) == len(runs):
        return len(signs) >= 2 or (bool(signs) and len(texts) >= _LEAST)
    if not signs or len(texts) < 2:
        return False
    if len(texts) < _LEAST:  # nobody prints a lone sign beside a lone letter at the edge of a line
        at_edge = group[0] is runs[0] or group[-1] is runs[-1]
        return at_edge and all(text in signs or _LONE.match(text) for text in texts)
    return len(signs) * 2 >= len(texts) or not all(_LISTED.match(text) for text in texts)
