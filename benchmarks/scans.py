"""Reproducible, increasingly bad scans of the demo portal's own documents: rotated, skewed, stained, stamped, photographed."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from indexer.extract.perspective import perspective

PORTAL = Path(__file__).resolve().parents[1] / "demo" / "portal"
_POINTS = 72
_WHITE = 255
_RED = (205, 35, 55)


def documents() -> list[Path]:
    """Return the PDF documents of the demo portal that have a text layer: the truth."""
    return [path for path in sorted(PORTAL.glob("*/*/*.pdf")) if _has_text(path)]


def _has_text(path: Path) -> bool:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return False  # one has a password
    try:
        return bool(document[0].get_textpage().get_text_range().strip())
    finally:
        document.close()


def drawn(path: Path, dpi: int) -> list[tuple[Image.Image, str]]:
    """Return the pages of a PDF as grey pictures, each with its true text."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [
            (
                page.render(scale=dpi / _POINTS, grayscale=True).to_pil().convert("L"),
                page.get_textpage().get_text_range(),
            )
            for page in document
        ]
    finally:
        document.close()


def _skewed(page: Image.Image, chance: random.Random) -> Image.Image:
    angle = chance.choice((-1, 1)) * chance.uniform(1, 3)
    return page.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)


def _noisy(page: Image.Image, chance: random.Random) -> Image.Image:
    """Grey paper, grain, specks, and the blur of a copy of a copy."""
    page = page.filter(ImageFilter.GaussianBlur(0.6)).point(lambda grey: 30 + grey * 200 // 255)
    pixels = page.load()
    assert pixels is not None
    for _ in range(page.width * page.height // 200):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        pixels[x, y] = chance.choice((0, 255))
    return page


def _turned(page: Image.Image, chance: random.Random) -> Image.Image:
    return page.rotate(chance.choice((90, 180, 270)), expand=True)


def _stamped(page: Image.Image, chance: random.Random) -> Image.Image:
    """A round stamp over the lower half of the text, as a scanner shows red in grey."""
    page = page.copy()
    radius = page.width // 10
    x = chance.randint(page.width // 2, page.width - 2 * radius)
    y = chance.randint(page.height // 2, page.height * 3 // 4)
    layer = Image.new("L", page.size, _WHITE)
    pen = ImageDraw.Draw(layer)
    for ring in (radius, radius * 9 // 10, radius * 6 // 10):
        pen.ellipse((x - ring, y - ring, x + ring, y + ring), outline=130, width=max(2, radius // 25))
    for spoke in range(5):
        angle = math.tau * spoke / 5
        end = (x + radius * 0.5 * math.cos(angle), y + radius * 0.5 * math.sin(angle))
        pen.line((x, y, *end), fill=140, width=max(2, radius // 20))
    return ImageChops.darker(page, layer)


def _red_stamped(page: Image.Image, chance: random.Random) -> Image.Image:
    """A red stamp over the text, from a colour scanner."""
    radius = page.width // 10
    x = chance.randint(page.width // 2, page.width - 2 * radius)
    return red_stamp(page, (x, chance.randint(page.height // 5, page.height * 3 // 4), radius))


def red_stamp(page: Image.Image, where: tuple[int, int, int]) -> Image.Image:
    """Return ``page`` in colour with a round stamp of that centre and radius: rings, a star, words around the edge."""
    x, y, radius = where
    ink = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(ink)
    for ring in (radius, radius * 9 // 10, radius * 6 // 10):
        pen.ellipse((x - ring, y - ring, x + ring, y + ring), outline=_RED, width=max(2, radius // 25))
    turns = [math.tau * (2 * point / 5 - 1 / 4) for point in range(5)]
    pen.polygon(
        [(x + radius * 0.4 * math.cos(turn), y + radius * 0.4 * math.sin(turn)) for turn in turns], _RED
    )
    for mark in range(40):
        turn = math.tau * mark / 40
        inner, outer = radius * (0.68 + mark % 3 * 0.03), radius * 0.82
        pen.line(
            [(x + far * math.cos(turn), y + far * math.sin(turn)) for far in (inner, outer)],
            _RED,
            max(2, radius // 30),
        )
    return ImageChops.darker(page.convert("RGB"), ink.filter(ImageFilter.GaussianBlur(1)))


def _lit_unevenly(page: Image.Image, chance: random.Random) -> Image.Image:
    """The fold of a book, or a lamp on one side: paper from white to dark grey."""
    return ImageChops.multiply(page, _light(page.size, chance).convert(page.mode))


def _light(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A lamp on one side, and the shadow of the photographer over a corner."""
    lamp, corner = chance.random(), chance.choice(((0, 0), (23, 0), (0, 31), (23, 31)))
    light = Image.new("L", (24, 32))
    for at in range(24 * 32):
        x, y = at % 24, at // 24
        near = math.hypot(x - corner[0], y - corner[1]) < 16
        light.putpixel(
            (x, y),
            round((0.55 + 0.45 * (lamp * x / 23 + (1 - lamp) * y / 31)) * (0.6 if near else 1) * _WHITE),
        )
    return light.resize(size, Image.Resampling.BICUBIC)


def _photographed(page: Image.Image, chance: random.Random) -> Image.Image:
    """A twelve-megapixel photograph, taken at an angle, of a page on a desk in uneven light."""
    width, height = page.size
    # The positions, on and around the page, of the photograph's corners.
    corners = [
        (width * side + chance.uniform(0.03, 0.12) * width * (1 if side else -1),
         height * end + chance.uniform(0.03, 0.12) * height * (1 if end else -1))
        for side, end in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]  # fmt: skip
    size = (3000, 4000) if width > 1500 else (width * 6 // 5, height * 6 // 5)
    away = perspective(corners, size)
    photo = page.convert("RGB").transform(
        size, Image.Transform.PERSPECTIVE, away, Image.Resampling.BICUBIC, fillcolor=(96, 72, 54)
    )
    grain = Image.effect_noise(size, 16).convert("RGB")
    photo = ImageChops.multiply(photo, _light(size, chance).convert("RGB"))
    return ImageChops.add(photo, grain, offset=-128).filter(ImageFilter.GaussianBlur(0.8))


KINDS: Mapping[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "clean": lambda page, _: page,
    "skewed": _skewed,
    "noisy": _noisy,
    "turned": _turned,
    "stamped": _stamped,
    "red stamp": _red_stamped,
    "uneven light": _lit_unevenly,
    "photograph": _photographed,
}


def as_pdf(pages: list[Image.Image], dpi: int) -> bytes:
    """Return a PDF whose pages are those pictures and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return out.getvalue()
