"""Names that a cell lists one below the other: where a line break, and no mark, parts two of them.

A line that ends although the next word had room on it was broken on purpose; where that word opens a name, another
begins. Where there was no room, a name of those that plans use, above another, is one by itself; so is one above its
equal.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.page import Box
from normalize.fixes import RestoredPage
from schema.brackets import is_bracket_open
from schema.organisations.agency_lists import are_peers, name_goes_on, opens_a_name
from schema.organisations.agency_names import name_words, usual_names
from schema.outline.blocks import LineRef
from schema.outline.line_breaks import join_lines
from schema.tables.grids import CellText

_ROOM = 1.3
"""How much wider than the next word, its blank counted in, the room behind a line must be; letters differ in width."""
_NARROWEST = 40.0
"""Points; in a narrower cell any break may be for want of room."""


def with_breaks(cell: CellText, pages: Sequence[RestoredPage]) -> str:
    """The text of a cell of organisations with '; ' where its lines list them; its text as it is without geometry."""
    texts = [" ".join(pages[ref.page].lines[ref.line].text.split()) for ref in cell.lines]
    if len(texts) < 2 or cell.box is None or cell.box.width < _NARROWEST or join_lines(texts) != cell.text:
        return cell.text
    boxes = [pages[ref.page].page.lines[ref.line].box for ref in cell.lines]
    return "; ".join(join_lines(part) for part in _parts(texts, boxes, cell.lines, cell.box))


def _parts(
    texts: Sequence[str], boxes: Sequence[Box | None], refs: Sequence[LineRef], cell: Box
) -> Iterator[list[str]]:
    """The lines of each name."""
    margin = max(0.0, min((box.x0 - cell.x0 for box in boxes if box), default=0.0))
    part = [texts[0]]
    for (text, below), (box, under), (ref, next_ref) in zip(
        pairwise(texts), pairwise(boxes), pairwise(refs), strict=True
    ):
        room = cell.width - 2 * margin - box.width if box and ref.page == next_ref.page else 0.0
        had_room = under is not None and room > _ROOM * _first_word_width(below, under)
        told = _both_usual(part, below) or are_peers(join_lines(part), below)
        if (had_room or told) and _begins_another(part, text, below):
            yield part
            part = []
        part.append(below)
    yield part


def _first_word_width(text: str, box: Box) -> float:
    return box.width * (len(text.split()[0]) + 1) / max(len(text), 1)


def _both_usual(part: Sequence[str], below: str) -> bool:
    return name_words(join_lines(part)) in usual_names() and name_words(below) in usual_names()


def _begins_another(part: Sequence[str], text: str, below: str) -> bool:
    """Whether what stands so far is a whole name and the line below opens one."""
    return (
        below[:1].isupper()
        and opens_a_name(below)
        and opens_a_name(part[0])
        and not is_bracket_open(" ".join(part))
        and not name_goes_on(text)
    )
