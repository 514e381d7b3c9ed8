"""Every rule table loads, and every row is proved by its own examples."""

import importlib
from dataclasses import dataclass

import pytest

from schema.ruletable import ExampleRule, RuleError, load_rules, parse_rules, row_type_of, rule_tables


def _rows(name: str) -> tuple[object, ...]:
    module, _, row_type = row_type_of(name).partition(":")
    return tuple(load_rules(name, getattr(importlib.import_module(module), row_type)))


@pytest.mark.parametrize("name", rule_tables())
def test_every_row_is_proved_by_its_examples(name: str) -> None:
    wrong: list[str] = []
    for number, row in enumerate(_rows(name), 1):
        if not isinstance(row, ExampleRule):
            continue
        wrong += [f"rule {number} misses its example {text!r}" for text in row.examples if not row.matches(text)]
        wrong += [f"rule {number} takes its counter-example {t!r}" for t in row.counter_examples if row.matches(t)]
    assert not wrong


@dataclass(frozen=True)
class WordRule:
    word: str
    weight: float = 1.0
    examples: tuple[str, ...] = ()


HEAD = f'row_type = "{WordRule.__module__}:WordRule"\n'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('row_type = "x:Y"\n', "row_type is 'x:Y'"),
        (HEAD + "[[rule]]\nwrod = 'a'\n", "rule 1: unknown key 'wrod'"),
        (HEAD + "[[rule]]\nword = 'a'\n[[rule]]\nweight = 1\n", "rule 2: key 'word' is missing"),
        (HEAD + "[[rule]]\nword = 3\n", "rule 1, key 'word': 3 is not a"),
        (HEAD + "[[rule]]\nword = 'a'\nexamples = 'b'\n", "key 'examples'"),
        (HEAD + "[[rule]]\nword = ['a', 1]\n", "rule 1, key 'word'"),
        (HEAD + "[[rule]]\nword = []\n", "rule 1, key 'word'"),
        (HEAD + "rules = 1\n", "unknown key 'rules'"),
        ("= 1", "is not TOML"),
    ],
)
def test_a_table_that_cannot_be_right_says_where(toml: str, said: str) -> None:
    with pytest.raises(RuleError, match=said.replace("'", ".")):
        parse_rules(toml, "words", WordRule)


def test_rows_keep_their_order_and_types() -> None:
    rows = parse_rules(HEAD + "[[rule]]\nword='b'\nweight=2\n[[rule]]\nword='a'\nexamples=['x']\n", "words", WordRule)
    assert rows == (WordRule("b", 2.0), WordRule("a", 1.0, ("x",)))


def test_a_long_text_may_be_written_in_pieces() -> None:
    assert parse_rules(HEAD + "[[rule]]\nword = [\n  'a|',\n  'b c',\n]\n", "words", WordRule) == (WordRule("a|b c"),)
