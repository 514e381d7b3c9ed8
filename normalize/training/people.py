"""Rebuild the given names of data/people.tsv from a list, one name a line; surnames and middle names stay as they are.

python -m normalize.training.people GIVEN_NAMES normalize/data/people.tsv
"""

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path


def with_given_names(table: str, names: Iterable[str]) -> str:
    """The table with these given names instead of its own, in the order of their code points.

    >>> with_given_names("surname\\tLê\\t9.5\\ngiven\\tX\\t1\\n", ["Hòa", "Bình "]).splitlines()[1:]
    ['given\\tBình\\t1', 'given\\tHòa\\t1']
    """
    kept = [line for line in table.splitlines() if not line.startswith("given\t")]
    found = {unicodedata.normalize("NFC", name.strip()) for name in names} - {""}
    return "\n".join([*kept, *(f"given\t{name}\t1" for name in sorted(found))]) + "\n"


if __name__ == "__main__":
    given, out = map(Path, sys.argv[1:3])
    names = given.read_text(encoding="utf-8").splitlines()
    fresh = out.with_name(out.name + ".new")
    fresh.write_text(with_given_names(out.read_text(encoding="utf-8"), names), encoding="utf-8")
    fresh.replace(out)
