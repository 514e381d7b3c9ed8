"""The words beside which names stand: the table's own examples."""

import pytest

from normalize.names.contexts import contexts, is_signing


@pytest.mark.parametrize("line", contexts().signing.examples)
def test_an_office_in_capitals_signs(line: str) -> None:
    assert is_signing(line)


@pytest.mark.parametrize("line", contexts().signing.counter_examples)
def test_other_lines_sign_nothing(line: str) -> None:
    assert not is_signing(line)
