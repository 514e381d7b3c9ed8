"""A readable TOML file -> a File with its truth, and the style and damage it is to be made with.

    name = "..."                         the stem of the file that is made
    [make]                               style, damage, output (see Making)
    [[plan]]                             the fields of document.Plan
    [deadlines."Quý II/2024"]            start, end, recurrence of a time as printed
    [[part]] kind, title, note, [part.letterhead], [part.signature]
    [[part.block]]
      heading = "II. NHIỆM VỤ"           level, area, centred; lead, partners, goal, deadline for the duties below it
      text = "- ..."                     bases, aims, bold, italic, centred; duty = true makes it an assignment
      duties = ["- ...", "- ..."]        a paragraph and an assignment each
      columns, rows                      a table: rows are [number, title] for sections or one value a column
      landscape = true                   alone: what follows stands on turned pages

Every key is checked: a misspelt one raises SourceError with the file's name.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from tests.testbed.document import (
    Aim,
    Basis,
    Block,
    Break,
    Column,
    Deadline,
    File,
    Grid,
    Heading,
    Letterhead,
    Part,
    Plan,
    SectionRow,
    Signature,
    Task,
    TaskRow,
    Text,
)
from tests.testbed.rows import task_row
from tests.testbed.style import Style

NUMBER = re.compile(r"((?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])[.)]|\d+(?:\.\d+)+|\(\d+\)|[-+*])\s+")
T = TypeVar("T")


class SourceError(ValueError):
    """A source that does not say what it should."""


@dataclass(frozen=True)
class Making:
    """What is made of a source.

    `output`: "pdf" (born-digital), "scan" (image-only PDF), "tiff", "layer" (text of an English OCR), "printed" (such
    a text with no letter misread, its tables run together) or "layered" (a scan with a layer invisible behind it).
    `damage`: 0 to 3, see damage.LEVELS.
    """

    output: str = "pdf"
    damage: int = 1
    seed: int = 1
    dpi: int = 200
    colour: str = "colour"  # "colour", "grey" or "bilevel"
    sideways: int = 0  # degrees clockwise by which landscape pages lie on the scanner's glass
    upside: int = 0  # the same for upright pages
    blank_back: int | None = None  # the page, from 0, whose empty back was scanned too
    stamp: bool = True
    psm: int = 3  # of the English engine
    cellwise: bool = False  # a layer whose tables were read cell by cell and then run together


@dataclass(frozen=True)
class Source:
    """A file, how it looks and what is made of it."""

    file: File
    style: Style
    making: Making


def read_source(path: Path) -> Source:
    """Read one source. Raises SourceError."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        times = {text: Deadline(text=text, **row) for text, row in data.get("deadlines", {}).items()}
        parts = tuple(_part(row, times) for row in data["part"])
        plans = tuple(_made(Plan, row) for row in data.get("plan", []))
        make = dict(data.get("make", {}))
        style = make.pop("style", {})
        if "margins" in style:
            style["margins"] = tuple(style["margins"])
        return Source(File(data["name"], parts, plans), _made(Style, style), _made(Making, make))
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path.name}: {error!r}") from error


def _made(kind: type[T], row: dict[str, Any]) -> T:
    """An instance from a TOML table; keys left out that have no default are None."""
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]  # only dataclasses are passed
    if unknown := set(row) - names:
        raise SourceError(f"{kind.__name__} has no {sorted(unknown)}")
    if kind is Plan:
        row = {**dict.fromkeys(names - {"first_part", "last_part"}), **row}
    return kind(**row)


def _part(row: dict[str, Any], times: dict[str, Deadline]) -> Part:
    head = {"above": None, **row["letterhead"]} if "letterhead" in row else None
    sign = row.get("signature")
    return Part(
        kind=row.get("kind", ""),
        title=row.get("title", ""),
        note=row.get("note"),
        letterhead=_made(Letterhead, head) if head else None,
        signature=Signature(tuple(sign["lines"]), sign.get("name"), tuple(sign.get("recipients", ())))
        if sign
        else None,
        blocks=tuple(_Blocks(times).read(row.get("block", []))),
        tail=tuple(_Blocks(times).read(row.get("tail", []))),
    )


class _Blocks:
    """Reads the blocks of one part; keeps who is in charge under the heading last seen."""

    def __init__(self, times: dict[str, Deadline]) -> None:
        self.times = times
        self.charge: dict[str, Any] = {}

    def read(self, rows: list[dict[str, Any]]) -> Iterator[Block]:
        for given in rows:
            row = dict(given)
            if "columns" in row:
                yield self.grid(row)
                continue
            if "heading" in row:
                self.charge = {}
            self.charge.update({k: row.pop(k) for k in ("lead", "partners", "goal", "deadline") if k in row})
            duties = row.pop("duties", [])
            if "heading" in row:
                number, text = split_number(row.pop("heading"))
                yield _made(Heading, {"number": number, "text": text, **row})
            elif "text" in row:
                yield self.text(row)
            elif "landscape" in row:
                yield Break(row["landscape"])
            for duty in duties:
                yield self.text({"text": duty, "duty": True} if isinstance(duty, str) else {"duty": True, **duty})

    def text(self, row: dict[str, Any]) -> Text:
        marker, text = split_number(row.pop("text"))
        duty = row.pop("duty", False)
        row["bases"] = tuple(_made(Basis, b) for b in row.get("bases", ()))
        row["aims"] = tuple(_made(Aim, a) for a in row.get("aims", ()))
        own: dict[str, Any] = {k: row.pop(k) for k in ("lead", "partners", "goal", "deadline") if k in row}
        tasks = (self.task(text.rstrip(".;"), {**self.charge, **own}),) if duty else ()
        return _made(Text, {"text": text, "marker": marker, "tasks": tasks, **row})

    def task(self, text: str, charge: dict[str, Any], **more: Any) -> Task:
        time = charge.get("deadline")
        return Task(
            task=text,
            lead=tuple(charge.get("lead", ())),
            partners=tuple(charge.get("partners", ())),
            goal=charge.get("goal"),
            deadline=self.times[time] if time else Deadline(),
            **more,
        )

    def grid(self, row: dict[str, Any]) -> Grid:
        columns = tuple(_made(Column, {"width": 1.0, **c}) for c in row["columns"])
        joiner = row.get("joiner", "; ")
        rows: list[SectionRow | Any] = []
        for values in row["rows"]:
            if len(values) == 2 and isinstance(values, list):
                rows.append(SectionRow(values[0], values[1], row.get("areas", {}).get(values[1])))
            else:
                rows.append(self.row(columns, values, joiner, row))
        return Grid(
            columns, tuple(rows), row.get("landscape", False), row.get("numbered", False), row.get("label", "PL")
        )

    def row(self, columns: tuple[Column, ...], values: list[Any], joiner: str, table: dict[str, Any]) -> Any:
        if all(column.field == "figure" for column in columns):
            return TaskRow(tuple(values))
        said = {column.field: value for column, value in zip(columns, values, strict=True)}
        charge: dict[str, Any] = {k: _names(said.get(k)) for k in ("lead", "partners")}
        charge["deadline"] = said.get("deadline") or None
        goal: Any = said.get("goal") or None
        goal_rows = 1
        if isinstance(goal, list):  # [text, number of rows it spans]; a row below says [text, 0]
            goal, goal_rows = goal[0] or None, goal[1]
        task = self.task(
            said["task"],
            {**charge, "goal": goal},
            row_no=said.get("no") or None,
            output=said.get("output") or None,
            approver=said.get("approver") or None,
            budget=said.get("budget") or None,
        )
        aims = tuple(_made(Aim, a) for a in table.get("aims", {}).get(said.get("no", ""), ())) if goal_rows else ()
        extra = {k: said.get(k, "") for k in ("watcher", "note")}
        return task_row(columns, task, joiner, aims, goal_rows, extra)


def _names(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def split_number(text: str) -> tuple[str, str]:
    """A printed line -> its number or marker and the rest.

    >>> split_number("II. MỤC TIÊU"), split_number("- Tham mưu"), split_number("Tham mưu")
    (('II.', 'MỤC TIÊU'), ('-', 'Tham mưu'), ('', 'Tham mưu'))
    """
    found = NUMBER.match(text)
    return (found.group(1), text[found.end() :]) if found else ("", text)
