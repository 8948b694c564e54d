"""The words of a page's text layer with their positions. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.spacing import Letter, is_welded, parted
from indexer.extract.formats.tearing import may_be_torn, mended
from indexer.model import WHOLE, Box

_MOST_LETTERS = 50_000
"""Maximum number of letters of a page for which words have positions: a sheet of a land register has 15,000."""

_HYPHEN = "\x02"
"""A hyphen at the end of a line."""
_RIGHT_TO_LEFT = "\u0590"
"""From this code point on, letters may run from right to left."""


def words(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """Yield the words of the text layer; a word continued on the next line has two boxes and becomes two words."""
    found = letters(page.get_textpage(), page)
    text = "".join(letter for letter, _, _ in found)
    if may_be_torn(text):
        found = mended(found)
    elif is_welded(text, lambda start, end: found[start:end]):
        found = parted(found)
    for blank, word in groupby(_parted(found), key=lambda letter: letter[0].isspace()):
        if not blank:
            together = list(word)
            lefts, tops, rights, bottoms = zip(*(box for _, box in together), strict=True)
            yield (
                "".join(letter for letter, _ in together),
                (min(lefts), min(tops), max(rights), max(bottoms)),
            )


def mended_text(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage) -> str:
    """Return the text of ``page`` with torn words repaired; none if there is too much."""
    if text.count_chars() > _MOST_LETTERS:
        return ""
    return "".join(letter for letter, _, _ in mended(letters(text, page)))


def parted_text(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage) -> str:
    """Return the text of ``page`` with blanks between joined words; none if there are none, or too much text."""
    own = str(text.get_text_range())
    if text.count_chars() > _MOST_LETTERS or not is_welded(own, lambda *part: letters(text, page, *part)):
        return ""
    return "".join(letter for letter, _, _ in parted(letters(text, page)))


def letters(
    text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage, start: int = 0, end: int = _MOST_LETTERS
) -> list[Letter]:
    """Return the letters of ``page`` from ``start`` to ``end`` in the order of PDFium; only the first ones if there are too
    many.
    """
    found: list[Letter] = []
    around = pdfium.FS_RECTF()
    for at in range(start, min(text.count_chars(), end)):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        if not pdfium.FPDFText_GetLooseCharBox(text.raw, at, around):
            continue  # a blank that the page itself does not have
        letter = chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
        found.append((letter, box_of(page, around), pdfium.FPDFText_IsGenerated(text.raw, at) == 1))
    return found


def _parted(found: Iterable[Letter]) -> Iterator[tuple[str, Box]]:
    before: Box | None = None
    forward = False
    for letter, box, _ in found:
        if letter == _HYPHEN:
            continue
        if before and not letter.isspace() and box[0] < before[0]:
            # Without a blank in between, it is the next line, or a separate text beside it.
            jumps = forward and letter < _RIGHT_TO_LEFT and 2 * (before[0] - box[0]) > box[2] - box[0]
            if box[1] >= before[3] or jumps:
                yield " ", box
        forward = before is not None and box[0] > before[0]
        before = box
        yield letter, box


def box_of(page: pypdfium2.PdfPage, around: pdfium.FS_RECTF) -> Box:
    """Return ``around``, in points from the page's lower left, as seen on a page that may be rotated."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, top in ((around.left, around.top), (around.right, around.bottom)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, WHOLE, WHOLE, 0, left, top, x, y)
        corners.append((max(0, min(WHOLE, x.value)), max(0, min(WHOLE, y.value))))
    (left, top), (right, bottom) = corners
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
