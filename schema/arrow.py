"""Records <-> Arrow, and the data dictionary: both derive from the record classes, so that they cannot disagree."""

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.abc import MetaPathFinder
from operator import attrgetter
from typing import TypeVar

import pyarrow as pa

from schema.records import TABLES

RecordT = TypeVar("RecordT")


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of one table; every field carries its description as metadata. Raises KeyError."""
    record = TABLES[name]
    fields = [
        pa.field(
            field.name,
            field.metadata["arrow"],
            nullable="None" in str(field.type),
            metadata={"description": field.metadata["description"]},
        )
        for field in dataclasses.fields(record)
    ]
    return pa.schema(fields, metadata={"description": (record.__doc__ or "").strip()})


def to_table(name: str, records: Iterable[object]) -> pa.Table:
    """Records of one class as an Arrow table. Raises pyarrow.ArrowInvalid when a value does not fit its column."""
    return table_of(name, map(_values_of(name), records))


def table_of(name: str, rows: Iterable[tuple[object, ...]]) -> pa.Table:
    """The same of rows that are given as their values, in the order of the columns: so many need no records."""
    _keep_pandas_out()
    schema = arrow_schema(name)
    columns = tuple(zip(*rows, strict=True)) or ((),) * len(schema)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


class _NoPandas(MetaPathFinder):
    """Says that pandas is not installed."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


@cache
def _keep_pandas_out() -> None:
    """Let PyArrow make its first array where pandas cannot be found: it looks there, for lists that are data frames'
    columns, and would load it in every process for 0.25 seconds. Who asks for a data frame later gets one all the same.
    """
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array(())
    finally:
        sys.meta_path.remove(finder)


@cache
def _values_of(name: str) -> Callable[[object], tuple[object, ...]]:
    """Record -> its values in order; C code, since a document has hundreds of rows of corrections."""
    return attrgetter(*(field.name for field in dataclasses.fields(TABLES[name])))


def from_table(table: pa.Table, record: type[RecordT]) -> Iterator[RecordT]:
    """The rows of a table as records again; lists come back as tuples."""
    for row in table.to_pylist():
        yield record(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


def dictionary() -> str:
    """The data dictionary as Markdown: every table and column of the output."""
    parts = [
        "# Data dictionary\n\nWritten by `python pipeline.py schema` from the record classes of `schema/records.py`.\n"
    ]
    for name, record in TABLES.items():
        parts.append(f"\n## {name}\n\n{(record.__doc__ or '').strip()}\n\n")
        parts.append("| column | type | what it holds |\n| --- | --- | --- |\n")
        parts += [f"| {field.name} | {_type_name(field)} | {_description(field)} |\n" for field in arrow_schema(name)]
    return "".join(parts)


def _type_name(field: pa.Field) -> str:
    return str(field.type).replace("<item: ", "<").replace("<element: ", "<") + (" or null" if field.nullable else "")


def _description(field: pa.Field) -> str:
    text: str = field.metadata[b"description"].decode()
    return text.replace("|", "\\|")
