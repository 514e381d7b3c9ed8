"""Names of units: what nobody knows stays as printed, what a recogniser spoilt is put right only where that is sure."""

import pytest

from schema.places.gazetteer import read_as
from schema.places.spellings import Evidence, spell
from schema.places.units import Unit, commonest, find_units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("phường Đông Lạc Tây năm 2023", ["phường Đông Lạc Tây"]),
        ("UBND thành phố Vĩnh Thượng về việc", ["thành phố Vĩnh Thượng"]),
        ("THỊ XÃ HÒA LỘC GIANG", ["thị xã Hòa Lộc Giang"]),
        ("UBND tỉnh Bắc Ninh Ban hành Kế hoạch", ["tỉnh Bắc Ninh"]),
        ("Huyện Tân Thuấn Ủy Ban Nhân Dân", ["huyện Tân Thuấn"]),
        ("UBND HUYỆN AN HÒA PHÒNG NỘI VỤ", ["huyện An Hòa"]),
        ("XÃ LẠC NGUYÊN TÂY Số: 43/KH-UBND", ["xã Lạc Nguyên Tây"]),
        ("CCHC PHƯỜNG MỎ CHÈ GIAI ĐOẠN 2021 - 2025", ["phường Mỏ Chè"]),
        ("các cơ quan của tỉnh Bộ phận Một cửa", []),
        ("hồ sơ cấp tỉnh 255", []),
        ("xã Mường So và xã Phong Thổ", ["xã Mường So", "xã Phong Thổ"]),
    ],
)
def test_units_named(text: str, units: list[str]) -> None:
    assert [unit.text for unit in find_units(text)] == units


@pytest.mark.parametrize(
    ("level", "name", "province", "read"),
    [
        ("tỉnh", "Thai Nguyen", None, "Thái Nguyên"),
        ("tỉnh", "Kim Xuyên", None, None),
        ("phường", "Mo Che", "Thái Nguyên", "Mỏ Chè"),
        ("phường", "Mò Chẻ", "Thái Nguyên", "Mỏ Chè"),
        ("phường", "Mò Chẻ", None, None),
        ("phường", "Mỏ Chè Tây", "Thái Nguyên", None),
        ("phường", "Mỏ Chè", "Kim Xuyên", None),
    ],
)
def test_misread_names(level: str, name: str, province: str | None, read: str | None) -> None:
    assert read_as(level, name, province, None) == read


@pytest.mark.parametrize(
    ("name", "evidence", "spelt", "sure"),
    [
        ("Mò Chẻ", Evidence("", "", printed="phường Mò Chẻ"), "Mò Chẻ", True),
        ("Mò Chẻ", Evidence("", ""), "Mỏ Chè", True),
        ("Tân Hạsơn", Evidence("", "", sure="phường Tân Hạ Sơn và phường Tân Hạ Sơn"), "Tân Hạ Sơn", True),
        ("Tân Hạ Sởn", Evidence("", ""), "Tân Hạ Sởn", False),
        ("5", Evidence("", ""), "5", True),
        ("Mỏ Chè", Evidence("", "", sure="phường Mỏ Chẽ, phường Mỏ Chẽ"), "Mỏ Chẽ", False),
        ("Mỏ Chè", Evidence("", "", sure="phường Mỏ Chẽ, phường Mỏ Chè, phường Mỏ Chẽ, phường Mỏ Chè"), "Mỏ Chè", True),
        ("Tân Hòa", Evidence("", "", sure="phường Tân Hoà, phường Tân Hoà"), "Tân Hòa", True),
    ],
)
def test_the_surest_letters_of_the_document_decide(name: str, evidence: Evidence, spelt: str, sure: bool) -> None:
    found = spell(Unit("phường", name), "Thái Nguyên", evidence, None)
    assert (found.unit.name, found.sure) == (spelt, sure)


def test_an_unknown_unit_named_oftener_than_a_known_one_counts() -> None:
    units = find_units("thành phố Vĩnh Thượng, thành phố Vĩnh Thượng, thành phố Vinh")
    best = commonest(units)
    assert best is not None and best.name == "Vĩnh Thượng"
