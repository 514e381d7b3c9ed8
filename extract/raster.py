"""Arrays that stand for pages, and what every step asks of them.

A gray page is uint8 of shape (height, width), 0 black to 255 white; a colour page is RGB of shape (height, width, 3).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Rgb = NDArray[np.uint8]

A4_LONG_SIDE_INCHES = 11.69


def dpi_of(shape: tuple[int, ...]) -> float:
    """Dots per inch of an image whose long side is that of A4, as that of a scan most likely is."""
    return max(shape[:2]) / A4_LONG_SIDE_INCHES


def shrink_to(gray: Gray, long_side: int) -> Gray:
    """The image, its long side cut down to about this many pixels by averaging; a smaller one comes back as it is."""
    factor = max(gray.shape) / long_side
    if factor <= 1.0:
        return gray
    size = (max(1, round(gray.shape[1] / factor)), max(1, round(gray.shape[0] / factor)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def thinned(gray: Gray, dpi: float, least: float) -> tuple[Gray, float]:
    """The image with whole rows and columns left out, and its resolution, which is `least` or somewhat more.

    Many times as fast as averaging, for what looks at marks and not at their edges.
    """
    step = max(1, int(dpi / least))
    return np.ascontiguousarray(gray[::step, ::step]), dpi / step


def binarise(gray: Gray, window_inches: float = 0.25, contrast: int = 18) -> NDArray[np.bool_]:
    """True where a pixel is darker than the mean of its neighbourhood by more than `contrast` levels."""
    window = max(3, int(dpi_of(gray.shape) * window_inches) | 1)
    mean = cv2.blur(gray, (window, window))
    return np.asarray(cv2.subtract(mean, gray) > contrast)
