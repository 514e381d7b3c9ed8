"""Made documents: the truth is what the source says and what is printed; the same source gives the same bytes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.testbed import fonts
from tests.testbed.document import File, Grid, Task, TaskRow
from tests.testbed.generate import sources
from tests.testbed.make import make, truth_json
from tests.testbed.oldlayer import engine_present, layered_pdf, old_layer
from tests.testbed.render import render
from tests.testbed.scan import scan, to_pdf, to_tiff
from tests.testbed.source import Source, SourceError, read_source
from tests.testbed.truth import truth_of

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
RAW = SAMPLES.parent / "raw"
SOURCES = sorted(SAMPLES.glob("*.toml"))

needs_fonts = pytest.mark.skipif(
    not {"Tinos", "FreeSerif"} <= set(fonts.usable()),
    reason="the samples' fonts (fonts-croscore, fonts-freefont-ttf) are missing",
)


def sample(path: Path) -> Source:
    return read_source(path)


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@needs_fonts
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_committed_truth_is_what_the_source_says(path: Path) -> None:
    source = sample(path)
    truth = SAMPLES / "truth" / ("" if source.file.plans else "no_plan")
    assert (truth / f"{path.stem}.json").read_text("utf-8") == truth_json(source.file)
    assert (truth / f"{path.stem}.txt").read_text("utf-8") == render(source.file, source.style).text


@needs_fonts
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_truth_stands_on_the_page(path: Path) -> None:
    source = sample(path)
    assert_printed(source.file, render(source.file, source.style).text)


def assert_printed(file: File, text: str) -> None:
    """Every string of the truth that a reader copies from the page is on it."""
    page = folded(text)
    for plan in file.plans:
        for value in (plan.doc_number, plan.issuer_name, plan.title, plan.signer_name, plan.parent_unit):
            assert value is None or folded(value) in page
    truth = truth_of(file)
    wanted: list[str] = []
    for row in truth["legal_bases"]:  # type: ignore[attr-defined]  # lists by construction
        wanted.append(row["number"])
    for row in truth["targets"]:  # type: ignore[attr-defined]
        wanted.append(row["text"])
    for cell in wanted:
        assert folded(cell) in page


@needs_fonts
@pytest.mark.parametrize("path", [p for p in SOURCES if read_source(p).making.output == "pdf"], ids=lambda p: p.stem)
def test_a_rebuild_of_a_committed_sample_is_byte_identical(path: Path) -> None:
    name, data, _, _ = make(sample(path))
    assert (RAW / name).read_bytes() == data


@pytest.mark.slow
@needs_fonts
@pytest.mark.parametrize("path", [p for p in SOURCES if read_source(p).making.output != "pdf"], ids=lambda p: p.stem)
def test_a_rebuild_of_a_committed_scan_is_the_same(path: Path) -> None:
    source = sample(path)
    if source.making.output == "layer" and not engine_present():
        pytest.skip("Tesseract is not installed")
    name, data, _, _ = make(source)
    committed = (RAW / name).read_bytes()
    if source.making.output == "layer":
        # Another Tesseract errs differently; what it reads must still be the same page.
        assert abs(len(data) - len(committed)) < 0.2 * len(committed)
    else:
        assert data == committed


def test_samples_stay_small() -> None:
    assert sum(p.stat().st_size for p in RAW.iterdir()) < 4_000_000
    assert {p.stem for p in SOURCES} <= {p.stem for p in RAW.iterdir()}


@pytest.mark.parametrize("number", range(12))
def test_generated_documents_print_their_truth(number: int) -> None:
    if not fonts.usable():
        pytest.skip("no font with Vietnamese letters is installed")
    source = next(iter(sources(1000 + number, 1, "pdf", 0)))
    rendered = render(source.file, source.style)
    assert_printed(source.file, rendered.text)
    assert rendered.pdf == render(source.file, source.style).pdf
    for page in rendered.pages:
        for table in page.tables:
            assert_whole(table.xs, table.ys, [(c.row, c.col, c.rowspan, c.colspan) for c in table.cells])


def assert_whole(xs: tuple[float, ...], ys: tuple[float, ...], cells: list[tuple[int, int, int, int]]) -> None:
    """The cells tile the grid: every place is covered once."""
    places = [(r + i, c + j) for r, c, rows, cols in cells for i in range(rows) for j in range(cols)]
    assert sorted(places) == [(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]


def test_generated_documents_differ_by_seed_and_not_by_run() -> None:
    first = [s.file for s in sources(5, 4, "pdf", 0)]
    assert first == [s.file for s in sources(5, 4, "pdf", 0)]
    assert first != [s.file for s in sources(6, 4, "pdf", 0)]


def test_truth_of_what_is_no_plan_is_empty() -> None:
    truth = truth_of(sample(SAMPLES / "bao-cao-khong-phai-ke-hoach.toml").file)
    assert truth == {"plan": None, "legal_bases": [], "targets": [], "assignments": []}


def test_a_goal_that_spans_rows_gives_its_aim_once() -> None:
    truth = json.loads(truth_json(sample(SAMPLES / "ke-hoach-xa-hai-cap.toml").file))
    assert [(t["text"], t["value"]) for t in truth["targets"] if t["section"].startswith("II")] == [
        ("98% hồ sơ đúng hạn", 98),
        ("Trên 90% công chức đạt chuẩn", 90),
    ]
    assert sum(a["goal"] == "98% hồ sơ đúng hạn" for a in truth["assignments"]) == 3


@needs_fonts
def test_scans_are_the_same_for_the_same_seed_and_lie_as_said() -> None:
    source = sample(SAMPLES / "ke-hoach-thi-xa.toml")
    rendered = render(source.file, source.style)
    pages = scan(rendered, source.making, "THỊ XÃ")
    again = scan(rendered, source.making, "THỊ XÃ")
    assert all((a.picture == b.picture).all() for a, b in zip(pages, again, strict=True))
    assert [p.turned for p in pages] == [90 if p.truth and p.truth.landscape else 0 for p in pages]
    assert to_pdf(pages, source.making).startswith(b"%PDF")
    assert to_tiff(pages, source.making).startswith(b"II")


def test_a_blank_back_has_no_truth() -> None:
    if not fonts.usable():
        pytest.skip("no font with Vietnamese letters is installed")
    source = next(iter(sources(3, 1, "scan", 1)))
    pages = scan(render(source.file, source.style), replace(source.making, blank_back=0), "")
    assert pages[1].truth is None
    assert pages[1].picture.shape == pages[0].picture.shape


@pytest.mark.slow
def test_the_old_layer_is_garbled_and_ends_each_page_with_a_form_feed() -> None:
    if not engine_present() or not fonts.usable():
        pytest.skip("Tesseract or a font is missing")
    source = next(iter(sources(8, 1, "layer", 1)))
    rendered = render(source.file, source.style)
    pages = scan(rendered, source.making, "")[:1]
    layer = old_layer(pages)
    assert layer.count("\f") == 1
    assert "ạ" in rendered.text
    assert "ạ" not in layer
    assert "Font" in layered_pdf(pages).decode("latin-1")


@pytest.mark.parametrize(
    "text",
    [
        "name = 1",
        'name = "x"\n[[part]]\n[[part.block]]\ntext = "a"\nbasis = []',
        'name = "x"\n[make]\noutptu = "pdf"\n[[part]]',
    ],
)
def test_a_misspelt_source_says_where(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=r"wrong\.toml"):
        read_source(path)


def test_tasks_of_tables_are_in_their_cells() -> None:
    file = sample(SAMPLES / "quyet-dinh-ke-hoach-xa.toml").file
    grid = next(b for b in file.parts[2].blocks if isinstance(b, Grid))
    row = next(r for r in grid.rows if isinstance(r, TaskRow) and r.task and r.task.row_no == "3")
    assert isinstance(row.task, Task)
    assert row.cells[4] == "; ".join(row.task.partners)
