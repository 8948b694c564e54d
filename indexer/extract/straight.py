"""Pages that lie askew set straight. Tesseract loses lines from two degrees on."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PIL import Image

from indexer.extract.perspective import Point

_LOOK, _INK = 700, 150
"""Pixels of the longer side, and grey that is ink, of the small picture that skew is found on."""
_MOST_SKEW, _LEAST_SKEW = 6, 0.5
"""Degrees that a page is set straight by."""


def skew(page: Image.Image) -> float:
    """Return the degrees by which ``page`` must be turned for its lines to be level, or upright where it lies on its side."""
    small = page.copy()
    small.thumbnail((_LOOK, _LOOK))
    small = small.point(lambda grey: 255 if grey < _INK else 0)
    angles = [step / 4 for step in range(-4 * _MOST_SKEW, 4 * _MOST_SKEW + 1)]
    angle = max(
        angles, key=lambda angle: max(_contrasts(small.rotate(angle, resample=Image.Resampling.BILINEAR)))
    )
    return 0.0 if abs(angle) < _LEAST_SKEW else angle


def turned(page: Image.Image, angle: float) -> Image.Image:
    """Return ``page`` turned by ``angle`` degrees about its centre, all of it, on white."""
    return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else page


def before_turn(point: Point, turned: tuple[int, int], page: tuple[int, int], angle: float) -> Point:
    """Return where ``point`` of a turned page stood on the page before, both of these sizes."""
    turn = math.radians(angle)
    x, y = point[0] - turned[0] / 2, point[1] - turned[1] / 2
    return (
        x * math.cos(turn) - y * math.sin(turn) + page[0] / 2,
        x * math.sin(turn) + y * math.cos(turn) + page[1] / 2,
    )


def _contrasts(page: Image.Image) -> Iterator[float]:
    """Yield how much rows differ in ink, and columns: most where lines of text are level, or upright."""
    for size in ((1, page.height), (page.width, 1)):
        ink = page.resize(size, Image.Resampling.BOX).tobytes()
        mean = sum(ink) / len(ink)
        yield sum((one - mean) ** 2 for one in ink) / len(ink)
