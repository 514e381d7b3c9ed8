"""Varied documents out of seeded chance: every seed another office, layout, table and wording."""

from collections.abc import Iterator
from dataclasses import replace

from tests.testbed.aims import made_aim
from tests.testbed.chance import Dice, pool
from tests.testbed.document import (
    Block,
    Break,
    Deadline,
    File,
    Heading,
    Letterhead,
    Part,
    Plan,
    Signature,
    Task,
    Text,
)
from tests.testbed.grounds import made_grounds
from tests.testbed.look import made_making, made_style
from tests.testbed.office import Office, agency, made_office, made_person
from tests.testbed.source import Source
from tests.testbed.tables import made_grid
from tests.testbed.times import made_deadline

ROMAN = ("I.", "II.", "III.", "IV.", "V.", "VI.", "VII.")
SUBJECTS = (
    "Cải cách hành chính",
    "Cải cách hành chính nhà nước",
    "Nâng cao Chỉ số cải cách hành chính",
    "Kiểm soát thủ tục hành chính",
    "Chuyển đổi số",
    "Tuyên truyền cải cách hành chính",
    "Đẩy mạnh cải cách hành chính và chuyển đổi số",
)
KINDS = {"plan": 5.0, "decision": 3.0, "criteria": 2.0, "none": 1.5, "two": 0.6}


def sources(seed: int, count: int, output: str, damage: int, merged: bool = False) -> Iterator[Source]:
    """`count` sources, each with a seed of its own; `output` "mixed" draws one for each.

    merged: all are plans with tables whose goals span tasks (tables.made_grid).
    """
    for number in range(count):
        dice = Dice(seed * 100_003 + number)
        name = f"g{seed:03}-{number:03}"
        file = replace(_Maker(dice, merged=True).plan(), name=name) if merged else made_file(dice, name)
        style, making = made_style(dice), made_making(dice, output, damage)
        # Nobody writes by hand into a file that was never printed.
        yield Source(file, replace(style, handwritten=style.handwritten and making.output != "pdf"), making)


def made_file(dice: Dice, name: str) -> File:
    """A file of some kind: a plan, one behind its decision, criteria, two plans, or none."""
    kind = dice.weighted(KINDS)
    if kind == "none":
        return File(name, (_no_plan(dice),))
    if kind == "two":
        first, second = _Maker(dice).plan(), _Maker(dice).plan()
        moved = replace(
            second.plans[0], first_part=len(first.parts), last_part=len(first.parts) + len(second.parts) - 1
        )
        return File(name, (*first.parts, *second.parts), (*first.plans, moved))
    maker = _Maker(dice)
    made = {"plan": maker.plan, "decision": maker.decision, "criteria": maker.criteria}[kind]()
    return replace(made, name=name)


class _Maker:
    """Makes the plan of one office."""

    def __init__(self, dice: Dice, *, merged: bool = False) -> None:
        self.dice, self.merged = dice, merged
        self.year = dice.number(2021, 2030)
        self.last = (
            2025
            if self.year == 2021 and dice.chance(0.6)
            else 2030
            if self.year == 2026 and dice.chance(0.5)
            else self.year
        )
        self.issued = f"{self.year}-{dice.number(1, 4):02}-{dice.number(3, 28):02}"
        self.office: Office = made_office(dice, two_tier=self.year >= 2026)
        self.signer = made_person(dice)
        self.deputy = dice.chance(0.45)
        time = f"năm {self.year}" if self.last == self.year else f"giai đoạn {self.year} - {self.last}"
        tail = dice.one((f" {self.office.place}", "", f" trên địa bàn {self.office.place}"))
        subject = dice.one(SUBJECTS)
        self.title = dice.one((f"{subject}{tail} {time}", f"{subject} {time}{tail}"))
        self.grounds, self.named_province = made_grounds(dice, self.office, self.year)

    def plan(self) -> File:
        number = f"{self.dice.number(2, 399)}/KH-UBND"
        landscape = self.dice.chance(0.4)
        blocks, tail = self.body(landscape)
        intro = self.dice.one(pool("prose")["intro"]).format(issuer=self.office.full)
        part = Part(
            "KẾ HOẠCH",
            self.title,
            (*self.grounds, Text(intro), *blocks),
            self.letterhead(number),
            signature=self.signature(),
            tail=tail,
        )
        return File("", (part,), (self.fields("Kế hoạch", number),))

    def decision(self) -> File:
        number = f"{self.dice.number(20, 2990)}/QĐ-UBND"
        year, month, day = self.issued.split("-")
        note = f"(Ban hành kèm theo Quyết định số {number} ngày {day}/{int(month):02}/{year} của {self.office.full})"
        blocks, tail = self.body(self.dice.chance(0.4))
        head = (
            Text(self.office.full.upper(), bold=True, centred=True),
            *self.grounds,
            Text("QUYẾT ĐỊNH:", bold=True, centred=True),
        )
        articles = (
            Text(f"Điều 1. Ban hành kèm theo Quyết định này Kế hoạch {self.title[0].lower()}{self.title[1:]}."),
            Text("Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
            Text(f"Điều 3. Thủ trưởng các cơ quan, bộ phận thuộc {self.office.full} thi hành Quyết định này./."),
        )
        title = f"Về việc ban hành Kế hoạch {self.title[0].lower()}{self.title[1:]}"
        cover = Part("QUYẾT ĐỊNH", title, (*head, *articles), self.letterhead(number), signature=self.signature())
        plan = Part("KẾ HOẠCH", self.title, tuple(blocks), note=note, tail=tail)
        return File("", (cover, plan), (replace(self.fields("Quyết định", number), last_part=1),))

    def criteria(self) -> File:
        number = f"{self.dice.number(2, 399)}/KH-UBND"
        blocks: list[Block] = [Heading("MỤC ĐÍCH, YÊU CẦU", ROMAN[0]), *self.purposes(2), Heading("NỘI DUNG", ROMAN[1])]
        for n, area in enumerate(self.dice.some(list(pool("tasks")), 3, 6), 1):
            blocks += self.criterion(n, area)
        blocks += [Heading("TỔ CHỨC THỰC HIỆN", ROMAN[2]), *self.duties(), self.closing()]
        part = Part(
            "KẾ HOẠCH", self.title, (*self.grounds, *blocks), self.letterhead(number), signature=self.signature()
        )
        return File("", (part,), (self.fields("Kế hoạch", number),))

    def body(self, landscape: bool) -> tuple[list[Block], tuple[Block, ...]]:
        """The sections of a plan; its table stands among them or in the appendix behind the signature."""
        dice = self.dice
        marks = dice.one((("-",) * 9, tuple(f"{n}." for n in range(1, 10)), tuple(f"{c})" for c in "abcdeghik")))
        aims = [made_aim(dice, marks[n], self.year, self.last) for n in range(dice.number(3, 7))]
        grid = made_grid(dice, self.office, self.year, self.last, landscape, self.merged)
        inside = not landscape and dice.chance(0.4)
        task_blocks: list[Block] = [grid] if inside else [Text("Các nhiệm vụ cụ thể nêu tại Phụ lục kèm theo.")]
        sections: list[tuple[str, list[Block]]] = [
            (dice.one(("MỤC ĐÍCH, YÊU CẦU", "MỤC ĐÍCH")), self.purposes(dice.number(2, 4))),
            (dice.one(("MỤC TIÊU", "CHỈ TIÊU", "MỤC TIÊU, CHỈ TIÊU", "CÁC CHỈ TIÊU CHỦ YẾU")), list(aims)),
            (dice.one(("NHIỆM VỤ", "NHIỆM VỤ CỤ THỂ", "NỘI DUNG VÀ PHÂN CÔNG THỰC HIỆN")), task_blocks),
            ("KINH PHÍ", [Text(dice.one(pool("prose")["money"]))]),
            (dice.one(("TỔ CHỨC THỰC HIỆN", "PHÂN CÔNG TRÁCH NHIỆM")), [*self.duties(), self.closing()]),
        ]
        if dice.chance(0.3):
            del sections[3]
        blocks: list[Block] = []
        for number, (heading, inner) in zip(ROMAN, sections, strict=False):
            blocks += [Heading(heading, number), *inner]
        return blocks, () if inside else (Break(landscape), *self.appendix_title(), grid)

    def appendix_title(self) -> tuple[Block, ...]:
        name = self.dice.one(("PHỤ LỤC", "Phụ lục", "PHỤ LỤC I"))
        title = self.dice.one(("CÁC NHIỆM VỤ CỤ THỂ", "BẢNG PHÂN CÔNG NHIỆM VỤ", "DANH MỤC CÔNG VIỆC"))
        return (
            Heading(name, centred=True),
            Heading(f"{title} {self.title.upper()}", centred=True),
            Text("(Kèm theo Kế hoạch nói trên)", italic=True, centred=True),
        )

    def purposes(self, count: int) -> list[Block]:
        values = {"name": self.office.place, "y": self.year}
        return [Text(self.dice.fresh(pool("prose")["purpose"]).format(**values), "-") for _ in range(count)]

    def duties(self) -> list[Block]:
        """Organisations with their duties."""
        blocks: list[Block] = []
        for n, drawn in enumerate(self.dice.some(pool("agencies")[self.office.agencies]["own"], 2, 5), 1):
            name = agency(drawn, self.office)
            blocks.append(Heading(name, f"{n}.", 2))
            for _ in range(self.dice.number(1, 3)):
                text, area = self.dice.fresh(pool("prose")["duties"])
                blocks.append(Text(text, "-", tasks=(Task(text.rstrip("."), (name,), area=area or None),)))
        return blocks

    def criterion(self, number: int, area: str) -> list[Block]:
        dice, pools = self.dice, pool("agencies")[self.office.agencies]
        lead = agency(dice.one(pools["own"]), self.office)
        partners = tuple(agency(n, self.office) for n in dice.some(pools["others"], 1, 2))
        time: Deadline = made_deadline(dice, self.year, self.last)
        aim = made_aim(dice, "", self.year, self.last)
        aims = tuple(replace(a, text=a.text or aim.text) for a in aim.aims)
        tasks = [
            dice.fresh(pool("tasks")[area]["tasks"])[0].format(n=dice.number(2, 9), y=self.year)
            for _ in range(dice.number(1, 4))
        ]
        laid = [Task(task, (lead,), partners, time, goal=aim.text.rstrip(".")) for task in tasks]
        return [
            Heading(f"Tiêu chí {area[0].lower()}{area[1:]}", f"{number}.", 2, area),
            Text(f"Mục tiêu, yêu cầu: {aim.text}", "a)", aims=aims),
            Text("Nhiệm vụ, giải pháp:", "b)"),
            *(Text(f"{task.task}.", "-", tasks=(task,)) for task in laid),
            Text(f"Phân công trách nhiệm: {lead} chủ trì; {', '.join(partners)} phối hợp.", "c)"),
            Text(f"Thời gian: {time.text}.", "d)"),
        ]

    def closing(self) -> Text:
        return Text(self.dice.one(pool("prose")["closing"]).format(issuer=self.office.full))

    def letterhead(self, number: str) -> Letterhead:
        office = self.office
        above = office.parent.upper() if office.parent and self.year < 2026 else None
        return Letterhead(f"ỦY BAN NHÂN DÂN\n{office.place.upper()}", above, number, office.name, self.issued)

    def signature(self) -> Signature:
        lines = ["TM. ỦY BAN NHÂN DÂN", *(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") if self.deputy else ("CHỦ TỊCH",))]
        other = ["Như trên;", "Thường trực HĐND;", "Các đoàn thể;", "Các cơ quan, bộ phận;", "Cổng thông tin điện tử;"]
        return Signature(tuple(lines), self.signer, (*self.dice.some(other, 2, 4), "Lưu: VT."))

    def fields(self, doc_type: str, number: str) -> Plan:
        office = self.office
        shown = office.parent if self.year < 2026 or self.named_province else None
        province = (
            office.province
            if self.named_province or office.level == "tỉnh" or (shown and shown.endswith(office.province or "?"))
            else None
        )
        return Plan(
            doc_type=doc_type,
            doc_number=number,
            issued_date=self.issued,
            issued_place=office.name,
            issuer=office.full,
            issuer_level=office.level,
            issuer_name=office.name,
            parent_unit=shown,
            province=province,
            title=self.title,
            period_start=f"{self.year}-01-01",
            period_end=f"{self.last}-12-31",
            signer_name=self.signer,
            signer_title="Phó Chủ tịch" if self.deputy else "Chủ tịch",
        )


def _no_plan(dice: Dice) -> Part:
    """A report or a letter."""
    maker = _Maker(dice)
    number, words = dice.number(2, 399), {"name": maker.office.place, "issuer": maker.office.full}
    if dice.chance(0.6):
        title = f"Kết quả công tác cải cách hành chính năm {maker.year - 1}"
        lines = [dice.fresh(pool("prose")["report"]).format(n=dice.number(2, 9), **words) for _ in range(8)]
        kind, symbol = "BÁO CÁO", "BC-UBND"
        blocks: list[Block] = [
            Heading("KẾT QUẢ", "I."),
            *map(Text, lines[:5]),
            Heading("HẠN CHẾ, KIẾN NGHỊ", "II."),
            *map(Text, lines[5:]),
        ]
    else:
        title, kind, symbol = "", "", "UBND-VP"
        blocks = [
            Text("Kính gửi: Văn phòng cấp trên", centred=True),
            *(Text(line.format(n=dice.number(2, 9), **words)) for line in pool("prose")["letter"]),
        ]
    head = replace(maker.letterhead(f"{number}/{symbol}"), subject=None if kind else "V/v cung cấp số liệu")
    return Part(kind, title, tuple(blocks), head, signature=maker.signature())
