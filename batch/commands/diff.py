"""Two outputs compared by content: rows added, rows gone, values changed by field, values lost.

Rows are matched by what they are about, not by their running number, so that one new row in the middle moves no other.
A file that was renamed or moved, but has the same content, is one row under another name: nothing of it was lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from batch.reports.watch import one_line

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("source_path",),
    "pages": ("document_id", "page"),
    "lines": ("document_id", "page", "line"),
    "cells": ("document_id", "page", "table", "row", "col"),
    "corrections": ("document_id", "page", "line", "start"),
    "plans": ("plan_id",),
    "legal_bases": ("plan_id", "instrument", "number"),
    "targets": ("plan_id", "text"),
    "assignments": ("plan_id", "origin", "task"),
    "agencies": ("agency_id",),
}
"""What a row of each table is about. Rows alike in these are told apart by their order."""

NUMBERING = frozenset({"ordinal", "target_no", "assignment_no", "pipeline_version"})
"""Columns that say nothing of the documents: a change in them alone is no change."""

LOSS_TABLES = frozenset({"documents", "pages", "plans", "legal_bases", "targets", "assignments"})
"""Where a row that is gone counts as a loss. A line or correction that is gone may well be a better reading."""

SHOWN = 5


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table, old against new. changed and lost: (column, rows) pairs; lost: a value that became null.

    renamed: rows of `documents` whose content stands under another path now; they count as neither added nor gone.
    """

    name: str
    added: int
    gone: int
    renamed: int
    changed: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]

    @property
    def is_loss(self) -> bool:
        return self.name in LOSS_TABLES and bool(self.gone or self.lost)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.renamed or self.changed)

    def to_text(self) -> str:
        head = f"{self.name}: {self.added} added, {self.gone} gone"
        head += f", {self.renamed} renamed" if self.renamed else ""
        parts = [f"{column} changed in {count}" for column, count in self.changed]
        parts += [f"{column} lost in {count}" for column, count in self.lost]
        return "\n".join([", ".join([head, *parts]), *(f"    {example}" for example in self.examples)])


def diff_outputs(old: Path, new: Path) -> tuple[TableDiff, ...]:
    """Compare two output folders table by table. Raises FileNotFoundError when a table is missing in one of them."""
    return tuple(_compare(name, _read(old, name), _read(new, name)) for name in KEYS)


def _read(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: {folder} is no output of this program")
    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    for column in frame.columns:
        if frame[column].dtype == object:
            frame[column] = frame[column].map(_comparable)
    return frame


def _comparable(value: object) -> object:
    """Lists become tuples, so that they can be compared; None and NaN stay what they are."""
    return tuple(value) if isinstance(value, np.ndarray) else value


def _compare(name: str, old: pd.DataFrame, new: pd.DataFrame) -> TableDiff:
    renamed = _renamed(old, new) if name == "documents" else {}
    if renamed:
        old = old.assign(source_path=old.source_path.replace(renamed))
    before, after = _by_key(name, old), _by_key(name, new)
    gone, added = before.index.difference(after.index, sort=False), after.index.difference(before.index, sort=False)
    changed, lost = _changes(before, after)
    examples = [f"gone: {_name(key)}" for key in gone[:SHOWN]] + [f"added: {_name(key)}" for key in added[:SHOWN]]
    examples += [f"renamed: {former} -> {path}" for former, path in list(renamed.items())[:SHOWN]]
    return TableDiff(name, len(added), len(gone), len(renamed), changed, lost, tuple(map(one_line, examples)))


def _renamed(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, str]:
    """Former path -> path of files that were read and are no more, as many as there are new ones of their content."""
    gone = old[old.sha256.notna() & ~old.source_path.isin(new.source_path)]
    came = new[new.sha256.notna() & ~new.source_path.isin(old.source_path)]
    former, latter = (
        rows.sort_values("source_path").assign(copy=lambda rows: rows.groupby("sha256").cumcount())
        for rows in (gone, came)
    )
    pairs = former.merge(latter, on=["sha256", "copy"], suffixes=("", "_now"))
    return dict(zip(pairs.source_path, pairs.source_path_now, strict=True))


def _by_key(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows under their keys, those of one key numbered."""
    key = list(KEYS[name])
    return frame.assign(**{"#": frame.groupby(key, dropna=False).cumcount()}).set_index([*key, "#"])


def _changes(old: pd.DataFrame, new: pd.DataFrame) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Columns with the number of rows in which they changed, and in which their value became null."""
    both = old.index.intersection(new.index, sort=False)
    changed, lost = [], []
    for column in (column for column in old.columns if column in new.columns and column not in NUMBERING):
        before, after = old.loc[both, column], new.loc[both, column]
        differs = (before != after) & ~(before.isna() & after.isna())
        if count := int(differs.sum()):
            changed.append((column, count))
        if count := int((before.notna() & after.isna()).sum()):
            lost.append((column, count))
    return tuple(changed), tuple(lost)


def _name(key: Sequence[object]) -> str:
    return " | ".join(str(part) for part in key[:-1])
