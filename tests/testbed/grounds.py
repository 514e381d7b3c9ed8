"""Grounds: instruments of the state, which are public facts, and made-up ones of the offices above."""

from tests.testbed.chance import Dice
from tests.testbed.document import Basis, Text
from tests.testbed.office import BODY, Office

# Instrument, number (for a law its name), date, issuer, what it is about, first year in which a plan may cite it.
STATE = (
    (
        "Nghị quyết",
        "76/NQ-CP",
        "2021-07-15",
        "Chính phủ",
        "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030",
        2021,
    ),
    ("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ", "thực hiện cơ chế một cửa, một cửa liên thông", 2021),
    ("Nghị định", "107/2021/NĐ-CP", "2021-12-06", "Chính phủ", "sửa đổi Nghị định số 61/2018/NĐ-CP", 2022),
    (
        "Quyết định",
        "06/QĐ-TTg",
        "2022-01-06",
        "Thủ tướng Chính phủ",
        "Đề án phát triển ứng dụng dữ liệu về dân cư",
        2022,
    ),
    ("Quyết định", "468/QĐ-TTg", "2021-03-27", "Thủ tướng Chính phủ", "đổi mới cơ chế một cửa", 2021),
    ("Nghị định", "42/2022/NĐ-CP", "2022-06-24", "Chính phủ", "dịch vụ công trực tuyến", 2023),
    (
        "Nghị định",
        "118/2025/NĐ-CP",
        "2025-06-09",
        "Chính phủ",
        "cơ chế một cửa tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia",
        2026,
    ),
)
LAWS = (
    ("Luật Tổ chức chính quyền địa phương", "2015-06-19", 2021, 2025),
    ("Luật Tổ chức chính quyền địa phương", "2025-06-16", 2026, 2030),
)
OPENINGS = ("Căn cứ", "Thực hiện")


def made_grounds(dice: Dice, office: Office, year: int) -> tuple[tuple[Text, ...], bool]:
    """The grounds of a plan of `year`, and whether they name the unit above."""
    grounds: list[Text] = []
    if dice.chance(0.6):
        name, day, _, _ = next(law for law in LAWS if law[2] <= year <= law[3])
        grounds.append(_ground(f"Căn cứ {name} ngày {_long(day)}", Basis("Luật", name, day)))
    for kind, number, day, issuer, about, since in dice.some(STATE, 1, 3):
        if since <= year and day < f"{year}-01-01":
            text = (
                f"{dice.one(('Căn cứ', 'Thực hiện'))} {kind} số {number} ngày {_day(dice, day)} của {issuer} về {about}"
            )
            grounds.append(_ground(text, Basis(kind, number, day, issuer)))
    if office.parent is None:
        return tuple(grounds), True
    named = dice.chance(0.7) or not grounds
    if named:
        kind, mark = dice.one((("Kế hoạch", "KH"), ("Quyết định", "QĐ")))
        number, day = f"{dice.number(11, 2900)}/{mark}-UBND", f"{year - 1}-12-{dice.number(10, 30)}"
        issuer = f"{BODY} {office.parent}"
        about = f"cải cách hành chính năm {year}"
        text = f"{dice.one(OPENINGS)} {kind} số {number} ngày {_day(dice, day)} của {issuer} về {about}"
        grounds.append(_ground(text, Basis(kind, number, day, issuer)))
    return tuple(grounds), named


def _ground(text: str, basis: Basis) -> Text:
    return Text(f"{text};", bases=(basis,), italic=True)


def _long(day: str) -> str:
    year, month, date = day.split("-")
    return f"{date} tháng {month if int(month) < 3 else int(month)} năm {year}"


def _day(dice: Dice, day: str) -> str:
    year, month, date = day.split("-")
    return dice.one((_long(day), f"{date}/{month if int(month) < 3 else int(month)}/{year}"))
