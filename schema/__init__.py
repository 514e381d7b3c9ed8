"""Restored lines and tables become records: what the plan says, then Parquet."""

from schema.document import read_document

__all__ = ["read_document"]
