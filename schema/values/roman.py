"""Roman numerals of official texts, up to 39, also as a recogniser reads them."""

import re


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to 39 in its one right spelling; l, | and 1 are read as I.

    >>> roman_value("IV"), roman_value("11"), roman_value("IIII"), roman_value("VX")
    (4, 2, None, None)
    """
    numeral = re.sub(r"[Ll|1]", "I", text)
    if not re.fullmatch(r"X{0,3}(IX|IV|V?I{0,3})", numeral) or not numeral:
        return None
    digits = [{"I": 1, "V": 5, "X": 10}[c] for c in numeral]
    return sum(-d if any(later > d for later in digits[i + 1 :]) else d for i, d in enumerate(digits))


def roman_label(value: int) -> str:
    """1 to 39 in Roman numerals."""
    return "X" * (value // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]
