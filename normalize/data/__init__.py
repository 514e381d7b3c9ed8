"""The tables that restoration reads, learned and written by hand: SOURCES.md says where each comes from."""

from pathlib import Path

DATA = Path(__file__).parent
