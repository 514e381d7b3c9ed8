"""Names of people: read where the letters decide, kept where several names fit."""

import pytest

from normalize.decoding.channel import Channel
from normalize.fixes import Fix
from normalize.names.people import people, person_fixes, read_name
from normalize.training.people import counted, names


def spans(text: str) -> list[Fix]:
    out: list[Fix] = []
    for word in text.split():
        at = text.index(word, out[-1].end if out else 0)
        out.append(Fix(at, at + len(word), word, word, "decoder", 0.5))
    return out


def names_of(*lines: str) -> dict[int, list[str]]:
    found = person_fixes([spans(line) for line in lines], lines, Channel.ENGLISH)
    return {number: [fix.raw for fix in fixes] for number, fixes in found.items()}


@pytest.mark.parametrize(
    ("raw", "kind", "name"),
    [("Nguyén", "surname", "Nguyễn"), ("Trin", "surname", "Trần"), ("LE", "surname", "LÊ"), ("Tuin", "given", "Tuấn")],
)
def test_letters_that_decide_are_read(raw: str, kind: str, name: str) -> None:
    text, chance = read_name(raw, kind, Channel.ENGLISH)
    assert text == name and chance >= 0.8


@pytest.mark.parametrize("raw", ["Dung", "Thang", "Hung", "Zrqw", "Hoa"])
def test_letters_that_fit_several_names_or_none_are_kept(raw: str) -> None:
    text, chance = read_name(raw, "given", Channel.ENGLISH)
    assert text == raw and chance < 0.85


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("CHU TICH", "Nguyén Tuin"), {1: ["Nguyén", "Tuin"]}),
        (("Nguyén Van Tuin",), {0: ["Nguyén", "Van", "Tuin"]}),
        (("giao ông Nguyén Van Tuin chủ trì",), {0: ["Nguyén", "Van", "Tuin"]}),
        (("KT. CHU TICH", "- Luu: VT. Nguyén Van Tuin"), {1: ["Nguyén", "Van", "Tuin"]}),
        (("- Luu: VT. Nguyén Van Tuin",), {}),
        (("CHU TICH", "Nguyén Van Tuin :"), {1: ["Nguyén", "Van", "Tuin"]}),
        (("Xã Nguyén Van Tuin",), {}),
        (("Ké Hoach Nam",), {}),
        (("Nguyén Tuin",), {}),
        (("KT. CHU TICH", "PHO CHU TICH", "Nguyén Van Tuin"), {2: ["Nguyén", "Van", "Tuin"]}),
        (("PHO GIAM DOC",), {}),
        (("giao đồng chí Phó Chủ tịch UBND xã",), {}),
    ],
)
def test_names_stand_where_names_stand(lines: tuple[str, ...], found: dict[int, list[str]]) -> None:
    assert names_of(*lines) == found


def test_the_table_holds_every_part() -> None:
    assert set(people()) == {"surname", "listed", "middle", "given", "pair"}
    assert all(weight > 0 for part in people().values() for weight in part.values())


@pytest.mark.parametrize(
    ("raw", "before", "name"),
    [("Tuyet", "Bạch", "Tuyết"), ("Trang", "Thu", "Trang"), ("BAO", "QUỐC", "BẢO"), ("Hanh", "Thị", "Hạnh")],
)
def test_the_middle_name_tells_the_given_name(raw: str, before: str, name: str) -> None:
    assert read_name(raw, "given", Channel.PLAIN, before)[0] == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bà Lê Thị Bích Hà, ông Lê Văn An đi", {("Lê", "Thị", "Bích", "Hà"), ("Lê", "Văn", "An")}),
        ("phố Lê Lợi, Lê Văn Xyzt, Lê Thị Thu Hà An Bình", set()),
    ],
)
def test_names_are_a_surname_and_two_or_three_syllables(text: str, found: set[tuple[str, ...]]) -> None:
    assert names([text], ["Lê"]) == found


def test_counts_replace_those_of_before_and_listed_names_stay() -> None:
    people = [("Lê", "Văn", "An"), ("Trần", "Văn", "An"), ("Lê", "Thị", "Hà")]
    assert counted("surname\tLê\t9\nlisted\tX\t1\ngiven\tY\t7\nmiddle\tY\t3\n", people).splitlines() == [
        "surname\tLê\t9",
        "listed\tX\t1",
        "given\tAn\t0.5",
        "given\tX\t1",
        "middle\tVăn\t2",
        "pair\tVăn An\t2",
    ]
