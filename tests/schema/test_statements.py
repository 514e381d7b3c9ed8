"""A text of aims -> statements, where the text is no sentence that anybody wrote."""

from schema.narrative.statements import read_statements


def test_a_page_that_was_read_as_one_sentence_is_parted_and_nothing_is_lost() -> None:
    pieces = ["Rà soát hồ sơ", *["đúng quy định"] * 400]
    whole, parted = read_statements("; ".join(pieces[:4])), read_statements("; ".join(pieces))
    assert len(whole) == 1
    assert len(parted) > 1
    assert "; ".join(statement.text for statement in parted) == "; ".join(pieces)
