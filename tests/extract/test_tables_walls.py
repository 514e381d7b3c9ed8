"""Walls of a grid: faint and worn rules count, strokes of letters and merged cells do not."""

import numpy as np
import pytest

from benchmarks.drawn_tables import Rules, draw_page
from benchmarks.worn_sheets import Damage
from extract.engines import Layout, SeenWord
from extract.image.cleaning import clean, deskew
from extract.raster import Gray
from extract.recognise import read_upright
from extract.tables.faint_rules import is_faint_rule
from extract.tables.grids import find_grids
from extract.tables.rulings import Piece, Ruling
from extract.tables.walls import Edge, is_between_letters, is_broken_rule, is_unbroken, is_wall

MILLIMETRE = 10.0


def down(*stretches: tuple[float, float]) -> Edge:
    """An edge with one rule of these stretches of ink."""
    return Edge((Ruling(False, tuple(Piece(start, end, 50, 50, 3) for start, end in stretches)),))


@pytest.mark.parametrize(
    ("edge", "ruled"),
    [
        (down((0, 100)), True),
        (down((0, 10)), False),  # the corner of a merged cell
        (down((-100, 40)), True),  # comes in from the next cell and is worn out half way
        (down((60, 104)), False),  # strokes of letters in a row: they do not go on in the next cell
    ],
)
def test_a_side_is_ruled_by_what_lies_on_it(edge: Edge, ruled: bool) -> None:
    assert is_wall(edge, 0, 100, MILLIMETRE, None) is ruled


@pytest.mark.parametrize(
    ("dark", "ruled"),
    [
        ([(0, 100)], True),
        ([(0, 20)], True),  # a stub at the crossing rule, paper beyond
        ([(40, 70)], False),  # a letter
        ([(10, 48), (52, 90)], False),  # the bars of "STT", which fill a narrow cell and touch neither of its rules
        ([(30, 100)], True),
        ([(0, 20), (50, 70)], False),  # print that touches the rule
        ([], False),
    ],
)
def test_a_faint_rule_is_longer_than_a_stroke_or_hangs_on_a_crossing_one(
    dark: list[tuple[int, int]], ruled: bool
) -> None:
    line = np.zeros((1, 100), np.bool_)
    for start, end in dark:
        line[0, start:end] = True
    assert is_faint_rule(line, MILLIMETRE) is ruled


@pytest.mark.parametrize("seed", [8, 18])
def test_section_rows_belong_to_a_table_without_rules_at_its_sides(seed: int) -> None:
    page = draw_page(seed, "light", Rules.OPEN, shape="sections")
    grids = find_grids(deskew(clean(page.image))[0], page.dpi)
    assert [{(c.row, c.col, c.rowspan, c.colspan) for c in g.cells} for g in grids] == [set(page.table.spans)]


@pytest.mark.parametrize(
    ("print_above", "print_below", "between"),
    [
        ((0, 0), (0, 0), False),  # a rule in white paper
        ((0, 100), (0, 0), False),  # print hugs one side of a rule
        ((20, 60), (20, 60), True),  # a letter's stroke amid its neighbours
        ((0, 40), (60, 100), False),  # print of two lines, on either side of a rule
    ],
)
def test_a_stroke_amid_letters_is_no_rule(
    print_above: tuple[int, int], print_below: tuple[int, int], between: bool
) -> None:
    page = np.full((100, 100), 255, np.uint8)
    page[49:52] = 0
    page[40:46, slice(*print_above)] = page[55:61, slice(*print_below)] = 30
    edge = Edge((Ruling(True, (Piece(0, 100, 50, 50, 3),)),))
    assert is_between_letters(page, edge, 0, 100, MILLIMETRE) is between


def ruled_in_part(*stretches: tuple[int, int]) -> tuple[Gray, Edge]:
    """A page with a rule across from 100 to 200, known there alone, and these stretches of ink before it."""
    page = np.full((100, 200), 255, np.uint8)
    for start, end in (*stretches, (100, 200)):
        page[49:52, start:end] = 0
    return page, Edge((Ruling(True, (Piece(100, 200, 50, 50, 3),)),))


@pytest.mark.parametrize(
    ("stretches", "unbroken"),
    [
        ([(0, 100)], True),
        ([(0, 60), (61, 100)], True),
        ([(15, 85)], False),  # letters keep from the crossing rules
        ([(0, 40), (70, 100)], False),
        ([(0, 55)], True),  # the rest of it is worn off
        ([], False),
    ],
)
def test_ink_from_rule_to_rule_is_a_rule_that_was_not_found(stretches: list[tuple[int, int]], unbroken: bool) -> None:
    assert is_unbroken(*ruled_in_part(*stretches), 0, 100, MILLIMETRE) is unbroken


@pytest.mark.parametrize(
    ("stretches", "broken"),
    [
        ([(0, 70)], True),
        ([(30, 80)], False),
        ([(7, 13), (17, 45)], False),  # the hook and the bowl of a letter under a rule
    ],
)
def test_what_is_left_of_a_broken_rule_hangs_on_a_crossing_one(stretches: list[tuple[int, int]], broken: bool) -> None:
    assert is_broken_rule(*ruled_in_part(*stretches), 0, 100, MILLIMETRE) is broken


class _Blind:
    """An engine that reads nothing."""

    name = "blind"

    def read(self, gray: Gray, dpi: int, layout: Layout) -> tuple[SeenWord, ...]:  # noqa: ARG002 (as engines are called)
        return ()


def test_light_grey_rules_make_a_table_on_the_page_as_read() -> None:
    page = draw_page(8, Damage(dpi=(200,), rule_gray=205, noise=2), Rules.ALL)
    tables = read_upright(deskew(clean(page.image))[0], page.dpi, _Blind()).tables
    assert [{(c.row, c.col, c.rowspan, c.colspan) for c in t.cells} for t in tables] == [set(page.table.spans)]
