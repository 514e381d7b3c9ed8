"""Restored lines and tables become records: what the plan says, then Parquet."""
