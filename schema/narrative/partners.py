"""One sentence of a duty -> with whom it is to be done: "Chủ trì, phối hợp với các ngành ...; các thôn phối hợp".

>>> partners_of("Chủ trì, phối hợp với các ngành có liên quan tham mưu Ủy ban nhân dân phường.")
('các ngành có liên quan',)
"""

import re

from schema.narrative.duties import duty_rules, joining_subject, names_organisation, subject_of, verb_at
from schema.organisations.agency_lists import opens_a_name, split_agencies
from schema.plain import plain


def partners_of(sentence: str) -> tuple[str, ...]:
    """The organisations that a duty is to be done with: what stands between "phối hợp với" and the next verb.

    >>> partners_of("Tham mưu Ủy ban nhân dân tỉnh phối hợp Bộ Tư pháp triển khai Dự án.")  # with whom the helped acts
    ()
    >>> partners_of("Chủ trì, phối hợp với Phòng Kinh tế; các thôn lập danh sách, phát 1.500 tờ rơi.")
    ('Phòng Kinh tế', 'các thôn')
    >>> partners_of("Lập danh sách, phối hợp với Phòng Kinh tế; các thôn gửi số liệu; Công an xã phối hợp xác minh.")
    ('Phòng Kinh tế', 'Công an xã')
    """
    folded = plain(sentence)
    found: list[str] = []
    for rule in duty_rules("partners"):
        for match in (found for found in rule.regex.finditer(folded) if rule.fits(sentence, found.end())):
            if any(helped.regex.search(folded[: match.start()]) for helped in duty_rules("helped")):
                continue
            end = _list_end(sentence, match)
            found += [name for name in split_agencies(sentence[match.end() : end]) if name not in found]
    joining = [subject for clause in sentence.split(";")[1:] if (subject := joining_subject(clause.strip()))]
    found += [name for subject in joining for name in split_agencies(subject) if name not in found]
    return tuple(found)


_END = re.compile(r"[:(;]|\.(?!\d)|$")


def _list_end(sentence: str, match: re.Match[str]) -> int:
    """Where the names end that follow a match in the sentence without marks: at a verb, a full stop or the like.

    A semicolon parts names as long as the task is still to come: "Chủ trì, phối hợp với Sở Y tế; các xã lập danh sách".
    """
    folded = match.string
    verb = verb_at(sentence, match.end() + 1)
    waits = verb is not None and any(rule.regex.search(folded[: match.start()]) for rule in duty_rules("waits"))
    for stop in _END.finditer(folded, match.end()):
        if not (waits and stop.group() == ";" and opens_a_name(sentence[stop.end() :].lstrip())):
            return min(verb or len(sentence), stop.start())
    return len(sentence)


def says_only_who(sentence: str) -> bool:
    """Whether a sentence says no more than who does what stands above it, with whom and when.

    >>> says_only_who("Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp thực hiện.")
    True
    >>> says_only_who("Phòng Nội vụ chủ trì rà soát văn bản.")
    False
    """
    subject = subject_of(sentence)
    if subject is None or not names_organisation(subject):
        return False
    rest = sentence[sentence.index(subject) + len(subject) :]
    for name in partners_of(sentence):
        rest = rest.replace(name, "", 1)
    folded = " ".join(plain(rest).split()).strip(" .,;")
    return any(rule.regex.fullmatch(folded) for rule in duty_rules("charge_only"))


def is_joining(text: str) -> bool:
    """Whether a text says with whom things are done, and not yet what: "Chủ trì, phối hợp với các trường học"."""
    folded = plain(text)
    ends = [match.end() for rule in duty_rules("joining") if (match := rule.regex.match(folded))]
    if not ends:
        return False
    introduces = folded.rstrip().endswith(":") or verb_at(text, max(ends)) is None
    return not folded[max(ends) :].strip(" .:") or (";" not in text and introduces and bool(partners_of(text)))
