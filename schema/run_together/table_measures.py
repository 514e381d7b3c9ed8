"""What a first pass over a run-together table shows of it: how wide its columns are, which cells come again, and which
words are at home in which column."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from schema.run_together.cell_costs import ends, holds_another
from schema.run_together.known_cells import SHORT_FIELDS, KnownCells, words_in
from schema.run_together.text_rows import Layout, UntangledRow
from schema.tables.columns import TIME_FIELDS, Field

_PRIOR = 3.0
_NARROWEST, _WIDER = 0.85, 1.12
"""Shares of a column's width between which the longest lines of most cells that wrap are long. Those of torn rows are
of any length."""
_WIDEST = 0.85
"""Share of these lines that are as long as the width or shorter."""
_ENOUGH, _MANY = 3, 8
"""Cells that wrap, and cells at all, from which the width of a column shows. The longest two may be torn."""
_MOST_LEANING = 2.5
_TRUST = 0.6
"""Share of what a first pass shows of a word's column that is believed: it parts rows wrongly too."""


def measured(rows: Sequence[UntangledRow], layout: Layout) -> Layout:
    """The layout with the widths of its columns, from rows that were untangled without them: of lines that wrap, or of
    the longest where few do; 0 where neither tells."""
    return replace(layout, widths=tuple(_width(rows, column) for column in range(len(layout.fields))))


def _width(rows: Sequence[UntangledRow], column: int) -> float:
    own = [row for row in rows if row.wraps]
    # Each wording once: 'Công chức' above 'TP-HT' in ten rows is no narrower column than in one.
    spans = sorted({words_in(r.cells[column]): r.wraps[column][1] for r in own if r.wraps[column][0] > 1}.values())
    if len(spans) >= _ENOUGH:
        usual = max(spans, key=lambda width: (sum(_NARROWEST * width <= span <= width for span in spans), width))
        fitting = [span for span in spans if span <= _WIDER * usual]
        return float(fitting[int(_WIDEST * (len(fitting) - 1))])
    filled = sorted(row.wraps[column][1] for row in own if row.wraps[column][0])
    return float(filled[-_ENOUGH]) if len(filled) >= _MANY else 0.0


def shown_by(rows: Sequence[UntangledRow], layout: Layout, before: KnownCells) -> KnownCells:
    """What the rows show of the table's cells, besides what was known before.

    Short cells that stand alike in several rows are what an organisation or a time of this table looks like whole.
    """
    counts: dict[Field, Counter[tuple[str, ...]]] = {}
    for row in rows:
        for field, cell in zip(layout.fields, row.cells, strict=False):
            whole = field in SHORT_FIELDS and cell and ends(field, cell, before) <= 0
            if whole and not (field not in TIME_FIELDS and holds_another(cell)):
                counts.setdefault(field, Counter())[words_in(cell)] += 1
    again = {f: {cell: n for cell, n in seen.items() if n > 1} for f, seen in counts.items()}
    return KnownCells(again, _leanings(rows, layout), before.names)


def _leanings(rows: Sequence[UntangledRow], layout: Layout) -> Mapping[Field, Mapping[str, float]]:
    """By field: nats that a word seen at least twice costs there, against its share of the whole table."""
    seen = {
        field: Counter(token.text.casefold().strip(".,;:") for row in rows if row.cells for token in row.cells[column])
        for column, field in enumerate(layout.fields)
    }
    total: Counter[str] = sum(seen.values(), Counter())
    words = max(1, total.total())
    return {
        field: {word: _leaning(count[word], count.total(), every / words) for word, every in total.items() if every > 1}
        for field, count in seen.items()
    }


def _leaning(here: int, size: int, share: float) -> float:
    against = math.log((here + _PRIOR * share) / (size + _PRIOR) / share)
    return -_TRUST * max(-_MOST_LEANING, min(_MOST_LEANING, against))
