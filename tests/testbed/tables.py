"""Made-up appendix tables: any columns in any order, section rows or none, goals that span rows."""

from tests.testbed.aims import goal_cell
from tests.testbed.chance import Dice, pool
from tests.testbed.document import Aim, Column, Grid, SectionRow, Task, TaskRow
from tests.testbed.office import Office, agency
from tests.testbed.rows import task_row
from tests.testbed.times import made_deadline

WIDTHS = {
    "no": 0.5,
    "task": 3.0,
    "goal": 1.6,
    "output": 1.4,
    "lead": 1.5,
    "partners": 1.6,
    "approver": 1.1,
    "watcher": 1.2,
    "deadline": 1.15,
    "budget": 0.85,
    "note": 0.7,
}
OPTIONAL = {
    "goal": 0.3,
    "output": 0.6,
    "partners": 0.85,
    "approver": 0.12,
    "watcher": 0.15,
    "budget": 0.25,
    "note": 0.35,
}
ORDERS = (
    ("no", "task", "output", "lead", "partners", "approver", "watcher", "deadline", "budget", "note"),
    ("no", "task", "lead", "partners", "deadline", "output", "approver", "budget", "watcher", "note"),
    ("no", "goal", "task", "output", "lead", "partners", "approver", "deadline", "budget", "watcher", "note"),
    ("no", "task", "goal", "output", "deadline", "lead", "partners", "watcher", "approver", "budget", "note"),
    ("no", "task", "deadline", "lead", "partners", "output", "budget", "approver", "watcher", "note"),
)
GOAL_FIRST = (
    ORDERS[2],
    ("no", "goal", "task", "lead", "partners", "deadline", "output", "approver", "budget", "watcher", "note"),
    ("no", "goal", "task", "output", "deadline", "lead", "partners", "approver", "budget", "watcher", "note"),
)
JOINERS = ("; ", ", ", "\n- ", "; ")
WATCHERS = ("Chủ tịch UBND", "Phó Chủ tịch UBND phụ trách", "Chánh Văn phòng", "Trưởng ban chỉ đạo")


def made_grid(dice: Dice, office: Office, first: int, last: int, landscape: bool, merged: bool = False) -> Grid:
    """A table of the tasks of a plan that covers the years `first` to `last`.

    merged: goals stand left of the tasks and mostly span several, the row numbers with them as a rule.
    """
    columns = _columns(dice, landscape, merged)
    fields = {c.field for c in columns}
    maker = _Rows(dice, office, columns, (first, last), numbers_span=merged and dice.chance(0.7))
    rows: list[SectionRow | TaskRow] = []
    areas = dice.some(list(pool("tasks")), 3, 7)
    sections = dice.chance(0.75)
    numbers = dice.one(("I II III IV V VI VII", "I II III IV V VI VII", "A B C D E F G")).split()
    for number, area in zip(numbers, [a for a in pool("tasks") if a in areas], strict=False):
        if sections:
            rows.append(SectionRow(number, dice.one(pool("tasks")[area]["heading"]), area))
        rows += maker.rows(sections, area, "goal" in fields)
    return Grid(columns, tuple(rows), landscape, dice.chance(0.12))


def _columns(dice: Dice, landscape: bool, merged: bool) -> tuple[Column, ...]:
    order = dice.one(GOAL_FIRST if merged else ORDERS)
    room = 9 if landscape else 7
    always = ("no", "task", "lead", "deadline", *(("goal",) if merged else ()))
    asked = [f for f in order if f in always or dice.chance(OPTIONAL.get(f, 0))]
    while len(asked) > room:
        left_out = ("note", "watcher", "approver", "budget", "goal", "output")
        asked.remove(next(f for f in left_out if f in asked and f not in always))
    headers = pool("headers")
    pair = {f: dice.one(headers["over"]) for f in ("lead",)} if "partners" in asked and dice.chance(0.2) else {}
    together = abs(asked.index("lead") - asked.index("partners")) == 1 if "partners" in asked else False
    over = pair.get("lead") if together else None
    shout = dice.chance(0.25)
    return tuple(
        Column(
            f,
            dice.one(headers[f]).upper() if shout else dice.one(headers[f]),
            WIDTHS[f] * (1.45 if f == "no" and not landscape and len(asked) > 6 else 1),
            over if f in ("lead", "partners") else None,
        )
        for f in asked
    )


class _Rows:
    """Rows of one table, numbered through or anew in each section. numbers_span: each goal has a number, no task."""

    def __init__(
        self, dice: Dice, office: Office, columns: tuple[Column, ...], years: tuple[int, int], *, numbers_span: bool
    ) -> None:
        self.dice, self.office, self.columns, self.years = dice, office, columns, years
        self.joiner = dice.one(JOINERS)
        self.anew = dice.chance(0.3)
        self.fields = {c.field for c in columns}
        self.numbers_span = numbers_span
        self.number = 0

    def rows(self, in_section: bool, area: str, goals: bool) -> list[TaskRow]:
        if self.anew and in_section:
            self.number = 0
        made: list[TaskRow] = []
        left = self.dice.number(2, 5)
        while left > 0:
            span = min(left, self.dice.weighted({1: 3.0, 2: 2.0, 3: 1.0})) if goals else 1
            goal, aims = goal_cell(self.dice) if goals else (None, ())
            made += [self.row(area, goal, aims if n == 0 else (), span if n == 0 else 0) for n in range(span)]
            left -= span
        return made

    def row(self, area: str, goal: str | None, aims: tuple[Aim, ...], goal_rows: int) -> TaskRow:
        dice, fields = self.dice, self.fields
        self.number += 1 if goal_rows or not self.numbers_span else 0
        text, output = dice.fresh(pool("tasks")[area]["tasks"])
        time = made_deadline(dice, *self.years)
        task = Task(
            task=text.format(n=dice.number(2, 9), y=self.years[0]),
            lead=(self.agency("own"),),
            partners=self.partners() if "partners" in fields else (),
            deadline=time,
            output=output if "output" in fields and dice.chance(0.9) else None,
            goal=goal,
            approver=dice.one(("UBND", "Chủ tịch UBND", "HĐND")) if "approver" in fields else None,
            budget=float(dice.number(1, 90) * 5) if "budget" in fields and dice.chance(0.5) else None,
            row_no=str(self.number),
            area=area,
        )
        extra = {"watcher": dice.one(WATCHERS), "note": dice.one(("", "", "", "Việc mới", "Làm tiếp năm trước"))}
        return task_row(self.columns, task, self.joiner, aims, goal_rows, extra, self.numbers_span)

    def agency(self, kind: str) -> str:
        return agency(self.dice.one(pool("agencies")[self.office.agencies][kind]), self.office)

    def partners(self) -> tuple[str, ...]:
        pools = pool("agencies")[self.office.agencies]
        count = self.dice.weighted({0: 0.1, 1: 0.5, 2: 0.3, 3: 0.1})
        names = [agency(n, self.office) for n in self.dice.some(pools["others"], count, count)] if count else []
        return tuple(names)
