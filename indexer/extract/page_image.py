"""A PDF page as pixels. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from indexer.extract.formats.opening import opened
from indexer.extract.frames import Mode

_WHOLE = 0.8
"""Share of a page from which a picture on it is a scan of the whole page."""


def is_pdf(path: Path) -> bool:
    """Tell whether the file at ``path`` is a PDF; otherwise, it is treated as a picture."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


@contextmanager
def pdf_page(path: Path, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Open page ``number`` (from 1) of the PDF at ``path``."""
    document = opened(path)
    try:
        # Stamps and signatures are form fields, which are drawn only with the form.
        document.init_forms()
        yield document[number - 1]
    finally:
        document.close()


def drawn(page: pypdfium2.PdfPage, scale: float, most_pixels: int, mode: Mode) -> Image.Image:
    """Return ``page`` at ``scale`` pixels per point (1/72 inch), or smaller if it would exceed ``most_pixels``."""
    width, height = page.get_size()
    scale = min(scale, math.sqrt(most_pixels / max(width * height, 1.0)))
    pixels: Image.Image = page.render(scale=scale, grayscale=mode == "L", rev_byteorder=True).to_pil()
    return pixels.convert(mode)


def resolution(page: pypdfium2.PdfPage) -> float | None:
    """Return the pixels per point of the sharpest picture that covers nearly all of ``page``; None if there is none."""
    sharpest = 0.0
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > _WHOLE * page.get_width() * page.get_height():
            sharpest = max(sharpest, max(thing.get_px_size()) / max(right - left, top - bottom))
    return sharpest or None
