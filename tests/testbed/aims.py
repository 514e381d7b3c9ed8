"""Sentences that state an aim, with the aims they state."""

from tests.testbed.chance import Dice, pool
from tests.testbed.document import Aim, Text

COMPARED = {"Tối thiểu": ">=", "Ít nhất": ">=", "Trên": ">", "Đạt": "=", "": "=", "Phấn đấu": "="}


def made_aim(dice: Dice, marker: str, first: int, last: int) -> Text:
    """One numbered sentence of the section on targets."""
    shapes = (_share, _share, _share, _two_shares, _rate, _rate_upward, _count, _low, _yearly, _compared, _wordless)
    text, aims = dice.one(shapes)(dice, dice.number(first, last))
    return Text(text, marker, aims=aims)


def goal_cell(dice: Dice) -> tuple[str, tuple[Aim, ...]]:
    """What a goal cell says: a figure more often than not."""
    if dice.chance(0.35):
        return dice.fresh(pool("aims")["goal_without"]), ()
    value = _percent(dice)
    word, sign = dice.one((("", "="), ("Trên ", ">"), ("Tối thiểu ", ">="), ("Đạt ", "=")))
    return f"{word}{value}% {dice.fresh(pool('aims')['goal'])}", (Aim(value, "%", sign),)


def _percent(dice: Dice) -> int:
    return dice.one((100, 100, 98, 95, 90, 85, 80, 75, 70, 65, 60, 55, 50, 45, 40, 35, 30, 25))


def _until(dice: Dice, year: int) -> tuple[str, str | None]:
    if dice.chance(0.6):
        return "", None
    return dice.one(
        (
            (f"Đến hết năm {year}", f"{year}-12-31"),
            (f"Đến năm {year}", f"{year}-12-31"),
            (f"Đến ngày 30/6/{year}", f"{year}-06-30"),
            (f"Đến hết quý III năm {year}", f"{year}-09-30"),
        )
    )


def _opened(dice: Dice, year: int, rest: str) -> tuple[str, str | None]:
    """A sentence with or without its time in front."""
    time, end = _until(dice, year)
    return (f"{time}, {rest[0].lower()}{rest[1:]}" if time else f"{rest[0].upper()}{rest[1:]}"), end


def _share(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    value, word = _percent(dice), dice.one(list(COMPARED))
    text, end = _opened(dice, year, f"{word} {value}% {dice.fresh(pool('aims')['share'])}.".strip())
    return text, (Aim(value, "%", COMPARED[word], end=end),)


def _two_shares(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    value, part = _percent(dice), dice.number(1, 4) * 5
    text, end = _opened(dice, year, f"Tối thiểu {value}% {dice.fresh(pool('aims')['share'])}")
    inner = f"trong đó {part}% ở khu vực vùng xa."
    # Each clause states its own aim; the second names no time.
    return f"{text}, {inner}", (Aim(value, "%", ">=", end=end, text=text), Aim(part, "%", "=", text=inner))


def _rate(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    value = _percent(dice) - dice.one((0, 0.5, 2))
    word, sign = dice.one((("đạt", "="), ("đạt tối thiểu", ">="), ("đạt trên", ">"), ("đạt ít nhất", ">=")))
    shown = f"{value:g}".replace(".", ",")
    text, end = _opened(dice, year, f"{dice.fresh(pool('aims')['rate'])} {word} {shown}%.")
    return text, (Aim(value, "%", sign, end=end),)


def _rate_upward(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    value = _percent(dice) - 3
    text, end = _opened(dice, year, f"{dice.fresh(pool('aims')['rate'])} đạt từ {value}% trở lên.")
    return text, (Aim(value, "%", ">=", end=end),)


def _count(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    unit, what = dice.fresh(pool("aims")["count"])
    value = dice.number(1, 9)
    text, end = _opened(dice, year, f"Có ít nhất {value:02} {unit} {what}.")
    return text, (Aim(value, unit, ">=", end=end),)


def _low(dice: Dice, _year: int) -> tuple[str, tuple[Aim, ...]]:
    value = dice.number(1, 4)
    word, sign = dice.one((("dưới", "<"), ("không quá", "<=")))
    return f"{dice.fresh(pool('aims')['low'])} {word} {value}%.", (Aim(value, "%", sign),)


def _yearly(dice: Dice, _year: int) -> tuple[str, tuple[Aim, ...]]:
    value = dice.number(2, 6) * 5
    rate = dice.fresh(pool("aims")["rate"])
    return f"{rate} mỗi năm tăng tối thiểu {value}%.", (Aim(value, "%", ">="),)


def _compared(dice: Dice, year: int) -> tuple[str, tuple[Aim, ...]]:
    value = dice.number(2, 12)
    word, sign = dice.one((("tăng", "increase"), ("giảm", "decrease")))
    subject = dice.fresh(pool("aims")["rate" if sign == "increase" else "low"])
    return f"{subject} {word} {value}% so với năm {year - 1}.", (Aim(value, "%", sign),)


def _wordless(dice: Dice, _year: int) -> tuple[str, tuple[Aim, ...]]:
    return f"{dice.fresh(pool('aims')['goal_without'])}, không để việc nào quá hạn mà không rõ lý do.", (Aim(),)
