"""The command line as a user meets it: real runs over small text layers, exit codes, and what the output holds."""

import json
import re
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline import Exit, app
from schema.records import TABLES

PLAN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ SUỐI NGÀN Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND Suối Ngàn, ngày 15 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính xã Suối Ngàn năm 2024

Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình
tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;
Ủy ban nhân dân xã Suối Ngàn ban hành Kế hoạch cải cách hành chính năm 2024 như sau:

I. MỤC TIÊU
1. Chỉ tiêu cụ thể
- Tối thiểu 80% hồ sơ thủ tục hành chính được tiếp nhận trực tuyến.
- 100% văn bản đi được ký số và gửi trên môi trường điện tử.

II. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã
- Chủ trì, theo dõi, đôn đốc việc thực hiện Kế hoạch này.
2. Công chức Tư pháp - Hộ tịch
- Tham mưu rà soát văn bản quy phạm pháp luật do xã ban hành.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Văn Ưởng
"""

run = CliRunner()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one run over a plan, a copy of it, a broken PDF, an empty file and a file of an unknown kind."""
    root = tmp_path_factory.mktemp("archive")
    raw = root / "raw"
    (raw / "folder").mkdir(parents=True)
    (raw / "plan.txt").write_text(PLAN, encoding="utf-8")
    (raw / "folder" / "copy.txt").write_text(PLAN, encoding="utf-8")
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF")
    (raw / "empty.txt").write_bytes(b"")
    (raw / "notes.docx").write_bytes(b"PK\x03\x04 not a document we read")
    result = run.invoke(app, ["extract", str(raw), "--out", str(root / "out"), "--jobs", "1"])
    assert result.exit_code == Exit.SOME_FAILED, result.output
    return root / "out"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def test_every_file_has_its_row(output: Path) -> None:
    documents = pd.read_parquet(output / "documents.parquet").set_index("source_path")
    assert documents.status.to_dict() == {
        "plan.txt": "ok",
        "folder/copy.txt": "ok",
        "broken.pdf": "failed",
        "empty.txt": "failed",
        "notes.docx": "failed",
    }
    failed = documents[documents.status == "failed"]
    assert failed.error_code.to_dict() == {"broken.pdf": "corrupt", "empty.txt": "empty", "notes.docx": "unsupported"}
    assert failed.error.str.len().min() > 15


def test_two_copies_give_one_set_of_rows(output: Path) -> None:
    plans = pd.read_parquet(output / "plans.parquet")
    assert list(plans.doc_number) == ["12/KH-UBND"]


def test_the_plan_is_read(output: Path) -> None:
    targets = pd.read_parquet(output / "targets.parquet")
    assert [(row.comparator, row.value, row.unit) for row in targets.itertuples()] == [(">=", 80, "%"), ("=", 100, "%")]
    assignments = pd.read_parquet(output / "assignments.parquet")
    assert [list(lead) for lead in assignments.lead] == [["Văn phòng HĐND và UBND xã"], ["Công chức Tư pháp - Hộ tịch"]]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_pandas_arrow_and_duckdb_read_every_table(output: Path, name: str) -> None:
    path = output / f"{name}.parquet"
    table = pq.read_table(path)
    assert all(field.metadata and field.metadata[b"description"] for field in pq.read_schema(path))
    assert len(pd.read_parquet(path)) == table.num_rows
    assert duckdb.execute(f"SELECT count(*) FROM '{path}'").fetchall() == [(table.num_rows,)]


def test_a_second_run_does_nothing_and_leaves_the_same_bytes(output: Path) -> None:
    before = _files(output)
    raw = output.parent / "raw"
    result = run.invoke(app, ["extract", str(raw), "--out", str(output), "--summary", "json", "--max-failed", "3"])
    assert result.exit_code == Exit.OK, result.output
    assert json.loads(result.stdout)["done"] == {}
    assert _files(output) == before


def test_one_process_and_two_give_the_same_bytes(output: Path, tmp_path: Path) -> None:
    run.invoke(app, ["extract", str(output.parent / "raw"), "--out", str(tmp_path / "out"), "--jobs", "2"])
    assert _files(tmp_path / "out") == _files(output)


def test_a_renamed_file_is_not_done_again_and_a_removed_one_leaves(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(PLAN, encoding="utf-8")
    (raw / "b.txt").write_text("Thông báo lịch tiếp công dân.", encoding="utf-8")
    run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1"])
    (raw / "a.txt").rename(raw / "z.txt")
    (raw / "b.txt").unlink()
    result = run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1", "--summary", "json"])
    summary = json.loads(result.stdout)
    assert (summary["done"], summary["gone"]) == ({}, 1)
    assert list(pd.read_parquet(out / "documents.parquet").source_path) == ["z.txt"]
    assert len(pd.read_parquet(out / "plans.parquet")) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["extract", "/nowhere/at/all", "--out", "OUT"], Exit.PROBLEM),
        *((["extract", f"--max-failed={text}"], Exit.USAGE) for text in ("few", "-1", "nan", "", "%", "101%", "5 %")),
        *((["extract", f"--max-failed={text}"], Exit.USAGE) for text in ("2.5", "-1%", "1e2%", "2%%", "\u0665%")),
        (["extract", "--engine", "nosuch"], Exit.USAGE),
        (["extract", "--max-pages", "0"], Exit.USAGE),
        (["extract", "--max-bytes=-1"], Exit.USAGE),
        (["extract", "--memory", "0"], Exit.USAGE),
        (["extract", "--page-seconds", "0"], Exit.USAGE),
        (["extract", "--document-seconds", "nan"], Exit.USAGE),
        (["extract", "--no-such-option"], Exit.USAGE),
        (["extract", "RAW", "--out", "RAW"], Exit.PROBLEM),
        (["extract", "RAW", "--out", "OUT", "--jobs", "1", "--max-failed", "100%"], Exit.OK),
        (["explain", "/nowhere/at/all.txt"], Exit.USAGE),
        (["explain", "RAW/a.txt:2"], Exit.PROBLEM),
        (["explain", "RAW/a.txt:1:9"], Exit.PROBLEM),
        (["explain", "RAW/a.txt:1:1"], Exit.OK),
        (["doctor"], Exit.OK),
        (["schema"], Exit.OK),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: Exit) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Thông báo lịch tiếp công dân.", encoding="utf-8")
    arguments = [re.sub("^(?:OUT|RAW)", lambda name: str(tmp_path / name[0].lower()), word) for word in arguments]
    assert run.invoke(app, arguments).exit_code == code
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["a.txt"]


def test_explain_shows_a_line_with_its_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Cin ctr Nghi quyét sé 76/NQ-CP ngay 15/7/2021 ctia Chinh phu\n", encoding="utf-8")
    result = run.invoke(app, ["explain", f"{path}:1:1"])
    assert result.exit_code == Exit.OK
    assert "Cin ctr Nghi quyét" in result.stdout
    assert "-> Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ" in result.stdout


def test_a_diff_with_itself_is_empty_and_a_loss_is_told(output: Path, tmp_path: Path) -> None:
    same = run.invoke(app, ["diff", str(output), str(output)])
    assert (same.exit_code, same.stdout.strip()) == (Exit.OK, "no difference")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "plan.txt").write_text(
        PLAN.replace("- 100% văn bản đi được ký số", "- Văn bản đi được ký số"), encoding="utf-8"
    )
    run.invoke(app, ["extract", str(raw), "--out", str(tmp_path / "out"), "--jobs", "1"])
    lost = run.invoke(app, ["diff", str(output), str(tmp_path / "out")])
    assert lost.exit_code == Exit.PROBLEM
    assert "gone: " in lost.stdout


def test_an_archive_that_is_suddenly_empty_leaves_the_tables(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text("Thông báo lịch tiếp công dân.", encoding="utf-8")
    run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1"])
    before = _files(out)
    (raw / "a.txt").rename(tmp_path / "away.txt")
    result = run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1"])
    assert result.exit_code == Exit.PROBLEM
    assert "mounted" in result.stderr
    assert _files(out) == before
    (tmp_path / "away.txt").rename(raw / "a.txt")
    assert run.invoke(app, ["extract", str(raw), "--out", str(out), "--jobs", "1"]).exit_code == Exit.OK


def test_the_summary_names_failed_documents_and_the_report_makes_its_folder(output: Path, tmp_path: Path) -> None:
    report = tmp_path / "new" / "report.xml"
    arguments = ["extract", str(output.parent / "raw"), "--out", str(output), "--jobs", "1", "--report", str(report)]
    result = run.invoke(app, arguments)
    assert "broken.pdf: " in result.stdout
    assert "broken.pdf" in report.read_text(encoding="utf-8")
