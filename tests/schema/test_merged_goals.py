"""Run-together tables whose goals, and the row numbers with them, span several rows."""

import textwrap
from dataclasses import dataclass

import pytest

from schema.outline.blocks import LineRef
from schema.records import AssignmentRow
from schema.run_together.known_cells import Run, tokens_of
from schema.run_together.merged_goals import with_goals
from schema.run_together.table_measures import measured
from schema.run_together.text_rows import Layout, UntangledRow
from schema.tables.columns import Field
from tests.schema.test_rows_from_text import read

LAYOUT = Layout((Field.GOAL, Field.TASK), numbered=True, inside=False, merged=True)
NO_WORDS: Run = ()


@dataclass(frozen=True)
class Row:
    """A row of some lines. at: on which of them its words of a goal stand; goes_on: after those of the row above."""

    lines: int
    goal: str = ""
    at: tuple[int, int] | None = None
    goes_on: bool = False
    number: str = ""


def untangled(rows: list[Row]) -> list[UntangledRow]:
    refs = iter(range(100))
    return [
        UntangledRow(
            row.number,
            (tokens_of(row.goal) if row.goal else NO_WORDS, tokens_of("Rà soát")),
            (),
            tuple(LineRef(0, next(refs)) for _ in range(row.lines)),
            1.0,
            goal_at=row.at,
            goes_on=row.goes_on,
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("rows", "goals", "numbers"),
    [
        pytest.param(
            [Row(3), Row(3, "90% hồ sơ", (1, 1), number="1"), Row(3), Row(2, "Bộ máy gọn", (0, 1), number="2")],
            ["90% hồ sơ", "90% hồ sơ", "90% hồ sơ", "Bộ máy gọn"],
            ["1", "1", "1", "2"],
            id="amid its three rows",
        ),
        pytest.param(
            [Row(3, "90% hồ sơ", (0, 1), number="1"), Row(3), Row(4, "Bộ máy gọn", (0, 0), number="2"), Row(3)],
            ["90% hồ sơ", "90% hồ sơ", "Bộ máy gọn", "Bộ máy gọn"],
            ["1", "1", "2", "2"],
            id="at the top of its rows",
        ),
        pytest.param(
            [Row(2, "90% hồ", (1, 1)), Row(2, "sơ", (0, 0), goes_on=True), Row(6), Row(3, "Bộ máy gọn", (1, 1))],
            ["90% hồ sơ", "90% hồ sơ", "", "Bộ máy gọn"],
            ["", "", "", ""],
            id="over the border of two rows, and one row without a goal",
        ),
        pytest.param(
            [Row(3, "90% hồ sơ", (1, 1), number="1"), Row(3, "Bộ máy gọn", (1, 1), number="2")],
            ["90% hồ sơ", "Bộ máy gọn"],
            ["1", "2"],
            id="one row each",
        ),
    ],
)
def test_a_goal_is_handed_to_the_rows_amid_or_above_which_it_stands(
    rows: list[Row], goals: list[str], numbers: list[str]
) -> None:
    found = with_goals(untangled(rows), LAYOUT)
    assert [" ".join(token.text for token in row.cells[0]) for row in found] == goals
    assert [row.number for row in found] == numbers


def test_goals_of_a_table_without_merged_cells_stay_in_their_rows() -> None:
    rows = untangled([Row(3), Row(3, "90% hồ sơ", (1, 1)), Row(3)])
    plain = Layout((Field.GOAL, Field.TASK), numbered=True, inside=False)
    assert with_goals(rows, plain) == tuple(rows)


def test_the_width_of_a_column_shows_although_many_rows_are_torn() -> None:
    spans = [20, 21, 21, 22, 20, 21, 19, 38, 44, 57, 12, 61, 8]
    rows = [
        UntangledRow("1", (tokens_of(f"Hồ sơ {'đẹp ' * at}"), NO_WORDS), (), (), 1.0, wraps=((2, span), (0, 0)))
        for at, span in enumerate(spans)
    ]
    widths = measured(rows, LAYOUT).widths
    assert widths and 20 <= widths[0] <= 22


GROUPS = [
    ("Trên 80% hồ sơ được nộp qua mạng trong năm", [
        ("Xây dựng kế hoạch tuyên truyền cải cách hành chính trên địa bàn xã", "Văn phòng HĐND và UBND", "Quý I"),
        ("Thực hiện số hóa hồ sơ, kết quả giải quyết thủ tục hành chính", "Công an xã", "Thường xuyên"),
    ]),
    ("Tối thiểu 90% người dân hài lòng về phục vụ", [
        ("Tổ chức đối thoại với người dân, doanh nghiệp về thủ tục hành chính", "Công an xã", "Quý II"),
        ("Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa", "Văn phòng HĐND và UBND", "Thường xuyên"),
        ("Kiểm tra việc chấp hành kỷ luật, kỷ cương của cán bộ, công chức", "Công an xã", "Quý III"),
    ]),
    ("100% văn bản được rà soát đúng hạn", [
        ("Rà soát, hệ thống hóa văn bản quy phạm pháp luật do xã ban hành", "Công chức Tư pháp", "Quý IV"),
        ("Tổ chức phổ biến, giáo dục pháp luật cho người dân tại các thôn", "Công chức Tư pháp", "Thường xuyên"),
    ]),
]  # fmt: skip


def merged_lines() -> list[str]:
    """The groups as an engine reads them across the columns: each goal and number amid the height of its rows."""
    out = ["STT Mục tiêu Nhiệm vụ Cơ quan chủ trì Thời gian"]
    for number, (goal, rows) in enumerate(GROUPS, 1):
        lines: list[str] = []
        for row in rows:
            cells = [textwrap.wrap(text, width) for text, width in zip(row, (30, 14, 12), strict=True)]
            lines += [" ".join(cell[at] for cell in cells if at < len(cell)) for at in range(max(map(len, cells)))]
        left = textwrap.wrap(goal, 18)
        top = (len(lines) - len(left)) // 2
        for at, words in enumerate(left):
            mark = f"{number} " if at == len(left) // 2 else ""
            lines[top + at] = f"{mark}{words} {lines[top + at]}"
        out += lines
    return out


def test_most_rows_below_a_merged_goal_come_out_with_it() -> None:
    found: tuple[AssignmentRow, ...] = read(merged_lines())
    printed = [(goal, task) for goal, rows in GROUPS for task, _, _ in rows]
    assert len(found) == len(printed)
    assert sum((row.goal, row.task) == want for row, want in zip(found, printed, strict=True)) >= len(printed) - 2
