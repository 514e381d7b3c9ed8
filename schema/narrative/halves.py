"""Two halves of a sentence, each with a number: whether one of them says nothing without the other.

"Giảm 5% biên chế công chức, 10% biên chế viên chức" has its verb before both shares, "100% cán bộ huyện, tối thiểu 95%
cán bộ xã đạt chuẩn" what is said of them behind both, "Tỷ lệ trễ hạn ở huyện dưới 1%; ở xã dưới 2%" its subject before.
"""

from schema.narrative.aims import aims_of, says_more, tells_all, word_rules
from schema.plain import plain
from schema.values.quantities import Quantity


def are_one(left: str, right: str) -> bool:
    """Whether two neighbours are one statement. Both as they stand in the sentence, without the mark between them.

    >>> are_one("Giảm 5% biên chế công chức", "10% biên chế viên chức")
    True
    >>> are_one("có 100% cán bộ huyện", "tối thiểu 95% cán bộ xã đạt chuẩn")
    True
    >>> are_one("Tỷ lệ trễ hạn ở huyện dưới 1%", "ở xã dưới 2%")
    True
    >>> are_one("Giảm 5% biên chế", "90% công chức đạt chuẩn"), are_one("90% hồ sơ đúng hạn", "50% hồ sơ trực tuyến")
    (False, False)
    """
    before, after = aims_of(left), aims_of(right)
    if not before or not after:
        return False
    folded = plain(right)
    if any(rule.regex.match(folded) for rule in word_rules("place")):
        return True
    if tells_all("only_a_figure", right) and before[-1].unit == after[0].unit:
        return True
    if any(rule.regex.match(folded) for rule in word_rules("rated")) and measures(left):
        return True
    if not before[-1].unit == after[0].unit == "%":
        return False
    if not _opens(right, after[0]) or not left[before[-1].end :].strip(" ,;"):
        return False
    own = right[after[0].end : after[1].start if len(after) > 1 else len(right)]
    ends = [*(aim.start for aim in before[1:]), len(left)]
    said = any(says_more(left[aim.end : end]) for aim, end in zip(before, ends, strict=True))
    complete = said or not _opens(left, before[0])
    if says_more(own):
        return not complete
    forward = len(after) > 1 and says_more(right[after[-1].end :]) and _opens(left, before[0])
    return not (forward and complete)


def measures(text: str) -> bool:
    """Whether a text opens with what is measured, so that figures are of parts of it: "Mức độ hài lòng ..."."""
    return any(rule.regex.match(plain(text)) for rule in word_rules("measure"))


def _opens(text: str, aim: Quantity) -> bool:
    """Whether a number opens its clause, no verb or subject of its own before it: "Đến năm 2025, có 100% cán bộ"."""
    return aim.comparator not in ("increase", "decrease") and tells_all("leads", text[: aim.start])
