"""Two outputs compared by content: rows added, rows gone, values changed by field, values lost.

Rows are matched by what they are about, not by their running number, so that one new row in the middle moves no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

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
    """One table, old against new. changed and lost: (column, rows) pairs; lost: a value that became null."""

    name: str
    added: int
    gone: int
    changed: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]
    examples: tuple[str, ...]

    @property
    def is_loss(self) -> bool:
        return self.name in LOSS_TABLES and bool(self.gone or self.lost)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed)

    def to_text(self) -> str:
        head = f"{self.name}: {self.added} added, {self.gone} gone"
        parts = [f"{column} changed in {count}" for column, count in self.changed]
        parts += [f"{column} lost in {count}" for column, count in self.lost]
        return "\n".join([", ".join([head, *parts]), *(f"    {example}" for example in self.examples)])


def diff_outputs(old: Path, new: Path) -> tuple[TableDiff, ...]:
    """Compare two output folders table by table. Raises FileNotFoundError when a table is missing in one of them."""
    return tuple(_diff(name, _read(old, name), _read(new, name)) for name in KEYS)


def _read(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: {folder} is no output of this program")
    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    for column in frame.columns:
        if frame[column].dtype == object:
            frame[column] = frame[column].map(_comparable)
    key = list(KEYS[name])
    frame["#"] = frame.groupby(key, dropna=False).cumcount()
    return frame.set_index([*key, "#"])


def _comparable(value: object) -> object:
    """Lists become tuples, so that they can be compared; None and NaN stay what they are."""
    return tuple(value) if isinstance(value, np.ndarray) else value


def _diff(name: str, old: pd.DataFrame, new: pd.DataFrame) -> TableDiff:
    gone, added = old.index.difference(new.index, sort=False), new.index.difference(old.index, sort=False)
    both = old.index.intersection(new.index, sort=False)
    changed, lost = [], []
    for column in (column for column in old.columns if column in new.columns and column not in NUMBERING):
        before, after = old.loc[both, column], new.loc[both, column]
        differs = (before != after) & ~(before.isna() & after.isna())
        if count := int(differs.sum()):
            changed.append((column, count))
        if count := int((before.notna() & after.isna()).sum()):
            lost.append((column, count))
    examples = [f"gone: {_name(key)}" for key in gone[:SHOWN]] + [f"added: {_name(key)}" for key in added[:SHOWN]]
    return TableDiff(name, len(added), len(gone), tuple(changed), tuple(lost), tuple(examples))


def _name(key: Sequence[object]) -> str:
    return " | ".join(str(part) for part in key[:-1])
