"""Other spellings of Unicode: every example of the table, and nothing else."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.characters.unicode_forms import ordinary, unicode_fixes
from normalize.data import DATA
from normalize.fixes import replay

TABLE = tomllib.loads((DATA / "unicode.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE["examples"], ids=lambda row: row["text"])
def test_the_examples_of_the_table(row: dict[str, str]) -> None:
    assert replay(row["raw"], list(unicode_fixes(row["raw"]))) == row["text"]


@pytest.mark.parametrize("row", TABLE["counter_examples"], ids=lambda row: row["raw"])
def test_what_stays(row: dict[str, str]) -> None:
    assert list(unicode_fixes(row["raw"])) == []


@given(st.text(max_size=40))
def test_ordinary_text_is_as_ordinary_as_it_gets(text: str) -> None:
    assert ordinary(ordinary(text)) == ordinary(text)
    assert ordinary(replay(text, list(unicode_fixes(text)))) == ordinary(text)
