"""Fixed wordings found where a letter or two was misread: the one place where words are matched fuzzily."""

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from schema.plain import plain

# A wording of 27 letters with 5 of them wrong still scores 85; unrelated official text stays below 60.
_ALIKE = 80.0


def find_wording(text: str, wording: str) -> tuple[int, int] | None:
    """Where `wording` (a dozen letters or more, without marks) stands in `text`, as a span of whole words; or None.

    >>> find_wording("XÃ AN HÒA Độc lập - Tư do - Hạnh phúc", "doc lap - tu do - hanh phuc")
    (10, 37)
    >>> find_wording("Độc lập kiểm tra", "doc lap - tu do - hanh phuc") is None
    True
    """
    flat = plain(text)
    if len(flat) < 0.7 * len(wording):
        return None
    found = fuzz.partial_ratio_alignment(wording, flat, score_cutoff=_ALIKE)
    if found is None or found.dest_end - found.dest_start < 0.7 * len(wording):
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and not flat[start - 1].isspace() and not flat[start].isspace():
        start -= 1
    while end < len(flat) and not flat[end].isspace() and not flat[end - 1].isspace():
        end += 1
    inside = flat[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def cut_wording(text: str, wording: str) -> str:
    """`text` without the wording; as it is when the wording does not stand in it."""
    span = find_wording(text, wording)
    return text if span is None else " ".join(f"{text[: span[0]]} {text[span[1] :]}".split())


def nearly(text: str, wording: str) -> bool:
    """Whether the whole text is the wording, up to one letter in six; marks, blanks and end marks do not count.

    >>> nearly("KẾ HOACH:", "ke hoach"), nearly("KẾ TOÁN", "ke hoach")
    (True, False)
    """
    bare, goal = _letters(plain(text)), _letters(wording)
    return Levenshtein.distance(bare, goal, score_cutoff=len(goal) // 6) <= len(goal) // 6


@lru_cache(4096)
def _letters(flat: str) -> str:
    """Letters and digits alone."""
    return "".join(filter(str.isalnum, flat))
