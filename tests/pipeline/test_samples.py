"""The samples of data/raw from end to end: what is read of them, and that the queries of the README run on it."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from benchmarks.documents import TRUTH, scored
from pipeline import Exit, app

ROOT = Path(__file__).resolve().parents[2]

FLOORS: dict[str, dict[str, float]] = {
    "ke-hoach-xa-hai-cap.pdf": {"syllables": 0.98, "plan": 0.95, "targets": 0.95, "assignments": 0.95},
    "quyet-dinh-ke-hoach-xa.pdf": {"syllables": 0.95, "targets": 0.9, "assignments_found": 0.85},
    "ke-hoach-thi-xa.pdf": {"syllables": 0.95, "targets": 0.85, "assignments_found": 0.95},
    "ke-hoach-tieu-chi-phuong.pdf": {"syllables": 0.9, "targets": 0.7, "assignments_found": 0.85},
    "lop-chu-cu-thi-tran.txt": {"targets": 0.85, "assignments_found": 0.6},
}
"""What must not be lost again; figures stand a little below those of the README, which are measured."""

QUERIES = re.findall(r"```(sql|python)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of all samples, in data/parquet of an empty folder, as the README's queries expect them."""
    out = tmp_path_factory.mktemp("samples") / "data" / "parquet"
    result = CliRunner().invoke(app, ["extract", str(ROOT / "data" / "raw"), "--out", str(out), "--jobs", "2"])
    assert result.exit_code == Exit.OK, result.output
    return out


@pytest.mark.slow
def test_no_sample_falls_below_its_floor(output: Path) -> None:
    read = dict(scored(output, TRUTH))
    assert set(read) == set(FLOORS)
    low = {
        f"{name} {figure}": figures.values[figure]
        for name, figures in read.items()
        for figure, floor in FLOORS[name].items()
        if figures.values[figure] < floor
    }
    assert low == {}


@pytest.mark.slow
def test_only_the_report_is_no_plan(output: Path) -> None:
    documents = pd.read_parquet(output / "documents.parquet").set_index("source_path")
    assert documents.index[~documents.is_plan].tolist() == ["bao-cao-khong-phai-ke-hoach.tif"]
    assert documents.status.eq("ok").all()


@pytest.mark.slow
def test_every_value_has_its_place(output: Path) -> None:
    for name in ("targets", "assignments"):
        rows = pd.read_parquet(output / f"{name}.parquet")
        files = pd.read_parquet(output / "documents.parquet").set_index("document_id").source_path
        with_geometry = ~rows.plan_id.str.split("-").str[0].map(files).str.endswith(".txt")
        assert rows.page.ge(1).all()
        assert rows.raw_text.str.len().gt(0).all()
        assert rows[with_geometry].bbox.notna().all()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "query"), QUERIES, ids=[f"query {n}" for n in range(1, len(QUERIES) + 1)])
def test_the_queries_of_the_readme_run_and_find_rows(
    output: Path, monkeypatch: pytest.MonkeyPatch, language: str, query: str
) -> None:
    monkeypatch.chdir(output.parent.parent)
    if language == "sql":
        assert duckdb.execute(query).fetchall()
    else:
        names: dict[str, object] = {}
        exec(query, names)  # the README's own text, which is part of this project
        assert len(names["rows"]) > 0  # type: ignore[arg-type] # a query of the README leaves its result in `rows`
