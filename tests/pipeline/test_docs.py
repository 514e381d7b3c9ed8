"""The documents that a program wrote are the ones it would write today."""

from pathlib import Path

from schema.arrow import dictionary

ROOT = Path(__file__).resolve().parents[2]


def test_the_data_dictionary_is_that_of_the_record_classes() -> None:
    assert (ROOT / "docs" / "DATA.md").read_text(encoding="utf-8") == dictionary(), "run: kehoach schema > docs/DATA.md"
