"""Layouts and scanner settings within what offices have."""

from tests.testbed.chance import Dice
from tests.testbed.fonts import usable
from tests.testbed.source import Making
from tests.testbed.style import Style


def made_style(dice: Dice) -> Style:
    """A look within what offices do."""
    families = usable()
    family = dice.weighted({f: 4.0 if f in ("Tinos", "FreeSerif") else 0.6 for f in families})
    wide = family.startswith(("DejaVu", "Noto", "Arimo"))
    return Style(
        family=family,
        size=dice.one((12, 12.5, 13) if wide else (12.5, 13, 13.5, 14)),
        leading=dice.one((1.15, 1.2, 1.3, 1.4)),
        margins=(dice.number(50, 66), dice.number(50, 66), dice.number(68, 90), dice.number(38, 57)),
        indent=dice.one((0, 28, 36)),
        justify=dice.chance(0.85),
        table_size=dice.one((9, 9.5) if wide else (10, 10.5, 11, 12)),
        table_padding=dice.one((2, 3, 4)),
        rule=dice.one((0.4, 0.5, 0.75, 1.0)),
        repeat_header=dice.chance(0.5),
        split_rows=dice.chance(0.4),
        section_spans_all=dice.chance(0.2),
        page_number=dice.one(("top", "top", "bottom", "none")),
        left_share=dice.one((0.4, 0.42, 0.45)),
        handwritten=dice.chance(0.35),
        seed=dice.number(0, 10**6),
    )


def made_making(dice: Dice, output: str, damage: int) -> Making:
    """How it is made: the scanner's settings are drawn, worse ones the higher the damage."""
    kind = dice.one(("pdf", "scan", "scan", "tiff", "layer", "layered")) if output == "mixed" else output
    return Making(
        output=kind,
        damage=damage,
        seed=dice.number(0, 10**6),
        dpi=dice.one(((300, 200, 200), (300, 200, 200), (250, 200, 180), (200, 170, 150))[damage]),
        colour=dice.one(("colour", "grey", "grey", "bilevel")),
        sideways=dice.one((0, 90, 270, 270)),
        psm=dice.one((3, 3, 1, 4, 6)),
        upside=dice.weighted({0: 9.0, 180: 1.0}) if damage else 0,
        blank_back=0 if damage and dice.chance(0.15) else None,
        cellwise=dice.chance(0.75),
    )
