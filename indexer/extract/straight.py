"""Straightens skewed pages. Tesseract loses lines at two degrees or more."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PIL import Image

from indexer.extract.perspective import Point

_LOOK, _INK = 700, 150
"""Longer side, in pixels, of the reduced picture for measuring skew, and the grey value that counts as ink."""
_MOST_SKEW, _LEAST_SKEW = 6, 0.5
"""Maximum and minimum correction in degrees."""


def skew(page: Image.Image) -> float:
    """Return by how many degrees to rotate ``page`` to make its lines horizontal, or vertical if it lies sideways."""
    small = page.copy()
    small.thumbnail((_LOOK, _LOOK))
    small = small.point(lambda grey: 255 if grey < _INK else 0)
    angles = [step / 4 for step in range(-4 * _MOST_SKEW, 4 * _MOST_SKEW + 1)]
    angle = max(
        angles, key=lambda angle: max(_contrasts(small.rotate(angle, resample=Image.Resampling.BILINEAR)))
    )
    return 0.0 if abs(angle) < _LEAST_SKEW else angle


def turned(page: Image.Image, angle: float) -> Image.Image:
    """Return all of ``page`` rotated by ``angle`` degrees about its centre, on white."""
    return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else page


def before_turn(point: Point, turned: tuple[int, int], page: tuple[int, int], angle: float) -> Point:
    """Return the position of ``point`` of a rotated page on the page before; the sizes of both are given."""
    turn = math.radians(angle)
    x, y = point[0] - turned[0] / 2, point[1] - turned[1] / 2
    return (
        x * math.cos(turn) - y * math.sin(turn) + page[0] / 2,
        x * math.sin(turn) + y * math.cos(turn) + page[1] / 2,
    )


def _contrasts(page: Image.Image) -> Iterator[float]:
    """Yield how much rows, and columns, differ in ink: most if lines of text are horizontal or vertical."""
    for size in ((1, page.height), (page.width, 1)):
        ink = page.resize(size, Image.Resampling.BOX).tobytes()
        mean = sum(ink) / len(ink)
        yield sum((one - mean) ** 2 for one in ink) / len(ink)
