"""What stands behind a task in its own line and says who does it and by when: labels, or a charge in brackets.

>>> before, labels = split_labels("Rà soát văn bản (Sở Tư pháp chủ trì, hoàn thành trong Quý II).")
>>> before, [(label.role.value, label.rest) for label in labels]
('Rà soát văn bản', [('lead', 'Sở Tư pháp'), ('time', 'hoàn thành trong Quý II')])
"""

import re
from collections.abc import Iterator, Sequence

from schema.narrative.charges import Charge, opens_with_charge, read_charge
from schema.narrative.duties import named_agents, names_organisation, organisation_title, subject_of
from schema.narrative.partners import partners_of, says_only_who
from schema.narrative.sections import Role, Section, SectionRule
from schema.ruletable import load_rules
from schema.values.deadlines import names_a_term, names_a_time

_CHARGES = ("lead", "partners", "time", "output", "assigned")
_LABEL_SEAM = re.compile(r"(?:^|[;.,(–-]\s*)(?P<label>[^:;.,()]{3,40}?)\s*:\s*")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{8,300})[)\]][\s.;,]*$")
_LAST_SENTENCE = re.compile(r"(?<=[\w)”\"])(?:\.|:|\s[-–])\s+([^.:()]{8,300})[\s.;,]*$")
_WORDS_OF_CHARGE = 6
"""Words beside the names in a clause that says only who does it, at most: "chủ trì, phối hợp với"."""
_MARK = re.compile(r"[;,]")
_DASH = re.compile(r"\s+[-–]\s+")
_LAST_CLAUSE = re.compile(r"(?:;|\.(?=\s))(?!.*(?:;|\.\s))")


def split_labels(text: str) -> tuple[str, tuple[Section, ...]]:
    """What stands before the first label of a charge, and the labels with their texts, all in one line.

    >>> before, labels = split_labels("Rà soát vị trí việc làm (Chủ trì: Sở Nội vụ; thời gian: Quý I)")
    >>> before, [(label.role.value, label.rest) for label in labels]
    ('Rà soát vị trí việc làm', [('lead', 'Sở Nội vụ'), ('time', 'Quý I')])
    >>> split_labels("Rà soát văn bản (Sở Tư pháp chủ trì; thời gian thực hiện: Quý I).")[1][1].rest
    'Quý I'
    >>> split_labels("Mở lớp bơi (khi Bộ Y tế hướng dẫn thực hiện).")[1]
    ()
    """
    found = [(m, role) for m in _LABEL_SEAM.finditer(text) if (role := _charge(m["label"])) and _is_inside(m, role)]
    if not found or _opens_with_who(text, found[0][0].start("label")):
        return _split_charge(text)
    found = _with_doers(found)
    ends = [m.start() for m, _ in found[1:]] + [len(text)]
    labels = [Section(role, text[m.end() : end].strip(" ;.,()")) for (m, role), end in zip(found, ends, strict=True)]
    return text[: found[0][0].start()].strip(), tuple(_with_bare_time(labels))


def _is_inside(match: re.Match[str], role: Role) -> bool:
    """Labels behind a task tell who is to do it; "Phân công: ..." at the start of a line is a block of its own."""
    return role is not Role.ASSIGNED or match.start("label") > 0


def _with_doers(found: Sequence[tuple[re.Match[str], Role]]) -> list[tuple[re.Match[str], Role]]:
    """The labels, those of who is to do it as parts: beside one who leads they join in; else they lead.

    >>> [label.role.value for label in split_labels("Mở lớp (đơn vị thực hiện: Sở Nội vụ; thời gian: quý III)")[1]]
    ['lead', 'time']
    >>> [label.role.value for label in split_labels("Mở lớp (chủ trì: Sở Nội vụ; đơn vị thực hiện: các xã)")[1]]
    ['lead', 'partners']
    """
    doing = Role.PARTNERS if any(role is Role.LEAD for _, role in found) else Role.LEAD
    return [(match, doing if role is Role.ASSIGNED else role) for match, role in found]


def _with_bare_time(labels: Sequence[Section]) -> Iterator[Section]:
    """The labels, with the time that the last of them holds without a label of its own: "...; xong trong quý I".

    >>> found = _with_bare_time([Section(Role.PARTNERS, "Phòng Kinh tế; xong trong quý I")])
    >>> [(label.role.value, label.rest) for label in found]
    [('partners', 'Phòng Kinh tế'), ('time', 'xong trong quý I')]
    >>> [label.rest for label in _with_bare_time([Section(Role.LEAD, "Công an xã. Xong trước ngày 15 hằng tháng")])]
    ['Công an xã', 'Xong trước ngày 15 hằng tháng']
    """
    *others, last = labels
    yield from others
    mark = _LAST_CLAUSE.search(last.rest)
    who, time = (last.rest[: mark.start()], last.rest[mark.end() :]) if mark else (last.rest, "")
    timed = any(label.role is Role.TIME for label in labels)
    if who and not timed and names_a_time(time) and not names_organisation(time.strip()):
        yield Section(last.role, who.strip())
        yield Section(Role.TIME, time.strip())
    else:
        yield last


def _opens_with_who(text: str, label: int) -> bool:
    """Whether the bracket at the end charges somebody before its first label, which stands at `label`."""
    match = _BRACKET.search(text)
    return match is not None and match.start(1) < label and _charges_somebody(text[match.start(1) : label])


def _charge(label: str) -> Role | None:
    """LEAD, PARTNERS, TIME, OUTPUT or ASSIGNED where a label says so; None for other words before a colon."""
    for rule in load_rules("sections", SectionRule):
        if rule.label and rule.role in _CHARGES and rule.matches(label):
            return Role(rule.role)
    return None


def _split_charge(text: str) -> tuple[str, tuple[Section, ...]]:
    """A charge at the end, in brackets or a sentence: "... (Sở Nội vụ chủ trì, phối hợp các sở; xong trong Quý II)"."""
    match = _BRACKET.search(text) or _charging_sentence(text)
    if match is None or organisation_title(text[: match.start()]):  # "Sở Tài chính (cơ quan chủ trì)" titles duties
        return text, ()
    who, time = _time_apart(match[1])
    parts = [part.strip() for clause in who.split(";") for part in _beside_dash(clause)]
    timed = bool(time) or any(names_a_time(part) for part in parts)
    charges = [_charge_in(part, timed) for part in parts]
    if not any(charges):
        return text, ()
    labels = [Section(Role.LEAD, charge.lead) for charge in charges if charge and charge.lead]
    labels += [Section(Role.PARTNERS, charge.partners) for charge in charges if charge and charge.partners]
    return text[: match.start()].strip(), (*labels, *_times(parts, charges, time))


def _beside_dash(clause: str) -> tuple[str, ...]:
    """Who and when where a dash parts them, else the clause: "Sở Nội vụ - Quý I"; names hold dashes too.

    >>> split_labels("Mở lớp tập huấn (Quý II - Phòng Văn hóa - Xã hội thực hiện).")[1][0].rest
    'Phòng Văn hóa - Xã hội'
    >>> _beside_dash("Phòng Văn hóa - Xã hội")
    ('Phòng Văn hóa - Xã hội',)
    """
    dashes = tuple(_DASH.finditer(clause))
    for dash in (*dashes[:1], *dashes[-1:]):
        pair = clause[: dash.start()].strip(), clause[dash.end() :].strip()
        named = [names_organisation(side) for side in pair]
        if any(named) and any(names_a_time(side) and not name for side, name in zip(pair, named, strict=True)):
            return pair
    return (clause,)


def _charging_sentence(text: str) -> re.Match[str] | None:
    """The last sentence, or what stands behind the last colon or dash, where it says no more than who does what stands
    before it: "Sở Y tế chủ trì; xong quý II.".

    >>> before, labels = split_labels("Sắp xếp nơi tiếp dân: Văn phòng chủ trì, Công an xã phối hợp, xong trước 28/02.")
    >>> before, [(label.role.value, label.rest) for label in labels]
    ('Sắp xếp nơi tiếp dân', [('lead', 'Văn phòng'), ('partners', 'Công an xã'), ('time', 'xong trước 28/02')])
    >>> split_labels("Văn phòng - Thống kê: Công chức chủ trì.")[1]
    ()
    """
    match = _LAST_SENTENCE.search(text)
    if match is None:
        return None
    first, *others = (part.strip() for part in match[1].split(";"))
    timed = all(names_a_time(part) or names_a_term(part) or _only_charges(part) for part in others)
    return match if timed and _only_charges(first) else None


def _only_charges(part: str) -> bool:
    """Whether a clause is names and the words that charge them, and little else."""
    if not names_organisation(part):
        return False
    who = _time_apart(part)[0]
    charge = read_charge(who)
    if charge is None:
        return says_only_who(part)
    left = len(who.split()) - len(f"{charge.lead} {charge.partners}".split())
    return left <= _WORDS_OF_CHARGE or says_only_who(part)


def _times(parts: Sequence[str], charges: Sequence[Charge | None], time: str) -> Iterator[Section]:
    """The time that stands apart; else the parts that name one and charge nobody; else a charge that names one too."""
    uncharged = [part for part, charge in zip(parts, charges, strict=True) if charge is None]
    free = [part for part in uncharged if names_a_time(part) or names_a_term(part)]
    within = [part for part in parts if says_only_who(part) and names_a_time(part)]
    yield from (Section(Role.TIME, _LABEL_SEAM.sub("", text, 1)) for text in ([time] if time else free or within[:1]))


def _time_apart(text: str) -> tuple[str, str]:
    """Who does it, and the time behind the first mark from which on nobody is charged: '' where there is none.

    >>> _time_apart("Công an xã, Phòng Y tế chủ trì, xong trong quý II, quý III")
    ('Công an xã, Phòng Y tế chủ trì', 'xong trong quý II, quý III')
    """
    for mark in _MARK.finditer(text):
        first, *others = pieces = _MARK.split(text[mark.end() :])
        if names_a_time(first) and not any(_charges_somebody(p) or read_charge(p) for p in pieces):
            return text[: mark.start()].strip(), ",".join((first, *others)).strip()
    return text, ""


def _charge_in(part: str, timed: bool) -> Charge | None:
    """Whom a part of the bracket charges; None for nobody."""
    if not _charges_somebody(part):
        return None
    return read_charge(part) or _doing(part) or _named_beside_time(part, timed)


def _doing(part: str) -> Charge | None:
    """Who does it, in a clause that says no more: "(Văn phòng tham mưu)", "(Công an xã thực hiện thường xuyên)"."""
    return Charge(subject_of(part) or "", "; ".join(partners_of(part))) if says_only_who(part) else None


def _named_beside_time(part: str, timed: bool) -> Charge | None:
    """Who does it, named alone beside a time: "(Công an xã; Quý II)"; "(Sở Y tế)" alone may be whose thing it is."""
    return Charge(part, "") if timed and not names_a_time(part) and named_agents(part) == part else None


def _charges_somebody(text: str) -> bool:
    """Whether a text in brackets begins by naming who does it; "(khi Bộ Y tế triển khai)" says something else."""
    return names_organisation(text.strip()) or opens_with_charge(text.strip())
