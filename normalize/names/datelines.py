"""Places in front of a date ("Mỏ Chè, ngày 13 tháng 10"): no level tells them, but the document names them elsewhere.

>>> read = {"M¢é": "Mê", "Ché": "Chế", ",": ",", "ngay": "ngày"}
>>> spans = [Fix(10 * i, 10 * i + len(raw), raw, text, "decoder", 0.5) for i, (raw, text) in enumerate(read.items())]
>>> [fix.restored for fix in dateline_fixes(spans, {("Mỏ", "Chè"): 0.9, ("Sông", "Công"): 0.9}, Channel.ENGLISH)]
['Mỏ', 'Chè']
"""

from collections.abc import Iterator, Mapping, Sequence

from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import letter_cost
from normalize.fixes import Fix
from normalize.names.contexts import day

_DEAREST = 7.0  # nats a syllable: letters that a name of the document does not explain for less mean another place
_CLEAR = 2.0  # nats to the next name
_CHANCE = 0.95  # beside the chance of the name itself


def dateline_fixes(spans: Sequence[Fix], names: Mapping[tuple[str, ...], float], channel: Channel) -> Iterator[Fix]:
    """The words in front of ", ngày" that are one of the names. spans: what was read on the line, in order.

    names: syllables of each name, as they are written -> the chance that the document means it (0 to 1).
    """
    at = _place_of_day(spans) if names else None
    if at is None:
        return
    ranked = sorted((cost, name) for name in names if (cost := _cost(spans[:at], name, channel)) is not None)
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _CLEAR):
        return
    name = ranked[0][1]
    for span, syllable in zip(spans[at - len(name) : at], name, strict=True):
        yield Fix(span.start, span.end, span.raw, syllable, "place", _CHANCE * names[name])


def _place_of_day(spans: Sequence[Fix]) -> int | None:
    """The number of the comma in front of the first word for day; None where there is none."""
    for at in range(1, len(spans) - 1):
        if spans[at].restored == "," and spans[at + 1].restored.lower() == day():
            return at
    return None


def _cost(spans: Sequence[Fix], name: tuple[str, ...], channel: Channel) -> float | None:
    """Nats by which the letters of the last words say the name; None where they say something else."""
    words = spans[-len(name) :]
    if len(words) < len(name) or not words[0].raw[:1].isupper():
        return None
    cost = sum(letter_cost(span.raw, syllable, channel) for span, syllable in zip(words, name, strict=True))
    return cost if cost <= _DEAREST * len(name) else None
