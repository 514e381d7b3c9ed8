"""Whole lines through the decoder."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.decoding.channel import Channel
from normalize.decoding.decoder import Anchor, Request, decode, read, text_of
from normalize.decoding.lattice import by_key
from normalize.decoding.readings import reader

GARBLED = [
    ("Cin ctr Nghi quyét sb 30/NQ-CP", "Căn cứ Nghị quyết số 30/NQ-CP"),
    ("thuc hién cai cach hanh chinh", "thực hiện cải cách hành chính"),
    ("ctia Uy ban nhan dan tinh", "của Ủy ban nhân dân tỉnh"),
    ("nang cao chat lugng phuc vu nguoi dan", "nâng cao chất lượng phục vụ người dân"),
    ("giai quyét tha tuc hanh chinh", "giải quyết thủ tục hành chính"),
]
PLAIN = [
    ("Ke hoach cai cach hanh chinh", "Kế hoạch cải cách hành chính"),
    ("ung dung cong nghe thong tin", "ứng dụng công nghệ thông tin"),
]
RIGHT = [
    "Ủy ban nhân dân xã ban hành Kế hoạch cải cách hành chính năm 2026.",
    "Giao Văn phòng HĐND và UBND chủ trì, phối hợp với các cơ quan liên quan;",
    "Phấn đấu 95% hồ sơ được giải quyết đúng hạn | Công chức Tư pháp - Hộ tịch",
]


def _text(line: str, channel: Channel) -> str:
    return text_of(line, decode([Request(line)], channel)[0])


@pytest.mark.parametrize(("raw", "right"), GARBLED)
def test_text_read_by_an_english_model_becomes_vietnamese(raw: str, right: str) -> None:
    assert _text(raw, Channel.ENGLISH) == right


@pytest.mark.parametrize(("raw", "right"), PLAIN)
def test_text_without_marks_gets_them(raw: str, right: str) -> None:
    assert _text(raw, Channel.PLAIN) == right


@pytest.mark.parametrize("line", RIGHT)
def test_right_text_stays(line: str) -> None:
    assert _text(line, Channel.VIETNAMESE) == line


def test_a_syllable_broken_in_two_is_joined_and_two_run_together_are_parted() -> None:
    assert _text("cai c ach hanh chinh", Channel.ENGLISH) == "cải cách hành chính"
    assert _text("Uy bannhan dan tinh", Channel.ENGLISH) == "Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("Cong chirc colienquan den", "Công chức có liên quan đến"),
        ("VP-TK |c6liénquan| phuong", "VP-TK |có liên quan| phường"),
        ("Coquanchutri", "Cơ quan chủ trì"),
    ],
)
def test_words_whose_blanks_are_all_lost_are_parted(raw: str, right: str) -> None:
    assert _text(raw, Channel.ENGLISH) == right


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("sb dién thoai du:ong day néng", "số điện thoại đường dây nóng"),
        ("chi sb hai lo,ng cua nguoi dan", "chỉ số hài lòng của người dân"),
        ("Noi nhan:Nhu trén;Luu:VT", "Nơi nhận:Như trên;Lưu:VT"),
        ("xa,phudng; tong hop/bao cao", "xã,phường; tổng hợp/báo cáo"),
    ],
)
def test_a_mark_inside_a_word_is_dropped_and_one_between_words_stays(raw: str, right: str) -> None:
    assert _text(raw, Channel.ENGLISH) == right


def test_a_sign_that_no_page_holds_is_a_vowel_with_marks() -> None:
    assert _text("- X\N{LATIN SMALL LIGATURE FI} h\N{CENT SIGN}i tham muu", Channel.ENGLISH) == "- Xã hội tham mưu"


def test_a_sentence_runs_over_the_line_end() -> None:
    lines = [Request("thuc hién cai cach tha tuc hanh"), Request("chinh nam 2026")]
    pieces = decode(lines, Channel.ENGLISH)
    assert text_of(lines[1].raw, pieces[1]).startswith("chính")


def test_anchors_are_left_alone_and_nothing_is_reported_for_them() -> None:
    line = "ngay 12/3/2026 ctia UBND"
    pieces = decode([Request(line, (Anchor(5, 14, "12/3/2026"),))], Channel.ENGLISH)[0]
    assert all(piece.end <= 5 or piece.start >= 14 for piece in pieces)
    assert text_of(line, pieces) == "ngày 12/3/2026 của UBND"


def test_a_phrase_of_the_document_is_preferred_when_boosted() -> None:
    boosts = by_key({("mỏ", "chè"): 6.0, ("chè",): 3.0, ("mỏ",): 3.0})
    line = "UBND phuong Mo Che"
    assert text_of(line, decode([Request(line)], Channel.ENGLISH, boosts)[0]) == "UBND phường Mỏ Chè"


@pytest.mark.parametrize("forgotten", [False, True])
def test_lines_read_again_are_read_as_if_anew(forgotten: bool) -> None:
    boosts = by_key({("mỏ", "chè"): 3.0, ("phường",): 2.0})
    raws = [raw for raw, _ in GARBLED] + ["UBND phuong Mo Che", "ctia Uy ban nhan dan tinh"]
    first = read([Request(raw) for raw in raws], Channel.ENGLISH)
    if forgotten:
        reader(Channel.ENGLISH).forget()
    lines = [Request(raw) for raw in raws[:-2]] + [Request(raws[-2], (Anchor(0, 4, "UBND"),)), Request(raws[-1])]
    again = read(lines, Channel.ENGLISH, boosts, first).pieces
    anew = decode(lines, Channel.ENGLISH, boosts)
    texts = [[[(piece.start, piece.end, piece.text) for piece in line] for line in some] for some in (again, anew)]
    assert texts[0] == texts[1]


def test_margins_are_not_negative_and_the_best_known_words_are_sure() -> None:
    pieces = decode([Request("cai cach hanh chinh")], Channel.ENGLISH)[0]
    assert all(piece.margin >= 0 for piece in pieces)


def test_what_is_read_does_not_depend_on_what_is_remembered() -> None:
    lines = [Request(raw) for raw, _ in GARBLED]
    decode([Request("mot dong khac")], Channel.ENGLISH)
    first = decode(lines, Channel.ENGLISH)
    reader(Channel.ENGLISH).forget()
    assert decode(lines, Channel.ENGLISH) == first


def test_nothing_comes_of_nothing() -> None:
    assert decode([], Channel.ENGLISH) == ()
    assert decode([Request(""), Request("   ")], Channel.ENGLISH) == ((), ())


@settings(max_examples=60)
@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(list(Channel)))
def test_any_lines_are_covered_in_order_without_overlap(lines: list[str], channel: Channel) -> None:
    for line, pieces in zip(lines, decode([Request(line) for line in lines], channel), strict=True):
        at = 0
        for piece in pieces:
            assert at <= piece.start < piece.end <= len(line)
            assert not line[at : piece.start].strip()
            at = piece.end
        assert not line[at:].strip()
