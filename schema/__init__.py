"""Restored lines and tables become records: what the plan says, then Parquet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schema.document import read_document

__all__ = ["read_document"]


def __getattr__(name: str) -> object:
    """The public names when first asked for: who publishes rows that are there needs no reader of plans (1 second)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from schema.document import read_document

    return read_document
