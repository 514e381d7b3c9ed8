"""Count the names of people that texts hold: middle and given names of data/people.tsv; its surnames, and its list of
given names in use, stay.

python -m normalize.training.people CORPUS normalize/data/people.tsv

A name is a known surname and two or three further words with a capital, no more. Each counts once however often it
stands, so that no person counts more than others.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from normalize.letters import is_syllable
from normalize.training.corpora import documents, training_paragraphs

_LEAST = 2
"""Names in which a word, or a pair of neighbours, must stand."""
_OUT_OF_USE = 0.25
"""What a bearer of a given name counts that is not listed as in use: texts tell of mandarins and heroes of novels."""


def names(paragraphs: Iterable[str], surnames: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The different names of people in the texts, word by word.

    >>> sorted(names(["Ông Lê Văn An và bà Lê Thị Bích Hà đến Lê Lợi."], ["Lê"]))
    [('Lê', 'Thị', 'Bích', 'Hà'), ('Lê', 'Văn', 'An')]
    """
    begins = re.compile(rf"(?<!\w)(?:{'|'.join(surnames)})(?: [^\W\d_]+){{2,4}}")
    return frozenset(name for text in paragraphs for run in begins.findall(text) if (name := _name(run)))


def _name(run: str) -> tuple[str, ...]:
    """The words of a run with a capital, up to the first without one; () unless they are three or four syllables."""
    words = run.split()
    size = next((at for at, word in enumerate(words) if not word.istitle()), len(words))
    return tuple(words[:size]) if size in (3, 4) and all(map(is_syllable, words[:size])) else ()


def counted(table: str, found: Iterable[tuple[str, ...]]) -> str:
    """The table with the middle and given names, and the pairs of neighbours, of these names.

    >>> counted("listed\\tAn\\t1\\n", [("Lê", "Văn", "An"), ("Lê", "Văn", "Hà"), ("Vũ", "Chí", "Hà")]).split("\\n")
    ['listed\\tAn\\t1', 'given\\tAn\\t1', 'given\\tHà\\t0.5', 'middle\\tVăn\\t2', '']
    """
    people = list(found)
    kept = [line for line in table.splitlines() if line.split("\t")[0] not in ("middle", "given", "pair")]
    listed = {line.split("\t")[1] for line in kept if line.startswith("listed\t")}
    borne = Counter(name[-1] for name in people)
    given = {name: borne[name] * _OUT_OF_USE for name in _often(name[-1] for name in people)}
    given |= {name: max(1, borne[name]) for name in listed}
    middle = _often(word for name in people for word in name[1:-1])
    pairs = _often(" ".join(pair) for name in people for pair in pairwise(name[1:]))
    parts: dict[str, Mapping[str, float]] = {"given": given, "middle": middle, "pair": pairs}
    rows = (f"{part}\t{name}\t{count:g}" for part, some in parts.items() for name, count in sorted(some.items()))
    return "\n".join([*kept, *rows]) + "\n"


def _often(words: Iterable[str]) -> Counter[str]:
    return Counter({word: count for word, count in Counter(words).items() if count >= _LEAST})


def _paragraphs(corpus: Path) -> Iterator[str]:
    for path in sorted(corpus.glob("*.txt.xz")):
        if "wikipedia" in path.name:
            yield from (line for lines in documents(path) for line in lines)
        else:
            yield from training_paragraphs(path, wrapped=True)


if __name__ == "__main__":
    corpus, out = map(Path, sys.argv[1:3])
    table = out.read_text(encoding="utf-8")
    surnames = [line.split("\t")[1] for line in table.splitlines() if line.startswith("surname\t")]
    fresh = out.with_name(out.name + ".new")
    fresh.write_text(counted(table, names(_paragraphs(corpus), surnames)), encoding="utf-8")
    fresh.replace(out)
