"""Make documents whose truth is known.

python -m tests.testbed samples [--sources data/samples] [--out data/raw] [--only NAME]
python -m tests.testbed generate --seed 7 --count 20 --out DIR [--output pdf|scan|tiff|layer|printed|layered|mixed]
                           [--damage 0|1|2|3] [--merged]

Beside the documents, a folder of truth (NAME.json, NAME.txt, pages/NAME.json) that a scorer reads.
What is no plan has its truth in no_plan/. `samples` keeps its truth beside the sources.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.testbed.generate import sources
from tests.testbed.make import write
from tests.testbed.source import read_source


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.testbed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    samples = commands.add_parser("samples", help="build the committed samples")
    samples.add_argument("--sources", type=Path, default=Path("data/samples"))
    samples.add_argument("--out", type=Path, default=Path("data/raw"))
    samples.add_argument("--only", default="")
    make = commands.add_parser("generate", help="make varied documents")
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--count", type=int, default=10)
    make.add_argument("--out", type=Path, required=True)
    make.add_argument(
        "--output", choices=("pdf", "scan", "tiff", "layer", "printed", "layered", "mixed"), default="scan"
    )
    make.add_argument("--damage", type=int, choices=(0, 1, 2, 3), default=1)
    make.add_argument(
        "--merged", action="store_true", help="plans with goals and numbers that span tasks, nothing else"
    )
    asked = parser.parse_args(arguments)
    return _samples(asked) if asked.command == "samples" else _generate(asked)


def _samples(asked: argparse.Namespace) -> int:
    for path in sorted(asked.sources.glob("*.toml")):
        if asked.only in path.stem:
            _say(write(read_source(path), asked.out, asked.sources / "truth", geometry=False))
    return 0


def _generate(asked: argparse.Namespace) -> int:
    for source in sources(asked.seed, asked.count, asked.output, asked.damage, asked.merged):
        _say(write(source, asked.out / "raw", asked.out / "truth"))
    return 0


def _say(path: Path) -> None:
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    sys.exit(main())
