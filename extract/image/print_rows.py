"""Marks like letters, and the rows of print that they stand in.

Marks are x, y, width, height in pixels, one a row of an array of shape (marks, 4).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.int32]

LETTER_HEIGHT = (0.06, 0.24)
"""Inches between which letters are high: what is higher is a pen's, a stamp's or a rule's."""

BLANK = 0.2
"""Inches. Marks nearer than this stand on one line."""

ABOVE, BELOW = 0.4, 0.2
"""Shares of the height of a row that the marks of letters may reach beyond it: Vietnamese piles them up."""


def marks_of(ink: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(labels, stats) of the connected marks of the ink as OpenCV gives them, the ground first."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    return np.asarray(labels, np.int32), np.asarray(stats, np.int32)


def letters_among(stats: NDArray[np.int32], dpi: float) -> NDArray[np.bool_]:
    """Which of OpenCV's connected components are of the size of letters; stats as OpenCV gives them."""
    low, high = (side * dpi for side in LETTER_HEIGHT)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    return np.asarray((height >= low) & (height <= high) & (width <= 2 * high), np.bool_)


def rows_of_marks(marks: Marks, shape: tuple[int, ...], dpi: float) -> list[Marks]:
    """Marks that stand side by side, by rows, from top to bottom."""
    mask = np.zeros(shape, np.uint8)
    for x, y, width, height in marks:
        # The middle of a mark: the marks of the next line must not touch it.
        mask[y + height // 4 : y + height - height // 4, x : x + width] = 1
    joined = cv2.dilate(mask, np.ones((1, 2 * round(BLANK * dpi / 2) + 1), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    row = labels[marks[:, 1] + marks[:, 3] // 2, marks[:, 0] + marks[:, 2] // 2] if len(marks) else np.zeros(0, int)
    return sorted((marks[row == n] for n in range(1, count)), key=lambda line: int(line[:, 1].min()))


def cover_rows(rows: list[Marks], shape: tuple[int, ...], beyond: float) -> NDArray[np.bool_]:
    """True where the rows stand, with room for marks above and below and `beyond` pixels before and after."""
    mask = np.zeros(shape, np.bool_)
    for row in rows:
        x0, y0 = row[:, :2].min(axis=0).tolist()
        x1, y1 = (row[:, :2] + row[:, 2:]).max(axis=0).tolist()
        top, bottom = y0 - ABOVE * (y1 - y0), y1 + BELOW * (y1 - y0)
        mask[max(0, round(top)) : round(bottom), max(0, round(x0 - beyond)) : round(x1 + beyond)] = True
    return mask
