"""The cheapest way through a lattice."""

import numpy as np
import pytest

from normalize import language_model as lm
from normalize.compiled import BOUNDARY_ID, fill
from normalize.lattice import SILENT, Lattice, cheapest

NO_BOOSTS = np.zeros(1, np.uint64)


def _word(text: str) -> int:
    return lm.vocabulary().ids[text]


def _chain(choices: list[list[tuple[str, float]]]) -> tuple[Lattice, list[str]]:
    lattice, here = Lattice(), 0
    texts: list[str] = []
    for options in choices:
        after = lattice.node()
        for text, cost in options:
            lattice.arc(here, after, _word(text), cost, len(texts))
            texts.append(text)
        here = after
    return lattice, texts


def test_context_decides_between_readings_of_equal_cost() -> None:
    lattice, texts = _chain([[("hành", 0.0)], [("chỉnh", 0.0), ("chính", 0.0)]])
    path = cheapest(lattice, lm.table(), NO_BOOSTS, BOUNDARY_ID)
    assert [texts[lattice.payload[arc]] for arc in path.arcs] == ["hành", "chính"]


def test_the_cost_through_an_arc_is_that_of_the_best_path_it_lies_on() -> None:
    lattice, _ = _chain([[("hành", 0.0)], [("chỉnh", 0.0), ("chính", 0.0)]])
    path = cheapest(lattice, lm.table(), NO_BOOSTS, BOUNDARY_ID)
    assert path.through[path.arcs[1]] == pytest.approx(path.cost)
    assert path.through[1] > path.cost


def test_a_boost_turns_the_choice() -> None:
    lattice, texts = _chain([[("phường", 0.5), ("phương", 0.0)]])
    table = np.zeros(8, np.uint64)
    fill(table, np.array([_word("phường")], np.uint64), np.array([12 * 1024], np.uint64))
    path = cheapest(lattice, lm.table(), table, BOUNDARY_ID)
    assert texts[lattice.payload[path.arcs[0]]] == "phường"


def test_silent_arcs_leave_the_history_alone() -> None:
    lattice = Lattice()
    middle, end = lattice.node(), lattice.node()
    lattice.arc(0, middle, _word("cải"), 0.0, 0)
    lattice.arc(middle, end, SILENT, 1.0, 1)
    path = cheapest(lattice, lm.table(), NO_BOOSTS, BOUNDARY_ID)
    assert path.history & 0xFFFF == _word("cải")
