"""Words that an English model printed as numbers, and numbers that stay."""

import pytest

from normalize.decoding.channel import Channel
from normalize.decoding.decoder import Request, decode, text_of
from normalize.decoding.digit_words import table, words_by_number
from normalize.document import restore_document
from tests.normalize.test_document import page_of

WORDS = [
    ("giam ty 16 tré hen trong giai quyét hd so", "tỷ lệ trễ"),
    ("chén chinh tac phong, 18 16 lam viéc", "tác phong, lề lối làm việc"),
    ("tinh gian bién ché theo 16 trinh", "theo lộ trình"),
    ("phat trién kinh té 1ap-ké hoach", "kinh tế lập-kế hoạch"),
]
NUMBERS = [
    "giai quyét trong 16 ngay lam viéc",
    "it nhat 13 thu tuc hanh chinh",
    "ti€p nhan 18 hd so, 16 hd so dung han",
    "Khoan 6 Diéu 15 Luat Té chirc chinh quyén dia phuong",
    "phuong 10, quan 6",
    "Dén ngay 15 thang 10 nam 2023 c6 16 xa dat chuan",
    "ting tir 3 dén 5 bac, trong 6 thang dau nam",
]


def _restored(line: str) -> str:
    return restore_document([page_of(line)])[0].lines[0].text


@pytest.mark.parametrize("example", table().examples)
def test_a_number_stands_for_the_words_of_its_examples(example: str) -> None:
    number, word = example.split()
    assert word in [text for text, _ in words_by_number()[number]]


@pytest.mark.parametrize("example", table().counter_examples)
def test_a_number_does_not_stand_for_other_words(example: str) -> None:
    number, word = example.split()
    assert word not in [text for text, _ in words_by_number().get(number, ())]


@pytest.mark.parametrize(("raw", "words"), WORDS)
def test_a_number_where_the_words_around_ask_for_a_word_is_read_as_one(raw: str, words: str) -> None:
    assert words in _restored(raw)


@pytest.mark.parametrize("raw", NUMBERS)
def test_numbers_where_numbers_may_stand_stay(raw: str) -> None:
    digits = [run for run in raw.split() if run.isdigit()]
    assert [run for run in _restored(raw).split() if run.isdigit()] == digits


def test_right_text_is_never_asked_for_words_in_its_numbers() -> None:
    line = "tỷ 16 hồ sơ, nhất 13"
    assert text_of(line, decode([Request(line)], Channel.VIETNAMESE)[0]) == line
