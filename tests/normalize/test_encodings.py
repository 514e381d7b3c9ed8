"""Old encodings: every example of the table is recognised by its letters and decoded; Unicode text never is."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.characters.encodings import Encoding, decoded, encoding_of
from normalize.data import DATA

TABLE = tomllib.loads((DATA / "encodings.toml").read_text(encoding="utf-8"))
EXAMPLES = [(Encoding(name), row["raw"], row["text"]) for name, entry in TABLE.items() for row in entry["examples"]]


@pytest.mark.parametrize(("encoding", "raw", "text"), EXAMPLES)
def test_the_examples_of_the_table(encoding: Encoding, raw: str, text: str) -> None:
    assert decoded(raw, encoding) == text


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.VIQR])
def test_a_page_tells_its_encoding(encoding: Encoding) -> None:
    page = [raw for name, raw, _ in EXAMPLES if name is encoding]
    assert encoding_of(page) is encoding


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_utf8_read_as_latin(codec: str) -> None:
    text = "Kế hoạch và tiến độ cải cách hành chính của địa phương"
    line = text.encode().decode(codec)
    assert encoding_of([line]) is Encoding.UTF8_AS_LATIN
    assert decoded(line, Encoding.UTF8_AS_LATIN) == text


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Cin ctr Luat Té chtrc chinh quyén dia phuong sé hiéu qua thé ché",
        "Can cu Luat To chuc (sua doi), nghi dinh so 5. Ai? Toi. Don't stop (a) it's o.k. i.e. e.g. a.m.",
        "Ủy ban nhân dân xã (sau đây gọi là Ủy ban) ban hành kế hoạch cải cách hành chính.",
        "Le ministère de l'intérieur a été créé à l'été",
    ],
)
def test_unicode_text_is_no_old_encoding(line: str) -> None:
    assert encoding_of([line]) is None


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_text_is_taken(texts: list[str]) -> None:
    encoding = encoding_of(texts)
    for text in texts:
        decoded(text, encoding or Encoding.VNI)
