"""How far the tables read on a page are those of its truth: cells, neighbours and shape."""

import unicodedata
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from extract.page import Page
from tests.testbed.flow import DrawnTable

Place = tuple[int, int, int]
"""table, row, col; all from 0"""
Span = tuple[int, int, int, int, int]
"""table, row, col, rowspan, colspan"""

ALIKE = 0.9
"""Share of its letters that a cell's text must have right to count as that cell."""


def cells_read(page: Page) -> dict[Place, str]:
    """The text of every filled cell of the page's tables."""
    texts = (
        ((number, c.row, c.col), " ".join(page.lines[i].text for i in c.lines))
        for number, table in enumerate(page.tables)
        for c in table.cells
    )
    return {place: text for place, text in texts if text.strip()}


def cells_of(tables: Sequence[DrawnTable]) -> dict[Place, str]:
    """The text of every filled cell of the truth."""
    return {(n, c.row, c.col): c.text for n, table in enumerate(tables) for c in table.cells if c.text.strip()}


def score(found: Mapping[Place, str], true: Mapping[Place, str]) -> tuple[float, float]:
    """(F1 of cells, F1 of neighbour pairs): cells one to one by their text, pairs to the right and below."""
    matched = _matched(found, true)
    wanted = neighbours(true)
    pairs = neighbours(found)
    right = sum((matched.get(a), matched.get(b), way) in wanted for a, b, way in pairs)
    return _f1(len(matched), len(found), len(true)), _f1(right, len(pairs), len(wanted))


def _matched(found: Mapping[Place, str], true: Mapping[Place, str]) -> dict[Place, Place]:
    """Cells read -> cells of the truth; the most alike first, of equal ones the nearest in the grid."""
    scored = sorted(
        (-like, sum(abs(x - y) for x, y in zip(a, b, strict=True)), a, b)
        for a, s in found.items()
        for b, t in true.items()
        if (like := _alike(s, t)) >= ALIKE
    )
    matched: dict[Place, Place] = {}
    for _, _, a, b in scored:
        if a not in matched and b not in matched.values():
            matched[a] = b
    return matched


def _alike(one: str, other: str) -> float:
    return float(Levenshtein.normalized_similarity(_plain(one), _plain(other)))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def neighbours(cells: Mapping[Place, str]) -> set[tuple[Place, Place, str]]:
    """Each filled cell with the next filled one to its right, and with the next one below."""
    pairs = set()
    for table, row, col in cells:
        right = [p for p in cells if p[0] == table and p[1] == row and p[2] > col]
        below = [p for p in cells if p[0] == table and p[2] == col and p[1] > row]
        pairs |= {((table, row, col), min(right), "right")} if right else set()
        pairs |= {((table, row, col), min(below), "below")} if below else set()
    return pairs


def _f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 1.0
