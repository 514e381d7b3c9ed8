"""Count how often readings are right by their margin, and print the curve for data/calibration.toml.

    python -m normalize.training.calibration CHANNEL RAW GOLD [RAW GOLD ...]

Each RAW is the text that an engine read, GOLD what the page says, line for line. The pages must be unseen: a model that
was trained on them is surer of itself than it has a right to be (retrain without a document before it is counted).
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.decoding.channel import Channel
from normalize.fixers import MisreadLine, grammar_fixes
from normalize.triage import TextState
from normalize.words import read_margins

_MARGINS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0)
_PRIOR = 1.0  # readings counted right and wrong in every bin before any is seen
_STATES = {Channel.ENGLISH: TextState.GARBLED, Channel.PLAIN: TextState.PLAIN, Channel.VIETNAMESE: TextState.DAMAGED}


def judged(raw: Sequence[str], gold: Sequence[str], channel: Channel) -> Iterator[tuple[float, bool]]:
    """(margin, right) of every word that the decoder read on these lines."""
    lines = [MisreadLine(text, _STATES[channel]) for text in raw]
    settled = [grammar_fixes(line) for line in lines]
    for some, margins, truth in zip(settled, read_margins(lines, settled, channel), gold, strict=True):
        spans: list[tuple[int, str, float | None]] = [(fix.start, fix.restored, None) for fix in some]
        spans += [(start, text, margin) for start, text, margin in margins]
        spans.sort(key=lambda span: span[0])
        yield from _aligned(spans, truth)


def _aligned(spans: Sequence[tuple[int, str, float | None]], truth: str) -> Iterator[tuple[float, bool]]:
    words = [(word.lower(), margin) for _, text, margin in spans for word in _words(text)]
    right: set[int] = set()
    for op in Levenshtein.opcodes([word for word, _ in words], [word.lower() for word in _words(truth)]):
        if op.tag == "equal":
            right.update(range(op.src_start, op.src_end))
    yield from ((margin, i in right) for i, (_, margin) in enumerate(words) if margin is not None)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def curve(counted: Iterable[tuple[float, bool]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Margins and rising chances: the shares of the bins, neighbours that fall pooled (isotonic regression)."""
    bins = [[_PRIOR, _PRIOR] for _ in _MARGINS]
    for margin, right in counted:
        at = max(i for i, low in enumerate(_MARGINS) if margin >= low)
        bins[at][0] += right
        bins[at][1] += not right
    pools: list[tuple[float, float, int]] = []
    for right_, wrong in bins:
        pools.append((right_, wrong, 1))
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            b, a = pools.pop(), pools.pop()
            pools.append((a[0] + b[0], a[1] + b[1], a[2] + b[2]))
    return _MARGINS, tuple(round(_share(pool), 4) for pool in pools for _ in range(pool[2]))


def _share(pool: tuple[float, float, int]) -> float:
    return pool[0] / (pool[0] + pool[1])


def main(channel: Channel, pairs: Sequence[tuple[Path, Path]]) -> None:
    """Print the table of one channel."""
    counted: list[tuple[float, bool]] = []
    for raw, gold in pairs:
        texts = [path.read_text(encoding="utf-8").split("\n") for path in (raw, gold)]
        counted += judged(texts[0], texts[1], channel)
    margins, right = curve(counted)
    sys.stdout.write(f"[{channel.value}]\nmargins = {list(margins)}\nright = {list(right)}\n")


if __name__ == "__main__":
    paths = [Path(arg) for arg in sys.argv[2:]]
    main(Channel(sys.argv[1]), list(zip(paths[::2], paths[1::2], strict=True)))
