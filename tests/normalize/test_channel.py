"""Which syllables may stand behind a raw word."""

import pytest

from normalize.decoding.channel import Channel, alphabet, confusions, make_confusions
from normalize.decoding.letter_costs import letter_cost
from normalize.decoding.readings import reader
from normalize.training.confusion import Example, learn

READ = [
    ("1ap", "lập"),
    ("quyét", "quyết"),
    ("ctia", "của"),
    ("thuc", "thực"),
    ("nhiém", "nhiệm"),
    ("HPND", "HĐND"),
    ("Pang", "Đảng"),
    ("xtr", "xử"),
    ("cw’", "cứ"),  # a hook printed beside its letter
    ("‘UY", "ỦY"),
    ("VY", "VỤ"),  # as "vy" for "vụ"
]


@pytest.mark.parametrize(("raw", "right"), READ)
def test_the_right_syllable_is_among_the_readings(raw: str, right: str) -> None:
    english = reader(Channel.ENGLISH)
    assert right in english.texts(english.readings(raw))


def test_readings_are_the_same_however_often_they_are_asked() -> None:
    english = reader(Channel.ENGLISH)
    first = english.texts(english.readings("trién"))
    assert english.texts(english.readings("trién")) == first
    english.forget()
    assert english.texts(english.readings("trién")) == first


@pytest.mark.parametrize("raw", ["", "¢", "x" * 200, "\u0323", "中文", "%%%"])
def test_any_raw_word_has_a_list_of_readings(raw: str) -> None:
    assert reader(Channel.ENGLISH).readings(raw).count <= 24


def test_right_letters_are_cheap_in_the_channel_of_the_vietnamese_model() -> None:
    assert letter_cost("nghiệm", "nghiệm", Channel.VIETNAMESE) < letter_cost("nghiệm", "nghiêm", Channel.VIETNAMESE)


def test_a_letter_outside_the_alphabet_costs_everything() -> None:
    assert letter_cost("a", "中", Channel.PLAIN) == float("inf")


def test_what_a_table_does_not_list_is_dear_but_possible() -> None:
    table = make_confusions([("a", "o", 0.5)])
    rows = table.rows(("q",))
    assert 5 < table.cost[rows[0, 1], 0] < 20


def test_every_letter_of_the_shipped_tables_is_in_the_alphabet() -> None:
    for channel in Channel:
        assert confusions(channel).cost.shape[1] == len(alphabet())


def test_training_learns_which_letters_stand_for_which() -> None:
    pairs = [
        Example("tir", "từ"),
        Example("sir", "sự"),
        Example("tu", "tu"),
        Example("ta", "ta"),
        Example("sa", "sa"),
    ] * 30
    cost = {(letter, chunk): nats for letter, chunk, nats in learn(pairs)}
    assert cost["ừ", "ir"] < 1.0
    assert cost["a", "a"] < 0.2
