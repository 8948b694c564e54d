"""Opens the pictures in a file as they are meant to be seen. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image, ImageFile, ImageOps

Mode = Literal["L", "RGB"]
"""Grey or colours."""
_LARGEST = 200_000_000
"""Maximum number of pixels of a picture that is opened at all."""
_SUBFILE, _NO_PAGE = 254, 0b101
"""TIFF tag for the kind of a picture: one with these bits is a reduced copy or a mask of another."""
_OBLONG, _MOST_OBLONG = 1.2, 4
"""Ratio of height to width of deliberately non-square pixels: a fax of standard resolution has 204 by 98 dpi."""
_DPI = 40
"""Lower values were never measured."""


def frames(path: Path) -> int:
    """Return the number of pages in the picture at ``path``: a TIFF may have several; animations count as one."""
    Image.MAX_IMAGE_PIXELS = _LARGEST
    with Image.open(path) as picture:
        return sum(1 for _ in _pages(picture)) or 1


def is_cut_off(path: Path) -> bool:
    """Tell whether the end of the picture at ``path`` is missing; raises OSError if it is completely unreadable."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(path) as picture:
        picture.draft("L", (1, 1))
        try:
            picture.load()
        except OSError as error:
            if "truncated" not in str(error):
                raise
            return True
    return False


def frame(path: Path, number: int, most_pixels: int, mode: Mode) -> Image.Image:
    """Return page ``number`` (from 1) of the picture at ``path``, rotated as recorded by the camera, with at most
    ``most_pixels``.
    """
    Image.MAX_IMAGE_PIXELS = _LARGEST
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with Image.open(path) as whole:
        for at, _ in enumerate(_pages(whole), 1):
            if at == number:
                break
        else:
            if number > 1:
                raise EOFError(f"there is no page {number}")
            whole.seek(0)
        across, along = _stretched(whole)
        factor = min(1.0, math.sqrt(most_pixels / (whole.width * across * whole.height * along)))
        longer = max(1, int(max(whole.size) * factor))
        if factor < 1:
            whole.draft(mode, (longer, longer))
        shown = _on_paper(_of_eight_bits(ImageOps.exif_transpose(whole))).convert(mode)
    if factor < 1:
        shown.thumbnail((longer, longer))
    if across * along == 1:
        return shown
    return shown.resize((round(shown.width * across), round(shown.height * along)), Image.Resampling.BICUBIC)


def _pages(picture: Image.Image) -> Iterator[None]:
    """Step through the pages."""
    if picture.format != "TIFF":
        yield
        return
    for at in range(getattr(picture, "n_frames", 1)):
        picture.seek(at)
        tags = getattr(picture, "tag_v2", {})
        if not int(tags.get(_SUBFILE, 0)) & _NO_PAGE:
            yield


def _stretched(picture: Image.Image) -> tuple[float, float]:
    """Return the factors for width and height that make its pixels square."""
    if picture.format != "TIFF":
        return 1.0, 1.0
    across, along = map(float, picture.info.get("dpi", (1, 1)))
    if min(across, along) < _DPI or not _OBLONG < max(across, along) / min(across, along) < _MOST_OBLONG:
        return 1.0, 1.0
    return max(1.0, along / across), max(1.0, across / along)


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """Return ``picture`` with 256 shades of grey if it has more; some scanners leave out the lightest of 65,536."""
    if picture.mode == "LAB":
        return picture.getchannel("L")
    if picture.mode[0] not in "IF":
        return picture
    fine = picture.convert("F")
    low, high = fine.getextrema()
    assert isinstance(low, float) and isinstance(high, float)
    darkest, lightest = min(0.0, low), max(high, 1.0)
    scale = 255 / (lightest - darkest)
    return fine.point(lambda grey: grey * scale - darkest * scale).convert("L")


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return ``picture`` with white in place of transparency."""
    if not picture.has_transparency_data:
        return picture
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
