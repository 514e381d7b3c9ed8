"""An archive of many short text layers: cost of a document beyond OCR, and whether the parent's memory stays flat.

    python -m benchmarks.archive_scale [--documents 20000] [--jobs 1] [--clean] [--folder DIR]

Prints the seconds of a core that workers and parent took for a document, and the memory of the parent at every tenth of
the run. Core seconds are those of the processes, so that other work on the machine does not count. With --clean
the texts are right Vietnamese, which shows everything but the restoring of letters.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

GARBLED = (
    "Tiép tuc day manh cai cach hanh chinh, nang cao chat luong phuc vu nguoi dan va doanh nghiép.",
    "Phan dau trén 90% hé so thu tuc hanh chinh duoc giai quyét ding va truéc han.",
    "Van phong Uy ban nhan dan xa chu tri, phéi hop véi cac co quan, don vi lién quan trién khai thuc hién.",
    "Thuong xuyén ra soat, cap nhat cac van ban quy pham phap luat do dia phuong ban hanh.",
    "Bao cao két qua thuc hién vé Phong Noi vu trudc ngay 15 thang cudi quy dé téng hop.",
)
"""Lines as an English model leaves them; their halves are shuffled and numbered, so that few lines are equal."""

CLEAN = (
    "Tiếp tục đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ người dân và doanh nghiệp.",
    "Phấn đấu trên 90% hồ sơ thủ tục hành chính được giải quyết đúng và trước hạn.",
    "Văn phòng Ủy ban nhân dân xã chủ trì, phối hợp với các cơ quan, đơn vị liên quan triển khai thực hiện.",
    "Thường xuyên rà soát, cập nhật các văn bản quy phạm pháp luật do địa phương ban hành.",
    "Báo cáo kết quả thực hiện về Phòng Nội vụ trước ngày 15 tháng cuối quý để tổng hợp.",
)

SAMPLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The run at one moment: wall seconds from its start, resident memory of the parent (MB)."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run: its summary, samples of the parent, core seconds of the parent and of all workers together."""

    summary: dict[str, dict[str, float]]
    samples: tuple[Sample, ...]
    parent_cpu: float
    worker_cpu: float


def make_archive(folder: Path, documents: int, sentences: Sequence[str]) -> None:
    """Write `documents` text layers of one page, about 25 lines each, in folders of 1,000."""
    for number in range(documents):
        chance = random.Random(number)
        lines = [f"Sé: {number}/KH-UBND", "KE HOACH"] if sentences is GARBLED else [f"Số: {number}/KH-UBND", "KẾ HOẠCH"]
        lines += [f"{row}. {_mixed(chance, sentences)}" for row in range(1, 24)]
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def _mixed(chance: random.Random, sentences: Sequence[str]) -> str:
    """The beginning of one sentence and the end of another."""
    first, second = (chance.choice(sentences).split() for _ in range(2))
    cut = chance.randint(3, 9)
    return " ".join(first[:cut] + second[cut:])


def measure(raw: Path, out: Path, jobs: int) -> Outcome:
    """One run in processes of its own, looked at every second."""
    command = [sys.executable, "pipeline.py", "extract", str(raw), "--out", str(out), "--jobs", str(jobs)]
    samples: list[Sample] = []
    cpu: dict[int, float] = {}
    begun = time.perf_counter()
    with subprocess.Popen([*command, "--summary", "json"], stdout=subprocess.PIPE, text=True) as process:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            _look(parent, cpu)
            if memory := parent.memory_info().rss:  # none is left of a process that has just ended
                samples.append(Sample(time.perf_counter() - begun, memory / 1e6))
            time.sleep(SAMPLE_SECONDS)
        assert process.stdout is not None
        summary = json.loads(process.stdout.read())
    own = cpu.pop(process.pid)
    return Outcome(summary, tuple(samples), own, sum(cpu.values()))


def _look(parent: psutil.Process, cpu: dict[int, float]) -> None:
    """Note the core seconds that each process of the run has taken so far; those that ended keep their last figure."""
    for member in (parent, *parent.children(recursive=True)):
        try:
            times = member.cpu_times()
        except psutil.NoSuchProcess:
            continue
        cpu[member.pid] = times.user + times.system


def show(outcome: Outcome, documents: int) -> None:
    """Print one run."""
    print(f"core ms/document: {1000 * outcome.worker_cpu / documents:.1f} in workers", end=", ")
    print(f"{1000 * outcome.parent_cpu / documents:.1f} in the parent")
    stages = outcome.summary["stage_seconds"]
    print("wall seconds by stage: " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items()))
    step = max(1, len(outcome.samples) // 10)
    moments = [*outcome.samples[::step], outcome.samples[-1]]
    print("parent, MB after seconds: " + ", ".join(f"{s.memory:.0f} ({s.seconds:.0f} s)" for s in moments))
    print(f"peak {max(sample.memory for sample in outcome.samples):.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--clean", action="store_true", help="texts that need no restoring")
    parser.add_argument("--folder", type=Path, help="where archive and tables are made; a temporary folder otherwise")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        raw = Path(folder) / "raw"
        make_archive(raw, arguments.documents, CLEAN if arguments.clean else GARBLED)
        show(measure(raw, Path(folder) / "out", arguments.jobs), arguments.documents)


if __name__ == "__main__":
    main()
