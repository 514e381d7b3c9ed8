"""Fonts with Vietnamese letters that are on this machine: families -> four registered faces."""

import functools
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Families that hold every Vietnamese letter, the nearest to Times New Roman, which offices print with, first.
FAMILIES = (
    "Tinos",
    "FreeSerif",
    "Noto Serif",
    "DejaVu Serif",
    "Carlito",
    "Arimo",
    "FreeSans",
    "Noto Sans",
    "DejaVu Sans",
)
# Letters of which a font that lacks one cannot print a plan.
PROBE = "ăâđêôơưẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲỴỶỸ"


class MissingFontError(RuntimeError):
    """A family that a document asks for is not installed."""


@dataclass(frozen=True)
class Faces:
    """Names under which reportlab knows the four faces of a family."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


@functools.cache
def installed() -> dict[str, Path]:
    """'Family:style' -> file, for every face that fontconfig lists."""
    tool = shutil.which("fc-list")
    if tool is None:
        return {}
    listed = subprocess.run(
        [tool, "--format", "%{family[0]}:%{style[0]}|%{file}\n"], capture_output=True, text=True, check=True
    )
    rows = (line.partition("|") for line in sorted(listed.stdout.splitlines()))
    return {face: Path(path) for face, _, path in rows if path.endswith(".ttf")}


def _face(family: str, *styles: str) -> Path | None:
    return next((installed()[f"{family}:{s}"] for s in styles if f"{family}:{s}" in installed()), None)


@functools.cache
def faces(family: str) -> Faces:
    """Register a family with reportlab; a missing slanted face is replaced. Raises MissingFontError."""
    regular = _face(family, "Regular", "Book")
    if regular is None:
        raise MissingFontError(f"the font {family!r} is not installed (fc-list does not name it)")
    files = {
        "": regular,
        "-Bold": _face(family, "Bold") or regular,
        "-Italic": _face(family, "Italic", "Oblique") or regular,
        "-BoldItalic": _face(family, "Bold Italic", "Bold Oblique") or regular,
    }
    names = {suffix: family.replace(" ", "") + suffix for suffix in files}
    for suffix, path in files.items():
        pdfmetrics.registerFont(TTFont(names[suffix], str(path)))
    pdfmetrics.registerFontFamily(names[""], names[""], names["-Bold"], names["-Italic"], names["-BoldItalic"])
    return Faces(names[""], names["-Bold"], names["-Italic"], names["-BoldItalic"])


@functools.cache
def usable() -> tuple[str, ...]:
    """The families of FAMILIES that are installed and hold the letters of PROBE."""
    return tuple(f for f in FAMILIES if (path := _face(f, "Regular", "Book")) and _has_letters(path))


def _has_letters(path: Path) -> bool:
    known = TTFont("probe", str(path)).face.charToGlyph
    return all(ord(letter) in known for letter in PROBE)
