"""How a ground opens: 'Căn cứ ...', 'Thực hiện ...', 'Theo đề nghị ...', also behind scraps and with specks inside."""

import re

from normalize.letters import is_syllable
from schema.head.head_wordings import head_regex
from schema.plain import plain

BULLETS = " -–+*•\"'“”.,|_~:"
_SCRAP = re.compile(r"\S{1,4}\s+(?=[^\W\d_])")


def opens_ground(text: str) -> bool:
    """Whether a line opens a ground, capital first; a scrap that is no word may stand before it.

    >>> opens_ground("- Căn cứ Luật"), opens_ground("202 Căn cứ Luật"), opens_ground("Òò__ Thực-hiện Quyết định")
    (True, True, True)
    >>> opens_ground("Ủy ban nhân dân xã"), opens_ground("Để thực hiện")
    (False, True)
    """
    bare = text.lstrip(BULLETS)
    scrap = _SCRAP.match(bare)
    if scrap and not is_syllable(scrap[0].strip(BULLETS)):
        bare = bare[scrap.end() :]
    return bare[:1].isupper() and head_regex("opens_ground").match(words_apart(bare)) is not None


def words_apart(text: str) -> str:
    """The plain text, its words apart where a speck joined them, as long as the text.

    >>> words_apart("Thực-hiện, Căn.cứ")
    'thuc hien, can cu'
    """
    return re.sub(r"(?<=[a-z])[-.](?=[a-z])", " ", plain(text))
