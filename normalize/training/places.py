"""Rebuild data/places.tsv, the administrative units with the time they existed, from two JSON lists of units.

    python -m normalize.training.places UNITS_BEFORE UNITS_SINCE OUT

UNITS_BEFORE  units of the three levels before 1 July 2025 (province, district, commune); .json or .json.xz
UNITS_SINCE   units of the two levels since then; both shaped like those of the repository
              github.com/thanglequoc/vietnamese-provinces-database
"""

import json
import lzma
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.names.contexts import levels

_HEADER = (
    "# Administrative units. since, until: the first and the last day it existed; empty: not told.\n"
    "# parent: the unit right above, by its full name. Rebuilt by normalize/training/places.py; source in SOURCES.md.\n"
    "level\tname\tparent\tprovince\tsince\tuntil\n"
)
_MERGER = "2025-07-01"
_LAST_DAY = "2025-06-30"


def split_name(full: str) -> tuple[str, str]:
    """('phường', 'Mỏ Chè') of 'Phường Mỏ Chè'. Raises ValueError for a name without a level word."""
    text = unicodedata.normalize("NFC", " ".join(full.split()))
    for level in levels():
        if text.lower().startswith(level + " "):
            return level, text[len(level) + 1 :]
    raise ValueError(f"the unit {full!r} names no level: one of {levels()} is wanted in front")


def rows(before: list[Any], since: list[Any]) -> Iterator[tuple[str, ...]]:
    """The table's rows, province by province, first the units that were dissolved."""
    for province in before:
        yield *split_name(province["FullName"]), "", province["FullName"], "", _LAST_DAY
        for district in province["District"]:
            yield *split_name(district["FullName"]), province["FullName"], province["FullName"], "", _LAST_DAY
            for ward in district.get("Ward") or ():
                yield *split_name(ward["FullName"]), district["FullName"], province["FullName"], "", _LAST_DAY
    for province in since:
        yield *split_name(province["FullName"]), "", province["FullName"], _MERGER, ""
        for ward in province["Wards"]:
            yield *split_name(ward["FullName"]), province["FullName"], province["FullName"], _MERGER, ""


def load(path: Path) -> list[Any]:
    """The units of a .json or .json.xz file."""
    data = path.read_bytes()
    units: list[Any] = json.loads(lzma.decompress(data) if path.suffix == ".xz" else data)
    return units


def main(before: Path, since: Path, out: Path) -> None:
    """Write the table."""
    lines = ["\t".join(row) for row in rows(load(before), load(since))]
    out.write_text(_HEADER + unicodedata.normalize("NFC", "\n".join(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
