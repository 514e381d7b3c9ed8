"""Paragraphs -> printed, worn and scanned page images -> what Tesseract reads there, with the truth line by line. [io]

Fonts and damage for training and for tests are kept apart: a figure measured on the fonts that were trained on would
flatter.
"""

import hashlib
import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz import fuzz

from normalize.decoding.channel import alphabet
from normalize.letters import plain

TRAINING_FONTS = ("Tinos", "DejaVuSerif", "Arimo", "DejaVuSansCondensed", "Carlito")
TEST_FONTS = ("FreeSerif", "NotoSerif", "FreeSans")
_STYLES = ("-Regular", "", "-Bold", "Bold", "-Italic", "Italic")
_LINES = 34  # of a page
_NO_LETTER = "\uffff"  # every font draws its box for it


@dataclass(frozen=True, slots=True)
class Damage:
    """How a page suffers: dots an inch, blur (pixels), grey noise (standard deviation), fade (0 to 1), specks a
    page, skew (degrees).
    """

    dpi: int
    blur: float
    noise: float
    fade: float
    specks: int
    skew: float


class Scan(Enum):
    """How a page was treated: by an office, badly, or so badly that engines misread a good part of it."""

    OFFICE = "office"
    POOR = "poor"
    WORST = "worst"


_WORN = {
    Scan.POOR: ((150, 170, 200), (0.6, 1.1), (10, 28), 400),
    Scan.WORST: ((100, 120, 135), (0.7, 1.2), (12, 30), 300),
}
"""Resolutions, ranges of blur and noise, and the most specks of scans that engines misread."""


def damage(random_: random.Random, scan: Scan) -> Damage:
    """What such a scan does to a page."""
    if scan in _WORN:
        dpi, blur, noise, specks = _WORN[scan]
        return Damage(
            random_.choice(dpi), random_.uniform(*blur), random_.uniform(*noise), random_.uniform(0.2, 0.5),
            random_.randint(50, specks), random_.uniform(-0.5, 0.5),
        )  # fmt: skip
    return Damage(
        random_.choice((200, 250, 300)),
        random_.uniform(0.0, 0.7),
        random_.uniform(2, 10),
        0.05,
        10,
        random_.uniform(-0.2, 0.2),
    )


def fonts(names: Iterable[str], folder: Path = Path("/usr/share/fonts")) -> list[Path]:
    """The font files of the families that this machine has, regular, bold and italic, and that can draw every letter
    (Liberation cannot: it prints boxes for half of the Vietnamese vowels).
    """
    wanted = {name + style for name in names for style in _STYLES}
    return sorted(path for path in folder.rglob("*.ttf") if path.stem in wanted and _draws_all_letters(path))


def _draws_all_letters(font: Path) -> bool:
    face = ImageFont.truetype(str(font), 20)
    box = bytes(face.getmask(_NO_LETTER))
    return all(bytes(face.getmask(letter)) != box for letter in alphabet())


def printed_lines(paragraphs: Iterable[str], width: int = 84) -> Iterator[str]:
    """Paragraphs broken into lines as a page would."""
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > width:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            yield line


def draw(lines: list[str], font: Path, how: Damage, seed: int) -> NDArray[np.uint8]:
    """A grey page image of the lines."""
    size = round(13.5 * how.dpi / 72)
    face = ImageFont.truetype(str(font), size)
    wide = max((int(face.getlength(line)) for line in lines), default=10) + size * 6
    image = Image.new("L", (wide, round(len(lines) * size * 1.45) + size * 6), 255)
    pen = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        pen.text((size * 3, size * 3 + i * size * 1.45), line, font=face, fill=round(255 * how.fade * 0.6))
    return wear(np.asarray(image), how, seed)


def wear(page: NDArray[np.uint8], how: Damage, seed: int) -> NDArray[np.uint8]:
    """The page after the scanner: skewed, blurred, noisy, specked."""
    chance = np.random.default_rng(seed)
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), how.skew, 1.0)
    out: NDArray[np.float32] = cv2.warpAffine(page, turn, (width, height), borderValue=255).astype(np.float32)
    if how.blur > 0:
        out = np.asarray(cv2.GaussianBlur(out, (0, 0), how.blur * how.dpi / 200), np.float32)
    out += np.asarray(chance.normal(0, how.noise, out.shape), np.float32)
    for x, y, r in zip(
        chance.integers(0, width, how.specks),
        chance.integers(0, height, how.specks),
        chance.integers(0, 3, how.specks),
        strict=True,
    ):
        cv2.circle(out, (int(x), int(y)), int(r), float(chance.uniform(0, 120)), -1)
    grey: NDArray[np.uint8] = np.clip(out, 0, 255).astype(np.uint8)
    return grey


def read_with_tesseract(page: NDArray[np.uint8], model: str, dpi: int, cache: Path) -> str:
    """What `tesseract -l MODEL` reads; results are kept in `cache` by the page's content. Raises
    CalledProcessError when it fails.
    """
    name = hashlib.sha256(page.tobytes() + f"{page.shape}{model}{dpi}".encode()).hexdigest()[:20]
    kept = cache / f"{name}.txt"
    if not kept.exists():
        image = cache / f"{name}.png"
        cv2.imwrite(str(image), page)
        done = subprocess.run(
            ["tesseract", str(image), "-", "-l", model, "--psm", "6", "--dpi", str(dpi)],
            capture_output=True,
            check=True,
            timeout=300,
        )
        image.unlink()
        kept.write_bytes(done.stdout)
    return kept.read_text(encoding="utf-8")


def match_lines(read: list[str], right: list[str]) -> list[tuple[str, str]]:
    """Pair the lines read with the lines printed, in order; lines that belong to none are left out."""
    read = [line for line in read if line.strip()]
    best = [[0.0] * (len(right) + 1) for _ in range(len(read) + 1)]
    alike = [[fuzz.ratio(plain(a).lower(), plain(b).lower()) / 100 for b in right] for a in read]
    for i in range(len(read) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    out, i, j = [], 0, 0
    while i < len(read) and j < len(right):
        if alike[i][j] > 0.5 and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            out.append((read[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def scanned(
    lines: list[str], model: str, families: Iterable[str], pages: int, scan: Scan, seed: int, cache: Path
) -> Iterator[tuple[str, str]]:
    """(read, right) lines of so many pages, each in a font and with damage of its own."""
    chance = random.Random(seed)
    faces = fonts(families)
    for page in range(pages):
        some = lines[page * _LINES : (page + 1) * _LINES]
        how, face = damage(chance, scan), chance.choice(faces)
        if some:
            image = draw(some, face, how, seed * 1000 + page)
            yield from match_lines(read_with_tesseract(image, model, how.dpi, cache).splitlines(), some)
