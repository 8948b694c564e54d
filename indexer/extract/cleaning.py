"""Prepares page pictures for Tesseract: removes red ink, specks and shadows if present."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

_WHITE = 255
_LOOK = 8
"""Factor by which a picture is reduced to examine it as a whole."""
_DARK = 64
"""Grey value: paper photographed in the shadow of a hand has at least 80."""
_INK = 0.1
"""Share of a page section's print that is its darkest ink: letters without their edges."""
_RED = 50
"""By how much red exceeds green in red ink: stamps have at least 100, yellowed paper 20 to 30."""
_LEAST_RED = 0.0005
"""Minimum share of a page with red ink: the rings of a stamp take 0.3 %, a handwritten date 0.1 %."""
_SPECK = 40
"""Difference in grey by which a pixel differs from all but one of its neighbours, so that it is not part of a letter."""
_LEAST_SPECKS = 0.0005
"""Minimum share of a page: clean pages have 0 to 0.01 %."""
_PATCHES, _PATCH = 5, 160
"""Number of places examined for specks, and the length of their sides in pixels."""
_WINDOW = 9
"""Size in reduced pixels of a window with some paper between lines: a quarter of an inch at 300 dpi."""
_UNEVEN = 40
"""Difference in grey between the lightest and the darkest paper of a page, from which it was lit unevenly."""


def is_dark(page: Image.Image) -> bool:
    """Tell whether more than half of the grey ``page`` is as dark as a screen with light letters; paper in shadow is lighter."""
    histogram = page.reduce(_LOOK).histogram()
    return sum(histogram[:_DARK]) * 2 > sum(histogram)


def is_red(page: Image.Image) -> bool:
    """Tell whether there is red ink on ``page``, a colour picture."""
    red, green, _ = page.reduce(2).split()
    histogram = ImageChops.subtract(red, green).histogram()
    return sum(histogram[_RED:]) > _LEAST_RED * sum(histogram)


def without_red(page: Image.Image) -> Image.Image:
    """Return ``page`` in grey as seen through red glass: red ink becomes as light as paper, black ink below it stays."""
    red, green, _ = page.split()
    # At the edges of letters, colours are washed out, so the mask covers slightly more than the ink.
    ink = (
        ImageChops.subtract(red, green)
        .point(lambda more: _WHITE if more > _RED else 0)
        .filter(ImageFilter.MaxFilter(3))
    )
    lit = red.point(lambda grey: min(_WHITE, max(0, (grey - 60) * _WHITE // 120)))
    return Image.composite(lit, page.convert("L"), ink)


def only_darkest(page: Image.Image, share: float) -> Image.Image:
    """Return the grey ``page`` with everything white that is lighter than this share of the way from ink to paper."""
    histogram = page.histogram()
    paper = max(range(_WHITE // 2, _WHITE + 1), key=histogram.__getitem__)
    inked = histogram[: paper * 2 // 3]
    ink = next((grey for grey in range(len(inked)) if sum(inked[: grey + 1]) > _INK * sum(inked)), 0)
    return page.point(
        [max(0, min(_WHITE, round((grey - ink) * _WHITE / share / (paper - ink)))) for grey in range(256)]
    )


def has_specks(page: Image.Image) -> bool:
    """Tell whether the grey ``page`` is full of specks, pixels that differ from all neighbours but one; judged by samples."""
    different = [0] * 256
    for at in range(_PATCHES):
        x = page.width * (2 * at + 1) // (2 * _PATCHES)
        y = page.height * (at * 3 % _PATCHES + 1) // (_PATCHES + 1)
        patch = page.crop((x, y, min(x + _PATCH, page.width), min(y + _PATCH, page.height)))
        held = ImageChops.lighter(patch, patch.filter(ImageFilter.RankFilter(3, 1)))
        held = ImageChops.darker(held, patch.filter(ImageFilter.RankFilter(3, 7)))
        different = [
            sum(pair) for pair in zip(different, ImageChops.difference(patch, held).histogram(), strict=True)
        ]
    return sum(different[_SPECK:]) > _LEAST_SPECKS * sum(different)


def without_specks(page: Image.Image) -> Image.Image:
    """Return ``page`` without specks, at the resolution of the scan, where a speck is a pixel.

    A median keeps more accents than clamping pixels to the range of their neighbours: the latter leaves the edges of specks
    created by JPEG, and on noisy pages at 150 dpi, only 92 instead of 99 % of syllables are read.
    """
    return page.filter(ImageFilter.MedianFilter(3))


def evenly_lit(page: Image.Image) -> Image.Image:
    """Return ``page`` with white paper despite any shadow; an evenly lit page is unchanged."""
    lit = [_evenly_lit(channel) for channel in page.split()]
    return lit[0] if len(lit) == 1 else Image.merge(page.mode, lit)


def _evenly_lit(page: Image.Image) -> Image.Image:
    small = page.reduce(_LOOK)
    paper = small.filter(ImageFilter.MaxFilter(_WINDOW)).filter(ImageFilter.BoxBlur(_WINDOW // 2))
    light = [grey for grey, number in enumerate(paper.histogram()) for _ in range(number)]
    if light[len(light) * 98 // 100] - light[len(light) * 2 // 100] < _UNEVEN:
        return page
    whole = paper.resize(page.size, Image.Resampling.BILINEAR)
    return _divided(page, whole)


def _divided(page: Image.Image, paper: Image.Image) -> Image.Image:
    def share(images: dict[str, Any]) -> Any:
        least = images["min"](images["page"] * _WHITE / images["max"](images["paper"], 1), _WHITE)
        return images["convert"](least, "L")

    divided: Image.Image = ImageMath.lambda_eval(share, page=page, paper=paper)
    return divided
