"""Several printed lines as one text that still knows which line, page and raw text every character came from."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from schema.outline.flow import PrintedLine


@dataclass(frozen=True, slots=True)
class Passage:
    """text: the lines joined, symbols parted by a line break whole again. starts[i]: where lines[i] begins in it."""

    text: str
    lines: tuple[PrintedLine, ...]
    starts: tuple[int, ...]

    def lines_of(self, start: int, end: int) -> tuple[PrintedLine, ...]:
        """The lines that text[start:end] stands on."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        return self.lines[first : last + 1]

    def raw_of(self, start: int, end: int) -> str:
        """The raw text of those lines, whole lines, joined by blanks."""
        return " ".join(line.raw.strip() for line in self.lines_of(start, end))


def passage_of(lines: Sequence[PrintedLine]) -> Passage:
    """The lines as one text. The empty passage for no lines."""
    text, starts = "", []
    for line in lines:
        glued = not text or (re.fullmatch(r"[^\W\d_][-/]", text[-2:]) is not None and line.text[:1].isalnum())
        text = text if glued else f"{text} "
        starts.append(len(text))
        text += line.text.strip()
    return Passage(text, tuple(lines), tuple(starts))
