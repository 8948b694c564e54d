"""Prepares a page for Tesseract: grey, at 300 dpi, clean, flat and straight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from indexer.extract.cleaning import evenly_lit, has_specks, is_dark, is_red, without_red, without_specks
from indexer.extract.corners import page_corners
from indexer.extract.frames import frame
from indexer.extract.page_image import drawn, is_pdf, pdf_page, resolution
from indexer.extract.perspective import Plane, Point, before, perspective
from indexer.extract.straight import before_turn, skew, turned

DPI = 300
_POINTS = 72
_MOST_PIXELS = 25_000_000
"""Maximum number of pixels of a page: A3 at 300 dpi has 17 million; larger pages are drawn smaller."""
_COARSE = 0.8
"""Share of 300 dpi below which specks are removed before enlarging, which would turn them into blots."""
_FINE = 0.4
"""Share of 300 dpi below which strokes are one pixel wide, like specks, so that none are removed."""
_PAGE_HEIGHT = 3508
"""Height of A4 at 300 dpi in pixels, to which a coarse picture is enlarged."""
_LEAST_PAGE, _MOST_ENLARGED = 800, 2.5
"""Minimum length of the longer side, in pixels, of a page, and the maximum factor of enlargement."""
_PIECE_ENLARGED = 3
"""Factor for smaller pictures: on screens, letters are 8 to 15 pixels high; larger ones do not suffer from it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A page ready for OCR, and how it was made from the picture that people see."""

    picture: Image.Image
    shown: tuple[int, int]
    """Size of the picture that people see."""
    flat: tuple[int, int]
    """Size before rotation."""
    plane: Plane
    """Transform from the page before rotation to what people see."""
    angle: float

    def shares(self, x: float, y: float) -> Point:
        """Return the position of a point of ``picture`` on the page that people see, as shares of its width and height."""
        x, y = before(self.plane, before_turn((x, y), self.picture.size, self.flat, self.angle))
        return x / self.shown[0], y / self.shown[1]


def scan(path: Path, number: int) -> Scan:
    """Return page ``number`` (from 1) of the PDF or picture at ``path``, ready for OCR."""
    page = _page(path, number)
    corners = page_corners(page.convert("L"))
    if not is_red(page):
        page = page.convert("L")
    if corners:
        size = _enlarged(_size(corners))
        plane = perspective(corners, size)
        white = 255 if page.mode == "L" else (255, 255, 255)
        flat = page.transform(
            size, Image.Transform.PERSPECTIVE, plane, Image.Resampling.BICUBIC, fillcolor=white
        )
    else:
        size = page.size if is_pdf(path) else _enlarged(page.size)
        plane = (page.width / size[0], 0, 0, 0, page.height / size[1], 0, 0, 0)
        flat = page if size == page.size else page.resize(size, Image.Resampling.LANCZOS)
    if is_dark(flat.convert("L")):
        flat = ImageOps.invert(flat)
    flat = evenly_lit(flat)
    if flat.mode == "RGB":
        flat = without_red(flat)
    angle = skew(flat)
    return Scan(turned(flat, angle), page.size, flat.size, plane, angle)


def _page(path: Path, number: int) -> Image.Image:
    """Return the page in colour, without specks."""
    if not is_pdf(path):
        page = frame(path, number, _MOST_PIXELS, "RGB")
        return page if max(page.size) < _FINE * _PAGE_HEIGHT else _cleaned(page)
    with pdf_page(path, number) as sheet:
        own = resolution(sheet)
        if own and _FINE * DPI <= own * _POINTS < _COARSE * DPI:
            page = drawn(sheet, own, _MOST_PIXELS, "RGB")
            if has_specks(page.convert("L")):
                scale = DPI / _POINTS / own
                size = (round(page.width * scale), round(page.height * scale))
                return without_specks(page).resize(size, Image.Resampling.BICUBIC)
        return _cleaned(drawn(sheet, DPI / _POINTS, _MOST_PIXELS, "RGB"))


def _cleaned(page: Image.Image) -> Image.Image:
    return without_specks(page) if has_specks(page.convert("L")) else page


def _size(corners: list[Point]) -> tuple[int, int]:
    """Return width and height of a page with these corners: the longer of each pair of edges."""
    (top, right, bottom, left) = (math.dist(corners[i], corners[(i + 1) % 4]) for i in range(4))
    return round(max(top, bottom)), round(max(left, right))


def _enlarged(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which the letters of a page, or of a section of one, are as large as at 300 dpi."""
    longer = max(size)
    if longer >= _COARSE * _PAGE_HEIGHT:
        return size
    scale = _PIECE_ENLARGED if longer < _LEAST_PAGE else min(_MOST_ENLARGED, _PAGE_HEIGHT / longer)
    return round(size[0] * scale), round(size[1] * scale)
