"""Readings of one line put together: blanks stay where they part words and go with specks that stood alone."""

import pytest

from normalize.assembly import assemble
from normalize.fixes import Fix
from normalize.letters import ToneStyle


def dropped(raw: str, *signs: str) -> list[Fix]:
    """Fixes that drop each of these signs, from left to right."""
    out, at = [], 0
    for sign in signs:
        at = raw.index(sign, at)
        out.append(Fix(at, at + len(sign), sign, "", "specks", 0.9))
        at += len(sign)
    return out


@pytest.mark.parametrize(
    ("raw", "signs", "text"),
    [
        ("HÀ _CỘNG", ("_",), "HÀ CỘNG"),
        ("HÀ _ CỘNG", ("_",), "HÀ CỘNG"),
        ("HÀ ~ _CỘNG", ("~", "_"), "HÀ CỘNG"),
        ("HÀ ~_CỘNG", ("~", "_"), "HÀ CỘNG"),
        ("~ HÀ CỘNG", ("~",), "HÀ CỘNG"),
        ("kế hoạch ~.", ("~",), "kế hoạch."),
        ("kế hoạch ~", ("~",), "kế hoạch"),
    ],
)
def test_a_dropped_speck_leaves_one_blank_between_words(raw: str, signs: tuple[str, ...], text: str) -> None:
    assert assemble(raw, dropped(raw, *signs), next(iter(ToneStyle))).text == text
