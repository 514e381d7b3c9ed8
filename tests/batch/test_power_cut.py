"""The power is cut at every step: the tables are those of one run, whole, and the store knows a run's beginning."""

import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from batch.fingerprint import Fingerprint
from batch.publication.commit import HIDDEN, commit, new_staging, recover, settle
from batch.store import Store
from tests.batch.losing_disk import Image, Recorder, lay_out, recorded

Tables = Mapping[str, Sequence[str]]
"""Table -> the text of each of its parts."""

RUNS: tuple[Tables, ...] = (
    {"documents": ["one"], "lines": ["one"], "plans": ["one"]},
    {"documents": ["two"], "lines": ["two a", "two b"], "plans": ["two"]},  # a file gives way to a folder
    {"documents": ["three"], "lines": ["three a", "three b"], "plans": ["three"]},
    {"documents": ["four"], "lines": ["four"], "plans": ["four"]},  # and back
)


def _publish(out: Path, tables: Tables) -> None:
    staging = new_staging(out)
    for name, texts in tables.items():
        folder = staging / f"{name}.parts"
        folder.mkdir()
        parts = [folder / f"part-{number}" for number in range(len(texts))]
        for part, text in zip(parts, texts, strict=True):
            part.write_text(text * 9)
        settle(parts, staging / name)
    commit(out)


def _held(out: Path) -> dict[str, list[str]]:
    """The tables that a reader finds."""
    return {
        path.name: [part.read_text()[: len(part.read_text()) // 9] for part in sorted(path.iterdir())]
        if path.is_dir()
        else [path.read_text()[: len(path.read_text()) // 9]]
        for path in out.iterdir()
        if path.name != HIDDEN
    }


@pytest.fixture(scope="module")
def cuts(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[Image, int]]:
    """What power cuts in the course of four publications leave, and how many publications had ended before."""
    found: set[tuple[Image, int]] = set()
    ended, rng = 0, random.Random(20240117)

    def cut(disk: Recorder) -> None:
        found.update((image, ended) for image in disk.cuts(rng))

    out = tmp_path_factory.mktemp("disk")
    with recorded(out, cut):
        for tables in RUNS:
            recover(out)
            _publish(out, tables)
            ended += 1
    return found


def _recovered(image: Image, folder: Path) -> dict[str, list[str]]:
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(image, folder)
    (folder / HIDDEN).mkdir(exist_ok=True)  # as a run does before it recovers
    recover(folder)
    return _held(folder)


def test_the_model_finds_many_states_and_all_runs_in_them(cuts: set[tuple[Image, int]], tmp_path: Path) -> None:
    assert len(cuts) > 200
    seen = [_recovered(image, tmp_path / "disk") for image, _ in cuts]
    assert [tables for tables in RUNS if tables not in seen] == []


def test_tables_are_those_of_one_run_whole_and_none_is_lost(cuts: set[tuple[Image, int]], tmp_path: Path) -> None:
    for image, ended in cuts:
        states = [{}, *RUNS][ended : ended + 2]
        assert _recovered(image, tmp_path / "disk") in states, dict(image)


def test_a_power_cut_while_one_is_recovered_from_does_no_harm(cuts: set[tuple[Image, int]], tmp_path: Path) -> None:
    rng = random.Random(20240118)
    with_journal = [
        image for image, _ in sorted(cuts, key=str) if any(path.endswith("journal.json") for path, _ in image)
    ]
    for number, image in enumerate(rng.sample(with_journal, 12)):
        wanted = _recovered(image, tmp_path / "calm")
        again: set[Image] = set()
        disk = tmp_path / f"disk {number}"
        lay_out(image, disk)
        with recorded(disk, lambda model: again.update(model.cuts(rng))):  # noqa: B023 - called in this turn alone
            recover(disk)
        assert all(_recovered(left, tmp_path / "twice") == wanted for left in again)


SECTOR = 512
MARK = Fingerprint("reading", "result")


@pytest.mark.parametrize("seed", range(20))
def test_a_store_that_lost_what_was_written_last_knows_the_beginning(tmp_path: Path, seed: int) -> None:
    """SQLite appends to a log, of which a power cut leaves some sectors, and some not."""
    rng = random.Random(seed)
    store = Store(tmp_path / "store.sqlite")
    for number in range(1, 9):
        store.add_page("sha", MARK, number, rng.randbytes(3000))
    log = bytearray((tmp_path / "store.sqlite-wal").read_bytes())
    (tmp_path / "cut.sqlite").write_bytes((tmp_path / "store.sqlite").read_bytes())
    store.close()
    safe = rng.randrange(len(log) // SECTOR)  # up to here it had reached the disk
    for sector in range(safe, len(log) // SECTOR):
        if rng.random() < 0.5:
            log[sector * SECTOR : (sector + 1) * SECTOR] = bytes(SECTOR)
    (tmp_path / "cut.sqlite-wal").write_bytes(log[: rng.choice((len(log), safe * SECTOR + rng.randrange(SECTOR)))])
    after = Store(tmp_path / "cut.sqlite")
    known = after.page_numbers("sha", MARK)
    assert known == frozenset(range(1, len(known) + 1))
    after.add_page("sha", MARK, 9, b"9")
    assert after.pages("sha", MARK)[9] == b"9"
    after.close()
