"""Partings of words whose blanks were lost."""

from hypothesis import given
from hypothesis import strategies as st

from normalize.decoding.readings import Readings
from normalize.decoding.run_together import segments

_KNOWN = {"co": 1.0, "lien": 2.0, "quan": 1.5, "li": 4.0, "en": 4.0, "qua": 3.0, "n": 5.0}


def _read(part: str) -> Readings:
    return Readings(0, 1, _KNOWN[part], poor=False) if part in _KNOWN else Readings(0, 0, 0.0, poor=True)


def test_the_stretches_of_good_partings_are_kept() -> None:
    found = [(one.start, one.end) for one in segments("colienquan", _read, blank=2.0)]
    assert found == [(0, 2), (2, 6), (6, 10)]


def test_a_lost_blank_costs_in_front_of_all_but_the_first() -> None:
    assert [one.cost for one in segments("colien", _read, blank=2.0)] == [0.0, 2.0]


def test_a_run_that_no_parting_reads_has_no_stretches() -> None:
    assert not segments("colienx", _read, blank=2.0)
    assert not segments("", _read, blank=2.0)
    assert not segments("co", _read, blank=2.0)


@given(st.text("colienqua", max_size=24))
def test_every_stretch_is_reached_from_the_beginning(run: str) -> None:
    found = segments(run, _read, blank=2.0)
    ends = {0} | {one.end for one in found}
    assert all(one.start in ends for one in found)
    assert not found or len(run) in ends
