"""Triage of text layers."""

import pytest
from unidecode import unidecode

from extract.files.layers import LayerFacts, Verdict, rubbish_share, verdict_on, vietnamese_share

GOOD = "Ủy ban nhân dân xã Bình Minh xây dựng kế hoạch cải cách hành chính nhà nước năm nay trên địa bàn"
MISREAD = "Uy ban nhan dan xa Binh Minh xay dyng k6 hoach cai cach hanh chinh nha nu6c nam nay tren dia ban"
ENGLISH = "The quick brown fox jumps over the lazy dog while the committee reads the annual report"
TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc kÕ ho¹ch c¶i c¸ch hµnh chÝnh"


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (LayerFacts(GOOD, ("TimesNewRoman",), 0.0, 1.0, 1.0), Verdict.GOOD),
        (LayerFacts(GOOD, (), 1.0, 0.95, 1.0), Verdict.GOOD),
        (LayerFacts(MISREAD, (), 1.0, 0.95, 1.0), Verdict.GARBLED),
        (LayerFacts("", (), 1.0, 1.0, 1.0), Verdict.NO_TEXT),
        (LayerFacts(" \n ", (), 0.0, 1.0, 1.0), Verdict.NO_TEXT),
        # A signature service writes its line of text on a page that is a scan.
        (LayerFacts("Người ký: Ủy ban nhân dân xã Bình Minh, thời gian ký", (), 1.0, 0.02, 1.0), Verdict.SCANT),
        (LayerFacts(ENGLISH, (), 0.0, 1.0, 1.0), Verdict.GOOD),
        (LayerFacts(ENGLISH, (), 1.0, 1.0, 1.0), Verdict.GARBLED),
        (LayerFacts(TCVN3, (".VnTime", ".VnTimeH"), 0.0, 1.0, 1.0), Verdict.LEGACY),
        (LayerFacts(TCVN3, ("VNI-Times",), 0.0, 1.0, 1.0), Verdict.LEGACY),
        (LayerFacts(TCVN3, ("ArialMT",), 0.0, 1.0, 1.0), Verdict.GARBLED),
        (LayerFacts("\ufffd\ufffd\ue001\ue002 \ufffd", (), 0.0, 1.0, 1.0), Verdict.UNMAPPED),
        (LayerFacts(GOOD, (), 0.0, 1.0, 0.1), Verdict.TURNED),
        (LayerFacts("12 500 37,5 2024", (), 0.0, 1.0, 1.0), Verdict.GOOD),
    ],
)
def test_each_kind_of_layer_gets_its_verdict(facts: LayerFacts, verdict: Verdict) -> None:
    assert verdict_on(facts) is verdict


def test_a_layer_that_lost_a_quarter_of_its_marks_is_read_afresh_where_there_is_an_image() -> None:
    right = (f"{GOOD} " * 4).split()
    worn = [unidecode(word) if n % 4 == 0 else word for n, word in enumerate(right)]
    assert verdict_on(LayerFacts(" ".join(right), (), 1.0, 1.0, 1.0)) is Verdict.GOOD
    assert verdict_on(LayerFacts(" ".join(worn), (), 1.0, 1.0, 1.0)) is Verdict.GARBLED
    assert verdict_on(LayerFacts(" ".join(worn), (), 0.0, 1.0, 1.0)) is Verdict.GOOD


def test_a_short_layer_that_lost_two_marks_of_five_is_read_afresh() -> None:
    right = GOOD.split()
    worn = [unidecode(word) if n % 5 < 2 else word for n, word in enumerate(right)]
    assert verdict_on(LayerFacts(" ".join(worn), (), 1.0, 1.0, 1.0)) is Verdict.GARBLED
    assert verdict_on(LayerFacts(f"{GOOD} UBND HDND TTHC KH BC QD", (), 1.0, 1.0, 1.0)) is Verdict.GOOD


def test_right_vietnamese_stands_far_from_what_an_english_model_makes_of_it() -> None:
    assert vietnamese_share(GOOD.split()) > 0.45
    assert vietnamese_share(MISREAD.split()) == 0.0


def test_decomposed_letters_are_as_good_as_composed_ones() -> None:
    import unicodedata

    assert verdict_on(LayerFacts(unicodedata.normalize("NFD", GOOD), (), 0.0, 1.0, 1.0)) is Verdict.GOOD


def test_rubbish_is_counted_among_printed_characters() -> None:
    assert rubbish_share("ab\ufffd\n \t") == pytest.approx(1 / 3)
    assert rubbish_share("") == 0.0
