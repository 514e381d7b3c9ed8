"""The search through the trie of forms finds what a comparison with every form finds."""

import numpy as np
import pytest

from normalize.decoding.channel import Channel
from normalize.decoding.letter_costs import letter_costs, spelt
from normalize.decoding.readings import _DEAREST, MOST_READINGS, Part, reader

_NEAR = 1e-3  # nats: sums taken in another order differ by less

WORDS = (
    "quyét", "ctia", "1ap", "chirc", "nghiép", "UBND", "HDND", "Nguyén", "d6ng", "P&", "lienquan", "hanhchinh",
    "KEHOACH", "nam2025", "trudng", "thtr", "TTg", "ij", "ﬁnh", "Bfc",
)  # fmt: skip


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("raw", WORDS)
def test_no_branch_is_left_that_holds_a_good_form(raw: str, channel: Channel) -> None:
    some = reader(channel)
    costs = letter_costs(raw, spelt(some.forms.texts), channel) + some._trie.prior
    for part, (base, each) in enumerate(_DEAREST):
        found = some.readings(raw, Part(part))
        bound = min(base + each * len(raw), float(costs.min()) + some.costs.window)
        wanted = {some.forms.texts[form] for form in np.flatnonzero(costs < bound - _NEAR)}
        if found.count < MOST_READINGS:
            assert wanted <= set(some.texts(found)), part
        else:
            ranked = np.sort(costs)[MOST_READINGS - 1]
            best = {some.forms.texts[form] for form in np.flatnonzero(costs < ranked - _NEAR)}
            assert best <= set(some.texts(found)), part


@pytest.mark.parametrize("part", Part)
def test_words_read_together_are_read_as_one_by_one(part: Part) -> None:
    some = reader(Channel.ENGLISH)
    some.forget()
    words = [*WORDS, "", "quyétctiachirc" * 2, "\N{HIRAGANA LETTER A}\ud800", WORDS[0]]
    some.learn(words, part)
    together = [(some.texts(read := some.readings(word, part)), read.cost, read.poor) for word in words]
    for word, (texts, cost, poor) in zip(words, together, strict=True):
        some.forget()
        read = some.readings(word, part)
        assert (some.texts(read), read.cost, read.poor) == (texts, cost, poor)
