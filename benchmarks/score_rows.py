"""Which rows of the truth are read right, and which were gained and lost since the last time: `make score`.

    python -m benchmarks.score_rows [--save]

The truth is tests/schema/cases/narrative.toml; the rows that were right last time stand in right_rows.txt beside it,
which --save brings up to date.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.schema.narrative_lines import assignment_lines, load_cases, target_lines

KEPT = Path(__file__).parent.parent / "tests" / "schema" / "cases" / "right_rows.txt"


def right_rows() -> tuple[list[str], int, int]:
    """The rows that are right, each with the name of its case; how many rows were read, how many there are in truth."""
    right: list[str] = []
    read = wanted = 0
    for case in load_cases():
        for kind, found, truth in (
            ("target", target_lines(case), case.targets),
            ("assignment", assignment_lines(case), case.assignments),
        ):
            hits = Counter(found) & Counter(truth)
            right += [f"{case.name} > {kind} > {line}" for line in hits.elements()]
            read, wanted = read + len(found), wanted + len(truth)
    return right, read, wanted


def report(right: list[str], kept: list[str]) -> list[str]:
    """Lines that name the rows gained (+) and lost (-).

    >>> report(["a > target > x", "b > target > y"], ["a > target > x", "c > target > z"])
    ['+ b > target > y', '- c > target > z']
    """
    gained, lost = Counter(right) - Counter(kept), Counter(kept) - Counter(right)
    return [*(f"+ {row}" for row in gained.elements()), *(f"- {row}" for row in lost.elements())]


def main() -> int:
    """Print the difference and the F1 of all rows; exit 1 where rows were lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--save", action="store_true", help="keep the rows that are right now")
    save = parser.parse_args().save
    right, read, wanted = right_rows()
    kept = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    lines = report(right, kept)
    f1 = 2 * len(right) / (read + wanted) if read + wanted else 1.0
    sys.stdout.write("\n".join([*lines, f"{len(right)} of {wanted} rows right, {read} read, F1 {f1:.3f}", ""]))
    if save:
        KEPT.write_text("\n".join(sorted(right)) + "\n", encoding="utf-8")
    return int(not save and any(line.startswith("-") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
