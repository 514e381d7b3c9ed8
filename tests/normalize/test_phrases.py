"""Spoilt lines that are a shared phrase, and lines that only look like one."""

import tomllib

import pytest

from normalize.data import DATA
from normalize.fixes import Fix
from normalize.names.phrases import nearest_phrase, phrase_fix, phrases

_TABLES = tomllib.loads((DATA / "phrases.toml").read_text(encoding="utf-8"))


def doubtful(text: str) -> list[Fix]:
    return [Fix(0, len(text), text, text, "decoder", 0.5)]


@pytest.mark.parametrize(("raw", "text"), [pair for table in _TABLES.values() for pair in table["examples"]])
def test_a_spoilt_phrase_is_read(raw: str, text: str) -> None:
    fix = phrase_fix(raw, doubtful(raw))
    assert fix is not None and fix.restored == text


@pytest.mark.parametrize("raw", [line for table in _TABLES.values() for line in table["counter_examples"]])
def test_another_line_is_left_alone(raw: str) -> None:
    assert phrase_fix(raw, doubtful(raw)) is None


@pytest.mark.parametrize("line", sorted(phrases().values()))
def test_every_phrase_is_its_own_nearest(line: str) -> None:
    assert nearest_phrase(line) in (line, None if sum(map(str.isalpha, line)) < 6 else line)


def test_what_the_letters_decide_is_kept() -> None:
    assert phrase_fix("KINH PH", [Fix(0, 7, "KINH PH", "KINH PH", "decoder", 0.99)]) is None


def test_what_was_read_as_the_phrase_keeps_its_case() -> None:
    read = [Fix(0, 4, "Kinh", "Kinh", "decoder", 0.6), Fix(5, 8, "Phf", "Phí", "decoder", 0.6)]
    assert phrase_fix("Kinh Phf", read) is None
