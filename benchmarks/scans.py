"""Scans made of the demo portal's own documents, worse and worse, always the same: drawn, turned, skewed, stained, stamped."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

PORTAL = Path(__file__).resolve().parents[1] / "demo" / "portal"
_POINTS = 72
_WHITE = 255


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
    """A round stamp over the lower half of the text, as a scanner sees red in grey."""
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


KINDS: Mapping[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "clean": lambda page, _: page,
    "skewed": _skewed,
    "noisy": _noisy,
    "turned": _turned,
    "stamped": _stamped,
}


def as_pdf(pages: list[Image.Image], dpi: int) -> bytes:
    """Return a PDF whose pages are those pictures and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return out.getvalue()
