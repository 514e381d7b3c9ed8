"""Row numbers that the rows around them prove: a misread "l" before "2" is 1, a lost one between 4 and 6 is 5."""

from collections.abc import Sequence

_LOOKALIKES = str.maketrans(
    {"l": "1", "I": "1", "|": "1", "i": "1", "!": "1", "O": "0", "o": "0", "S": "5", "B": "8", "Z": "2"}
)
"""Letters that engines read for digits of a number that stands alone in its cell."""


def proven_numbers(numbers: Sequence[str], opens: Sequence[bool] = ()) -> tuple[str, ...]:
    """The row numbers of one table in order, mended only where both neighbours agree on what must stand there.

    numbers: as printed, "" where none was read. opens: whether a row is the first under a heading, where counting may
    begin anew; left out, only the first row of all is. What is not proven, or no plain count ("2.1", "a"), stays.

    >>> proven_numbers(["l", "2", "", "4", "S"])
    ('1', '2', '3', '4', '5')
    >>> proven_numbers(["1", "", ""]), proven_numbers(["7", "", "9"], [True, False, True])
    (('1', '', ''), ('7', '', '9'))
    """
    first = [bool(index < len(opens) and opens[index]) or index == 0 for index in range(len(numbers))]
    return tuple(_proven(numbers, first, index) for index in range(len(numbers)))


def _proven(numbers: Sequence[str], first: Sequence[bool], index: int) -> str:
    number = numbers[index]
    if number.isdigit():
        return number
    before = None if first[index] else _count(numbers[index - 1])
    last = index + 1 == len(numbers) or first[index + 1]
    after = None if last else _count(numbers[index + 1])
    expected = {value for value in (_next(before), after and after - 1) if value}
    looks = number.translate(_LOOKALIKES)
    if number and looks.isdigit():
        return looks if int(looks) in expected else number
    proven = not number and before is not None and after is not None and len(expected) == 1
    return str(expected.pop()) if proven else number


def _count(number: str) -> int | None:
    return int(number) if number.isdigit() and len(number) < 4 else None


def _next(count: int | None) -> int | None:
    return None if count is None else count + 1
