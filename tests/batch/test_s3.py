"""An archive and its tables on S3, shown with a real S3 server: the same bytes as from a folder of this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from schema.records import TABLES

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "a.txt": "Thông báo lịch tiếp công dân".encode(),
    "xã Suối Ngàn/b c.txt": "Thông báo họp thôn".encode(),
    "broken.pdf": b"%PDF-1.7\nthis is no PDF",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which a program meets a server of this test as S3, and a cache of its own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "us-east-1",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    server.stop()


def _extract(raw: str, out: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "pipeline.py", "extract", raw, "--out", out, "--jobs", "1", "--max-failed", "1"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.mark.slow
def test_an_archive_on_s3_gives_the_same_bytes_on_s3(
    server: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    storage = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    storage.mkdir("archive")
    for name, data in FILES.items():
        storage.pipe(f"archive/plans/{name}", data)
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert _extract(str(tmp_path / "raw"), str(tmp_path / "out"), server).returncode == 0
    first = _extract("s3://archive/plans", "s3://archive/tables", server)
    assert first.returncode == 0, first.stderr
    for name in TABLES:
        assert storage.cat(f"archive/tables/{name}.parquet") == (tmp_path / "out" / f"{name}.parquet").read_bytes()
    storage.pipe("archive/plans/d.txt", "Thông báo mới".encode())
    second = _extract("s3://archive/plans", "s3://archive/tables", server)
    assert "1 new; 1 pages read" in second.stdout, second.stderr
    nowhere = _extract("s3://nowhere/plans", "s3://archive/tables", server)
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "Traceback" not in nowhere.stderr
