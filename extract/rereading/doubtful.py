"""Words that the engine was not sure of, read once more: alone, and a little larger.

Alone a word is scaled to the height the model was trained on, and its neighbours' specks and rules are out of sight.
Measured on worn pages: of 230 such words 33 came out otherwise and sure, 28 of them better and 5 worse.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.engines import Engine, Layout, SeenWord
from extract.raster import Gray

# Words read less surely than this are read again; what is then read more surely than that is taken.
DOUBTFUL, SURE = 0.82, 0.88
# A number read less surely than this is read again too: in clean italics an 8 was read 6 with 0.86.
SURE_NUMBER = 0.94
# How sure a number is of which another look says other digits: no longer sure enough for anything.
CONTRADICTED = 0.4
# Where so large a share of the words is doubtful, it is not the words that are wrong: no text, or on its head.
TOO_MANY = 0.4
# Reading a word takes about a hundredth of a second.
MOST_WORDS = 80
LARGER = 1.4
# Inches of the surroundings that are looked at with the word, beside it and above and below it.
BESIDE, ABOVE = 0.02, 0.027
# Pixels of white around the word.
RIM = 20
# Dots on which somebody wrote by hand: what stands there is no print, and is not to be made a number.
WRITTEN_ON = ("..", "…")
NUMBER = re.compile(r"[\d.,;:/%()-]*\d[\d.,;:/%()-]*")


def read_doubtful(image: Gray, words: Sequence[SeenWord], dpi: float, engine: Engine) -> list[SeenWord]:
    """The words of the image, those that were doubtful and are sure when read alone so."""
    doubtful = [n for n, word in enumerate(words) if is_doubtful(word)]
    if len(doubtful) > max(3, TOO_MANY * len(words)):
        return list(words)
    again = {n: read_alone(image, words[n], dpi, engine) for n in doubtful[:MOST_WORDS]}
    numbers = [n for n, word in enumerate(words) if n not in again and is_number_to_check(word)]
    again |= {n: (as_confirmed(words[n], seen_alone(image, words[n], dpi, engine)),) for n in numbers[:MOST_WORDS]}
    return [new for n, word in enumerate(words) for new in again.get(n, (word,))]


def is_doubtful(word: SeenWord) -> bool:
    """Whether the word is worth another look: unsure, with something to read, and printed."""
    printed = not any(dots in word.text for dots in WRITTEN_ON) and not word.text.startswith(".")
    return word.confidence < DOUBTFUL and printed and any(map(str.isalnum, word.text))


def is_number_to_check(word: SeenWord) -> bool:
    """Whether the word is a printed number of which the engine was nearly sure."""
    return DOUBTFUL <= word.confidence < SURE_NUMBER and NUMBER.fullmatch(word.text) is not None


def read_alone(image: Gray, word: SeenWord, dpi: float, engine: Engine) -> tuple[SeenWord, ...]:
    """The word, or the words that were run together in it, as read alone; as it was unless that is sure."""
    seen = seen_alone(image, word, dpi, engine)
    if (
        not seen
        or min(part.confidence for part in seen) < SURE
        or is_worse(word.text, "".join(part.text for part in seen))
    ):
        return (as_confirmed(word, seen),)
    return seen


def as_confirmed(word: SeenWord, seen: Sequence[SeenWord]) -> SeenWord:
    """The word; a number hardly sure any more where as many other digits were read alone ("06" of the page's "08")."""
    again = [c for part in seen for c in part.text if c.isalnum()]
    digits = [c for c in word.text if c.isalnum()]
    other = len(again) == len(digits) and again != digits and all(map(str.isdigit, again))
    doubted = other and NUMBER.fullmatch(word.text) is not None
    return replace(word, confidence=min(word.confidence, CONTRADICTED)) if doubted else word


def seen_alone(image: Gray, word: SeenWord, dpi: float, engine: Engine) -> tuple[SeenWord, ...]:
    """What the engine reads in the box of the word and a little around it, in pixels of the image."""
    left, top = max(0, round(word.left - BESIDE * dpi)), max(0, round(word.top - ABOVE * dpi))
    inside = image[top : round(word.bottom + ABOVE * dpi), left : round(word.right + BESIDE * dpi)]
    if not inside.size:
        return ()
    larger = cv2.resize(inside, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    padded = np.pad(np.asarray(larger, np.uint8), RIM, constant_values=255)
    seen = engine.read(padded, round(LARGER * dpi), Layout.LINE)
    return tuple(replace(back_in_place(part, LARGER, left, top), line=word.line) for part in seen)


def back_in_place(word: SeenWord, factor: float, left: float, top: float) -> SeenWord:
    """A word of a part of the image that was read `factor` times larger with RIM pixels of white around it, where it
    stands in the image. left, top: the corner of the part, in pixels."""
    return replace(
        word,
        left=(word.left - RIM) / factor + left,
        top=(word.top - RIM) / factor + top,
        right=(word.right - RIM) / factor + left,
        bottom=(word.bottom - RIM) / factor + top,
    )


def is_worse(old: str, new: str) -> bool:
    """Whether a number would become something else, or letters would only lose their marks, cut off with the edge.

    Digits are seldom read in letters, letters often in digits.

    >>> is_worse("80", "S0"), is_worse("PHÓ", "PHO"), is_worse("]7", "17"), is_worse("tố", "tổ")
    (True, True, False, False)
    """
    if NUMBER.fullmatch(old):
        return [c for c in old if c.isdigit()] != [c for c in new if c.isalnum()]
    (old_letters, old_marks), (new_letters, new_marks) = parted(old), parted(new)
    return old_letters == new_letters and new_marks < old_marks


def parted(text: str) -> tuple[str, int]:
    """The letters of the text without their marks, and how many marks they had."""
    decomposed = unicodedata.normalize("NFD", text)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters, len(decomposed) - len(letters)
