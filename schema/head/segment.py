"""Where one document of a file lies: its lines, what sort it is, and the decision that promulgates it."""

from dataclasses import dataclass

from schema.head.document_types import DocumentType


@dataclass(frozen=True, slots=True)
class Segment:
    """One document within the file. Indices into the printed lines.

    start    its first line, letterhead included
    heading  the line that names its sort; where that line was not read, the first one below the letterhead
    end      one past its last line
    attached it stands under a decision: it has "(Ban hành kèm theo Quyết định số ...)" below its heading
    decision the segment of the decision that promulgates it; None where it stands alone
    headed   the line that names its sort was read; else the letterhead's symbol tells the sort
    """

    start: int
    heading: int
    end: int
    kind: DocumentType
    attached: bool
    decision: "Segment | None" = None
    headed: bool = True

    @property
    def below(self) -> int:
        """The first line below the heading."""
        return self.heading + 1 if self.headed else self.heading

    @property
    def first(self) -> int:
        """The first line of the whole: of the decision, where there is one."""
        return self.decision.start if self.decision else self.start
