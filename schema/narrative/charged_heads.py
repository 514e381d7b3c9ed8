"""What stands over duties -> whom it charges with them: "Phòng Kinh tế", "Giao Phòng Kinh tế thực hiện các việc sau:".

>>> charged_head("Phòng Kinh tế", None, heading=True)
ChargedHead(lead='Phòng Kinh tế', partners=(), duty=False, joins=False)
>>> charged_head("Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã thực hiện các việc sau:", None, heading=False)
ChargedHead(lead='Phòng Kinh tế', partners=('Công an xã',), duty=False, joins=False)
>>> charged_head("Phối hợp với các trường học", ChargedHead("Công an xã"), heading=True)
ChargedHead(lead='Công an xã', partners=('các trường học',), duty=False, joins=False)
"""

from dataclasses import dataclass

from schema.narrative.charges import read_charge
from schema.narrative.duties import called, organisation_title, owner_of, subject_of
from schema.narrative.partners import is_joining, partners_of
from schema.organisations.agency_lists import split_agencies


@dataclass(frozen=True, slots=True)
class ChargedHead:
    """Whom a block charges with the duties beneath it.

    lead: as printed, not yet split; '' where it only says with whom. duty: it is a duty itself, besides.
    joins: what is beneath it begins with the partners, "Chủ trì, phối hợp: / - Sở Y tế lập danh sách".
    """

    lead: str
    partners: tuple[str, ...] = ()
    duty: bool = False
    joins: bool = False


def charged_head(text: str, above: ChargedHead | None, heading: bool) -> ChargedHead | None:
    """Whom a text with duties beneath it charges; None where it names nobody.

    above: the head that it stands under. heading: whether it is set as a title, not as a sentence.
    """
    if title := organisation_title(text):
        return ChargedHead(title)
    if is_joining(text):
        partners = partners_of(text)
        return ChargedHead(above.lead if above else "", partners, joins=not partners)
    if heading and (owner := owner_of(text)):
        return ChargedHead(owner)
    opens = text.rstrip().endswith(":")
    if heading and not opens and read_charge(text) is None and (name := called(text)):
        return ChargedHead(name)
    subject = subject_of(text)
    if subject is None or (above is not None and not opens):
        return None
    introduces = opens or (heading and not text.rstrip().endswith("."))
    return ChargedHead(subject, partners_of(text) if introduces else (), duty=not introduces)


def own_lead(names: tuple[str, ...], sentence: str) -> tuple[str, ...]:
    """Who leads a duty under a heading of several organisations: those that its sentence starts with, if it does.

    A sentence of several clauses may give each of them its own part.

    >>> own_lead(("Phòng Y tế", "Công an xã"), "Công an xã chủ trì, phối hợp với các thôn tuần tra.")
    ('Công an xã',)
    """
    subject = split_agencies(subject_of(sentence) or "") if len(names) > 1 and ";" not in sentence else ()
    known = {name.casefold() for name in names}
    return subject if subject and all(name.casefold() in known for name in subject) else names
