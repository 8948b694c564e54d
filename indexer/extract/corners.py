"""Finds the corners of a page that was photographed on a darker background, or scanned with dark edges."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from PIL import Image, ImageFilter

from indexer.extract.perspective import Point

_LOOK = 160
"""Longer side, in pixels, of the reduced picture that is examined."""
_STEP = 3
"""Distance, in reduced pixels, within which the background ends and the paper begins."""
_RISE = 24
"""How much brighter the paper is: half as bright again. In 1/``_SCALE`` of a natural logarithm, so that shadows do not matter."""
_SCALE = 60
_RIM = 0.4
"""Share of width and height in which each edge is looked for."""
_OFF = 1.5
"""Tolerance, in reduced pixels, of a point of an edge from its line."""
_ON_LINE = 0.6
"""Share of the middle rows whose edge must be on the line."""
_LEAST_EDGES = 3
_Line = tuple[float, float]
"""Slope and intercept."""


def page_corners(picture: Image.Image) -> list[Point] | None:
    """Return the corners of the page in the grey ``picture``, clockwise from the top left; None if the page fills the picture.

    An edge is a straight line at which the picture becomes brighter inwards. Three of them define a page; the fourth may be
    outside the picture.
    """
    small = picture.copy()
    small.thumbnail((_LOOK, _LOOK), Image.Resampling.BOX)
    small = small.filter(ImageFilter.MaxFilter(3)).point(
        [round(_SCALE * math.log(1 + grey / 4)) for grey in range(256)]
    )
    left, right = _edge(small), _edge(small.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    across = small.transpose(Image.Transpose.TRANSPOSE)
    top, bottom = _edge(across), _edge(across.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    if sum(edge is not None for edge in (left, right, top, bottom)) < _LEAST_EDGES:
        return None
    width, height = small.size
    sides = (left or (0.0, 0.0), _mirrored(right, width))
    ends = (top or (0.0, 0.0), _mirrored(bottom, height))
    scale = picture.width / width
    return [
        (x * scale, y * scale)
        for x, y in (_crossing(sides[side], ends[end]) for side, end in ((0, 0), (1, 0), (1, 1), (0, 1)))
    ]


def _mirrored(edge: _Line | None, size: int) -> _Line:
    return (-edge[0], size - edge[1]) if edge else (0.0, float(size))


def _edge(page: Image.Image) -> _Line | None:
    """Return the left edge of the paper as x = slope * y + intercept."""
    points = list(_rises(page))
    rows = page.height * 7 // 10
    if len(points) < _ON_LINE * rows:
        return None
    # Theil-Sen estimator: outliers do not move a median.
    slopes = [
        (x - x2) / (y - y2)
        for (x, y), (x2, y2) in zip(points, points[len(points) // 2 :], strict=False)
        if y != y2
    ]
    slope = median(slopes)
    start = median(x - slope * y for x, y in points)
    on_line = sum(abs(x - slope * y - start) <= _OFF for x, y in points)
    return (slope, start) if on_line >= _ON_LINE * rows else None


def _rises(page: Image.Image) -> Iterator[Point]:
    """Yield the points, between pixels, where middle rows brighten most."""
    pixels: Sequence[int] = page.tobytes()
    width, height = page.size
    for y in range(height * 15 // 100, height * 85 // 100):
        row = pixels[y * width : y * width + int(width * _RIM)]
        rise, x = max(((row[x + _STEP] - row[x], x) for x in range(len(row) - _STEP)), default=(0, 0))
        if rise >= _RISE:
            yield x + (_STEP + 1) / 2 + 1, y + 0.5  # the filter has moved the edge out by a pixel


def _crossing(side: _Line, end: _Line) -> Point:
    """Return the intersection of x = a * y + b and y = c * x + d."""
    (a, b), (c, d) = side, end
    x = (a * d + b) / (1 - a * c)
    return x, c * x + d
