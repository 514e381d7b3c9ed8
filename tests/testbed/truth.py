"""A File -> what a reader should find in it: plan, legal bases, targets, assignments."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from tests.testbed.document import Aim, Basis, Block, Deadline, File, Grid, Heading, Part, Plan, SectionRow, Task, Text

Json = dict[str, object]


@dataclass
class _Outline:
    """The headings that stand above the sentence being read: (level, number, text, area)."""

    stack: list[Heading] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        while self.stack and self.stack[-1].level >= heading.level:
            self.stack.pop()
        self.stack.append(heading)

    @property
    def path(self) -> str:
        return ".".join(number for h in self.stack if (number := plain_number(h.number)))

    @property
    def group(self) -> str | None:
        return self.stack[-1].text.rstrip(":") if self.stack else None

    @property
    def row_no(self) -> str | None:
        return next((n for h in reversed(self.stack) if h.level > 1 and (n := plain_number(h.number))), None)

    @property
    def area(self) -> str | None:
        return next((h.area for h in reversed(self.stack) if h.area), None)


def plain_number(number: str) -> str:
    """The printed number without the stop behind it.

    >>> plain_number("II."), plain_number("1.2."), plain_number("(2)"), plain_number("a)")
    ('II', '1.2', '(2)', 'a')
    """
    bare = number.strip()
    return bare if bare.startswith("(") else bare.rstrip(".)")


def truth_of(file: File) -> Json:
    """The truth of a file; no plan: `plan` None and empty lists; several: `plan` is the first, `plans` all."""
    found = [_plan_truth(file, plan) for plan in file.plans]
    rows: Json = {"plan": found[0]["plan"] if found else None}
    for table in ("legal_bases", "targets", "assignments"):
        rows[table] = [row for one in found for row in one[table]]  # type: ignore[attr-defined]  # lists by construction
    if len(found) > 1:
        rows["plans"] = [one["plan"] for one in found]
    return rows


def _plan_truth(file: File, plan: Plan) -> Json:
    parts = file.parts[plan.first_part : plan.last_part + 1]
    fields = {k: v for k, v in asdict(plan).items() if not k.endswith("_part")}
    bases: list[Json] = []
    targets: list[Json] = []
    tasks: list[Json] = []
    for part in parts:
        outline = _Outline()
        for block in (*part.blocks, *part.tail):
            bases.extend(_bases(block))
            _read_block(block, outline, targets, tasks)
    return {"plan": fields, "legal_bases": bases, "targets": targets, "assignments": tasks}


def _bases(block: Block) -> Iterator[Json]:
    if isinstance(block, Text):
        yield from (asdict(basis) for basis in block.bases)


def _read_block(block: Block, outline: _Outline, targets: list[Json], tasks: list[Json]) -> None:
    if isinstance(block, Heading):
        if not block.centred:
            outline.enter(block)
    elif isinstance(block, Text):
        section = ".".join(filter(None, (outline.path, plain_number(block.marker).strip("-+*"))))
        targets.extend(_target(aim, block.text, section, outline.area) for aim in block.aims)
        tasks.extend(
            _assignment(task, "narrative", task.row_no or outline.row_no, outline.group, task.area or outline.area)
            for task in block.tasks
        )
    elif isinstance(block, Grid):
        _read_grid(block, targets, tasks)


def _read_grid(grid: Grid, targets: list[Json], tasks: list[Json]) -> None:
    group: str | None = None
    area: str | None = None
    section = grid.label
    for row in grid.rows:
        if isinstance(row, SectionRow):
            group, area, section = row.text, row.area, f"{grid.label}.{plain_number(row.number)}"
            continue
        goal = row.task.goal if row.task and row.task.goal else ""
        number = row.task.row_no if row.task else None
        targets.extend(_target(aim, goal, f"{section}.{number}" if number else section, area) for aim in row.aims)
        if row.task:
            tasks.append(_assignment(row.task, "table", number, group, row.task.area or area))


def _target(aim: Aim, text: str, section: str, area: str | None) -> Json:
    return {
        "section": section,
        "area": area,
        "text": aim.text or text,
        "comparator": aim.comparator,
        "value": aim.value,
        "unit": aim.unit,
        "deadline_start": aim.start,
        "deadline_end": aim.end,
    }


def _assignment(task: Task, origin: str, row_no: str | None, group: str | None, area: str | None) -> Json:
    time: Deadline = task.deadline
    return {
        "origin": origin,
        "row_no": row_no,
        "group": group,
        "area": area,
        "goal": task.goal,
        "task": task.task,
        "output": task.output,
        "lead": list(task.lead),
        "partners": list(task.partners),
        "approver": task.approver,
        "deadline_text": time.text,
        "deadline_start": time.start,
        "deadline_end": time.end,
        "recurrence": time.recurrence,
        "budget_million_vnd": task.budget,
    }


def bases_of(part: Part) -> tuple[Basis, ...]:
    """Every ground a part cites, in order."""
    return tuple(b for block in part.blocks if isinstance(block, Text) for b in block.bases)
