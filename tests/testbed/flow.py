"""Flowables that remember where they were drawn and what they said: the geometry and the reading order of the truth."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.platypus import Flowable, Paragraph, Table

Frame = tuple[float, float, float, float]  # x0, top, x1, bottom in points of the page, y downwards


@dataclass(frozen=True)
class PrintedLine:
    """One line of print as it was broken."""

    text: str
    box: Frame


@dataclass(frozen=True)
class DrawnCell:
    """One cell of a table part as it lies on one page; rows and columns count from 0 on that page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Frame
    text: str
    printed: tuple[PrintedLine, ...] = ()


@dataclass(frozen=True)
class DrawnTable:
    """The part of a table that lies on one page: rule positions and cells. `ruled`: False for the letterhead."""

    page: int
    ruled: bool
    box: Frame
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    header_rows: int
    cells: tuple[DrawnCell, ...]
    lines: tuple[str, ...]  # of an unruled table: the lines of its left cell, then of its right cell


@dataclass(frozen=True)
class DrawnText:
    """A paragraph, or the part of it that fits on the page; `text` has its printed lines joined by a blank."""

    page: int
    box: Frame
    text: str
    printed: tuple[PrintedLine, ...] = ()


@dataclass(frozen=True)
class DrawnGap:
    """The room left for a signature."""

    page: int
    box: Frame


Drawn = DrawnTable | DrawnText | DrawnGap


@dataclass
class Ink:
    """Collects what is drawn, in order; the page template keeps `page` and `height` up to date."""

    page: int = 0
    height: float = 0.0
    drawn: list[Drawn] = field(default_factory=list)

    def frame(self, canvas: Any, width: float, height: float) -> Frame:
        """The box of a flowable that is being drawn at the canvas origin."""
        x, y = canvas.absolutePosition(0, 0)
        return (round(x, 2), round(self.height - y - height, 2), round(x + width, 2), round(self.height - y, 2))


class InkParagraph(Paragraph):  # type: ignore[misc]  # reportlab publishes no types
    """A paragraph that tells `ink` what it said."""

    def __init__(self, *args: Any, ink: Ink | None = None, said: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ink, self.said = ink, said

    def split(self, avail_width: float, avail_height: float) -> list["InkParagraph"]:
        pieces: list[InkParagraph] = super().split(avail_width, avail_height)
        for piece in pieces:
            piece.ink, piece.said = self.ink, self.said if len(pieces) == 1 else None
        return pieces

    def draw(self) -> None:
        super().draw()
        if self.ink is not None:
            box = self.ink.frame(self.canv, self.width, self.height)
            # The printed lines are joined only where a page cut the text: a line break within "30/9" is no blank.
            said = " ".join(self.printed_lines()) if self.said is None else self.said
            self.ink.drawn.append(DrawnText(self.ink.page, box, said, tuple(_set_in(box, list(self.printed_lines())))))

    def printed_lines(self) -> Iterator[str]:
        """The lines as they were broken."""
        for line in self.blPara.lines:
            words = line[1] if isinstance(line, tuple) else [w.text for w in line.words]
            yield " ".join("".join(words).split() if not isinstance(line, tuple) else words)


class InkTable(Table):  # type: ignore[misc]  # reportlab publishes no types
    """A table that tells `ink` its grid and its cells, part by part where pages cut it."""

    ink: Ink | None = None
    ruled: bool = True
    header_rows: int = 0

    def _splitRows(self, *args: Any, **kwargs: Any) -> list["InkTable"]:  # noqa: N802  # reportlab's name
        parts: list[InkTable] = super()._splitRows(*args, **kwargs)
        for number, part in enumerate(parts):
            part.ink, part.ruled = self.ink, self.ruled
            part.header_rows = self.header_rows if number == 0 or self.repeatRows else 0
        return parts

    def draw(self) -> None:
        ink = self.ink
        if ink is None:
            super().draw()
            return
        start = len(ink.drawn)
        self._cells_drawn: list[DrawnCell] = []
        self._lines_drawn: list[str] = []
        super().draw()
        gaps = [d for d in ink.drawn[start:] if isinstance(d, DrawnGap)]
        box = ink.frame(self.canv, self._width, self._height)
        xs = tuple(round(box[0] + x, 2) for x in self._colpositions)
        ys = tuple(round(box[3] - y, 2) for y in self._rowpositions)
        ink.drawn[start:] = [
            DrawnTable(
                ink.page, self.ruled, box, xs, ys, self.header_rows, tuple(self._cells_drawn), tuple(self._lines_drawn)
            ),
            *gaps,
        ]

    def _drawCell(self, value: Any, style: Any, pos: Sequence[float], size: Sequence[float]) -> None:  # noqa: N802
        ink = self.ink
        if ink is None:
            super()._drawCell(value, style, pos, size)
            return
        start = len(ink.drawn)
        super()._drawCell(value, style, pos, size)
        texts = [d for d in ink.drawn[start:] if isinstance(d, DrawnText) and d.text]
        said = [d.text for d in texts]
        printed = tuple(line for d in texts for line in d.printed)
        ink.drawn[start:] = [d for d in ink.drawn[start:] if isinstance(d, DrawnGap)]
        self._lines_drawn.extend(said)
        col, end_col = _nearest(self._colpositions, pos[0]), _nearest(self._colpositions, pos[0] + size[0])
        row, end_row = _nearest(self._rowpositions, pos[1] + size[1]), _nearest(self._rowpositions, pos[1])
        base = ink.frame(self.canv, 0, 0)
        box = (
            round(base[0] + pos[0], 2),
            round(base[3] - pos[1] - size[1], 2),
            round(base[0] + pos[0] + size[0], 2),
            round(base[3] - pos[1], 2),
        )
        self._cells_drawn.append(DrawnCell(row, col, end_row - row, end_col - col, box, " ".join(said), printed))


def _set_in(box: Frame, texts: Sequence[str]) -> Iterator[PrintedLine]:
    """The lines of a paragraph, each an equal share of its height."""
    x0, top, x1, bottom = box
    height = (bottom - top) / max(1, len(texts))
    for number, text in enumerate(texts):
        yield PrintedLine(text, (x0, top + number * height, x1, top + (number + 1) * height))


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))


class Gap(Flowable):  # type: ignore[misc]  # reportlab publishes no types
    """Room for a signature and a stamp."""

    def __init__(self, ink: Ink, height: float) -> None:
        Flowable.__init__(self)
        self.ink, self.height = ink, height

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002  # reportlab's call
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        self.ink.drawn.append(DrawnGap(self.ink.page, self.ink.frame(self.canv, self.width, self.height)))


class HalfRule(Flowable):  # type: ignore[misc]  # reportlab publishes no types
    """The short line below the issuer and below the motto. `share`: of the width."""

    def __init__(self, share: float) -> None:
        Flowable.__init__(self)
        self.share = share

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002  # reportlab's call
        self.width = avail_width
        return avail_width, 7

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        half = self.width * self.share / 2
        self.canv.line(self.width / 2 - half, 3, self.width / 2 + half, 3)


# Digits as a hand writes them: strokes of points in a box one wide and one and a half high, y upwards.
STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.6, 1.4), (0.2, 1.2), (0.1, 0.6), (0.3, 0.05), (0.7, 0.1), (0.85, 0.8), (0.6, 1.4)),),
    "1": (((0.25, 1.1), (0.55, 1.45), (0.5, 0.0)),),
    "2": (((0.1, 1.1), (0.4, 1.45), (0.8, 1.1), (0.5, 0.6), (0.1, 0.02), (0.9, 0.08)),),
    "3": (((0.15, 1.3), (0.6, 1.45), (0.75, 1.05), (0.4, 0.8), (0.85, 0.5), (0.5, 0.0), (0.1, 0.15)),),
    "4": (((0.6, 1.45), (0.1, 0.55), (0.95, 0.6)), ((0.65, 0.95), (0.6, -0.1))),
    "5": (((0.3, 1.4), (0.25, 0.85), (0.7, 0.8), (0.8, 0.3), (0.45, 0.0), (0.1, 0.1)), ((0.3, 1.4), (0.85, 1.45))),
    "6": (((0.7, 1.45), (0.25, 0.9), (0.15, 0.3), (0.5, 0.0), (0.8, 0.35), (0.5, 0.7), (0.2, 0.45)),),
    "7": (((0.1, 1.35), (0.85, 1.4), (0.4, 0.0)), ((0.25, 0.75), (0.75, 0.8))),
    "8": (((0.7, 1.2), (0.4, 1.45), (0.2, 1.1), (0.7, 0.5), (0.5, 0.0), (0.15, 0.4), (0.7, 1.2)),),
    "9": (((0.75, 1.1), (0.4, 1.45), (0.15, 1.0), (0.5, 0.75), (0.78, 1.15), (0.6, 0.0)),),
}
HAND_INK = (0.1, 0.15, 0.55)


class HandLine(Flowable):  # type: ignore[misc]  # reportlab publishes no types
    """A centred line of printed words among which some digits are written by hand over a dotted line."""

    def __init__(self, ink: Ink, pieces: Sequence[tuple[str, bool]], font: str, size: float, seed: int) -> None:
        Flowable.__init__(self)
        self.ink, self.pieces, self.font, self.size, self.random = ink, pieces, font, size, random.Random(seed)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002  # reportlab's call
        self.width, self.height = avail_width, self.size * 1.35
        return self.width, self.height

    def _width_of(self, text: str, by_hand: bool) -> float:
        if by_hand:
            return self.size * (0.62 * len(text) + 0.7)
        return float(self.canv.stringWidth(text, self.font, self.size))

    def draw(self) -> None:
        x = (self.width - sum(self._width_of(*piece) for piece in self.pieces)) / 2
        base = self.size * 0.32
        for text, by_hand in self.pieces:
            step = self._width_of(text, by_hand)
            if by_hand:
                self._dots(x, base, step)
                self._write(text, x + self.size * 0.3, base)
            else:
                self.canv.setFont(self.font, self.size)
                self.canv.drawString(x, base, text)
            x += step
        said = "".join(text for text, _ in self.pieces)
        box = self.ink.frame(self.canv, self.width, self.height)
        self.ink.drawn.append(DrawnText(self.ink.page, box, " ".join(said.split())))

    def _dots(self, x: float, base: float, width: float) -> None:
        self.canv.setFont(self.font, self.size)
        dot = self.canv.stringWidth(".", self.font, self.size)
        self.canv.drawString(x, base, "." * max(2, math.floor(width / dot)))

    def _write(self, text: str, x: float, base: float) -> None:
        self.canv.saveState()
        self.canv.setStrokeColorRGB(*HAND_INK)
        self.canv.setLineWidth(1.15)
        self.canv.setLineCap(1)
        self.canv.setLineJoin(1)
        for letter in text:
            tilt, lift = self.random.uniform(-0.05, 0.3), self.random.uniform(-0.5, 2.0)
            for stroke in STROKES.get(letter, ()):
                self._stroke([(px + tilt * py, py) for px, py in stroke], x, base + lift)
            x += self.size * 0.62
        self.canv.restoreState()

    def _stroke(self, points: Sequence[tuple[float, float]], x: float, base: float) -> None:
        scale = self.size * 0.58
        path = self.canv.beginPath()
        shaky = self.random.uniform
        placed = [
            (x + scale * (px + shaky(-0.04, 0.04)), base + scale * (py + shaky(-0.04, 0.04))) for px, py in points
        ]
        path.moveTo(*placed[0])
        for before, point, after, last in zip(
            [placed[0], *placed[:-2]], placed[:-1], placed[1:], [*placed[2:], placed[-1]], strict=True
        ):
            one = (point[0] + (after[0] - before[0]) / 6, point[1] + (after[1] - before[1]) / 6)
            two = (after[0] - (last[0] - point[0]) / 6, after[1] - (last[1] - point[1]) / 6)
            path.curveTo(*one, *two, *after)
        self.canv.drawPath(path)
