"""How a page looks, and where the words of its text layer stand. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.page_image import drawn, frame, is_pdf, pdf_page
from indexer.model import WHOLE, Box, PagePicture
from indexer.vietnamese.legacy import mend

_WIDTH = 1240
"""Pixels: A4 at 150 dpi, sharp on a desk and when a phone zooms in."""
_MOST_PIXELS = 6_000_000
_QUALITY, _METHOD = 70, 0
"""Of WebP: 100 to 220 kB and 50 ms for a page of text; more effort takes half as long again for a fifth less."""
_MOST_LETTERS = 50_000
"""Of a page, beyond which no word is boxed: a sheet of a land register has 15,000."""

_Letter = tuple[str, Box]


def picture(path: Path, number: int) -> PagePicture:
    """Return page ``number`` (from 1) of the PDF or picture at ``path``."""
    if not is_pdf(path):
        image = frame(path, number, _MOST_PIXELS, "RGB")
        image.thumbnail((_WIDTH, _MOST_PIXELS // _WIDTH))
        words: list[tuple[str, Box]] = []
    else:
        with pdf_page(path, number) as page:
            image = drawn(page, _WIDTH / max(page.get_width(), 1.0), _MOST_PIXELS, "RGB")
            words = list(_words(page))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=_METHOD)
    return PagePicture(
        out.getvalue(), image.width, image.height, _unicode([word for word, _ in words]), tuple(b for _, b in words)
    )  # fmt: skip


def _unicode(words: list[str]) -> tuple[str, ...]:
    """Return ``words`` as they are indexed: what old fonts leave in a text layer is no Unicode."""
    mended = mend([" ".join(words)])[0].text.split()
    return tuple(mended if len(mended) == len(words) else words)


def _words(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """Yield the words of the text layer; one that goes on in the next line has two boxes, hence is two words."""
    for blank, letters in groupby(_letters(page), key=lambda letter: letter[0].isspace()):
        if not blank:
            word = list(letters)
            lefts, tops, rights, bottoms = zip(*(box for _, box in word), strict=True)
            yield "".join(letter for letter, _ in word), (min(lefts), min(tops), max(rights), max(bottoms))


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > _MOST_LETTERS:
        return
    around = pdfium.FS_RECTF()
    before: Box | None = None
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        if code == 2 or not pdfium.FPDFText_GetLooseCharBox(text.raw, at, around):
            continue  # a hyphen at the end of a line; a blank that the page itself does not have
        letter = chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
        box = _box(page, around)
        if before and not letter.isspace() and box[0] < before[0] and box[1] >= before[3]:
            yield " ", box  # the next line, without a blank between
        before = box
        yield letter, box


def _box(page: pypdfium2.PdfPage, around: pdfium.FS_RECTF) -> Box:
    """Return ``around``, in points from the page's lower left, as seen on a page that may be turned."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, top in ((around.left, around.top), (around.right, around.bottom)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, WHOLE, WHOLE, 0, left, top, x, y)
        corners.append((max(0, min(WHOLE, x.value)), max(0, min(WHOLE, y.value))))
    (left, top), (right, bottom) = corners
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
