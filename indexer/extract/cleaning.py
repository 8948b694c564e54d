"""Pictures of pages made fit for Tesseract: red ink, specks and shadows taken off those that have them; others are left alone."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

_WHITE = 255
_LOOK = 8
"""Times that a picture is made smaller for what is looked at as a whole."""
_DARK = 64
"""Grey: paper photographed in the shadow of a hand has 80 and more."""
_INK = 0.1
"""Share of what is printed on a piece of a page that is its darkest ink: letters inside of their rims."""
_RED = 50
"""By how much red outshines green where ink is red: stamps have 100 and more, paper that has yellowed 20 to 30."""
_LEAST_RED = 0.0005
"""Share of a page from which there is red ink: a stamp's rings take 0.3 %, a date of a clerk 0.1 %."""
_SPECK = 40
"""Grey by which a pixel stands out from all but one of its neighbours, and is none of a letter's."""
_LEAST_SPECKS = 0.0005
"""Share of a page: clean ones have 0 to 0.01 %."""
_PATCHES, _PATCH = 5, 160
"""Places of a page, and pixels of their sides, that are looked at for specks."""
_WINDOW = 9
"""Small pixels, in which some paper shows between the lines: a quarter of an inch at 300 dpi."""
_UNEVEN = 40
"""Grey between the lightest and the darkest paper of one page, from which it was lit unevenly."""


def is_dark(page: Image.Image) -> bool:
    """Tell whether more than half of grey ``page`` is as dark as a screen with light letters; paper in shadow is lighter."""
    histogram = page.reduce(_LOOK).histogram()
    return sum(histogram[:_DARK]) * 2 > sum(histogram)


def is_red(page: Image.Image) -> bool:
    """Tell whether there is red ink on ``page``, a picture in colours."""
    red, green, _ = page.reduce(2).split()
    histogram = ImageChops.subtract(red, green).histogram()
    return sum(histogram[_RED:]) > _LEAST_RED * sum(histogram)


def without_red(page: Image.Image) -> Image.Image:
    """Return ``page`` in grey as if through a red glass: red ink is as pale as paper, and black ink below it stays."""
    red, green, _ = page.split()
    # At the rims of letters colours are washed out, so the glass covers a little more than the ink.
    ink = (
        ImageChops.subtract(red, green)
        .point(lambda more: _WHITE if more > _RED else 0)
        .filter(ImageFilter.MaxFilter(3))
    )
    lit = red.point(lambda grey: min(_WHITE, max(0, (grey - 60) * _WHITE // 120)))
    return Image.composite(lit, page.convert("L"), ink)


def only_darkest(page: Image.Image, share: float) -> Image.Image:
    """Return grey ``page`` with white where it is paler than that share of the way from its ink to its paper."""
    histogram = page.histogram()
    paper = max(range(_WHITE // 2, _WHITE + 1), key=histogram.__getitem__)
    inked = histogram[: paper * 2 // 3]
    ink = next((grey for grey in range(len(inked)) if sum(inked[: grey + 1]) > _INK * sum(inked)), 0)
    return page.point(
        [max(0, min(_WHITE, round((grey - ink) * _WHITE / share / (paper - ink)))) for grey in range(256)]
    )


def has_specks(page: Image.Image) -> bool:
    """Tell whether grey ``page`` is full of specks: pixels that no neighbour but one is like. Some patches of it tell."""
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
    """Return ``page`` without specks, at the resolution that it was scanned at, where a speck is a pixel.

    A median leaves more accents than holding pixels within their neighbours: of the latter the rims of specks stay, which
    JPEG makes, and on noisy pages at 150 dpi 92 instead of 99 % of syllables are read.
    """
    return page.filter(ImageFilter.MedianFilter(3))


def evenly_lit(page: Image.Image) -> Image.Image:
    """Return ``page`` with white paper, whatever shadow lies on it; one that is lit evenly as it is."""
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
