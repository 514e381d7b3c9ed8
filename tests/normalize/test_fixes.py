"""Replaying and composing fixes: what the audit trail promises."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.fixes import Fix, Restored, compose, replay

WORDS = st.text(alphabet="aăâbc đ€1", max_size=6)


@st.composite
def fixes_of(draw: st.DrawFn, raw: str) -> tuple[Fix, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(Fix(a, b, raw[a:b], draw(WORDS), "m", 0.5) for a, b in spans)


@st.composite
def two_rounds(draw: st.DrawFn) -> tuple[str, Sequence[Fix], Sequence[Fix]]:
    raw = draw(st.text(alphabet="abc d1", max_size=20))
    first = draw(fixes_of(raw))
    return raw, first, draw(fixes_of(replay(raw, first)))


@given(two_rounds())
def test_composed_fixes_give_what_both_rounds_give(rounds: tuple[str, Sequence[Fix], Sequence[Fix]]) -> None:
    raw, first, second = rounds
    assert replay(raw, compose(raw, first, second)) == replay(replay(raw, first), second)


def test_the_text_is_what_the_fixes_say() -> None:
    fixes = (Fix(0, 2, "Cc", "Các", "m", 1.0), Fix(2, 2, "", " ", "m", 1.0))
    assert Restored("Cccap", fixes).text == "Các cap"


@pytest.mark.parametrize(
    "fixes",
    [
        (Fix(0, 1, "b", "c", "m", 1.0),),
        (Fix(0, 2, "ab", "c", "m", 1.0), Fix(1, 2, "b", "c", "m", 1.0)),
        (Fix(0, 3, "ab", "c", "m", 1.0),),
        (Fix(2, 1, "", "c", "m", 1.0),),
        (Fix(-1, 3, "c", "c", "m", 1.0),),
        (Fix(3, 4, "", "c", "m", 1.0),),
        (Fix(0, 2, "ab", "c", "m", 1.5),),
    ],
    ids=["not what stands there", "overlapping", "longer", "backwards", "before", "behind", "no probability"],
)
def test_fixes_that_do_not_fit_are_refused(fixes: tuple[Fix, ...]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        replay("abc", fixes)
