"""Pages whose text layer is known to be right or not: scans with every kind of layer that archives hold.

A scan is the picture of a made document; its layer is the words of the document where they stand, whole or spoilt.
"""

import io
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from unidecode import unidecode

from extract.engines.textlayer import read_layer
from extract.page import Box, Word
from normalize.characters.encodings import Encoding, pairs
from tests.testbed.generate import sources
from tests.testbed.render import render
from tests.testbed.scan import ScannedPage, scan

Words = Sequence[Word]
Spoil = Callable[[Words, float, float], Words]
"""words, width and height of the page in points -> the words of the layer"""

OLD_FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}
SCANNER = "Scanned with CamScanner"
SIGNED = ("Người ký: Ủy ban nhân dân xã Đồng Mẫu", "Cơ quan: Tỉnh Mẫu", "Thời gian ký: 12.01.2025 08:15:30 +07:00")


@dataclass(frozen=True, slots=True)
class LayeredPage:
    """One page as a PDF of its own; usable: whether its layer is to be taken as it is."""

    kind: str
    pdf: bytes
    usable: bool


def _whole(words: Words, _width: float, _height: float) -> Words:
    return words


def _without_marks(words: Words, _width: float, _height: float) -> Words:
    return [replace(w, text=unidecode(w.text)) for w in words]


def _mojibake(words: Words, _width: float, _height: float) -> Words:
    """UTF-8 taken for the code page of Western Europe."""
    return [replace(w, text=w.text.encode().decode("cp1252", errors="replace")) for w in words]


def _old_code(text: str, encoding: Encoding) -> str:
    """The text in a code older than Unicode; capitals as the small letters that share their codes."""
    codes = {letter: code for code, letter in pairs(encoding)[0].items()}
    written = (codes.get(letter) or codes.get(letter.lower()) or letter for letter in text)
    return "".join(written)


def _question_marks(words: Words, _width: float, _height: float) -> Words:
    """Letters that the code page of the writing program lacked."""
    return [replace(w, text=w.text.encode("cp1252", errors="replace").decode("cp1252")) for w in words]


def _partly_misread(words: Words, _width: float, _height: float) -> Words:
    """Two words of five without their marks: a model that knows the language a little."""
    return [replace(w, text=unidecode(w.text)) if n % 5 < 2 else w for n, w in enumerate(words)]


def _header_only(words: Words, _width: float, height: float) -> Words:
    return [w for w in words if w.box is not None and w.box.bottom < height / 8]


def _left_half(words: Words, width: float, _height: float) -> Words:
    return [w for w in words if w.box is not None and w.box.x1 < width / 2]


def _moved(words: Words, _width: float, height: float) -> Words:
    """The layer of another sheet size: all of it too low by a tenth of the page, and smaller."""
    return [replace(w, box=_shrunk(w.box, height)) for w in words if w.box is not None]


def _shrunk(box: Box, height: float) -> Box:
    low = height / 10
    return Box(0.7 * box.x0, 0.7 * box.top + low, 0.7 * box.x1, 0.7 * box.bottom + low)


def askew(words: Words, width: float, height: float, degrees: float) -> Words:
    """The words where they stand on a page that lies askew, clockwise; their boxes level, as layers have them."""
    turn, middle = math.radians(degrees), (width / 2, height / 2)
    placed = []
    for word in words:
        if word.box is not None:
            x, y = word.box.centre[0] - middle[0], word.box.centre[1] - middle[1]
            dx = x * math.cos(turn) - y * math.sin(turn) - x
            dy = x * math.sin(turn) + y * math.cos(turn) - y
            box = Box(word.box.x0 + dx, word.box.top + dy, word.box.x1 + dx, word.box.bottom + dy)
            placed.append(replace(word, box=box))
    return placed


def _none(_words: Words, _width: float, _height: float) -> Words:
    return ()


def _upper_third(words: Words, _width: float, height: float) -> Words:
    return [w for w in words if w.box is not None and w.box.bottom < height / 3]


def _signature(_words: Words, width: float, _height: float) -> Words:
    """What signing software prints in a corner of a scan: some lines of right Vietnamese, and nothing else."""
    top = 20.0
    return [
        Word(line, Box(width - 200, top + 9 * n, width - 20, top + 9 * n + 8), 1.0) for n, line in enumerate(SIGNED)
    ]


def _scanner_mark(_words: Words, width: float, height: float) -> Words:
    """What a telephone's scanning program prints at the foot of a page."""
    return [Word(SCANNER, Box(width / 2 - 60, height - 20, width / 2 + 60, height - 10), 1.0)]


LAYERS: dict[str, Spoil] = {
    "right layer": _whole,
    "without marks": _without_marks,
    "mojibake": _mojibake,
    "question marks": _question_marks,
    "partly misread": _partly_misread,
    "no layer": _none,
    "header only": _header_only,
    "left half": _left_half,
    "of another size": _moved,
    "part of the page": _upper_third,
    "digital signature": _signature,
    "scanner's mark": _scanner_mark,
}


def layered_pages(seed: int, count: int, damage: int) -> Iterator[LayeredPage]:
    """Every page of `count` made documents: as it was born, and as a scan with each kind of layer."""
    for source in sources(seed, count, "scan", damage):
        made = render(source.file, source.style)
        making = replace(source.making, upside=0, sideways=0, blank_back=None)
        pictures = [page for page in scan(made, making, "Mẫu") if page.truth is not None]
        layers = [_layer_of(*pair) for pair in zip(pdfium.PdfDocument(made.pdf), pictures, strict=True)]
        font = source.style.faces.regular
        for number, picture in enumerate(pictures):
            yield from _scans(picture, layers[number], font)
            if len(layers) > 1:
                yield LayeredPage("of another page", scan_with(picture, layers[number - 1], font), False)
            for encoding, named in OLD_FONTS.items():
                born = _born_in(encoding, named, picture, layers[number], font)
                yield LayeredPage(f"born in {encoding.name}", born, True)
        yield from (LayeredPage("born-digital", pdf, True) for pdf in _single_pages(made.pdf))


def _layer_of(page: pdfium.PdfPage, picture: ScannedPage) -> Words:
    """The words of the page as it was born where they stand on its picture, which lies askew."""
    width, height = page.get_size()
    return askew(read_layer(page).words, width, height, picture.askew)


def _scans(picture: ScannedPage, words: Words, font: str) -> Iterator[LayeredPage]:
    """The picture under each kind of layer made of its own words."""
    assert picture.truth is not None
    width, height = picture.truth.width, picture.truth.height
    for kind, spoil in LAYERS.items():
        layer = spoil(words, width, height)
        # Right is what holds all words unchanged: so does the upper third where all print stands there.
        yield LayeredPage(kind, scan_with(picture, layer, font), list(layer) == list(words))
    yield LayeredPage("upside down", scan_with(picture, words, font, turned=True), False)
    blank = replace(picture, picture=picture.picture[:1, :1].repeat(64, 0).repeat(64, 1))
    yield LayeredPage("blank", scan_with(blank, (), font), False)


def _born_in(encoding: Encoding, named: str, page: ScannedPage, words: Words, font: str) -> bytes:
    """The words as a file of the years before Unicode has them: their codes, shown, in a font named like its own."""
    assert page.truth is not None
    old = TTFont(named, pdfmetrics.getFont(font).face.filename)
    old.face.name = named.encode()
    pdfmetrics.registerFont(old)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(page.truth.width, page.truth.height), invariant=1)
    for word in words:
        if word.box is not None:
            canvas.setFont(named, max(1.0, 0.8 * word.box.height))
            canvas.drawString(word.box.x0, page.truth.height - word.box.bottom, _old_code(word.text, encoding))
    canvas.save()
    return buffer.getvalue()


def scan_with(page: ScannedPage, words: Words, font: str, *, turned: bool = False) -> bytes:
    """The picture as a page, the words invisible on it where their boxes say; turned: all of it on its head."""
    assert page.truth is not None
    width, height = page.truth.width, page.truth.height
    buffer, picture = io.BytesIO(), io.BytesIO()
    Image.fromarray(page.picture).save(picture, "JPEG", quality=60)
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    if turned:
        canvas.translate(width, height)
        canvas.rotate(180)
    canvas.drawImage(ImageReader(picture), 0, 0, width, height)
    for word in words:
        if word.box is not None:
            _say(canvas, word.text, word.box, height, font)
    canvas.save()
    return buffer.getvalue()


def _say(canvas: Canvas, text: str, box: Box, height: float, font: str) -> None:
    """Invisible text as wide as its box."""
    size = max(box.height, 1.0)
    line = canvas.beginText(box.x0, height - box.bottom)
    line.setTextRenderMode(3)
    line.setFont(font, size)
    line.setHorizScale(100 * box.width / max(canvas.stringWidth(text, font, size), 0.1))
    line.textOut(text)
    canvas.drawText(line)


def _single_pages(pdf: bytes) -> Iterator[bytes]:
    whole = pdfium.PdfDocument(pdf)
    for number in range(len(whole)):
        one, buffer = pdfium.PdfDocument.new(), io.BytesIO()
        one.import_pages(whole, [number])
        one.save(buffer)
        yield buffer.getvalue()
