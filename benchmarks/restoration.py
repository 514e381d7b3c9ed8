"""How right, how sure and how fast restoration is, beside the best public tone restorer, in one run.

    python -m benchmarks.restoration --raw RAW --right RIGHT --corpus CORPUS [--cache DIR]

RAW and RIGHT hold text layers and their truth, line by line (NAME*.txt and NAME.txt). Every document of RIGHT is
read through a channel
that was learnt without it. Made pages are printed from held-out documents in fonts that no training page has.
Needs `pip install pyvi` (MIT) for the comparison; without it the comparison is left out.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz.distance import Levenshtein

from normalize import decoder
from normalize.channel import Channel, make_confusions
from normalize.decoder import Piece, Request, decode, text_of
from normalize.letters import plain
from normalize.training import build, pages
from normalize.training.confusion import Example, learn

Restore = Callable[[list[str]], list[str]]
_WORD = re.compile(r"\w+")
_BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Errors and what they are counted over, so that sums are right."""

    syllable_errors: int
    syllables: int
    exact_errors: int
    tokens: int
    character_errors: int
    characters: int
    seconds: float

    def __str__(self) -> str:
        syllable = 1 - self.syllable_errors / self.syllables
        exact = 1 - self.exact_errors / self.tokens
        cer = self.character_errors / self.characters
        speed = self.syllables / max(self.seconds, 1e-9)
        return f"syllable {syllable:.4f}  exact {exact:.4f}  cer {cer:.4f}  {speed:8.0f} syllables/s"


def score(read: str, right: str, seconds: float = 0.0) -> Score:
    """Edit distances over lower-case syllables, over blank-separated tokens, and over characters with blanks folded."""
    a, b = (unicodedata.normalize("NFC", text.replace("⟨?⟩", " ")) for text in (read, right))
    words = _WORD.findall(a.lower()), _WORD.findall(b.lower())
    tokens = a.split(), b.split()
    characters = " ".join(tokens[0]), " ".join(tokens[1])
    return Score(
        Levenshtein.distance(*words), len(words[1]), Levenshtein.distance(*tokens), len(tokens[1]),
        Levenshtein.distance(*characters), len(characters[1]), seconds,
    )  # fmt: skip


def timed(restore: Restore, lines: list[str], right: Sequence[str]) -> Score:
    begun = time.process_time()
    read = restore(lines)
    return score("\n".join(read), "\n".join(right), time.process_time() - begun)


def through(channel: Channel) -> Restore:
    """The decoder alone, without grammar, phrases and gate."""

    def restore(lines: list[str]) -> list[str]:
        return [text_of(line, pieces) for line, pieces in zip(lines, _decode(lines, channel), strict=True)]

    return restore


def _decode(lines: Iterable[str], channel: Channel) -> tuple[tuple[Piece, ...], ...]:
    return decode([Request(line) for line in lines], channel)


def pyvi() -> Restore | None:
    """pyvi's add_accents line by line; a line on which it fails stays as it is. None when it is not installed."""
    try:
        from pyvi import ViUtils  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None

    def one(line: str) -> str:
        try:
            return str(ViUtils.add_accents(line))
        except Exception:
            return line

    return lambda lines: [one(line) for line in lines]


def calibration(pairs: Sequence[tuple[str, str]], channel: Channel) -> float:
    """Expected calibration error of p = 1 / (1 + e^-margin) over the changed pieces of one-to-one lines."""
    seen: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for (raw, right), pieces in zip(pairs, _decode([a for a, _ in pairs], channel), strict=True):
        truth = set(_WORD.findall(right))
        for piece in pieces:
            text = piece.text.strip()
            if text != raw[piece.start : piece.end] and _WORD.fullmatch(text):
                p = 1 / (1 + 2.718281828 ** -min(piece.margin, 30.0))
                seen[min(_BINS - 1, int(p * _BINS))].append((p, text in truth))
    total = sum(map(len, seen))
    gaps = (abs(sum(p for p, _ in group) - sum(ok for _, ok in group)) for group in seen if group)
    return sum(gaps) / max(total, 1)


def leave_one_out(raw: Path, right: Path, made: list[Example]) -> None:
    """Every open document through a channel learnt from the others and from made pages."""
    rival = pyvi()
    for truth in sorted(right.glob("*.txt")):
        source = sorted(raw.glob(f"{truth.stem}*.txt"))
        if not source:
            continue
        rest = build.examples(build.real_pairs(raw, right, frozenset({truth.stem})))
        reader = decoder.reader(Channel.ENGLISH)
        reader.use(make_confusions(learn(rest + made)))
        lines, gold = (path.read_text(encoding="utf-8").split("\n") for path in (source[0], truth))
        _report(f"{truth.stem} raw", timed(list, lines, gold))
        _report(f"{truth.stem} decoder, left out", timed(through(Channel.ENGLISH), lines, gold))
        if rival is not None:
            _report(f"{truth.stem} pyvi", timed(rival, lines, gold))
    decoder.reader.cache_clear()


def made_pages(corpus: Path, cache: Path) -> None:
    """Held-out text in held-out fonts: worn and read by either model, without marks, and right as it is."""
    lines = build.sample_lines(corpus, 400, held_out=True)
    rival = pyvi()
    for name, model, channel, poor in (
        ("Vietnamese model, poor scan", "vie", Channel.VIETNAMESE, True),
        ("English model, office scan", "eng", Channel.ENGLISH, False),
    ):
        read = list(pages.scanned(lines, model, pages.TEST_FONTS, 10, poor, 1 if poor else 2, cache))
        raw, right = [a for a, _ in read], [b for _, b in read]
        _report(f"{name} raw", timed(list, raw, right))
        _report(f"{name} decoder", timed(through(channel), raw, right))
        typer.echo(f"{'':36} calibration error {calibration(read, channel):.3f}")
    right = lines[:340]
    bare = [plain(line) for line in right]
    _report("marks left out, decoder", timed(through(Channel.PLAIN), bare, right))
    if rival is not None:
        _report("marks left out, pyvi", timed(rival, bare, right))
    _report("right text, decoder", timed(through(Channel.VIETNAMESE), right, right))


def _report(name: str, figures: Score) -> None:
    typer.echo(f"{name:36} {figures}")


def main(
    raw: Annotated[Path, typer.Option(exists=True)],
    right: Annotated[Path, typer.Option(exists=True)],
    corpus: Annotated[Path, typer.Option(exists=True)],
    cache: Path = Path("build/ocr"),
) -> None:
    """Print all figures."""
    cache.mkdir(parents=True, exist_ok=True)
    _decode(["xin chào"], Channel.ENGLISH)  # compiled and loaded before the clock runs
    lines = build.sample_lines(corpus, 900, held_out=False)
    leave_one_out(raw, right, build.english_made(lines, cache))
    made_pages(corpus, cache)


if __name__ == "__main__":
    typer.run(main)
