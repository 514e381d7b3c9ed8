"""Every rule table loads, and every row is proved by its own examples."""

import importlib
from dataclasses import dataclass
from itertools import permutations

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


TELL_APART = (
    *(
        "agencies",
        "calendar_units",
        "cell_signs",
        "directions",
        "document_types",
        "instruments",
        "levels",
        "money_units",
    ),
    *("number_links", "quarter_numerals", "recurrences", "signers", "symbol_bodies", "table_ends", "units"),
)
"""Tables whose rows say which of several things a text names: what proves one row speaks against all others."""


@pytest.mark.parametrize("name", TELL_APART)
def test_what_proves_one_row_is_no_example_of_another(name: str) -> None:
    rows = [row for row in _rows(name) if isinstance(row, ExampleRule)]
    pairs = ((one, other, text) for one, other in permutations(rows, 2) for text in other.examples)
    assert [(one, text) for one, other, text in pairs if one.matches(text)] == []


MAY_LACK_COUNTER_EXAMPLES = frozenset({"abbreviations", "head_wordings", "institutions", "issuers", "open_words"})
"""Tables of which a row or two can be confused with nothing, a single word as a rule."""


@pytest.mark.parametrize("name", rule_tables())
def test_every_row_that_proves_itself_has_examples_for_and_against(name: str) -> None:
    rows = [row for row in _rows(name) if isinstance(row, ExampleRule)]
    assert [row for row in rows if not row.examples] == []
    assert (
        name in TELL_APART
        or name in MAY_LACK_COUNTER_EXAMPLES
        or [row for row in rows if not row.counter_examples] == []
    )


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
