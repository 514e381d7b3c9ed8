"""Knowledge as rows: one `rules/<name>.toml` is one table, one frozen dataclass its row type, `load_rules` reads it.

A file names its row type and lists its rows in order; a row that does not fit is refused with file, row and key:

    row_type = "schema.places.units:LevelRule"

    [[rule]]
    word = "phường"
    examples = ["UBND phường Hòa Sơn"]
    counter_examples = ["phường hội"]

Field types understood: str, int, float, bool, datetime.date, T | None, tuple[T, ...] and nested frozen dataclasses.
A long str may be written as a list of pieces, which are joined as they stand.
A row type that has `examples` must have `matches(text) -> bool`: one test runs every row's examples.
"""

import dataclasses
import datetime as dt
import re
import tomllib
import types
import typing
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources
from typing import Any, Protocol, TypeVar, runtime_checkable

from schema.plain import plain

RowT = TypeVar("RowT")


class RuleError(ValueError):
    """A rule table that cannot be right: says which file, which row (from 1), which key, and what was expected."""


@runtime_checkable
class ExampleRule(Protocol):
    """A row that proves itself: `matches` is true of every example and false of every counter-example."""

    @property
    def examples(self) -> tuple[str, ...]: ...

    @property
    def counter_examples(self) -> tuple[str, ...]: ...

    def matches(self, text: str) -> bool:
        """Whether this row, on its own, speaks of `text`."""


class PatternRow:
    """What rows with a `pattern` share: the regular expression, compiled once a row. A base of frozen dataclasses."""

    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)


class PlainRow(PatternRow):
    """A row whose pattern is found anywhere in text without marks."""

    def matches(self, text: str) -> bool:
        """Whether the pattern is found in `text`."""
        return self.regex.search(plain(text)) is not None


class WholeWordsRow(PatternRow):
    """A row whose pattern begins and ends at the edge of a word."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"\b{self.pattern}\b")


def any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One regular expression for several without flags, tried in their order: tells texts that none of them fits.

    Its groups have no names; none of the patterns may refer to a group.

    >>> any_of([re.compile(r"(?P<year>\\d{4})"), re.compile("qu[yý]")]).match("quý 2024")[0]
    'quý'
    """
    return re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', each.pattern)})" for each in patterns))


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


def load_rules(name: str, row_type: type[RowT]) -> tuple[RowT, ...]:
    """The rows of `rules/<name>.toml`, in the order of the file. Raises RuleError when the table is not well formed."""
    key: Any = row_type  # functools.cache asks for Hashable, which mypy does not grant to type[T]
    rows: tuple[RowT, ...] = _loaded(name, key)
    return rows


@cache
def _loaded(name: str, row_type: Any) -> tuple[Any, ...]:
    return parse_rules(
        resources.files("schema.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8"), name, row_type
    )


def parse_rules(toml: str, name: str, row_type: type[RowT]) -> tuple[RowT, ...]:
    """The rows of one table given as TOML text; `name` is for the messages. Raises RuleError."""
    try:
        content = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"rules/{name}.toml is not TOML: {error}") from error
    wanted = f"{row_type.__module__}:{row_type.__qualname__}"
    if content.get("row_type") != wanted:
        raise RuleError(f"rules/{name}.toml: row_type is {content.get('row_type')!r}, the reader expects {wanted!r}")
    if unknown := sorted(set(content) - {"row_type", "rule"}):
        raise RuleError(f"rules/{name}.toml: unknown key {unknown[0]!r} outside the rows; rows start with [[rule]]")
    rows = content.get("rule", [])
    return tuple(_row(row, row_type, f"rules/{name}.toml, rule {number}") for number, row in enumerate(rows, 1))


def row_type_of(name: str) -> str:
    """The `module:Class` that `rules/<name>.toml` names as its row type; '' when it names none."""
    text = resources.files("schema.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text).get("row_type", ""))


def rule_tables() -> tuple[str, ...]:
    """The names of all rule tables, sorted."""
    files = resources.files("schema.rules").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def _row(values: dict[str, object], row_type: type[RowT], where: str) -> RowT:
    hints = typing.get_type_hints(row_type)
    fields = {field.name: field for field in dataclasses.fields(typing.cast(Any, row_type))}
    if unknown := sorted(set(values) - set(fields)):
        raise RuleError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(fields)}")
    required = [
        field.name
        for field in fields.values()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    if missing := [key for key in required if key not in values]:
        raise RuleError(f"{where}: key {missing[0]!r} is missing")
    try:
        return row_type(**{key: _value(value, hints[key], f"{where}, key {key!r}") for key, value in values.items()})
    except RuleError:
        raise
    except ValueError as error:
        raise RuleError(f"{where}: {error}") from error


def _value(value: object, wanted: Any, where: str) -> object:
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        return _value(value, next(a for a in arguments if a is not type(None)), where)
    if wanted is str and isinstance(value, list) and value and all(isinstance(piece, str) for piece in value):
        return "".join(value)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(item, arguments[0], where) for item in value)
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type) and isinstance(value, dict):
        return _row(value, wanted, where)
    if wanted is float and type(value) is int:
        return float(value)
    if wanted in (str, int, float, bool, dt.date) and type(value) is wanted:
        return value
    if origin is typing.Literal and value in arguments:
        return value
    raise RuleError(f"{where}: {value!r} is not a {wanted}")
