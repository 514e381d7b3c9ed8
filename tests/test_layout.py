"""The architecture as tests: imports run one way, and the top level names are ours."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from normalize.letters import is_syllable

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT: dict[str, frozenset[str]] = {
    "extract": frozenset(),
    "normalize": frozenset({"extract"}),
    "schema": frozenset({"extract", "normalize"}),
    "batch": frozenset({"extract", "normalize", "schema"}),
    "pipeline": frozenset({"extract", "normalize", "schema", "batch"}),
}
"""extract <- normalize <- schema <- batch <- pipeline: each may import itself and what stands left of it."""

ONLY_THE_PAGE = frozenset({"normalize", "schema"})
"""These read Pages but know nothing of how pages are made: of extract they may import extract.page alone."""


def _modules(package: str) -> list[Path]:
    root = ROOT / package
    return sorted(root.rglob("*.py")) if root.is_dir() else [ROOT / f"{package}.py"]


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_run_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    for path in _modules(package):
        for name in _imports(path):
            top = name.split(".")[0]
            if top in MAY_IMPORT:
                assert top in allowed, f"{path.relative_to(ROOT)} imports {name}"
            if package in ONLY_THE_PAGE and top == "extract":
                assert name == "extract.page", f"{path.relative_to(ROOT)} imports {name}"


FOLDERS_OF_SCHEMA = (
    *("values", "outline", "places", "head", "files"),
    *("organisations", "narrative", "tables", "run_together", "confidence"),
)
"""Each folder of schema/ may import those before it; modules beside the folders are either used by all, or put them
together."""

UPWARD = frozenset({("organisations", "schema.tables.cell_words"), ("organisations", "schema.run_together.odd_words")})
"""Two modules of words alone that stand in the folder that needed them first."""


@pytest.mark.parametrize("folder", FOLDERS_OF_SCHEMA)
def test_the_folders_of_schema_build_on_each_other_one_way(folder: str) -> None:
    above = FOLDERS_OF_SCHEMA[FOLDERS_OF_SCHEMA.index(folder) + 1 :]
    for path in _modules(f"schema/{folder}"):
        for name in _imports(path):
            upward = name.split(".")[0] == "schema" and name.split(".")[1] in above
            assert not upward or (folder, name) in UPWARD, f"{path.relative_to(ROOT)} imports {name}"


def test_every_folder_of_schema_has_its_place_in_the_order() -> None:
    folders = {path.parent.name for path in (ROOT / "schema").glob("*/__init__.py")}
    assert folders - {"rules"} == set(FOLDERS_OF_SCHEMA)


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_each_top_level_name_is_ours(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT), f"{package} comes from {module.__file__}"


VOCABULARY = frozenset({"schema/records.py", "schema/places/units.py", "batch/processes/warm.py"})
"""Modules that hold Vietnamese words: those of the output itself, levels of units, two lines that warm workers up."""


def _strings_in(path: Path) -> Iterator[str]:
    """The strings of a module, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def _words_in_code(path: Path) -> set[str]:
    """Vietnamese syllables with a mark in the strings of a module, docstrings apart."""
    strings = (re.sub(r"\\[a-zA-Z]", " ", text) for text in _strings_in(path))
    runs = (run for text in strings for run in re.findall(r"[^\W\d_]{2,}", text))
    return {run for run in runs if not run.isascii() and is_syllable(run.lower())}


NO_WORDS = frozenset({"com", "hi", "li", "re"})
"""Syllables in patterns that are no words: ends of web addresses, letters read for figures."""


def _folded_words_in_patterns(path: Path) -> set[str]:
    """Syllables without marks in the regular expressions of a module: "nam" of a pattern over text without marks."""
    patterns = (
        re.sub(r"\(\?P?[<=]\w+[>)]|\\[a-zA-Z]", " ", text)
        for text in _strings_in(path)
        if re.search(r"\\[a-zA-Z]|\(\?", text)
    )
    runs = {run for text in patterns for run in re.findall(r"[^\W\d_]{2,}", text) if run.islower()}
    return {run for run in runs if is_syllable(run)} - NO_WORDS


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_vietnamese_words_stand_in_tables_not_in_code(package: str) -> None:
    modules = {path.relative_to(ROOT).as_posix(): path for path in _modules(package) if "training" not in path.parts}
    found = {name: _words_in_code(path) for name, path in modules.items() if name not in VOCABULARY}
    assert {name: words for name, words in found.items() if words} == {}
    folded = {name: _folded_words_in_patterns(path) for name, path in modules.items()}
    assert {name: words for name, words in folded.items() if words} == {}


def test_the_command_line_starts_without_what_only_workers_need() -> None:
    heavy = {"numba", "pandas", "pdfplumber", "structlog", "batch.tasks", "normalize.document", "schema.document"}
    program = f"import sys, pipeline; print(*sorted({heavy!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
