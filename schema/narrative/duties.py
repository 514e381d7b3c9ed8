"""One sentence of a duty -> who it is laid on: "Giao Phòng Nội vụ chủ trì, phối hợp với ...".

>>> subject_of("Đề nghị Mặt trận Tổ quốc và các đoàn thể xã tăng cường giám sát.")
'Mặt trận Tổ quốc và các đoàn thể xã'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schema.plain import plain
from schema.ruletable import PatternRow, load_rules

Tells = Literal[
    "organisation",
    "prefix",
    "owner",
    "preamble",
    "named",
    "verb",
    "run_in",
    "partners",
    "helped",
    "joining",
    "waits",
    "joins",
    "own_field",
    "state",
    "answers",
    "charge_only",
    "not_duty",
    "in_name",
]
_ANYWHERE: tuple[Tells, ...] = ("named", "not_duty", "partners", "helped", "waits", "own_field")


@dataclass(frozen=True)
class DutyRule(PatternRow):
    """Words that tell who does what. pattern: a regular expression over text without marks.

    unlike: one over the text with its marks in small letters: other words of the same letters, "Số hóa" and "Sở".
    Before a capital one syllable of them may still be a name with its marks misread, "Số Tư pháp".
    capital: only where a capital follows what the pattern matches. charges: of a prefix, whether it lays the task on
    whom it calls upon, wherever it stands.
    """

    tells: Tells
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    unlike: str = ""
    capital: bool = False
    charges: bool = False

    @cached_property
    def other_words(self) -> re.Pattern[str]:
        """`unlike`, compiled."""
        return re.compile(self.unlike)

    def matches(self, text: str) -> bool:
        search = self.regex.search if self.tells in _ANYWHERE else self.regex.match
        found = search(plain(text))
        return found is not None and self.fits(text, found.end()) and not self._is_other_word(text)

    def fits(self, text: str, end: int) -> bool:
        """Whether what follows text[:end], which the pattern matches, may follow it."""
        return not self.capital or text[end : end + 1].isupper()

    def _is_other_word(self, text: str) -> bool:
        found = self.other_words.match(text.lower()) if self.unlike else None
        return found is not None and (" " in found[0] or not _opens_name(text[found.end() :].lstrip()))


def _opens_name(text: str) -> bool:
    """'Tư pháp' of 'Số Tư pháp'; what is set all in capitals tells nothing."""
    return text[:1].isupper() and not text[1:2].isupper()


_HYPHENS = "-–—"
_LONGEST_SUBJECT = 90
"""Words of the longest list of organisations at the start of a sentence."""
_LONGEST_OWNER = 20
"""Words of the longest name in a title of duties."""


def duty_rules(tells: Tells) -> Iterator[DutyRule]:
    """The rows of rules/duties.toml that tell this."""
    return (rule for rule in load_rules("duties", DutyRule) if rule.tells == tells)


def _skip(folded: str, at: int, tells: Tells) -> int:
    return next((m.end() for rule in duty_rules(tells) if (m := rule.regex.match(folded, at))), at)


def _charged_at(folded: str, at: int) -> int:
    """Where the one begins whom a prefix at `at` lays a task on; `at` where none does."""
    charging = (rule for rule in duty_rules("prefix") if rule.charges)
    return next((m.end() for rule in charging if (m := rule.regex.match(folded, at))), at)


def _masked(folded: str) -> str:
    """The text with the verbs inside names of organisations blotted out, so that a name is not cut in two."""
    for rule in duty_rules("named"):
        folded = rule.regex.sub(lambda match: "x" * len(match[0]), folded)
    return folded


def verb_at(text: str, start: int) -> int | None:
    """Where the first verb stands from `start` on: in small letters, after a blank. None where there is none."""
    masked = _masked(plain(text))
    for word in re.finditer(r"(?<=[\s,:])\w", text[start:]):
        at = start + word.start()
        if (
            text[at].islower()
            and text[at - 2] not in _HYPHENS
            and any(rule.regex.match(masked, at) for rule in duty_rules("verb"))
        ):
            return at
    return None


def names_organisation(text: str) -> bool:
    """Whether a text starts with an organisation or an officer."""
    return any(rule.matches(text) for rule in duty_rules("organisation"))


def addresses_somebody(sentence: str) -> bool:
    """Whether a sentence starts with an organisation or an officer, or by charging one: "Giao Sở Nội vụ ..."; what
    the duty is on may stand before: "Hồ sơ trễ hạn: Giao Sở Nội vụ ...".
    """
    folded = plain(sentence)
    opening = _skip(folded, 0, "preamble")
    charged = _charged_at(folded, opening)
    return names_organisation(sentence[charged:] if charged > opening else sentence)


def subject_of(sentence: str) -> str | None:
    """The organisations that a sentence lays its duty on, as printed; None where it does not start with them."""
    folded = plain(sentence)
    opening = _skip(folded, 0, "preamble")
    start = _skip(folded, opening, "prefix")
    called = start > opening and sentence[start : start + 1].isupper()
    if not called and not names_organisation(sentence[start:]):
        return None
    end = verb_at(sentence, start + 1)
    if end is None or len(sentence[start:end].split()) > _LONGEST_SUBJECT:
        return None
    subject = sentence[start:end].strip(" ,:;-")
    return subject if subject and not re.search(r"[:.]\s", subject) else None


def subjects_of(sentence: str) -> str | None:
    """The subject of a sentence; of one whose clauses all have their own, all of them but those that only join in.

    >>> subjects_of("Sở Y tế lập danh sách; các trường gửi hồ sơ."), subjects_of("Sở Y tế lập danh sách; gửi hồ sơ.")
    ('Sở Y tế; các trường', 'Sở Y tế')
    >>> subjects_of("Sở Y tế lập danh sách; Công an xã phối hợp xác minh.")
    'Sở Y tế'
    """
    clauses = [clause.strip() for clause in sentence.split(";")]
    found = [subject_of(clause) for at, clause in enumerate(clauses) if not at or joining_subject(clause) is None]
    return (
        "; ".join(map(str, found)) if all(name and names_organisation(name) for name in found) else subject_of(sentence)
    )


def joining_subject(clause: str) -> str | None:
    """The organisations that a clause says join in what another does, as printed; None where it says no such thing."""
    subject = subject_of(clause)
    if subject is None or not names_organisation(subject):
        return None
    rest = plain(clause[clause.index(subject) + len(subject) :]).lstrip(" ,")
    return subject if any(rule.regex.match(rest) for rule in duty_rules("joins")) else None


def called(text: str) -> str | None:
    """The whole of a title that names organisations, without the words that call on them; None for other titles.

    >>> called("Đề nghị các chủ cơ sở sản xuất trong cụm công nghiệp")
    'các chủ cơ sở sản xuất trong cụm công nghiệp'
    """
    name = text[_skip(plain(text), 0, "prefix") :].strip(" .:;,")
    return name if names_organisation(name) else None


def owner_of(title: str) -> str | None:
    """Whose duties a title sets out, whatever it calls them; None for other titles.

    >>> owner_of("Trách nhiệm của đối tượng kiểm kê:"), owner_of("Trách nhiệm thực hiện")
    ('đối tượng kiểm kê', None)
    """
    name = title[_skip(plain(title), 0, "owner") :].strip(" .:;,")
    return name if name != title.strip(" .:;,") and len(name.split()) <= _LONGEST_OWNER else None


def acts(subject: str) -> bool:
    """Whether the subject of a sentence is to do something: not "Các đơn vị đã" nor "Cán bộ được"."""
    return not any(rule.matches(subject) for rule in duty_rules("state"))


def named_agents(text: str) -> str:
    """Those whom a text names as doing something: the subject of each clause, or names alone; '' for neither.

    >>> named_agents("Sở Y tế lập danh sách; các trường học gửi hồ sơ.")
    'Sở Y tế; các trường học'
    >>> named_agents("Sở Y tế, Sở Nội vụ và các trường học."), named_agents("theo phân công")
    ('Sở Y tế, Sở Nội vụ và các trường học', '')
    """
    clauses = [clause.strip(" .") for clause in text.split(";")]
    return "; ".join(name for clause in clauses if (name := subject_of(clause) or _names_alone(clause)))


def _names_alone(text: str) -> str:
    return text if names_organisation(text) and verb_at(text, 1) is None else ""


_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")


def _of_the_name(bracketed: str) -> bool:
    return any(rule.regex.fullmatch(plain(bracketed)) for rule in duty_rules("in_name"))


def organisation_title(text: str) -> str | None:
    """The organisations that a heading consists of: "Phòng Nội vụ", "Các đơn vị có trách nhiệm:"; None for others."""
    bare = _BRACKET.sub(lambda found: found[0] if _of_the_name(found[1]) else " ", text).strip(" .:;,")
    folded = plain(bare)
    start = _skip(folded, 0, "prefix")
    if not names_organisation(bare[start:]):
        return None
    end = verb_at(bare, start + 1)
    name = bare[start:] if end is None else bare[start:end]
    tail = "" if end is None else plain(bare[end:])
    if tail and not any(rule.regex.fullmatch(tail) for rule in duty_rules("answers")):
        return None
    return name.strip(" .:;,") or None


def starts_with_verb(text: str) -> bool:
    """Whether a text starts with a verb of duty, as what stands after "Phòng Kinh tế:" does."""
    return any(rule.regex.match(plain(text).strip()) for rule in duty_rules("verb"))


def split_run_in(text: str) -> tuple[str, str] | None:
    """Heading and duty that were set in one line, "Phòng Nội vụ Chủ trì, phối hợp ..."; None where they were not."""
    if not names_organisation(text[_skip(plain(text), 0, "prefix") :]):
        return None
    masked = _masked(plain(text))
    for word in re.finditer(r"(?<=[\w)] )[^\W\d_]", text):
        at = word.start()
        if text[at].isupper() and any(rule.regex.match(masked, at) for rule in duty_rules("run_in")):
            title = organisation_title(text[:at])
            return (title, text[at:]) if title else None
    return None


def is_duty(text: str) -> bool:
    """False for what stands among duties and lays nothing on anybody: closing words, validity, enforcement clauses."""
    return not any(rule.matches(text) for rule in duty_rules("not_duty"))
