"""How a document is laid out: everything about its look that its words do not decide."""

from dataclasses import dataclass

from tests.testbed.fonts import Faces, faces


@dataclass(frozen=True)
class Style:
    """Measures in points. The defaults are those of Nghị định 30/2020/NĐ-CP: A4, left margin 30 mm, right 15 mm."""

    family: str = "Tinos"
    size: float = 13.5
    leading: float = 1.25  # of the size
    margins: tuple[float, float, float, float] = (57, 57, 85, 43)  # top, bottom, left, right
    indent: float = 34
    justify: bool = True
    table_size: float = 11
    table_padding: float = 3
    rule: float = 0.6
    rules: str = "all"  # of tables: "all", "open" (none at the sides), "double" frame, "across", "header" or "none"
    repeat_header: bool = True
    split_rows: bool = False
    section_spans_all: bool = False  # the title of a section row begins in the first column
    page_number: str = "top"  # "top", "bottom" or "none"
    left_share: float = 0.42  # of the letterhead's width
    handwritten: bool = False  # number and date of the letterhead, in blue strokes
    signature_gap: float = 62
    seed: int = 0  # of the handwriting

    @property
    def faces(self) -> Faces:
        """The registered faces; raises MissingFontError."""
        return faces(self.family)
