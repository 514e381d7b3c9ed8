"""Made-up governments and people."""

from dataclasses import dataclass

from tests.testbed.chance import Dice, pool

BODY = "Ủy ban nhân dân"


@dataclass(frozen=True)
class Office:
    """A people's committee: `parent` and `province` with their level words ("huyện Phú Đằng", "tỉnh Kim Xuyên")."""

    level: str
    name: str
    parent: str | None
    province: str | None
    agencies: str  # the key of wording/agencies.toml

    @property
    def full(self) -> str:
        return f"{BODY} {self.level} {self.name}"

    @property
    def place(self) -> str:
        return f"{self.level} {self.name}"


# Levels before the reform of 1 July 2025 and after it, with the kind of agencies they have and the level above.
BEFORE = {
    "tỉnh": ("tỉnh", ()),
    "huyện": ("huyện", ("tỉnh",)),
    "thị xã": ("huyện", ("tỉnh",)),
    "thành phố": ("huyện", ("tỉnh",)),
    "quận": ("huyện", ("thành phố",)),
    "xã": ("xã", ("huyện", "thị xã")),
    "thị trấn": ("xã", ("huyện",)),
    "phường": ("phường", ("thị xã", "thành phố", "quận")),
}
AFTER = {"tỉnh": ("tỉnh", ()), "xã": ("hai_cấp", ("tỉnh",)), "phường": ("hai_cấp", ("tỉnh", "thành phố"))}
OFTEN = {
    "xã": 3.0,
    "phường": 2.0,
    "huyện": 1.5,
    "tỉnh": 1.0,
    "thị xã": 0.7,
    "thành phố": 0.7,
    "thị trấn": 0.8,
    "quận": 0.5,
}


def made_place(dice: Dice) -> str:
    """The name of no place: "Lạc Khương", "Tân Trượng Thượng"."""
    names = pool("names")
    return f"{dice.one(names['place_first'])} {dice.one(names['place_second'])}{dice.one(names['place_third'])}"


def made_person(dice: Dice) -> str:
    """The name of nobody in particular."""
    names = pool("names")
    return f"{dice.one(names['surnames'])} {dice.one(names['middles'])} {dice.one(names['given'])}"


def made_office(dice: Dice, two_tier: bool) -> Office:
    """A government of a level that its time knows."""
    levels = AFTER if two_tier else BEFORE
    level = dice.weighted({k: OFTEN[k] for k in levels})
    agencies, above = levels[level]
    name = made_place(dice)
    if not above:
        return Office(level, name, None, name, agencies)
    parent_level = dice.one(above)
    parent = f"{parent_level} {made_place(dice)}"
    central = parent_level == "tỉnh" or level == "quận" or two_tier
    province = parent.removeprefix(parent_level).strip() if central else None
    return Office(level, name, parent, province, agencies)


def agency(text: str, office: Office) -> str:
    """An agency of the pools as this office calls it: "UBND huyện" becomes "UBND thị xã" there."""
    return text.replace("huyện", office.level) if office.agencies == "huyện" and office.level != "huyện" else text
