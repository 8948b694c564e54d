"""Perspective transforms, for planes photographed at an angle."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
Plane = tuple[float, ...]
"""Eight coefficients as in Pillow: (x, y) in the result comes from ((ax + by + c) / (gx + hy + 1), …) in the source."""


def perspective(corners: Sequence[Point], size: tuple[int, int]) -> Plane:
    """Return the transform of the quadrilateral with these corners, clockwise from the top left, to a picture of ``size``.

    Heckbert, Fundamentals of Texture Mapping (1989), section 2.2.3.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    area = dx1 * dy2 - dx2 * dy1
    g, h = (sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area
    width, height = size
    return (
        (x1 - x0 + g * x1) / width, (x3 - x0 + h * x3) / height, x0,
        (y1 - y0 + g * y1) / width, (y3 - y0 + h * y3) / height, y0,
        g / width, h / height,
    )  # fmt: skip


def before(plane: Plane, point: Point) -> Point:
    """Return the position in the source of ``point`` in the result."""
    a, b, c, d, e, f, g, h = plane
    x, y = point
    away = g * x + h * y + 1
    return (a * x + b * y + c) / away, (d * x + e * y + f) / away
