"""How right the tables are, document by document, against truth done by hand or made with the samples.

    python -m benchmarks.documents OUT [TRUTH] [--misses]

OUT is an output folder, TRUTH (default data/samples/truth) holds NAME.txt, the text as printed, and NAME.json: plan,
legal_bases, targets and assignments as lists of objects with the columns of the tables. A document belongs to the truth
whose NAME its file name begins with.

    syllables          1 - edit distance / length, over the lower-case syllables of the whole text
    plan               share of the plan's fields that are right
    legal_bases        F1 of (number, date)
    targets            F1: text 80 % alike; value, comparator and times the same (aims without a number do not count)
    assignments_found  F1: task 80 % alike
    assignments        F1: task 90 % alike; lead, partners, times and recurrence the same
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

Row = Mapping[str, Any]
ALIKE, NEARLY_EQUAL = 80.0, 90.0
TRUTH = Path(__file__).resolve().parent.parent / "data" / "samples" / "truth"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one document, each 0 to 1, and what was missed, a line a miss."""

    values: Mapping[str, float]
    misses: tuple[str, ...]


def folded(value: object) -> str:
    """A value as it is compared: NFC, lower case, one blank, no blank around marks, none of them at the ends."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value)).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return re.sub(r"\s*([-/&;,.:])\s*", r"\1", re.sub(r"\s+", " ", text)).strip(" .;,:-")


def f1(hits: int, read: int, wanted: int) -> float:
    """Harmonic mean of precision and recall; 1 where there was nothing to read and nothing was read."""
    return 2 * hits / (read + wanted) if read + wanted else 1.0


def syllables_right(read: str, truth: str) -> float:
    """Share of the truth's syllables that need no change, order counted; below 0 where more is wrong than there is."""
    got, want = (re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()) for text in (read, truth))
    return 1 - Levenshtein.distance(got, want) / len(want)


def paired(
    read: Sequence[Row], wanted: Sequence[Row], key: str, prefer: Callable[[Row, Row], bool] = lambda _a, _b: False
) -> list[tuple[Row, Row]]:
    """Rows of both sides one to one, whose `key` is alike, best first; `prefer`red pairs before others."""
    scored = [
        (prefer(a, b), fuzz.ratio(folded(a[key]), folded(b[key])), -abs(i / len(read) - j / len(wanted)), i, j)
        for i, a in enumerate(read)
        for j, b in enumerate(wanted)
    ]
    pairs, left_i, left_j = [], set(range(len(read))), set(range(len(wanted)))
    for _, score, _, i, j in sorted(scored, reverse=True):
        if score >= ALIKE and i in left_i and j in left_j:
            left_i.remove(i)
            left_j.remove(j)
            pairs.append((read[i], wanted[j]))
    return pairs


def same(a: Row, b: Row, *columns: str) -> bool:
    """Whether rows agree in some columns; numbers as numbers, dates as days, lists as sets."""
    return all(_comparable(a.get(column)) == _comparable(b.get(column)) for column in columns)


def _comparable(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(sorted(folded(item) for item in value))
    if isinstance(value, int | float):
        return round(float(value), 9)
    return folded(value)


def score(tables: Mapping[str, list[Row]], text: str, truth: Mapping[str, Any]) -> Figures:
    """The figures of one document. tables: its rows by table."""
    plan = next(iter(tables["plans"]), {})
    wrong = [column for column in truth["plan"] if not same(plan, truth["plan"], column)]
    misses = [f"plan.{column}: {truth['plan'][column]!r}, read {plan.get(column)!r}" for column in wrong]
    bases = _basis_hits(tables["legal_bases"], truth["legal_bases"])
    numbered = [[row for row in rows if row["value"] is not None] for rows in (tables["targets"], truth["targets"])]
    aims = paired(numbered[0], numbered[1], "text", lambda a, b: same(a, b, "value"))
    right_aims = [b for a, b in aims if same(a, b, "value", "comparator", "deadline_start", "deadline_end")]
    misses += [f"target: {row['text']}" for row in numbered[1] if row not in right_aims]
    tasks = paired(tables["assignments"], truth["assignments"], "task")
    right_tasks = [b for a, b in tasks if _is_right(a, b)]
    misses += [f"assignment: {row['task']}" for row in truth["assignments"] if row not in right_tasks]
    read, wanted = len(tables["assignments"]), len(truth["assignments"])
    values = {
        "syllables": syllables_right("\n".join(row["text"] for row in tables["pages"]), text),
        "plan": 1 - len(wrong) / len(truth["plan"]),
        "legal_bases": f1(bases, len(tables["legal_bases"]), len(truth["legal_bases"])),
        "targets": f1(len(right_aims), len(numbered[0]), len(numbered[1])),
        "assignments_found": f1(len(tasks), read, wanted),
        "assignments": f1(len(right_tasks), read, wanted),
    }
    return Figures(values, tuple(misses))


def _basis_hits(read: Sequence[Row], wanted: Sequence[Row]) -> int:
    left = [(folded(row["number"]), folded(row["date"])) for row in wanted]
    hits = 0
    for row in read:
        key = (folded(row["number"]), folded(row["date"]))
        if key in left:
            left.remove(key)
            hits += 1
    return hits


def _is_right(read: Row, wanted: Row) -> bool:
    if fuzz.ratio(folded(read["task"]), folded(wanted["task"])) < NEARLY_EQUAL:
        return False
    times = same(read, wanted, "deadline_start", "deadline_end", "recurrence")
    people = (
        ("; ".join(sorted(folded(name) for name in row[k])) for row in (read, wanted)) for k in ("lead", "partners")
    )
    return times and all(fuzz.ratio(a, b) >= NEARLY_EQUAL or a == b for a, b in people)


def scored(out: Path, truth: Path) -> Iterator[tuple[str, Figures]]:
    """Name and figures of every document of the output that has a truth."""
    names = ("documents", "pages", "plans", "legal_bases", "targets", "assignments")
    tables: dict[str, list[Row]] = {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in names}
    for file in sorted(truth.glob("*.json")):
        for document in tables["documents"]:
            if Path(document["source_path"]).name.startswith(file.stem):
                own = {name: _of(rows, document["document_id"]) for name, rows in tables.items()}
                text = file.with_suffix(".txt").read_text(encoding="utf-8")
                yield document["source_path"], score(own, text, json.loads(file.read_text(encoding="utf-8")))


def _of(rows: Sequence[Row], document_id: str) -> list[Row]:
    return [row for row in rows if str(row.get("plan_id") or row["document_id"]).startswith(document_id)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("truth", type=Path, nargs="?", default=TRUTH)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    results = dict(scored(arguments.out, arguments.truth))
    if not results:
        parser.error(f"no document of {arguments.out} has a truth in {arguments.truth}")
    columns = list(next(iter(results.values())).values)
    width = max(len(name) for name in results)
    print(" " * width, *(f"{column:>17}" for column in columns))
    for name, figures in results.items():
        print(f"{name:<{width}}", *(f"{figures.values[column]:17.3f}" for column in columns))
        if arguments.misses:
            print(*(f"    {miss}" for miss in figures.misses), sep="\n")
    means = (sum(figures.values[column] for figures in results.values()) / len(results) for column in columns)
    print(f"{'mean':<{width}}", *(f"{mean:17.3f}" for mean in means))


if __name__ == "__main__":
    main()
