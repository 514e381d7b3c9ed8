"""A File and a Style -> PDF bytes and the exact truth of every page. The same input gives the same bytes."""

import io
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Frame as PageFrame

from tests.testbed.document import Block, Break, File, Grid, Heading, Letterhead, Part, Signature, Text
from tests.testbed.flow import (
    Drawn,
    DrawnGap,
    DrawnTable,
    DrawnText,
    Gap,
    HalfRule,
    HandLine,
    Ink,
    InkParagraph,
    InkTable,
)
from tests.testbed.grid import grid_table
from tests.testbed.style import Style

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class PageTruth:
    """A page of the PDF. `lines`: its text in reading order, a paragraph or table row each. `gaps`: to sign in.

    `drawn`: everything on it, as it was drawn.
    """

    number: int
    width: float
    height: float
    lines: tuple[str, ...]
    tables: tuple[DrawnTable, ...]
    gaps: tuple[DrawnGap, ...]
    drawn: tuple[Drawn, ...]

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class Rendered:
    """The PDF and what stands on its pages."""

    pdf: bytes
    pages: tuple[PageTruth, ...]

    @property
    def text(self) -> str:
        """The text of all pages, a paragraph or table row a line."""
        return "\n".join(line for page in self.pages for line in page.lines) + "\n"


def render(file: File, style: Style) -> Rendered:
    """Lay a file out. Raises MissingFontError where the style's font is not installed."""
    ink = Ink()
    printer = _Printer(style, ink)
    sheets: list[tuple[float, float]] = []
    story = [flowable for n, part in enumerate(file.parts) for flowable in printer.part(part, first=n == 0)]
    buffer = io.BytesIO()
    template = _template(buffer, style, ink, sheets)
    template.build(story)
    pages = tuple(_page(number, size, ink.drawn) for number, size in enumerate(sheets, 1))
    return Rendered(buffer.getvalue(), pages)


def _template(buffer: io.BytesIO, style: Style, ink: Ink, sheets: list[tuple[float, float]]) -> Any:
    top, bottom, left, right = style.margins

    def begin(canvas: Any, _document: Any) -> None:
        width, height = canvas._pagesize
        sheets.append((width, height))
        ink.page, ink.height = len(sheets), height
        _print_number(canvas, style, ink, width, height)

    def page(name: str, width: float, height: float) -> Any:
        frame = PageFrame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)
        return PageTemplate(name, [frame], onPage=begin, pagesize=(width, height))

    template = BaseDocTemplate(buffer, invariant=1, title="", author="", allowSplitting=1)
    template.addPageTemplates([page("portrait", *A4), page("landscape", A4[1], A4[0])])
    return template


def _print_number(canvas: Any, style: Style, ink: Ink, width: float, height: float) -> None:
    if style.page_number == "none" or ink.page == 1:
        return
    base = height - 36 if style.page_number == "top" else 30
    canvas.setFont(style.faces.regular, 12)
    canvas.drawCentredString(width / 2, base, str(ink.page))
    box = (width / 2 - 6, height - base - 10, width / 2 + 6, height - base + 2)
    ink.drawn.append(DrawnText(ink.page, box, str(ink.page)))


def _page(number: int, size: tuple[float, float], drawn: list[Drawn]) -> PageTruth:
    here = [d for d in drawn if d.page == number]
    lines: list[str] = []
    for thing in here:
        if isinstance(thing, DrawnText) and thing.text:
            lines.append(thing.text)
        elif isinstance(thing, DrawnTable):
            lines.extend(table_lines(thing))
    # A number at the foot is drawn first but read last.
    if here and isinstance(here[0], DrawnText) and here[0].text == str(number) and here[0].box[1] > size[1] / 2:
        lines.append(lines.pop(0))
    tables = tuple(d for d in here if isinstance(d, DrawnTable) and d.ruled)
    gaps = tuple(d for d in here if isinstance(d, DrawnGap))
    return PageTruth(number, *size, tuple(lines), tables, gaps, tuple(here))


def table_lines(table: DrawnTable) -> list[str]:
    """The rows of a ruled table, the paragraphs of an unruled one."""
    if not table.ruled:
        return list(table.lines)
    rows = {cell.row for cell in table.cells}
    texts = (
        " ".join(c.text for c in sorted(table.cells, key=lambda c: c.col) if c.row == row and c.text)
        for row in sorted(rows)
    )
    return [text for text in texts if text]


class _Printer:
    """Turns parts into flowables in one style."""

    def __init__(self, style: Style, ink: Ink) -> None:
        self.style, self.ink = style, ink
        faces = style.faces
        self.body = ParagraphStyle(
            "body",
            fontName=faces.regular,
            fontSize=style.size,
            leading=style.size * style.leading,
            alignment=TA_JUSTIFY if style.justify else TA_LEFT,
            firstLineIndent=style.indent,
            spaceAfter=style.size * 0.4,
        )
        self.plain = ParagraphStyle("plain", self.body, firstLineIndent=0, alignment=TA_LEFT, spaceAfter=0)
        self.centre = ParagraphStyle("centre", self.plain, alignment=TA_CENTER)

    def say(self, text: str, base: ParagraphStyle, **changes: Any) -> InkParagraph:
        """One recorded paragraph; `changes` are attributes of its style."""
        look = ParagraphStyle("made", base, **changes) if changes else base
        return InkParagraph(escape(text), look, ink=self.ink, said=text)

    def part(self, part: Part, first: bool) -> list[Flowable]:
        story: list[Flowable] = [] if first else [NextPageTemplate("portrait"), PageBreak()]
        if part.letterhead:
            story += [self.letterhead(part.letterhead), Spacer(1, 8)]
        story += self.title(part)
        for block in part.blocks:
            story += self.block(block)
        if part.signature:
            story += [Spacer(1, 8), self.signature(part.signature)]
        for block in part.tail:
            story += self.block(block)
        return story

    def title(self, part: Part) -> list[Flowable]:
        bold = self.style.faces.bold
        story: list[Flowable] = []
        if part.kind:
            story.append(self.say(part.kind, self.centre, fontName=bold, fontSize=self.style.size + 0.5))
        if part.title:
            story += [self.say(part.title, self.centre, fontName=bold), HalfRule(0.25)]
        if part.note:
            story.append(self.say(part.note, self.centre, fontName=self.style.faces.italic))
        return [*story, Spacer(1, 9)]

    def letterhead(self, head: Letterhead) -> InkTable:
        bold, size = self.style.faces.bold, self.style.size - 0.7
        small = {"fontSize": size, "leading": size * 1.2}
        left: list[Flowable] = []
        if head.above:
            left += [self.say(line, self.centre, **small) for line in head.above.split("\n")]
        left += [self.say(line, self.centre, fontName=bold, **small) for line in head.body.split("\n")]
        left += [HalfRule(0.3), Spacer(1, 4)]
        left.append(self.number_line(head, size))
        if head.subject:
            left.append(self.say(head.subject, self.centre, fontSize=size - 1, leading=size * 1.15))
        right: list[Flowable] = [
            self.say(NATION, self.centre, fontName=bold, fontSize=size - 0.6, leading=size * 1.2),
            self.say(MOTTO, self.centre, fontName=bold, **small),
            HalfRule(0.55),
            Spacer(1, 4),
            self.date_line(head, size),
        ]
        return self.two_columns(left, right, self.style.left_share)

    def number_line(self, head: Letterhead, size: float) -> Flowable:
        if not self.style.handwritten or not head.number:
            return self.say(f"Số: {head.number}", self.centre, fontSize=size, leading=size * 1.2)
        digits, slash, rest = head.number.partition("/")
        pieces = [("Số: ", False), (digits, True), (slash + rest, False)]
        return HandLine(self.ink, pieces, self.style.faces.regular, size, self.style.seed)

    def date_line(self, head: Letterhead, size: float) -> Flowable:
        year, month, day = head.date.split("-")
        day, month = day if int(day) < 10 else str(int(day)), month if int(month) < 3 else str(int(month))
        italic = self.style.faces.italic
        if not self.style.handwritten:
            text = f"{head.place}, ngày {day} tháng {month} năm {year}"
            return self.say(text, self.centre, fontName=italic, fontSize=size, leading=size * 1.2)
        pieces = [
            (f"{head.place}, ngày ", False),
            (day, True),
            (" tháng ", False),
            (month, True),
            (f" năm {year}", False),
        ]
        return HandLine(self.ink, pieces, italic, size, self.style.seed + 1)

    def two_columns(self, left: list[Flowable], right: list[Flowable], share: float) -> InkTable:
        _, _, margin_left, margin_right = self.style.margins
        # The letterhead reaches a little into the left margin, as it does in print.
        width = A4[0] - margin_left - margin_right + 24
        table = InkTable([[left, right]], [width * share, width * (1 - share)], hAlign="CENTER")
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        table.ink, table.ruled = self.ink, False
        return table

    def signature(self, signature: Signature) -> InkTable:
        faces = self.style.faces
        small = {"fontSize": 11, "leading": 13.2}
        left: list[Flowable] = []
        if signature.recipients:
            left.append(self.say("Nơi nhận:", self.plain, fontName=faces.bold_italic, fontSize=12, leading=14.5))
            left += [self.say(f"- {line}", self.plain, **small) for line in signature.recipients]
        right: list[Flowable] = [self.say(line, self.centre, fontName=faces.bold) for line in signature.lines]
        right.append(Gap(self.ink, self.style.signature_gap))
        if signature.name:
            right.append(self.say(signature.name, self.centre, fontName=faces.bold))
        return self.two_columns(left, right, 0.5)

    def block(self, block: Block) -> list[Flowable]:
        if isinstance(block, Heading):
            return [CondPageBreak(self.style.size * 5), self.heading(block)]
        if isinstance(block, Text):
            return [self.text(block)]
        if isinstance(block, Break):
            return [NextPageTemplate("landscape" if block.landscape else "portrait"), PageBreak()]
        return self.grid(block)

    def heading(self, block: Heading) -> InkParagraph:
        faces = self.style.faces
        font = faces.bold if block.level <= 2 or block.centred else faces.bold_italic
        text = f"{block.number} {block.text}".strip()
        base = self.centre if block.centred else self.body
        return self.say(text, base, fontName=font, spaceBefore=2, spaceAfter=self.style.size * 0.35)

    def text(self, block: Text) -> InkParagraph:
        faces = self.style.faces
        font = faces.bold if block.bold else faces.italic if block.italic else faces.regular
        return self.say(
            f"{block.marker} {block.text}".strip(), self.centre if block.centred else self.body, fontName=font
        )

    def grid(self, grid: Grid) -> list[Flowable]:
        _, _, left, right = self.style.margins
        width = (A4[1] if grid.landscape else A4[0]) - left - right
        cell = replace(self.style, size=self.style.table_size)
        table = grid_table(grid, cell, self.ink, width)
        table.spaceAfter = 8
        return [table]
