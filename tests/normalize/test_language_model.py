"""The shipped language model."""

import math
from pathlib import Path

import numpy as np
import pytest

from normalize.data import DATA
from normalize.decoding import compiled
from normalize.decoding import language_model as lm
from normalize.training import kneser_ney
from normalize.training.followers import followers

BETTER = [
    ("ủy ban nhân dân xã", "ủy bản nhân dân xã"),
    ("thủ tục hành chính", "thu túc hành chỉnh"),
    ("cán bộ , công chức", "cần bố , cộng chắc"),
    ("kế hoạch cải cách hành chính nhà nước", "kế hoạch cái cách hành chính nhà nước"),
]


@pytest.mark.parametrize(("right", "wrong"), BETTER)
def test_right_wording_costs_less(right: str, wrong: str) -> None:
    assert lm.sentence_cost(right.split()) < lm.sentence_cost(wrong.split())


def test_an_unknown_word_has_a_finite_cost() -> None:
    assert 0 < -lm.log_probability("xyzzy", ("kế", "hoạch")) < 40


def test_probabilities_behind_a_context_sum_to_about_one() -> None:
    words = lm.vocabulary().words[lm.NUMBER_ID :]
    total = sum(math.exp(lm.log_probability(word, ("cải", "cách"))) for word in words)
    assert total == pytest.approx(1.0, abs=0.02)


def test_the_table_is_mapped_read_only_and_small() -> None:
    table = lm.table()
    assert isinstance(table, np.memmap) and not table.flags.writeable
    assert table.nbytes < 40_000_000


def test_a_model_beside_another_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.tsv").write_text("của\t5\t1\t0\ncải\t3\t0\t0\n", encoding="utf-8")
    (tmp_path / "language_model.npy").symlink_to(DATA / "language_model.npy")
    (tmp_path / "followers.npy").symlink_to(DATA / "followers.npy")
    for load in (lm.table, lm.pairs):
        with pytest.raises(lm.ModelMismatchError, match="built with another vocabulary"):
            load(tmp_path)


def test_every_pair_that_the_model_knows_may_follow_and_hardly_another() -> None:
    model, words = lm.model(), len(lm.vocabulary().words)
    some = np.random.default_rng(3).integers(1, words, 40, np.uint64)
    known = lacking = passed = 0
    for before in [np.uint64(lm.vocabulary().ids[word]) for word in ("và", "cải", "hành", "của")] + list(some):
        for word in range(1, words, 7):
            may = compiled.may_follow(model.pairs, before, np.uint64(word))
            if compiled.find(model.table, (before << np.uint64(16)) | np.uint64(word)):
                assert may
                known += 1
            else:
                lacking, passed = lacking + 1, passed + int(may)
    assert known > 500
    assert passed < 0.05 * lacking


def test_the_followers_are_those_of_the_table() -> None:
    table = np.zeros(50, np.uint64)
    words = (*lm.RESERVED, "cải", "cách", "hành", "chính")
    pairs = np.array([(5 << 16) | 6, (7 << 16) | 8, (1 << 16) | 5], np.uint64)
    compiled.fill(table, np.append(pairs, np.arange(9, dtype=np.uint64)), np.ones(12, np.uint64))
    bits = followers(table, words)
    for key in pairs:
        assert compiled.may_follow(bits, key >> np.uint64(16), key & np.uint64(0xFFFF))
    assert not any(compiled.may_follow(bits, np.uint64(6), np.uint64(word)) for word in range(9))
    assert bits[-1] == lm.fingerprint(words)


def test_a_counted_model_sums_to_one_and_knows_what_it_saw() -> None:
    stream = np.array([1, 2, 3, 4, 1, 2, 3, 5, 1, 2, 3, 4, 1, 5, 4, 3] * 3, np.uint64)
    model = kneser_ney.estimate(stream, 6)
    after = [kneser_ney.probability(model, np.array([(2 << 16 | 3) << 16 | w], np.uint64), 3)[0] for w in range(6)]
    assert sum(after) == pytest.approx(1.0, abs=0.05)
    assert max(range(6), key=lambda w: after[w]) == 4


def test_a_mixture_lies_between_its_parts() -> None:
    a = kneser_ney.estimate(np.array([1, 2, 3, 5, 5, 1, 2, 3, 5, 4, 1, 2, 4, 5, 3] * 4, np.uint64), 6)
    b = kneser_ney.estimate(np.array([1, 2, 4, 5, 5, 1, 2, 4, 5, 3, 1, 2, 3, 5, 4] * 4, np.uint64), 6)
    keys = [np.unique(np.concatenate([a[n].keys, b[n].keys])) for n in range(kneser_ney.ORDER)]
    mixed = kneser_ney.mix([a, b], [0.5, 0.5], keys)
    key = np.array([(1 << 16 | 2) << 16 | 3], np.uint64)
    low, high = sorted(float(kneser_ney.probability(m, key, 3)[0]) for m in (a, b))
    assert low < kneser_ney.probability(mixed, key, 3)[0] < high
