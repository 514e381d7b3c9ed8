"""A Task and a table's columns -> the row as it is printed."""

from collections.abc import Sequence

from tests.testbed.document import Aim, Column, Task, TaskRow


def printed_money(million: float) -> str:
    """Millions of đồng as Vietnamese print them.

    >>> printed_money(15), printed_money(1250), printed_money(7.5)
    ('15', '1.250', '7,5')
    """
    text = f"{million:,.10g}" if million != int(million) else f"{int(million):,}"
    return text.translate(str.maketrans(",.", ".,"))


def task_row(
    columns: Sequence[Column],
    task: Task,
    joiner: str = "; ",
    aims: tuple[Aim, ...] = (),
    goal_rows: int = 1,
    extra: dict[str, str] | None = None,
    number_spans: bool = False,
) -> TaskRow:
    """The row that prints `task`; `joiner` stands between organisations ("; ", ", ", line break and dash).

    `extra`: what columns of no truth print (watcher, note).
    """
    printed = {
        "no": task.row_no or "",
        "task": task.task,
        "goal": task.goal or "",
        "output": task.output or "",
        "lead": joined(task.lead, joiner),
        "partners": joined(task.partners, joiner),
        "approver": task.approver or "",
        "deadline": task.deadline.text or "",
        "budget": "" if task.budget is None else printed_money(task.budget),
        **(extra or {}),
    }
    return TaskRow(tuple(printed.get(column.field, "") for column in columns), task, aims, goal_rows, number_spans)


def joined(names: Sequence[str], joiner: str) -> str:
    """Names in one cell; where each has a line of its own, every line has the dash.

    >>> joined(["Công an", "Đoàn Thanh niên"], chr(10) + "- ")
    '- Công an\\n- Đoàn Thanh niên'
    """
    if joiner.startswith("\n") and len(names) > 1:
        return joiner.lstrip("\n") + joiner.join(names)
    return joiner.join(names)
