"""What a program wrote is what it would write today; the tables for the operator name what there is."""

import ast
import re
from pathlib import Path

import pytest

from batch.settings import Limits
from extract.settings import ExtractSettings
from pipeline import Exit
from schema.arrow import dictionary

ROOT = Path(__file__).resolve().parents[2]
OPERATION = (ROOT / "docs" / "OPERATION.md").read_text(encoding="utf-8")
CALLS = {"Failure": 0, "SheetError": 0, "TaskError": 0, "_failed": 2}
"""Calls that make an error code, and which argument it is."""


def _codes() -> set[str]:
    """Every error code that the code can give a document."""
    codes: set[str] = set()
    for package in ("extract", "batch"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                    place = CALLS[node.func.id]
                    code = node.args[place] if len(node.args) > place else None
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        codes.add(code.value)
    return codes


def _first_column(heading: str) -> set[str]:
    table = OPERATION.split(f"| {heading} |")[1].split("\n\n")[0]
    return {row.split("|")[1].strip(" `") for row in table.splitlines()[2:]}


def test_the_data_dictionary_is_that_of_the_record_classes() -> None:
    assert (ROOT / "docs" / "DATA.md").read_text(encoding="utf-8") == dictionary(), "run: kehoach schema > docs/DATA.md"


def test_every_error_code_is_explained_to_the_operator_and_no_other() -> None:
    assert _first_column("error_code") == _codes()


def test_every_exit_code_is_explained_to_the_operator() -> None:
    assert _first_column("code") == {str(int(code)) for code in Exit}


@pytest.mark.parametrize(
    ("option", "default"),
    [
        ("--page-seconds", Limits().seconds_per_page),
        ("--document-seconds", Limits().seconds_per_document),
        ("--memory", Limits().worker_memory_mb),
        ("--max-pages", ExtractSettings().max_pages),
    ],
)
def test_the_defaults_of_the_limits_are_the_ones_told(option: str, default: float) -> None:
    row = re.search(rf"\| `{option}` \|.*\| (\S+) \|", OPERATION)
    assert row is not None
    assert float(row[1]) == default
