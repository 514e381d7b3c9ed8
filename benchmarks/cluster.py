"""What a cluster would need for an archive: time, cost and storage, from the measured figures of a real run.

    python pipeline.py extract ARCHIVE --out OUT --jobs N --summary json > run.json
    python -m benchmarks.cluster run.json OUT [--pages 10000000] [--machines 10] [--cores 16] [--core-hour 0.04] ...

The run should hold at least 200 scanned pages, be made from nothing on a machine that does nothing else, with as many
jobs as it has cores. Prints the table of docs/CLUSTER.md. Prices are assumptions, to be set by whoever asks.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORKER_STAGES = ("open", "read", "restore", "parse", "tables")
BUSY = 0.85
"""Share of a cluster's cores that work: the rest goes to scheduling, stragglers, replaced workers and the last hour."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of a run, for one page. cores: seconds of a core in all worker stages; parent: seconds of publishing."""

    cores: float
    parent: float
    store_bytes: float
    table_bytes: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is asked about. Prices in one currency: for a core and hour, and for a gigabyte of storage and month."""

    pages: int
    machines: int
    cores: int
    core_hour: float
    gigabyte_month: float
    input_bytes: float


def measured(summary: Path, out: Path) -> Measured:
    """Figures of a run from its summary and its output folder. Raises ValueError when it read no pages."""
    run = json.loads(summary.read_text(encoding="utf-8"))
    pages = run["pages_read"]
    if not pages:
        raise ValueError(f"{summary}: the run read no pages; make it from nothing")
    stages = run["stage_seconds"]
    cores = sum(stages.get(stage, 0.0) for stage in WORKER_STAGES)
    tables = sum(path.stat().st_size for path in out.rglob("*.parquet") if path.is_file())
    store = sum(path.stat().st_size for path in (out / ".kehoach").glob("store.sqlite*"))
    return Measured(cores / pages, stages["publish"] / pages, store / pages, tables / pages)


def answer(figures: Measured, cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Rows of the table: what, how much."""
    cores = cluster.machines * cluster.cores
    hours = cluster.pages * figures.cores / 3600 / cores / BUSY
    publishing = cluster.pages * figures.parent / 3600
    stored = cluster.pages * (figures.store_bytes + figures.table_bytes + cluster.input_bytes) / 1e9
    yield "pages", f"{cluster.pages:,}"
    yield "machines x cores", f"{cluster.machines} x {cluster.cores}"
    yield "core seconds a page (measured)", f"{figures.cores:.2f}"
    yield "pages a second, whole cluster", f"{cores * BUSY / figures.cores:.1f}"
    yield "time of reading", f"{hours:.0f} h ({hours / 24:.1f} days)"
    yield "time of publishing, one process", f"{publishing:.1f} h"
    yield "cost of the machines", f"{(hours + publishing) * cores * cluster.core_hour:,.0f}"
    yield "input", f"{cluster.pages * cluster.input_bytes / 1e9:,.0f} GB"
    yield "store (pages as read)", f"{cluster.pages * figures.store_bytes / 1e9:,.0f} GB"
    yield "tables", f"{cluster.pages * figures.table_bytes / 1e9:,.0f} GB"
    yield "cost of storage, a month", f"{stored * cluster.gigabyte_month:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("summary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=10_000_000)
    parser.add_argument("--machines", type=int, default=10)
    parser.add_argument("--cores", type=int, default=16)
    parser.add_argument("--core-hour", type=float, default=0.04)
    parser.add_argument("--gigabyte-month", type=float, default=0.023)
    parser.add_argument("--input-bytes", type=float, default=150_000, help="bytes of the archive for each page")
    given = vars(parser.parse_args())
    figures = measured(given.pop("summary"), given.pop("out"))
    print("| what | how much |\n| --- | --- |")
    for what, much in answer(figures, Cluster(**given)):
        print(f"| {what} | {much} |")


if __name__ == "__main__":
    main()
