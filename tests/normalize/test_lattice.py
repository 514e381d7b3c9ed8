"""The cheapest way through a lattice."""

import numpy as np
import pytest

from normalize.decoding import language_model as lm
from normalize.decoding.compiled import BOUNDARY_ID
from normalize.decoding.lattice import SILENT, Lattice, boost_table, by_key, cheapest

NO_BOOSTS = boost_table({})


def _word(text: str) -> int:
    return lm.vocabulary().ids[text]


def _lattice(nodes: int, arcs: list[tuple[int, int, int, float]]) -> Lattice:
    start, end, word = (np.array([arc[i] for arc in arcs], np.int64) for i in range(3))
    return Lattice(nodes, start, end, word, np.array([arc[3] for arc in arcs]))


def _chain(choices: list[list[tuple[str, float]]]) -> tuple[Lattice, list[str]]:
    arcs = [(at, at + 1, _word(text), cost) for at, options in enumerate(choices) for text, cost in options]
    return _lattice(len(choices) + 1, arcs), [text for options in choices for text, _ in options]


def test_context_decides_between_readings_of_equal_cost() -> None:
    lattice, texts = _chain([[("hành", 0.0)], [("chỉnh", 0.0), ("chính", 0.0)]])
    path = cheapest(lattice, NO_BOOSTS, BOUNDARY_ID)
    assert [texts[arc] for arc in path.arcs] == ["hành", "chính"]


def test_the_cost_through_an_arc_is_that_of_the_best_path_it_lies_on() -> None:
    lattice, _ = _chain([[("hành", 0.0)], [("chỉnh", 0.0), ("chính", 0.0)]])
    path = cheapest(lattice, NO_BOOSTS, BOUNDARY_ID)
    assert path.through[path.arcs[1]] == pytest.approx(path.cost)
    assert path.through[1] > path.cost


def test_a_boost_turns_the_choice() -> None:
    lattice, texts = _chain([[("phường", 0.5), ("phương", 0.0)]])
    path = cheapest(lattice, boost_table(by_key({("phường",): 12.0})), BOUNDARY_ID)
    assert texts[path.arcs[0]] == "phường"


@pytest.mark.parametrize("words", ["kế hoạch cải cách hành chính nhà nước", "hoạch phường kế chính của , cách"])
def test_a_path_costs_what_its_words_cost_one_after_another(words: str) -> None:
    lattice, _ = _chain([[(word, 0.25)] for word in words.split()])
    expected = lm.sentence_cost(words.split()) + 0.25 * len(words.split())
    assert cheapest(lattice, NO_BOOSTS, BOUNDARY_ID).cost == pytest.approx(expected)


def test_silent_arcs_leave_the_history_alone() -> None:
    lattice = _lattice(3, [(0, 1, _word("cải"), 0.0), (1, 2, SILENT, 1.0)])
    path = cheapest(lattice, NO_BOOSTS, BOUNDARY_ID)
    assert path.history & 0xFFFF == _word("cải")


def test_arcs_may_come_in_any_order() -> None:
    lattice = _lattice(3, [(1, 2, _word("chính"), 0.0), (0, 1, _word("hành"), 0.0), (1, 2, _word("chỉnh"), 0.0)])
    assert cheapest(lattice, NO_BOOSTS, BOUNDARY_ID).arcs.tolist() == [1, 0]
