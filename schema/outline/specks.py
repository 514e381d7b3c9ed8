"""What a recogniser makes of dust, stamps and the shadow at a page's edge: marks and letters that nobody printed."""

import re

from schema.values.date_words import without_marks_in_dates

_NO_TEXT = re.compile(r"[\s.,;:'\"`~|_<>\\/*^=#-]*")
_STRAY = re.compile(r" (?<=\w )[.'`‹›_~^ˆ°] (?=\w)")
_TRAILING = re.compile(r"\s+(?:[.,:;'`‹›_~|*^°ˆ]{1,3}|[ìịíỉĩÌÍỊỈĨÈÉỀẵậẳẫ])$|(?<=[.;:])\s+[-–]$")
_LONGEST_TRAILING = 4
"""Characters of the longest speck at the end of a line, with its blank."""
# What an edge, a fold or a rule is read as: upright strokes and marks, none of which is a word or opens an item.
_EDGE = re.compile(
    r"(?:_\S{0,4}_+|[:;.,'‘’`\"!\[\]{}°^¦‹›<>ìíịỉĩÌÍỊỈĨÈÉẺẼẸÊŠšẦẤẨẪẬẰẮẲẴẶầấẩẫậằắẳẵặềếểễệỀẾỂỄỆ]){1,2}\s+(?=[\w(\"“+~-])"
)
# Dust on the sign of an item or before it: "ˆa. Mục tiêu", "— d) Cơ quan", which opened none.
_ON_ITEM = re.compile(r"^(?:[ˆ`´~^°¨·‹›¦]{1,2}|— )(?=(?:[^\W\d_]|\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]\s)")
_TILDE_DASH = re.compile(r"^[.']?[~=]\s+(?=[^\W\d_])")
# A letter that stands alone on its line is a word of its own in no official text; page numbers are digits.
_LONE = re.compile(r"\W*[^\W\d_]?\W*")
_DOUBTFUL = 0.7
"""Confidence below which a lone letter is dust."""


def is_speck(text: str, confidence: float) -> bool:
    """Whether a line of running text is nothing that was printed: marks alone, or one letter that is not sure.

    >>> is_speck(". ,", 0.9), is_speck("ì", 0.4), is_speck("ì", 0.96), is_speck("2", 0.3)
    (True, True, False, False)
    """
    return _NO_TEXT.fullmatch(text) is not None or (confidence < _DOUBTFUL and _LONE.fullmatch(text) is not None)


def without_specks(text: str) -> str:
    """White space folded; rules of a table, specks at both ends and between words left out; '~' before an item is '-'.

    >>> without_specks("ì - Căn cứ |  Luật ."), without_specks(".~ Lưu: VT"), without_specks("Ở xã")
    ('- Căn cứ Luật', '- Lưu: VT', 'Ở xã')
    >>> without_specks("ˆa. Mục tiêu, yêu cầu"), without_specks("`1.2. Tiêu chí"), without_specks("~an toàn")
    ('a. Mục tiêu, yêu cầu', '1.2. Tiêu chí', '~an toàn')
    >>> without_specks("— d) Cơ quan chủ trì"), without_specks("— Cơ quan chủ trì")
    ('d) Cơ quan chủ trì', '— Cơ quan chủ trì')
    >>> without_specks("Đến ngày: 30/6/2027, năm.2027")
    'Đến ngày 30/6/2027, năm 2027'
    """
    folded = _STRAY.sub(" ", " ".join(text.replace("|", " ").split()))
    if " " in folded[-_LONGEST_TRAILING:]:
        folded = _TRAILING.sub("", folded)
    folded = without_marks_in_dates(folded)
    while (edge := _EDGE.match(folded)) is not None:
        folded = folded[edge.end() :]
    folded = _ON_ITEM.sub("", folded)
    return _TILDE_DASH.sub("- ", folded)
