"""How right, how sure and how fast restoration is, beside the best public tone restorer, in one run.

    python -m benchmarks.restoration [--pages 4] [--raw RAW --right RIGHT] [--corpus CORPUS] [--cache DIR]

Without folders it prints pages of made documents (tests/testbed) in fonts that no training page has, wears them, and
lets Tesseract read them: a minute or two, nearly all of it the engine's, and seconds once they are in the cache.
CORPUS takes the text from official documents that no model has counted instead: the figures to quote, since the made
documents are worded by the same hands as the genre text. RAW and RIGHT hold text layers and their truth, line by line
(NAME*.txt and NAME.txt): each document of RIGHT is read through a channel learnt without it.

`restore` is all of restoration (gate, grammars, places, decoder twice), `decoder` the decoder alone; "anew" with
nothing remembered, "again" with the words of the document known, as in an archive whose documents repeat one another.
pyvi (`pip install pyvi`, MIT) is left out when it is not installed.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.archive_scale import CLEAN, GARBLED
from benchmarks.cold_start import PAGE
from benchmarks.restoration_figures import Judged, Score, by_method, calibration_error, judged, score
from extract.page import Line, Page, PageSource
from normalize import restore_document
from normalize.decoding.channel import Channel, make_confusions
from normalize.decoding.decoder import Request, decode, text_of
from normalize.decoding.readings import reader
from normalize.fixes import Restored
from normalize.letters import plain
from normalize.training import build, pages
from normalize.training.confusion import Example, learn
from tests.testbed.generate import sources
from tests.testbed.render import render

Restore = Callable[[Sequence[str]], list[str]]
_SEED = 7919  # of the made documents
_PAGE = 34  # lines
_WARM_UP = {
    Channel.ENGLISH: (*PAGE, *GARBLED),
    Channel.PLAIN: tuple(map(plain, (*PAGE, *CLEAN))),
    Channel.VIETNAMESE: CLEAN,
}
"""Lines with a place, a person and symbols, which ask for all tables: few of their words come back in what is timed."""


@dataclass(frozen=True, slots=True)
class Case:
    """Lines as they were read, what they should say, and which channel reads them."""

    name: str
    raw: Sequence[str]
    right: Sequence[str]
    channel: Channel
    scanned: bool = False  # the page comes from an engine of ours


def restored(case: Case) -> list[Restored]:
    """The lines of a case through the whole of restoration."""
    source = PageSource.OCR if case.scanned else PageSource.TEXT_FILE
    some = [
        Page(n + 1, None, None, 0, 0.0, source, "text", tuple(Line(text, None, 1.0) for text in lines), (), 1.0)
        for n, lines in enumerate(case.raw[at : at + _PAGE] for at in range(0, len(case.raw), _PAGE))
    ]
    return [line for page in restore_document(some) for line in page.lines]


def through(channel: Channel) -> Restore:
    """The decoder alone, without grammar, phrases and gate."""

    def restore(lines: Sequence[str]) -> list[str]:
        pieces = decode([Request(line) for line in lines], channel)
        return [text_of(line, some) for line, some in zip(lines, pieces, strict=True)]

    return restore


def pyvi() -> Restore | None:
    """pyvi's add_accents line by line; a line on which it fails stays as it is. None when it is not installed."""
    try:
        from pyvi import ViUtils  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None

    def one(line: str) -> str:
        try:
            return str(ViUtils.add_accents(line))
        except Exception:  # whatever it trips over: a failure of its own is no failure of the run
            return line

    return lambda lines: [one(line) for line in lines]


def timed(restore: Restore, case: Case) -> Score:
    """What a restorer makes of a case, and in how many seconds of one core."""
    begun = time.process_time()
    read = restore(case.raw)
    return score("\n".join(read), "\n".join(case.right), time.process_time() - begun)


def report(case: Case, rival: Restore | None) -> list[Judged]:
    """Print the figures of one case; its fixes, judged."""
    _say(case.name, "raw", score("\n".join(case.raw), "\n".join(case.right)))
    reader(case.channel).forget()
    _say("", "decoder anew", timed(through(case.channel), case))
    _say("", "decoder again", timed(through(case.channel), case))
    reader(case.channel).forget()
    for who in ("restore anew", "restore again"):
        begun = time.process_time()
        lines = restored(case)
        seconds = time.process_time() - begun
        fixes = list(judged(lines, case.right))
        error = calibration_error((fix.chance, fix.right) for fix in fixes)
        whole = score("\n".join(line.text for line in lines), "\n".join(case.right), seconds)
        _say("", who, whole, f"calibration error {error:.3f}")
    if rival is not None:
        _say("", "pyvi", timed(rival, case))
    return fixes


def report_calibration(fixes: Sequence[Judged]) -> None:
    """Print for each method how many fixes it made, how sure it was, how often it was right."""
    typer.echo("calibration by method, all cases together")
    for method, counted in by_method(fixes).items():
        sure = sum(chance for chance, _ in counted) / len(counted)
        right = sum(flag for _, flag in counted) / len(counted)
        error = calibration_error(counted)
        typer.echo(f"{method:14} {len(counted):6} fixes  chance {sure:.3f}  right {right:.3f}  error {error:.3f}")


def _say(name: str, who: str, figures: Score, more: str = "") -> None:
    typer.echo(f"{name:30} {who:14} {figures}  {more}".rstrip())


def left_out(raw: Path, right: Path, made: list[Example]) -> Iterator[Case]:
    """Every document of RIGHT; while it is read, the reader's channel is one learnt from the others."""
    for truth in sorted(right.glob("*.txt")):
        found = sorted(raw.glob(f"{truth.stem}*.txt"))
        if found:
            rest = build.examples(build.real_pairs(raw, right, frozenset({truth.stem})))
            reader(Channel.ENGLISH).use(make_confusions(learn(rest + made)))
            lines, gold = (path.read_text(encoding="utf-8").split("\n") for path in (found[0], truth))
            yield Case(f"{truth.stem}, left out", lines, gold, Channel.ENGLISH)
    reader.cache_clear()


def made_lines(count: int) -> list[str]:
    """So many printed lines of made documents."""
    texts = (render(source.file, source.style).text for source in sources(_SEED, 1000, "pdf", 0))
    paragraphs = (line for text in texts for line in text.split("\n") if len(line) > 40)
    return list(islice(pages.printed_lines(paragraphs), count))


def made_cases(lines: list[str], count: int, cache: Path) -> Iterator[Case]:
    """The lines on so many pages in held-out fonts, worn and read by either model; without marks; as they are."""
    for name, channel, scan, seed in (
        ("English model, office scan", Channel.ENGLISH, pages.Scan.OFFICE, 2),
        ("Vietnamese model, poor scan", Channel.VIETNAMESE, pages.Scan.POOR, 1),
    ):
        read = list(pages.scanned(lines, channel.value, pages.TEST_FONTS, count, scan, seed, cache))
        ours = channel is Channel.VIETNAMESE
        yield Case(name, [a for a, _ in read], [b for _, b in read], channel, scanned=ours)
    right = lines[: _PAGE * count]
    yield Case("marks left out", [plain(line) for line in right], right, Channel.PLAIN)
    yield Case("right text", right, right, Channel.VIETNAMESE)


def main(
    pages: int = 4,
    raw: Annotated[Path | None, typer.Option(exists=True)] = None,
    right: Annotated[Path | None, typer.Option(exists=True)] = None,
    corpus: Annotated[Path | None, typer.Option(exists=True)] = None,
    cache: Path = Path("build/ocr"),
) -> None:
    """Print all figures."""
    cache.mkdir(parents=True, exist_ok=True)
    rival = pyvi()
    for channel in Channel:  # compiled and loaded before the clock runs
        some = _WARM_UP[channel]
        through(channel)(some)
        restored(Case("", some, some, channel, scanned=channel is Channel.VIETNAMESE))
    if rival is not None:
        rival(["xin chao"])
    lines = made_lines(pages * _PAGE) if corpus is None else build.sample_lines(corpus, 100 * pages, held_out=True)
    fixes: list[Judged] = []
    for case in made_cases(lines, pages, cache):
        fixes += report(case, rival)
    if raw is not None and right is not None:
        made = [] if corpus is None else build.english_made(build.sample_lines(corpus, 900, held_out=False), cache)
        for case in left_out(raw, right, made):
            fixes += report(case, rival)
    report_calibration(fixes)


if __name__ == "__main__":
    typer.run(main)
