"""A drawn sheet as a scanner gives it: worn, askew and dirty, by the measure of a level of damage."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Damage:
    """What printing, wear and scanning did. Lengths in millimetres, gray levels 0 to 255."""

    dpi: tuple[int, ...] = (300,)
    skew: float = 0.0
    breaks_per_metre: float = 0.0
    longest_break: float = 0.0
    rule_gray: int = 0
    noise: float = 0.0
    specks: int = 0
    warp: float = 0.0
    blur: float = 0.0
    shadow: bool = False
    bleed: float = 0.0
    touching: float = 0.0


LEVELS = {
    "light": Damage((300, 250), skew=0.5, noise=3),
    "office": Damage((300, 200), 1.5, 4, 3.0, 90, 7, 60, 0.3, 0.5, shadow=True, bleed=0.05, touching=0.15),
    "poor": Damage((200, 150), 3.5, 12, 6.0, 130, 12, 300, 0.6, 0.7, shadow=True, bleed=0.12, touching=0.3),
}


@dataclass
class Pen:
    """The sheet being drawn on, with the random numbers that damage it."""

    sheet: Gray
    dpi: int
    damage: Damage
    rng: Generator

    def mm(self, value: float) -> float:
        return value * self.dpi / 25.4


def scanned(pen: Pen, skew: float) -> Gray:
    """The sheet as a scanner gives it: turned, warped, blurred, with shadow, print of the back, noise and specks."""
    damage, rng = pen.damage, pen.rng
    height, width = pen.sheet.shape
    turn = np.radians(skew)
    yy, xx = np.indices((height, width), dtype=np.float32)
    dx, dy = xx - width / 2, yy - height / 2
    phase = np.float32(rng.uniform(0, 6))
    wave = np.float32(pen.mm(damage.warp)) * np.sin(dx / width * 5 + phase)
    source_x = np.float32(np.cos(turn)) * dx + np.float32(np.sin(turn)) * dy + width / 2
    source_y = np.float32(np.cos(turn)) * dy - np.float32(np.sin(turn)) * dx + height / 2 + wave
    page = cv2.remap(pen.sheet, source_x, source_y, cv2.INTER_LINEAR, borderValue=255)
    if damage.blur:
        page = cv2.GaussianBlur(page, (0, 0), damage.blur * pen.dpi / 200)
    light = np.asarray(page, np.float32)
    if damage.bleed:
        light -= damage.bleed * (255 - np.asarray(cv2.GaussianBlur(page[:, ::-1], (0, 0), 2), np.float32))
    if damage.shadow:
        light *= 1 - 0.25 * (xx / width) ** 4
        light[:, : round(pen.mm(rng.uniform(1, 5)))] *= 0.25
    if damage.noise:
        light += np.asarray(rng.normal(0, damage.noise, light.shape), np.float32)
    for _ in range(damage.specks):
        light[rng.integers(0, height - 2), rng.integers(0, width - 2)] = 60
    return np.asarray(np.clip(light, 0, 255), np.uint8)
