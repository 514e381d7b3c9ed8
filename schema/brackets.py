"""Brackets that a text leaves open: what follows is an aside, or the rest of one."""


def is_bracket_open(text: str) -> bool:
    """Whether the text ends inside a bracket.

    >>> is_bracket_open("đạt 90% (năm 2023"), is_bracket_open("a) Mục tiêu (chung)"), is_bracket_open("85%).")
    (True, False, False)
    """
    return text.count("(") > text.count(")")
