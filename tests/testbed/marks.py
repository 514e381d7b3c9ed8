"""What an office puts on a printed page: the round red stamp, the signature across it."""

import math

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from tests.testbed.flow import Frame
from tests.testbed.fonts import installed

Picture = npt.NDArray[np.uint8]  # height x width x 3, RGB
STAMP_WORDS = "ỦY BAN NHÂN DÂN * "
STAMP_RED = (205, 30, 45)


def signed(picture: Picture, gap: Frame, words: str, random: np.random.Generator, dpi: int) -> Picture:
    """The page with a signature in `gap` (points) and a stamp over the left third of it."""
    scale = dpi / 72
    x0, top, x1, bottom = (value * scale for value in gap)
    centre = ((x0 + x1) / 2, (top + bottom) / 2)
    inked = _signature(picture, centre, (x1 - x0) * 0.4, (bottom - top) * 0.7, random, scale)
    size = int(scale * 102)  # 36 mm, as the rules on seals have it
    at = (int(centre[0] - size * random.uniform(0.75, 0.95)), int(centre[1] - size * random.uniform(0.45, 0.62)))
    return _pressed(inked, _stamp(size, words, random), at, random)


def _stamp(size: int, words: str, random: np.random.Generator) -> Picture:
    """A stamp on white, turned a little, with uneven ink; size x size x 3."""
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    middle, width = size / 2, max(1, size // 70)
    for radius in (0.49, 0.46, 0.29):
        r = size * radius
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=STAMP_RED, width=width)
    _star(draw, middle, size * 0.13)
    _ring_of_words(image, STAMP_WORDS + words.upper() + " * ", middle, size * 0.375)
    turned = image.rotate(float(random.uniform(-25, 25)), fillcolor="white", resample=Image.Resampling.BICUBIC)
    stamp = np.asarray(turned, dtype=np.float32)
    ink = cv2.GaussianBlur(random.random((size, size)).astype(np.float32), (0, 0), size / 25)
    weight = np.clip((ink - ink.mean()) / (ink.std() + 1e-6) * 0.18 + 0.85, 0.25, 1.0)[..., None]
    worn: Picture = (255 - (255 - stamp) * weight).astype(np.uint8)
    return worn


def _star(draw: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = [
        (middle + r * math.sin(a), middle - r * math.cos(a))
        for n in range(10)
        for r, a in [(radius if n % 2 == 0 else radius * 0.4, n * math.pi / 5)]
    ]
    draw.polygon(points, fill=STAMP_RED)


def _ring_of_words(image: Image.Image, words: str, middle: float, radius: float) -> None:
    path = next((installed()[k] for k in ("Arimo:Bold", "FreeSans:Bold", "DejaVu Sans:Bold") if k in installed()), None)
    size = max(6, int(2 * math.pi * radius / len(words) * 1.25))
    font = ImageFont.truetype(str(path), size) if path else ImageFont.load_default()
    for n, letter in enumerate(words):
        angle = 2 * math.pi * n / len(words)
        tile = Image.new("RGBA", (size * 2, size * 2), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((size, size), letter, font=font, fill=(*STAMP_RED, 255), anchor="mm")
        tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
        image.paste(tile, (int(x - size), int(y - size)), tile)


def _pressed(picture: Picture, stamp: Picture, at: tuple[int, int], random: np.random.Generator) -> Picture:
    """Ink on ink darkens: the stamp multiplies what it lies on, and stays inside the page."""
    height, width = picture.shape[:2]
    size = stamp.shape[0]
    x, y = min(max(at[0], 0), width - size), min(max(at[1], 0), height - size)
    result = picture.copy()
    under = result[y : y + size, x : x + size].astype(np.float32)
    strength = random.uniform(0.75, 1.0)
    over = 255 - (255 - stamp.astype(np.float32)) * strength
    result[y : y + size, x : x + size] = (under * over / 255).astype(np.uint8)
    return result


def _signature(
    picture: Picture,
    centre: tuple[float, float],
    width: float,
    height: float,
    random: np.random.Generator,
    scale: float,
) -> Picture:
    """Loops of a pen: a wave that rises and falls, with a tail."""
    steps = np.linspace(0, 1, 400)
    loops = random.integers(3, 6)
    phase, swell = random.uniform(0, 2 * math.pi), random.uniform(0.3, 0.5)
    xs = centre[0] + width * (steps - 0.5 + 0.09 * np.cos(2 * math.pi * loops * steps + phase))
    ys = centre[1] + height * swell * np.sin(2 * math.pi * loops * steps) * (1.15 - steps) - height * 0.15 * steps
    tail = np.stack([xs[-1] - width * steps * 0.9, ys[-1] + height * (0.1 + 0.35 * np.sqrt(steps))], axis=1)
    line = np.concatenate([np.stack([xs, ys], axis=1), tail[::8]]).astype(np.int32)
    result = picture.copy()
    colour = (25, 35, 130) if random.random() < 0.8 else (20, 20, 25)
    cv2.polylines(result, [line.reshape(-1, 1, 2)], False, colour, max(1, round(scale * 1.1)), cv2.LINE_AA)
    return result
