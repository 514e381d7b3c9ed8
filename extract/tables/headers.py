"""How many of a table's top rows are its header: by shape, with the words that open one as proof."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from unidecode import unidecode

_ENUMERATOR = re.compile(r"^[\W_]*(\d{1,3}(\.\d{1,2})*|[IVXivx]{1,5}|[a-kđA-HĐ])[.)]?[\W_]*$")
_COLUMN_NUMBER = re.compile(r"^\W*\(?(\d{1,2})\)?\W*$")
_BRACKETED = re.compile(r"^\W*\(\d{1,2}\)\W*$")

FEWEST_BRACKETED = 3
"""Numbers in brackets, rising from column to column, that stand for the numbers of all columns."""

_SECTION_NUMBER = re.compile(r"^[\W_]*([IVX]{1,5}|[A-HĐ])[.)]?[\W_]*$")

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

Span = tuple[int, int, int, int]
"""row, col, rowspan, colspan"""


def header_rows(spans: Sequence[Span], texts: Sequence[str], n_cols: int) -> int:
    """Number of header rows at the top; 0 for a table that goes on from the page before without one.

    spans and texts: the cells of the table in the same order. A row of column numbers "(1) (2)" under it is part of it.
    """
    top = [(s, t) for s, t in zip(spans, texts, strict=True) if s[0] == 0]
    if not top or not _reads_as_header(top, n_cols):
        return 0
    depth = max(s[2] for s, t in top if s[2] <= 3) if any(s[2] <= 3 for s, _ in top) else 1
    if any(s[3] > 1 for s, _ in top) and depth == 1 and len(top) > 1:
        depth = 2
    under = [t for s, t in zip(spans, texts, strict=True) if s[0] == depth]
    if len(under) == n_cols > 1 and numbers_columns(under):
        depth += 1
    return min(depth, max(s[0] + s[2] for s in spans))


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether most of the texts of a row are numbers of columns; single ones may be misread, bracketed ones lost too.

    >>> numbers_columns(["(1)", "(2)", "Œ)", "(4)"]), numbers_columns(["1", "70", "75"]), numbers_columns(["(1)"])
    (True, False, False)
    >>> numbers_columns(["q)", "(2)", "(3)", "(4)", "(6)", "Œ)"]), numbers_columns(["Sở", "(2)", "(30)"])
    (True, False)
    """
    known = [int(found[1]) for t in texts if (found := _COLUMN_NUMBER.match(t))]
    rising = all(a < b for a, b in pairwise(known))
    whole = len(known) >= max(2, 0.7 * len(texts)) and max(known[1:], default=0) <= len(texts)
    bracketed = sum(_BRACKETED.match(t) is not None for t in texts)
    return rising and (whole or bracketed >= max(FEWEST_BRACKETED, len(texts) / 2))


def _reads_as_header(top: list[tuple[Span, str]], n_cols: int) -> bool:
    """All but few columns named, shortly, none of them with a row number; or named with the words of the table."""
    named = [(s, t) for s, t in top if t.strip()]
    width = sum(s[3] for s, _ in named)
    if len(named) < 2 or any(_ENUMERATOR.match(t) for _, t in named):
        return False
    known = sum(opens_header(t) for _, t in named)
    if known >= 2 or (known and opens_header(named[0][1])):
        return True
    return width >= 0.8 * n_cols and all(len(t.split()) <= 12 and not t.rstrip().endswith((".", ";")) for _, t in named)


def names_column(text: str) -> bool:
    """Whether a segment of print is a column's name: with a capital and no comma at its end, unlike running text.

    >>> names_column("Cơ quan chủ trì"), names_column("cơ quan chủ trì"), names_column("Kết quả,")
    (True, False, False)
    """
    return text[:1].isupper() and text[-1] not in ",.;" and opens_header(text)


def is_row_number(text: str) -> bool:
    """Whether the text is nothing but a printed row number.

    >>> [is_row_number(t) for t in ("1", "12.", "2.1", "IV", "2025", "a)", "Sở")]
    [True, True, True, True, False, True, False]
    """
    return _ENUMERATOR.match(text) is not None


def is_section_number(text: str) -> bool:
    """Whether the text is a number that heads a section of rows, Roman or a capital letter.

    >>> [is_section_number(t) for t in ("II", "IV.", "A", "1", "a)", "Sở")]
    [True, True, True, False, False, False]
    """
    return _SECTION_NUMBER.match(text) is not None


def row_number(text: str) -> int | None:
    """The last part of a printed row number, Arabic or Roman; None for anything else, letters before a bracket too.

    >>> [row_number(t) for t in ("1", "12.", "2.1", "IV", "2025", "a)", "Sở")]
    [1, 12, 1, 4, None, None, None]
    """
    found = _ENUMERATOR.match(text)
    last = found[1].split(".")[-1].upper() if found else ""
    if last.isdecimal():
        return int(last)
    return _ROMAN.index(last) + 1 if last in _ROMAN else None


def opens_header(text: str) -> bool:
    """Whether the text begins with words that name a column.

    >>> opens_header("Cơ quan chủ trì"), opens_header("Sở Nội vụ")
    (True, False)
    """
    plain = re.sub(r"\W+", " ", unidecode(text).lower()).strip()
    return any(plain == name or plain.startswith(name + " ") for name in _names())


def opens_total(text: str) -> bool:
    """Whether the text is what opens the row of a table's totals, and nothing else; "công" is another word.

    >>> opens_total("Tổng cộng:"), opens_total("Cộng (I + II)"), opens_total("công"), opens_total("Tổng hợp báo cáo")
    (True, True, False, False)
    """
    plain = " ".join(re.sub(r"\(.*\)|[^\w\s]+", " ", text).split())
    return plain[:1].isupper() and plain.lower() in _texts("total")


@cache
def _names() -> frozenset[str]:
    return frozenset(unidecode(text) for text in _texts("name"))


@cache
def _texts(kind: str) -> frozenset[str]:
    rows = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf8"))[kind]
    return frozenset(row["text"].lower() for row in rows)
