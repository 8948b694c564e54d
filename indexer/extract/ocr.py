"""OCR: which pages need it, and their text by Tesseract. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.opening import opened
from indexer.extract.formats.tearing import is_broken
from indexer.extract.ocr_words import Word, confidence, text_of
from indexer.extract.reasons import problem
from indexer.extract.scan import DPI, Scan, scan
from indexer.extract.second_look import second_look
from indexer.extract.signed import signed
from indexer.extract.tesseract import Tesseract, tesseract_missing
from indexer.model import WHOLE, Box, OcrPage, Page
from indexer.vietnamese.spelling import is_syllable
from indexer.vietnamese.terms import SYLLABLE

_COVERING = 0.5
"""Share of the page from which a picture on it is the whole page."""
_OUTLINES = 200
"""Number of vector shapes on a page without text, from which they may be its letters."""
_GARBAGE_WORDS = 30
_GARBAGE_SYLLABLES, _GARBAGE_ACCENTED = 0.7, 0.25
"""A text layer over a scan is unusable if fewer of its words are syllables, or fewer of these have an accent: in the news, 91 %
and 77 % do; OCR for English leaves "CONG HOA XA HOI" or "Uy ban nhân dan"."""
_WHOLE_PAGE = 1
"""Tesseract's page segmentation mode that detects columns and rotates sideways pages."""
_LEAST_CONFIDENCE = 0.35
"""Below this confidence, Tesseract has read stains and stamps."""


def doubtful(pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the numbers of those ``pages`` that may need OCR: they have no text, or garbage."""
    return tuple(
        page.number
        for page in pages
        if page.number and (not page.text or is_broken(page.text) or is_garbage(page.text))
    )


def scanned(path: Path, doubted: Mapping[int, bool]) -> tuple[int, ...]:
    """Return which of the doubtful pages of the PDF at ``path`` need OCR: number -> whether there is text.

    They have no text but a picture (or letters drawn as shapes), or a picture of a page below a garbage text layer. Empty if
    the file cannot be opened again.
    """
    if not doubted:
        return ()
    try:
        document = opened(path)
    except ValueError:
        return ()
    try:
        return tuple(
            number for number, has_text in doubted.items() if _is_picture(document, number, has_text)
        )
    finally:
        document.close()


def _is_picture(document: pypdfium2.PdfDocument, number: int, has_text: bool) -> bool:
    try:
        page = document[number - 1]
        covered = _covered(page)
        if has_text or covered:
            return covered >= _COVERING or (not has_text and covered > 0)
        # Letters of a font without a character mapping.
        return bool(page.get_textpage().get_text_range().strip())
    except (pypdfium2.PdfiumError, IndexError):
        return False  # a damaged page can't be drawn, either


def _covered(page: pypdfium2.PdfPage) -> float:
    """Return the share of the page covered by its largest picture; many shapes count as one."""
    width, height = page.get_size()
    largest = shapes = 0.0
    for thing in page.get_objects(max_depth=3):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            largest = max(largest, (right - left) * (top - bottom))
        shapes += thing.type == pdfium.FPDF_PAGEOBJ_PATH
    return 1.0 if shapes >= _OUTLINES else largest / max(width * height, 1.0)


def is_garbage(text: str) -> bool:
    """Tell whether ``text`` is what OCR for another language makes of Vietnamese."""
    words = [word for word in SYLLABLE.findall(text) if word.isalpha() and len(word) > 1]
    if len(words) < _GARBAGE_WORDS:
        return False
    good = [word for word in words if is_syllable(word)]
    if len(good) < 0.3 * len(words):
        return False  # another language
    accented = sum(not word.isascii() for word in good)
    return len(good) < _GARBAGE_SYLLABLES * len(words) or accented < _GARBAGE_ACCENTED * len(good)


def ocr(path: Path, number: int, seconds: float) -> OcrPage:
    """Return the text of page ``number`` of a PDF or picture; gives up a page that takes longer than ``seconds``.

    Skewed pages are straightened and dirty ones cleaned first; Tesseract rotates sideways ones (page segmentation mode 1).
    """
    reason = tesseract_missing()
    if reason:
        return OcrPage(None, problem("ocr_missing", number, detail=reason))
    page = scan(path, number)
    tesseract = Tesseract(seconds, DPI)
    try:
        found = tesseract.read(page.picture, _WHOLE_PAGE)
    except TimeoutError:
        return OcrPage(None, problem("ocr_slow", number, seconds=seconds))
    except ValueError as error:
        return OcrPage(None, problem("ocr_failed", number, detail=str(error)))
    if not found:
        return OcrPage(Page(number, "", ocr=True))
    sure = confidence(found)
    if sure < _LEAST_CONFIDENCE:
        return OcrPage(None, problem("ocr_poor", number, confidence=round(sure, 2)))
    with suppress(TimeoutError, ValueError):  # of a second look; there is a first
        found = second_look(found, page.picture, tesseract.read)
        found = signed(found, page.picture, tesseract.read)
    boxes = tuple(_boxes(found, page))
    return OcrPage(Page(number, text_of(found), True, round(sure, 3), boxes))


def _boxes(found: Iterable[Word], page: Scan) -> Iterator[Box]:
    """Yield the positions of words on the page as people see it.

    A box is moved but not rotated: at six degrees, the ends of a word are off by some pixels.
    """
    for word in found:
        middle = word.left + word.width / 2, word.top + word.height / 2
        x, y = page.shares(*middle)
        right, _ = page.shares(middle[0] + word.width / 2, middle[1])
        _, bottom = page.shares(middle[0], middle[1] + word.height / 2)
        width, height = abs(right - x), abs(bottom - y)
        yield _share(x - width), _share(y - height), _share(x + width), _share(y + height)


def _share(share: float) -> int:
    return max(0, min(WHOLE, round(WHOLE * share)))
