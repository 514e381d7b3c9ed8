"""What a first pass over a run-together table shows of it: how wide its columns are, and which cells come again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from schema.cell_costs import NOTHING_KNOWN, SHORT_FIELDS, KnownCells, ends, holds_another, words_in
from schema.columns import TIME_FIELDS, Field
from schema.untangle import Layout, UntangledRow


def measured(rows: Sequence[UntangledRow], layout: Layout) -> Layout:
    """The layout with the widths of its columns, from rows that were untangled without them; 0 where nothing wraps."""
    return replace(layout, widths=tuple(_width(rows, column) for column in range(len(layout.fields))))


def _width(rows: Sequence[UntangledRow], column: int) -> float:
    spans = sorted(row.wraps[column][1] for row in rows if row.wraps and row.wraps[column][0] > 1)
    return float(spans[int(0.7 * (len(spans) - 1))]) if len(spans) >= 3 else 0.0


def repeated_cells(rows: Sequence[UntangledRow], layout: Layout) -> KnownCells:
    """Short cells that stand alike in several rows: what an organisation or a time of this table looks like whole."""
    counts: dict[Field, Counter[tuple[str, ...]]] = {}
    for row in rows:
        for field, cell in zip(layout.fields, row.cells, strict=False):
            whole = field in SHORT_FIELDS and cell and ends(field, cell, NOTHING_KNOWN) <= 0
            if whole and not (field not in TIME_FIELDS and holds_another(cell)):
                counts.setdefault(field, Counter())[words_in(cell)] += 1
    return KnownCells({f: {cell: n for cell, n in seen.items() if n > 1} for f, seen in counts.items()})
