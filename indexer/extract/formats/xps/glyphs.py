"""The runs of letters on a fixed page, and their positions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.extract.formats.package import part_beside
from indexer.extract.formats.xml import Element, attribute, child, local, steps
from indexer.extract.formats.xps.fonts import Fonts

Matrix = tuple[float, float, float, float, float, float]
_LEVEL: Matrix = (1, 0, 0, 1, 0, 0)
_ESCAPE = "{}"
"""What precedes a text that begins with a brace."""
_ADVANCE = re.compile(r",(-?[0-9.]+)")
_HUNDREDTHS = 100
_SMALLEST, _LARGEST = 1e-6, 1e12
"""The range of sizes and positions possible on a page; others are ignored."""


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent letters. Coordinates of lines in other directions are rotated, so that each line is level."""

    text: str
    left: float
    right: float
    base: float
    """The position of its line: larger is further down."""
    size: float
    direction: int
    """The rotation of its line in degrees."""


def glyph_runs(page: Element, part: str, fonts: Fonts) -> Iterator[Run]:
    """Yield the runs of a page (the part ``part``) in the order in which they are drawn."""
    matrices = [_LEVEL]
    unseen = 0
    for event, element in steps(page):
        step = 1 if event == "start" else -1
        unseen += step * (_number(element.get("Opacity", "1")) <= 0)
        if event == "end":
            matrices.pop()
            continue
        matrices.append(_over(_matrix(element), matrices[-1]))
        if local(element) == "Glyphs" and not unseen and (run := _run(element, matrices[-1], part, fonts)):
            yield run


def _run(glyphs: Element, matrix: Matrix, part: str, fonts: Fonts) -> Run | None:
    text = (attribute(glyphs, "UnicodeString") or "").removeprefix(_ESCAPE)
    if not text:
        return None
    x, y, size = (_number(attribute(glyphs, name)) for name in ("OriginX", "OriginY", "FontRenderingEmSize"))
    a, b, c, d, e, f = matrix
    stretch = math.hypot(a, b)
    across, down = a * x + c * y + e, b * x + d * y + f
    if not size * stretch > _SMALLEST or not max(map(abs, (across, down, size * stretch))) < _LARGEST:
        return Run(text, 0, 0, 0, 1, 0)
    cos, sin = a / stretch, b / stretch
    left, base = across * cos + down * sin, down * cos - across * sin
    font = attribute(glyphs, "FontUri") or ""
    width = _width(text, attribute(glyphs, "Indices") or "", part_beside(part, font), fonts) * size * stretch
    if (attribute(glyphs, "BidiLevel") or "0")[-1:] in "13579":  # it begins at its right end
        left -= width
    return Run(text, left, left + width, base, size * stretch, round(math.degrees(math.atan2(sin, cos))))


def _width(text: str, indices: str, font: str, fonts: Fonts) -> float:
    """Return the width of a run in font heights: as stated for each letter, otherwise as in the font."""
    told = [_ADVANCE.search(one) for one in indices.split(";")]
    if any(told) and len(told) <= len(text):
        told += [None] * (len(text) - len(told))
        width = sum(_number(one[1]) / _HUNDREDTHS for one in told if one)
        rest = "".join(letter for letter, one in zip(text, told, strict=True) if not one)
        return width + (fonts.width(rest, font) if rest else 0)
    return fonts.width(text, font)


def _matrix(element: Element) -> Matrix:
    """Return the transformation of the content of ``element`` within its parent."""
    said = attribute(element, "RenderTransform")
    if said is None:
        within = child(child(element, f"{local(element)}.RenderTransform"), "MatrixTransform")
        said = None if within is None else attribute(within, "Matrix")
    numbers = [_number(one) for one in (said or "").replace(",", " ").split()]
    if len(numbers) != len(_LEVEL):
        return _LEVEL
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _over(inner: Matrix, outer: Matrix) -> Matrix:
    if inner == _LEVEL:
        return outer
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _number(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0
    return value if abs(value) < 1e9 else 0
