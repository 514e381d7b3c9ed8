"""Round seals off gray and bilevel pages, where colour does not tell them from print.

A seal is two or three rings about one centre. Seen from there, in polar coordinates, they are straight lines, and are
taken off as rules are: where the ink is no thicker than the ring. Print that crosses a ring is thicker there and stays.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.image.emblems import emblem_off, lies_on_rules
from extract.image.orientation import lies_on_its_side
from extract.image.stamps import print_level
from extract.raster import Gray, dpi_of, shrink_to

Mask = NDArray[np.bool_]

# Inches. Seals of state offices are 36 mm across, others from 30 to 42.
SMALLEST_RADIUS, LARGEST_RADIUS = 0.58, 0.84
# Resolutions at which circles are looked for, and at which they are then looked at.
LOOK_DPI, CHECK_DPI = 75, 120
# Votes that a circle needs of the transform; its rings are then looked at themselves.
VOTES, MOST_CIRCLES = 22, 6
# Share of its turn on which a ring has ink; worn and half inked seals have gaps.
INKED = 0.5
# Shares of the radius: where rings are looked for, which of them is the outer one, and how thick one is at most.
INNERMOST, OUTER, THICKEST = 0.5, 0.85, 0.06
# The centre is found within this share of the radius, in steps that get smaller.
OFF_CENTRE, FINER, ROUNDS = 0.03, 3, 3
# Two rings that run together are as thick as this, and have ink nearly all round. They tell a seal; to take them off as
# one would take the stems of letters with them.
DOUBLE, FULL = 0.12, 0.75
# Angles at which a seal is looked at, first and last.
COARSE_TURN, TURN = 360, 1440
# Level of ink on a page whose light was evened. At CHECK_DPI the thin rings of pale and unsharp seals are no darker:
# of 21 seals on gray and bilevel pages 12 were found with 160, all with 185.
INK = 185
# Ink so many times as thick as the ring is at most places is print that crosses it.
THICKER = 1.35
# Times the radius: how far lines are looked for that run into the seal, and how far its ink reaches.
SURROUNDINGS, RIM = 2.6, 1.05
# Levels by which a seal is paler than print, where that tells them apart.
PALER = 35


@dataclass(frozen=True, slots=True)
class Circle:
    """Pixels of the page."""

    x: float
    y: float
    radius: float


def seals_off(gray: Gray) -> Gray:
    """The page without the rings of its seals, and without all of a seal that is paler than the print."""
    seals = find_seals(gray)
    if not seals:
        return gray
    result = gray.copy()
    black = print_level(gray)
    sideways = lies_on_its_side(gray, dpi_of(gray.shape))
    for seal in seals:
        level = ring_level(gray, seal)
        if level is not None and level - black >= PALER:
            bleach_disc(result, seal, (level + black) / 2)
        else:
            take_rings_off(result, seal)
            if not lies_on_rules(*about(gray, seal)):
                take_emblem_off(result, seal, sideways=sideways)
    return result


def find_seals(gray: Gray) -> tuple[Circle, ...]:
    """The seals on the page, by circles that have rings of ink."""
    coarse = shrink_to(gray, round(max(gray.shape) * CHECK_DPI / dpi_of(gray.shape)))
    small = shrink_to(coarse, round(max(gray.shape) * LOOK_DPI / dpi_of(gray.shape)))
    low, high = round(SMALLEST_RADIUS * LOOK_DPI), round(LARGEST_RADIUS * LOOK_DPI)
    found = cv2.HoughCircles(small, cv2.HOUGH_GRADIENT, 1, low, param1=200, param2=VOTES, minRadius=low, maxRadius=high)
    circles = [Circle(*map(float, circle[:3])) for circle in found[0][:MOST_CIRCLES]] if found is not None else []
    likely = (as_seal(coarse, scaled(circle, max(coarse.shape) / max(small.shape))) for circle in circles)
    exact = (as_seal(gray, scaled(seal, max(gray.shape) / max(coarse.shape))) for seal in likely if seal is not None)
    return tuple(seal for seal in exact if seal is not None)


def scaled(circle: Circle, factor: float) -> Circle:
    """The circle on a page that is so many times larger."""
    return Circle(circle.x * factor, circle.y * factor, circle.radius * factor)


def as_seal(gray: Gray, circle: Circle) -> Circle | None:
    """The circle about its exact centre; None where no ring of ink is near it."""
    step = OFF_CENTRE * circle.radius
    for _ in range(ROUNDS):
        near = [replace(circle, x=circle.x + dx, y=circle.y + dy) for dx in (-step, 0, step) for dy in (-step, 0, step)]
        circle = max(near, key=lambda tried: _sharpness(unrolled(gray, tried, COARSE_TURN)))
        step /= FINER
    rings = rings_in(unrolled(gray, circle, COARSE_TURN), double=True)
    return circle if any(first >= OUTER * circle.radius for first, _ in rings) else None


def unrolled(gray: Gray, circle: Circle, turn: int) -> Mask:
    """The ink of the disc in polar coordinates."""
    return np.asarray(polar_view(gray, circle, turn) < INK)


def polar_view(gray: Gray, circle: Circle, turn: int) -> Gray:
    """The disc, and a little beyond, in polar coordinates: a row an angle, a column a pixel outwards."""
    reach = reach_of(circle)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR
    return np.asarray(cv2.warpPolar(gray, (reach, turn), (circle.x, circle.y), reach, flags), np.uint8)


def reach_of(circle: Circle) -> int:
    """How far from the centre a seal is looked at: its radius is known within a tenth."""
    return round(circle.radius * 1.12)


def _sharpness(ink: Mask) -> float:
    """How much of the ink stands in few columns."""
    shares = ink[:, int(INNERMOST * ink.shape[1]) :].mean(axis=0)
    return float(np.square(shares).sum())


def rings_in(ink: Mask, *, double: bool = False) -> list[tuple[int, int]]:
    """(first, last + 1) of the columns along which a ring runs. double: or two that run together."""
    shares = ink.mean(axis=0)
    inked = shares >= INKED
    inked[: int(INNERMOST * len(inked))] = False
    edge = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    runs = zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True)
    thickest = (
        (DOUBLE if double and shares[first:last].mean() >= FULL else THICKEST, first, last) for first, last in runs
    )
    return [(first, last) for most, first, last in thickest if last - first <= most * len(inked)]


def ring_level(gray: Gray, seal: Circle) -> float | None:
    """How dark the rings are, where there is ink; 0 to 255, None where there are none."""
    polar = polar_view(gray, seal, TURN)
    rings = [polar[:, first:last] for first, last in rings_in(polar < INK)]
    return float(np.median(np.concatenate([ring[ring < INK] for ring in rings]))) if rings else None


def bleach_disc(gray: Gray, seal: Circle, level: float) -> None:
    """Make white, in place, what is paler than the level in the seal's disc."""
    reach = reach_of(seal)
    part, rows, columns = _square(gray, seal, reach)
    inside = (columns - seal.x) ** 2 + (rows - seal.y) ** 2 <= reach**2
    bleached = np.clip((part - level) * 6 + level, 0, 255).astype(np.uint8)
    part[inside & (part > level)] = bleached[inside & (part > level)]


def take_emblem_off(gray: Gray, seal: Circle, *, sideways: bool) -> None:
    """Make white, in place, what stands inside of the seal and in no line of print that runs into it."""
    part, inside = about(gray, seal)
    emblem_off(part.T if sideways else part, inside.T if sideways else inside, dpi_of(gray.shape))


def about(gray: Gray, seal: Circle) -> tuple[Gray, Mask]:
    """What stands about the seal, a view of the page; and True there on the seal's disc."""
    part, rows, columns = _square(gray, seal, round(SURROUNDINGS * seal.radius))
    return part, np.asarray((columns - seal.x) ** 2 + (rows - seal.y) ** 2 <= (RIM * seal.radius) ** 2, np.bool_)


def _square(gray: Gray, seal: Circle, reach: int) -> tuple[Gray, NDArray[np.int64], NDArray[np.int64]]:
    """The part of the page about the seal, a view; and its rows and columns on the page, to be broadcast."""
    top, left = max(0, round(seal.y) - reach), max(0, round(seal.x) - reach)
    part = gray[top : round(seal.y) + reach + 1, left : round(seal.x) + reach + 1]
    return part, np.arange(top, top + part.shape[0])[:, None], np.arange(left, left + part.shape[1])[None, :]


def take_rings_off(gray: Gray, seal: Circle) -> None:
    """Make the rings white, in place, wherever the ink there is hardly thicker than they are."""
    ink = unrolled(gray, seal, TURN)
    off = np.zeros(ink.shape, np.uint8)
    for first, last in rings_in(ink):
        off |= thin_ink(ink, first, last)
    reach = reach_of(seal)
    part, rows, columns = _square(gray, seal, reach)
    across, down = columns - seal.x, rows - seal.y
    angle = np.round(np.arctan2(down, across) % (2 * np.pi) * TURN / (2 * np.pi)).astype(np.int64) % TURN
    distance = np.minimum(np.hypot(down, across).astype(np.int64), reach)
    ring = np.pad(off, ((0, 0), (0, 1)))[angle, distance]
    part[cv2.dilate(ring, np.ones((3, 3), np.uint8)) > 0] = 255


def thin_ink(ink: Mask, first: int, last: int) -> NDArray[np.uint8]:
    """1 on the ink of the ring in these columns, row by row, where it is not much thicker than elsewhere."""
    middle = (first + last) // 2
    around = last - first + 2
    window = slice(max(0, first - around), last + around)
    part = ink[:, window]
    start, end = _run_about(part, middle - window.start)
    length = end - start
    usual = float(np.median(length[length > 0])) if (length > 0).any() else 0.0
    thin = (length > 0) & (length <= THICKER * usual + 1)
    columns = np.arange(part.shape[1])
    result = np.zeros(ink.shape, np.uint8)
    result[:, window] = (columns >= start[:, None]) & (columns < end[:, None]) & thin[:, None]
    return result


def _run_about(ink: Mask, column: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(start, end) of the run of ink in each row that holds the column or is next to it; empty where none is."""
    near = [column, column - 1, column + 1]
    at = np.full(len(ink), -1)
    for place in reversed([c for c in near if 0 <= c < ink.shape[1]]):
        at[ink[:, place]] = place
    white_before = np.where(~ink & (np.arange(ink.shape[1]) < at[:, None]), np.arange(1, ink.shape[1] + 1), 0)
    white_after = np.where(~ink & (np.arange(ink.shape[1]) > at[:, None]), np.arange(ink.shape[1]), ink.shape[1])
    start, end = white_before.max(axis=1), white_after.min(axis=1)
    return np.where(at >= 0, start, 0), np.where(at >= 0, end, 0)
