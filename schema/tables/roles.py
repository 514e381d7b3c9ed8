"""Who leads a row and who joins in, from its cells: a column each, or one cell that marks the parts.

>>> split_roles("Chủ trì: Văn phòng UBND xã; Phối hợp: Công an xã")
('Văn phòng UBND xã', 'Công an xã')
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from normalize.fixes import RestoredPage
from schema.narrative.charges import read_charge
from schema.narrative.duties import names_organisation
from schema.organisations.agency_lists import split_agencies
from schema.plain import plain
from schema.ruletable import load_rules
from schema.tables.columns import Field
from schema.tables.listed_names import with_breaks
from schema.tables.row_assembly import LogicalRow
from schema.values.folding import FoldedRow, folded

_EDGES = " ;,.-+"


Mark = Literal["lead", "partners", "leads", "closes", "both"]


@dataclass(frozen=True)
class RoleMark(FoldedRow):
    """Words in a cell, or its header, that part those who lead from those who join in. pattern: over folded text.

    lead, partners: in front of the organisations of that role; leads: amid a clause about one who leads; closes: at the
    end of a clause; both: the whole header of a column whose cells name one who leads, a slash, and those who join in.
    """

    role: Mark
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roles:
    """Who leads and who joins in. sure: False where one cell held both and did not say which is which."""

    lead: tuple[str, ...]
    partners: tuple[str, ...]
    sure: bool = True


def read_roles(row: LogicalRow, header: str, pages: Sequence[RestoredPage]) -> Roles:
    """Who leads and who joins in; header: of the column that names both, '' where there is none."""
    cells = (row.cell(field) for field in (Field.LEAD, Field.PARTNERS, Field.AGENCIES))
    lead, partners, both = (with_breaks(cell, pages) for cell in cells)
    marked = split_roles(lead or both) or _charged(lead or both) or _parted_as(header, both)
    if marked and (marked[0] or not lead):  # whoever stands alone in the column of leads leads: 'A tham mưu phối hợp'
        return Roles(split_agencies(marked[0]), split_agencies("; ".join(p for p in (marked[1], partners) if p)))
    if both and not lead:
        found = split_agencies(both)
        return Roles(found, split_agencies(partners), sure=len(found) <= 1)
    return Roles(split_agencies(lead), split_agencies(partners))


def without_scrap(roles: Roles) -> Roles:
    """The names that begin with a capital or as those of organisations do: in a row that had to be guessed at, what
    else stands there is a piece of another cell.

    >>> without_scrap(Roles(("Phòng Nội vụ", "niêm yết"), ("hóa kết quả giải quyết", "các phường", "Tư pháp")))
    Roles(lead=('Phòng Nội vụ',), partners=('các phường', 'Tư pháp'), sure=True)
    """
    lead, partners = (
        tuple(name for name in names if name[:1].isupper() or names_organisation(name))
        for names in (roles.lead, roles.partners)
    )
    return Roles(lead, partners, roles.sure)


def _marks(role: Mark) -> Iterator[RoleMark]:
    return (mark for mark in load_rules("role_marks", RoleMark) if mark.role == role)


def _parted_as(header: str, both: str) -> tuple[str, str] | None:
    """('who leads', 'who joins in') of a cell with the one slash of its header 'Chủ trì/ phối hợp'; None without it.

    >>> _parted_as("Cơ quan chủ trì/phối hợp", "Phòng Nội vụ / Các phòng, ban")
    ('Phòng Nội vụ', 'Các phòng, ban')
    """
    lead, slash, partners = (part.strip() for part in both.partition("/"))
    named = any(mark.regex.fullmatch(folded(header)) for mark in _marks("both"))
    return (lead, partners) if named and slash and lead and partners and "/" not in partners else None


def _clauses(text: str) -> list[str]:
    """The clauses of a cell: up to ';' or to the words that close one."""
    ends = sorted({hit.end() for mark in _marks("closes") for hit in mark.regex.finditer(plain(text))})
    edges = [0, *ends, len(text)]
    return [text[a:b].strip(" ;") for a, b in pairwise(edges)]


def _charged(text: str) -> tuple[str, str] | None:
    """('who leads', 'who joins in') of a cell whose names say it behind them; None for a cell without such words.

    >>> _charged("Phòng Tư pháp (chủ trì); Công an xã (phối hợp)"), _charged("UBND các xã; Công an tỉnh phối hợp")
    (('Phòng Tư pháp', 'Công an xã'), ('UBND các xã', 'Công an tỉnh'))
    """
    clauses = _clauses(text)
    charges = [read_charge(clause) for clause in clauses]
    if not any(charges):
        return None
    led = [any(mark.matches(clause) for mark in _marks("leads")) for clause in clauses]
    heads = [own or not any(led) for own in led]  # beside one who leads, those who 'do' it join in
    leads = [charge.lead for charge, head in zip(charges, heads, strict=True) if charge and charge.lead and head]
    doing = [charge.lead for charge, head in zip(charges, heads, strict=True) if charge and charge.lead and not head]
    others = [clause for clause, charge in zip(clauses, charges, strict=True) if charge is None]
    partners = doing + [charge.partners for charge in charges if charge and charge.partners]
    return ("; ".join(leads), "; ".join((*others, *partners))) if leads else ("; ".join(others), "; ".join(partners))


def split_roles(text: str) -> tuple[str, str] | None:
    """('who leads', 'who joins in') of a cell that marks them in front; None for a cell without such marks."""
    read = folded(text)
    if len(read) != len(" ".join(text.split())):
        return None
    roles: tuple[Literal["lead", "partners"], ...] = ("lead", "partners")
    marks = sorted(
        (hit.start(), hit.end(), role) for role in roles for mark in _marks(role) for hit in mark.regex.finditer(read)
    )
    if not marks:
        return None
    text, found = " ".join(text.split()), {"lead": "", "partners": ""}
    found["lead"] = text[: marks[0][0]].strip(_EDGES)
    for index, (_, end, role) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        found[role] = f"{found[role]}; {text[end:stop].strip(_EDGES)}".strip(" ;")
    return found["lead"], found["partners"]
