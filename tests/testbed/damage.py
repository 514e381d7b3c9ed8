"""What years and scanners do to a page: pure functions picture -> picture, seeded, in three levels.

Pictures are height x width x 3, uint8, RGB. Level 1 is a good office scan, 2 a common archive scan, 3 a poor one.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from tests.testbed.marks import Picture

Random = np.random.Generator


@dataclass(frozen=True)
class Level:
    """Strengths of one level. Ranges are drawn from uniformly."""

    skew: float  # degrees either way
    warp: float  # points of sag at most
    blur: tuple[float, float]  # sigma in points
    noise: tuple[float, float]  # standard deviation in grey steps
    specks: float  # per square inch
    fade: tuple[float, float]  # 0 keeps black black, 1 makes it white
    bleed: float  # share of the back's ink that shows
    shadow: float  # chance of a dark margin
    grain: float  # how unevenly the print took ink
    broken_rules: float  # chance for each long rule to have gaps
    jpeg: int


LEVELS = {
    0: Level(0, 0, (0, 0), (0, 0), 0, (0, 0), 0, 0, 0, 0, 92),
    1: Level(0.6, 0.3, (0.1, 0.2), (1, 4), 0.2, (0, 0.1), 0, 0.15, 0.05, 0.0, 80),
    2: Level(1.6, 1.0, (0.15, 0.32), (4, 9), 1.5, (0.05, 0.25), 0.05, 0.4, 0.2, 0.1, 62),
    3: Level(2.8, 2.0, (0.2, 0.42), (8, 16), 5, (0.15, 0.4), 0.1, 0.6, 0.4, 0.25, 45),
}


def damaged(picture: Picture, back: Picture | None, level: Level, random: Random, dpi: int) -> tuple[Picture, float]:
    """The page after printing, ageing and scanning, and the degrees clockwise by which it is askew."""
    point = dpi / 72
    page = broken_rules(picture, level.broken_rules, random, point)
    page = grainy(page, level.grain, random, point)
    page = faded(page, random.uniform(*level.fade))
    if back is not None and level.bleed:
        page = bled_through(page, back, random.uniform(0, level.bleed), point)
    page = warped(page, random.uniform(0, level.warp) * point, random)
    angle = float(random.uniform(-level.skew, level.skew))
    page = skewed(page, angle)
    if random.random() < level.shadow:
        page = shadowed(page, random)
    page = specked(page, level.specks, random, dpi)
    page = blurred(page, random.uniform(*level.blur) * point)
    return noisy(page, random.uniform(*level.noise), random), angle


def skewed(page: Picture, degrees: float) -> Picture:
    """Turned clockwise about its middle; what comes in at the corners is paper."""
    if not degrees:
        return page
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return _u8(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_paper(page)))


def warped(page: Picture, sag: float, random: Random) -> Picture:
    """Lines sag by up to `sag` pixels, as pages do near a binding."""
    if sag < 0.2:
        return page
    height, width = page.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    phase = random.uniform(0, np.pi)
    ys += (sag * np.sin(np.pi * xs / width + phase)).astype(np.float32)
    xs += (sag * 0.5 * np.sin(np.pi * ys / height + phase)).astype(np.float32)
    return _u8(cv2.remap(page, xs, ys, cv2.INTER_CUBIC, borderValue=_paper(page)))


def blurred(page: Picture, sigma: float) -> Picture:
    """Out of focus by a Gaussian of `sigma` pixels."""
    return page if sigma < 0.15 else _u8(cv2.GaussianBlur(page, (0, 0), sigma))


def noisy(page: Picture, deviation: float, random: Random) -> Picture:
    """Sensor noise, the same in the three colours."""
    if deviation < 0.5:
        return page
    noise = random.normal(0, deviation, page.shape[:2]).astype(np.float32)[..., None]
    return _u8(np.clip(page.astype(np.float32) + noise, 0, 255))


def specked(page: Picture, density: float, random: Random, dpi: int) -> Picture:
    """Dark and light specks, `density` to the square inch."""
    height, width = page.shape[:2]
    result = page.copy()
    for _ in range(int(random.poisson(density * height * width / dpi**2))):
        at = (int(random.integers(width)), int(random.integers(height)))
        grey = int(random.integers(20, 140)) if random.random() < 0.8 else 255
        cv2.circle(result, at, int(random.integers(1, max(2, dpi // 90))), (grey, grey, grey), -1, cv2.LINE_AA)
    return result


def faded(page: Picture, share: float) -> Picture:
    """Ink pales towards the paper, which yellows a little."""
    pale = 255 - (255 - page.astype(np.float32)) * (1 - share)
    return _u8(pale * np.array([1.0, 1 - 0.03 * share, 1 - 0.12 * share], np.float32))


def grainy(page: Picture, strength: float, random: Random, point: float) -> Picture:
    """Toner that did not take: letters have holes, more in some places than in others."""
    if not strength:
        return page
    height, width = page.shape[:2]
    fine = cv2.GaussianBlur(random.random((height, width)).astype(np.float32), (0, 0), point * 0.22)
    coarse = cv2.resize(random.random((9, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    holes = (fine - fine.mean()) / (fine.std() + 1e-6) > 3.2 - 2.2 * strength * np.clip(coarse, 0, 1)
    weight = np.where(holes, 0.35, 1.0).astype(np.float32)[..., None]
    return _u8(255 - (255 - page.astype(np.float32)) * weight)


def bled_through(page: Picture, back: Picture, share: float, point: float) -> Picture:
    """The back of the sheet shines through, mirrored and soft."""
    mirrored = cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), point * 0.6)
    if mirrored.shape != page.shape:
        mirrored = cv2.resize(mirrored, (page.shape[1], page.shape[0]))
    return _u8(np.clip(page.astype(np.float32) - (255 - mirrored.astype(np.float32)) * share, 0, 255))


def shadowed(page: Picture, random: Random) -> Picture:
    """A dark band along one side, where the lid stood open."""
    width = page.shape[1]
    reach = width * random.uniform(0.02, 0.06)
    band = np.clip(1 - np.arange(width, dtype=np.float32) / reach, 0, 1) ** 1.5 * random.uniform(0.3, 0.8)
    if random.random() < 0.5:
        band = band[::-1]
    return _u8(page.astype(np.float32) * (1 - band)[None, :, None])


def broken_rules(page: Picture, chance: float, random: Random, point: float) -> Picture:
    """Gaps in long rules, as faint print and bilevel scanning make them."""
    if not chance:
        return page
    dark = (page.min(axis=2) < 140).astype(np.uint8)
    result = page.copy()
    for length, across in ((int(60 * point), False), (int(24 * point), True)):
        kernel = np.ones((length, 1) if across else (1, length), np.uint8)
        rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        for x, y, w, h, _ in cv2.connectedComponentsWithStats(rules)[2][1:]:
            if random.random() < chance:
                _gap(result, (int(x), int(y), int(w), int(h)), across, random, point)
    return result


def _gap(page: Picture, box: tuple[int, int, int, int], across: bool, random: Random, point: float) -> None:
    """Wipe 3 to 12 points somewhere along one rule, no wider than the rule itself."""
    x, y, w, h = box
    size = int(random.uniform(3, 12) * point)
    thick = int(2 * point) + 1
    if across:
        start = int(random.integers(y, y + max(1, h - size)))
        page[start : start + size, x : x + min(w, thick)] = 255
    else:
        start = int(random.integers(x, x + max(1, w - size)))
        page[y : y + min(h, thick), start : start + size] = 255


def _paper(page: Picture) -> tuple[int, int, int]:
    """The colour of the paper: the brightest common one."""
    red, green, blue = np.percentile(page.reshape(-1, 3)[::97], 90, axis=0)
    return int(red), int(green), int(blue)


def _u8(picture: object) -> Picture:
    return np.asarray(picture).astype(np.uint8)
