"""The picture of a page, with the words of its text layer and their positions. In this process: call it through
:class:`Sandbox`.
"""

from __future__ import annotations

import io
from pathlib import Path

from indexer.extract.formats.annotations import annotation_words, kinds
from indexer.extract.formats.placing import with_added
from indexer.extract.frames import frame
from indexer.extract.page_image import drawn, is_pdf, pdf_page
from indexer.extract.page_words import words
from indexer.model import Box, PagePicture
from indexer.vietnamese.legacy import mend

_WIDTH = 1240
"""Width in pixels: A4 at 150 dpi, sharp on a desktop and when zooming on a phone."""
_MOST_PIXELS = 6_000_000
_QUALITY, _METHOD = 70, 0
"""WebP parameters: 100 to 220 kB and 50 ms for a page of text; more effort takes half as long again and saves a fifth."""


def picture(path: Path, number: int) -> PagePicture:
    """Return page ``number`` (from 1) of the PDF or picture at ``path``."""
    if not is_pdf(path):
        image = frame(path, number, _MOST_PIXELS, "RGB")
        image.thumbnail((_WIDTH, _MOST_PIXELS // _WIDTH))
        placed: list[tuple[str, Box]] = []
    else:
        with pdf_page(path, number) as page:
            image = drawn(page, _WIDTH / max(page.get_width(), 1.0), _MOST_PIXELS, "RGB")
            placed = list(words(page))
            annotated = bool(kinds(page))
        if annotated:
            placed = with_added(placed, annotation_words(path, (number,)))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=_METHOD)
    return PagePicture(
        out.getvalue(), image.width, image.height, _unicode([word for word, _ in placed]), tuple(b for _, b in placed)
    )  # fmt: skip


def _unicode(words: list[str]) -> tuple[str, ...]:
    """Return ``words`` as indexed: text layers with old fonts are converted to Unicode."""
    mended = mend([" ".join(words)])[0].text.split()
    return tuple(mended if len(mended) == len(words) else words)
