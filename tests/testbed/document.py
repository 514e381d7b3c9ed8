"""What a made document says: the content before any layout, with its truth beside each sentence.

A `File` holds one or more `Part`s printed one after another (a decision, the plan it promulgates, its appendix)
and says which plans a reader should find in it. Dates are ISO strings as in the truth files.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Basis:
    """An instrument cited as a ground; `number` is the name for a law."""

    instrument: str
    number: str
    date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Aim:
    """One number that is itself an aim. `text`: the sentence that states it (None: the paragraph it stands in)."""

    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    start: str | None = None
    end: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Deadline:
    """A time as printed, the days it spans (None: open) and how often it comes again."""

    text: str | None = None
    start: str | None = None
    end: str | None = None
    recurrence: str | None = None


@dataclass(frozen=True)
class Task:
    """What is laid on somebody. `row_no` None: the number of the item or table row it stands in."""

    task: str
    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    deadline: Deadline = Deadline()
    output: str | None = None
    goal: str | None = None
    approver: str | None = None
    budget: float | None = None
    row_no: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Heading:
    """A numbered or bare heading. `level` 1 is the outermost; `centred` headings are titles of an appendix."""

    text: str
    number: str = ""
    level: int = 1
    area: str | None = None
    centred: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph with the marker printed before it ("-", "+", "a)", "") and what it states."""

    text: str
    marker: str = ""
    bases: tuple[Basis, ...] = ()
    aims: tuple[Aim, ...] = ()
    tasks: tuple[Task, ...] = ()
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Column:
    """One column of an appendix table.

    `field`: no, task, goal, output, lead, partners, approver, watcher, deadline, budget, note, or figure (a table of
    figures, whose rows lay nothing on anybody). `over`: the upper header that it shares with its neighbours, where the
    header has two levels. `width`: a share, any unit.
    """

    field: str
    header: str
    width: float
    over: str | None = None


@dataclass(frozen=True)
class SectionRow:
    """A row that heads those below it: number and title, the title spanning the rest of the table."""

    number: str
    text: str
    area: str | None = None


@dataclass(frozen=True)
class TaskRow:
    """One row. `cells`: what is printed, one for each column. `goal_rows`: rows its goal spans, 0 where covered.

    `number_spans`: its number counts goals and spans as many rows.
    """

    cells: tuple[str, ...]
    task: Task | None = None
    aims: tuple[Aim, ...] = ()
    goal_rows: int = 1
    number_spans: bool = False


@dataclass(frozen=True)
class Grid:
    """A ruled table. `landscape`: as wide as a turned page. `numbered`: a row "(1) (2) (3)" below the header.

    `label`: how the truth names its sections.
    """

    columns: tuple[Column, ...]
    rows: tuple[SectionRow | TaskRow, ...]
    landscape: bool = False
    numbered: bool = False
    label: str = "PL"


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page, landscape or not."""

    landscape: bool = False


Block = Heading | Text | Grid | Break


@dataclass(frozen=True)
class Letterhead:
    """The two columns at the top: `body` is printed in bold under `above`. `place` and `date` stand on the right."""

    body: str
    above: str | None
    number: str
    place: str
    date: str
    subject: str | None = None


@dataclass(frozen=True)
class Signature:
    """`lines`: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"; `name` is None where nobody is named."""

    lines: tuple[str, ...]
    name: str | None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One printed document. `kind`: the word in the middle ("KẾ HOẠCH"); `note`: the line in brackets below the title.

    `tail`: what is printed behind the signature (an appendix).
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    note: str | None = None
    signature: Signature | None = None
    tail: tuple[Block, ...] = field(default=())


@dataclass(frozen=True)
class Plan:
    """The fields of one plans row. `first_part`, `last_part`: where in the file it stands, from 0."""

    doc_type: str
    doc_number: str | None
    issued_date: str | None
    issued_place: str | None
    issuer: str | None
    issuer_level: str | None
    issuer_name: str | None
    parent_unit: str | None
    province: str | None
    title: str
    period_start: str | None
    period_end: str | None
    signer_name: str | None
    signer_title: str | None
    first_part: int = 0
    last_part: int = 0


@dataclass(frozen=True)
class File:
    """A file to be made. `plans` is empty for what is no plan (a report, a letter, a form)."""

    name: str
    parts: tuple[Part, ...]
    plans: tuple[Plan, ...] = ()
