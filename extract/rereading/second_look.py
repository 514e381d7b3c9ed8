"""What an engine read on an image, looked at again: dust off, lines it passed over, doubtful words, numerals.

An engine that looks for a block of lines skips some: between two others that stand close, under a stamp, in a cell with
one sign. Their ink lies under no word; so it is found, and read alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.engines import Engine, Layout, SeenWord
from extract.image.print_rows import letters_among, marks_of, rows_of_marks
from extract.page import Box
from extract.raster import Gray, binarise, shrink_to
from extract.rereading.doubtful import RIM, back_in_place, read_doubtful
from extract.rereading.figures import as_figure
from extract.rereading.flecks import without_flecks
from extract.rereading.parted_numbers import numbers_joined
from extract.rereading.strokes import mended
from extract.rereading.written import written_doubted

# Inches. No letter of print is lower; what is read as one is a speck.
LOWEST_LETTER = 0.045
# Resolution at which ink without a word is looked for.
LOOK_DPI = 100
# Inches that the box of a word reaches beyond itself.
MARGIN = 0.03
# Words that are found so must be read surely: strokes of a signature were passed over too.
SURE_WORD, SURE_LINE = 0.6, 0.75


def look_again(image: Gray, words: Sequence[SeenWord], dpi: float, engine: Engine, fewest: int) -> list[SeenWord]:
    """The words of the image, mended, and those of lines that the engine passed over, each as a line of its own.

    fewest: marks that a line must have to be read again.
    """
    kept = [word for word in words_apart(words) if not is_dust(word, dpi)]
    first = 1 + max((word.line[0] for word in words), default=0)
    for number, box in enumerate(missed_lines(image, kept, dpi, fewest)):
        kept += [replace(word, line=(first + number, 0, 0)) for word in read_line(image, box, dpi, engine)]
    read = without_flecks(mended(read_doubtful(image, kept, dpi, engine), image, dpi), image, dpi, openers=False)
    told = numbers_joined([replace(word, text=as_figure(without_underline(word.text))) for word in read])
    return written_doubted(told, image)


def words_apart(words: Sequence[SeenWord]) -> list[SeenWord]:
    """The words, each ending at the latest where the next of its line begins.

    Tesseract gives two words one box where dirt joins their ink ("HĐND" reached to the end of "UBND"); by their boxes
    the two stand on two lines then.
    """
    apart = [
        replace(word, right=after.left) if after.line == word.line and word.left < after.left < word.right else word
        for word, after in pairwise(words)
    ]
    return [*apart, *words[-1:]]


def without_underline(text: str) -> str:
    """The word without the low strokes before it: dirt and the ends of rules, which hide the number of an item.

    >>> without_underline("_c."), without_underline("__"), without_underline("van_thu")
    ('c.', '__', 'van_thu')
    """
    return text.lstrip("_") or text


def is_dust(word: SeenWord, dpi: float) -> bool:
    """Whether a sign that must be higher was read in a mark that is too low for it."""
    return word.height < LOWEST_LETTER * dpi and any(letter.isalnum() or letter in "ˆ|" for letter in word.text)


def missed_lines(image: Gray, words: Sequence[SeenWord], dpi: float, fewest: int) -> list[Box]:
    """Where at least `fewest` marks like letters stand in a row under no word; boxes in pixels, from top to bottom."""
    small = shrink_to(image, round(max(image.shape) * LOOK_DPI / dpi))
    factor = max(image.shape) / max(small.shape)
    marks = marks_like_letters(small)
    if not len(marks):
        return []
    covered = under_words(words, small.shape, factor)
    middles = marks[:, :2] + marks[:, 2:] // 2
    free = marks[~covered[middles[:, 1], middles[:, 0]]]
    lines = [line for line in rows_of_marks(free, small.shape, LOOK_DPI) if len(line) >= fewest]
    hulls = (np.concatenate([line[:, :2].min(axis=0), (line[:, :2] + line[:, 2:]).max(axis=0)]) for line in lines)
    return [Box(*(float(side) * factor for side in hull)) for hull in hulls]


def marks_like_letters(gray: Gray) -> NDArray[np.int32]:
    """x, y, width, height of the marks of the size of letters, at LOOK_DPI; shape (marks, 4)."""
    _, stats = marks_of(binarise(gray).astype(np.uint8))
    return stats[1:][letters_among(stats[1:], LOOK_DPI), :4]


def under_words(words: Sequence[SeenWord], shape: tuple[int, ...], factor: float) -> NDArray[np.bool_]:
    """True under the words and a little around them; `factor` pixels of theirs are one of the mask."""
    mask = np.zeros(shape, np.bool_)
    for word in words:
        sides = (word.left, word.top, word.right, word.bottom)
        x0, y0, x1, y1 = (max(0, round(side / factor + m * LOOK_DPI)) for side, m in zip(sides, _AROUND, strict=True))
        mask[y0:y1, x0:x1] = True
    return mask


_AROUND = (-MARGIN, -MARGIN, MARGIN, MARGIN)


def read_line(image: Gray, box: Box, dpi: float, engine: Engine) -> list[SeenWord]:
    """The words of a line that the engine passed over; none unless it is read surely."""
    above = round(0.04 * dpi)
    left, top = max(0, round(box.x0) - above), max(0, round(box.top) - above)
    inside = image[top : round(box.bottom) + above, left : round(box.x1) + above]
    seen = engine.read(np.pad(inside, RIM, constant_values=255), round(dpi), Layout.LINE)
    words = [word for word in seen if word.confidence >= SURE_WORD and not is_dust(word, dpi)]
    letters = sum(len(word.text) for word in seen)
    sure = sum(word.confidence * len(word.text) for word in words)
    if not any(map(str.isalnum, "".join(word.text for word in words))) or sure < SURE_LINE * letters:
        return []
    return [back_in_place(word, 1.0, left, top) for word in words]
