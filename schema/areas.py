"""Which of the seven areas of reform a statement belongs to, by phrases with weights; None where no area is clear.

>>> read_area("100% hồ sơ TTHC được giải quyết đúng hạn")
'Cải cách thủ tục hành chính'
>>> read_area("Triển khai thực hiện các nội dung của kế hoạch này") is None
True
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

from schema.plain import plain
from schema.records import AREAS
from schema.ruletable import PatternRow, load_rules

_NONE = ""


@dataclass(frozen=True)
class TitleWords(PatternRow):
    """Words around the name of an area in a heading; reform: that name the reform itself, anywhere in a plan's title.

    pattern: one of them, over text without marks.
    """

    side: Literal["before", "behind", "reform"]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        search = self.regex.search if self.side == "reform" else self.regex.fullmatch
        return search(_loose(text)) is not None


def _around(side: Literal["before", "behind"]) -> str:
    return "|".join(row.pattern for row in load_rules("area_titles", TitleWords) if row.side == side)


@dataclass(frozen=True)
class AreaRule:
    """Phrases that speak of one area. weight: how much the first of them tells; each further one tells less.

    area: one of AREAS; '' for phrases that belong to none although their words sound like one ("kinh phí thực hiện").
    pattern: a regular expression for phrases with words between, over text without marks, commas and hyphens.
    whole: they tell only where they are the whole text, as a heading is: "Chỉ đạo, điều hành", "Tiêu chí về công vụ".
    """

    area: str
    weight: float
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    whole: bool = False
    pattern: str = ""

    def __post_init__(self) -> None:
        if self.area not in (*AREAS, _NONE):
            raise ValueError(f"{self.area!r} is none of the areas: {', '.join(AREAS)}")

    @cached_property
    def regex(self) -> re.Pattern[str]:
        words = sorted({re.escape(_loose(phrase)) for phrase in self.phrases}, key=len, reverse=True)
        found = f"(?:{'|'.join([*words, *filter(None, [self.pattern])])})"
        opening, closing = (_around(side) for side in ("before", "behind"))
        return re.compile(rf"^(?:(?:{opening}) )*{found}(?: (?:{closing}))*[ .:;]*$" if self.whole else rf"\b{found}\b")

    def matches(self, text: str) -> bool:
        return self.regex.search(_loose(text)) is not None


def _loose(text: str) -> str:
    """Without marks, commas and hyphens: "chỉ đạo, điều hành" is "chỉ đạo điều hành"."""
    return " ".join(re.sub(r"[,\-]", " ", plain(text)).split())


_FURTHER = 0.35
"""What a second phrase of the same row adds, as a share of the first."""
_TITLE_WEIGHT = 3.0
"""Weight of the phrases that are an area's own title, or a term of it."""
_MARGIN = 0.25
"""By how much the best area must lead the next."""


@lru_cache(maxsize=1024)
def area_scores(text: str, floor: float = 0.0) -> Mapping[str, float]:
    """Score of every area that `text` speaks of. floor: the least weight of a phrase that counts."""
    loose = _loose(text)
    scores: dict[str, float] = {}
    for rule in (rule for rule in load_rules("areas", AreaRule) if rule.weight >= floor):
        found = {match[0] for match in rule.regex.finditer(loose)}
        if found:
            scores[rule.area] = scores.get(rule.area, 0.0) + rule.weight * (1 + _FURTHER * (min(len(found), 4) - 1))
    return MappingProxyType(scores)


OF_OTHER_PLANS = 1.9
"""The least weight of a phrase that tells an area in a plan on something else than the reform."""


@dataclass(frozen=True)
class ThemeRule(PatternRow):
    """A title that sets a whole plan to one area of the reform.

    pattern: found in the title, over text without marks, commas and hyphens. whole: a duty of the plan is of the
    area unless it names another by a term of its own; otherwise only where it speaks of none.
    """

    area: str
    whole: bool
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.regex.search(_loose(text)) is not None


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """What the title of a plan says of the areas of its statements.

    floor: the least weight of a phrase that tells an area there. theme: the one area that the plan is on, None for a
    plan on several or none; whole: as of `ThemeRule`.
    """

    floor: float = 0.0
    theme: str | None = None
    whole: bool = False


_BESIDE_THEME = 1.4
"""The least score by which a statement of a plan on one area belongs to another: by a term, not by 'kiểm tra'."""
ANY_SUBJECT = PlanSubject()
"""Of a plan whose title says nothing of areas."""


def plan_subject(title: str | None) -> PlanSubject:
    """The subject by a plan's title; None: the title was not read.

    Flood relief or a school programme has reports, tests and rules of its own; only terms of the reform tell there.

    >>> plan_subject("Cải cách hành chính năm 2026"), plan_subject("Hỗ trợ nhu yếu phẩm cho vùng lũ").floor
    (PlanSubject(floor=0.0, theme=None, whole=False), 1.9)
    >>> plan_subject("Kiểm soát thủ tục hành chính năm 2026").theme
    'Cải cách thủ tục hành chính'
    """
    if title is None:
        return ANY_SUBJECT
    theme = next((row for row in load_rules("area_themes", ThemeRule) if row.matches(title)), None)
    if theme:
        return PlanSubject(theme=theme.area, whole=theme.whole)
    return PlanSubject(0.0 if area_scores(title) or read_reform(title) else OF_OTHER_PLANS)


def read_reform(title: str) -> bool:
    """Whether a title names the reform itself."""
    return any(row.matches(title) for row in load_rules("area_titles", TitleWords) if row.side == "reform")


def read_area(*texts: str, subject: PlanSubject = ANY_SUBJECT) -> str | None:
    """The area of the first of `texts` that has a clear one: a statement, then the headings above it, inmost first.

    Else that of the plan's own `subject`.
    """
    own = _own_area(texts, subject.floor)
    if own == _NONE or subject.theme is None:
        return own or None
    if own is None or (subject.whole and all(area_scores(text).get(own, 0.0) < _BESIDE_THEME for text in texts)):
        return subject.theme
    return own


def _own_area(texts: tuple[str, ...], floor: float) -> str | None:
    """The area that the texts themselves tell; '' where they belong to none, None where they do not say."""
    for text in texts:
        ranked = sorted(area_scores(text, floor).items(), key=lambda item: -item[1])
        if len(_titles(text)) > 1:
            return _NONE
        if ranked and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _MARGIN):
            return ranked[0][0]
    return None


def area_strength(text: str) -> float:
    """How clearly a text speaks of its area: the score of the best; 0 where none is clear."""
    return max(area_scores(text).values()) if read_area(text) else 0.0


def _titles(text: str) -> set[str]:
    """The areas that a text calls by their titles; one that calls several belongs to none."""
    loose = _loose(text)
    rules = load_rules("areas", AreaRule)
    return {rule.area for rule in rules if rule.weight >= _TITLE_WEIGHT and rule.regex.search(loose)}
