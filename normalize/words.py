"""The words of misread lines, read by the decoder around the spans that the grammars have settled."""

from collections.abc import Mapping, Sequence

from normalize.calibration import chance
from normalize.decoder import Anchor, Channel, Piece, Request, decode
from normalize.fixers import MisreadLine
from normalize.fixes import Fix
from normalize.triage import TextState

Boosts = Mapping[tuple[str, ...], float]

CHANNELS = {TextState.GARBLED: Channel.ENGLISH, TextState.PLAIN: Channel.PLAIN}


def read_words(
    lines: Sequence[MisreadLine], settled: Sequence[Sequence[Fix]], boosts: Boosts | None = None
) -> list[list[Fix]]:
    """What stands on each line outside its settled spans; a reading that is the raw text comes as an anchor.

    Lines whose state no channel serves get nothing.
    """
    out: list[list[Fix]] = [[] for _ in lines]
    for channel in CHANNELS.values():
        mine = [i for i, line in enumerate(lines) if CHANNELS.get(line.state) is channel]
        requests = [Request(lines[i].raw, tuple(_anchor(fix) for fix in settled[i])) for i in mine]
        for i, pieces in zip(mine, decode(requests, channel, boosts) if requests else (), strict=True):
            out[i] = [_fix(lines[i].raw, piece, channel) for piece in pieces]
    return out


def _anchor(fix: Fix) -> Anchor:
    return Anchor(fix.start, fix.end, fix.restored)


def _fix(raw: str, piece: Piece, channel: Channel) -> Fix:
    probability = chance(channel.value, piece.margin) if piece.known else chance(channel.value, 0.0)
    return Fix(piece.start, piece.end, raw[piece.start : piece.end], piece.text, "decoder", probability)
