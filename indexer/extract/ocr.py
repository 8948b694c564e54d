"""Pages that only OCR can read: which they are, and their text by Tesseract. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import csv
import io
import math
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from indexer.extract.tesseract import LANGUAGE, tesseract_missing
from indexer.model import OcrPage, Page
from indexer.vietnamese.spelling import is_syllable
from indexer.vietnamese.terms import SYLLABLE

_DPI = 300
_POINTS = 72
_MOST_PIXELS = 25_000_000
"""Of a page's picture: A3 at 300 dpi has 17 million; larger pages are drawn smaller."""
_COVERING = 0.5
"""Share of the page from which a picture on it is the page."""
_OUTLINES = 200
"""Drawn shapes on a page without text, from which they may be its letters."""
_GARBAGE_WORDS = 30
_GARBAGE_SYLLABLES, _GARBAGE_ACCENTED = 0.7, 0.25
"""A text layer over a scan is no good where fewer of its words are syllables, or fewer of these have an accent: 91 % and
77 % of the news have; English OCR leaves "CONG HOA XA HOI" or "Uy ban nhân dan"."""
_LOOK, _INK = 700, 150
"""Pixels of the longer side, and grey that is ink, of the small picture that skew is found on."""
_MOST_SKEW, _LEAST_SKEW = 6, 0.5
"""Degrees that a page is set straight by."""
_LEAST_CONFIDENCE = 0.35
"""Below, what Tesseract read is stains and stamps."""


def unread_pages(path: Path, pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the numbers of those ``pages`` of the PDF at ``path`` that OCR must read.

    They have no text but a picture (or letters drawn as shapes), or a picture of a page under a text layer that is
    garbage. Empty where the file can't be opened a second time.
    """
    doubtful = [
        page for page in pages if page.number is not None and (not page.text or is_garbage(page.text))
    ]
    if not doubtful:
        return ()
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ()
    try:
        there = [page for page in doubtful if page.number and page.number <= len(document)]
        return tuple(
            page.number
            for page in there
            if page.number and _is_picture(document[page.number - 1], bool(page.text))
        )
    finally:
        document.close()


def _is_picture(page: pypdfium2.PdfPage, has_text: bool) -> bool:
    covered = _covered(page)
    return covered >= _COVERING or (not has_text and covered > 0)


def _covered(page: pypdfium2.PdfPage) -> float:
    """Return the share of the page that its largest picture takes; shapes in plenty count as one."""
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
    """Return the text of page ``number`` of a PDF or picture; a page that takes longer than ``seconds`` is given up.

    Skewed pages are set straight, turned ones are turned by Tesseract (page segmentation 1).
    """
    reason = tesseract_missing()
    if reason:
        return OcrPage(None, reason)
    page = _pdf_page(path, number) if _is_pdf(path) else _picture(path, number)
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DPI), "--psm", "1", "tsv"]
    try:
        # Pages are read side by side: a thread each is enough.
        done = subprocess.run(
            command, input=_pgm(_straight(page)), capture_output=True, timeout=seconds, check=False,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return OcrPage(None, f"page {number} took longer than {seconds:g} s to read")
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        return OcrPage(None, f"page {number} could not be read: {last[:200]}")
    text, confidence = _text(done.stdout.decode("utf-8", "replace"))
    if not text:
        return OcrPage(Page(number, "", ocr=True))
    if confidence < _LEAST_CONFIDENCE:
        return OcrPage(None, f"page {number} is too poor a scan to read (confidence {confidence:.2f})")
    return OcrPage(Page(number, text, ocr=True, confidence=round(confidence, 3)))


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _pdf_page(path: Path, number: int) -> Image.Image:
    """Return page ``number`` in grey."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_DPI / _POINTS, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return drawn.convert("L")
    finally:
        document.close()


def _picture(path: Path, number: int) -> Image.Image:
    """Return frame ``number`` of a picture in grey, no larger than a page may be."""
    Image.MAX_IMAGE_PIXELS = 8 * _MOST_PIXELS
    with Image.open(path) as whole:
        whole.seek(number - 1)
        factor = math.sqrt(_MOST_PIXELS / (whole.width * whole.height))
        size = (int(whole.width * factor), int(whole.height * factor))
        if factor < 1:
            whole.draft("L", size)
        grey = whole.convert("L")
        if factor < 1:
            grey.thumbnail(size)
        return grey


def _straight(page: Image.Image) -> Image.Image:
    """Return ``page`` with its lines level, or upright where it is turned: Tesseract loses lines from two degrees on."""
    small = page.copy()
    small.thumbnail((_LOOK, _LOOK))
    small = small.point(lambda grey: 255 if grey < _INK else 0)
    angles = [step / 4 for step in range(-4 * _MOST_SKEW, 4 * _MOST_SKEW + 1)]
    angle = max(
        angles, key=lambda angle: max(_contrasts(small.rotate(angle, resample=Image.Resampling.BILINEAR)))
    )
    if abs(angle) < _LEAST_SKEW:
        return page
    return page.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _contrasts(page: Image.Image) -> Iterator[float]:
    """Yield how much rows differ in ink, and columns: most where lines of text are level, or upright."""
    for size in ((1, page.height), (page.width, 1)):
        ink = page.resize(size, Image.Resampling.BOX).tobytes()
        mean = sum(ink) / len(ink)
        yield sum((one - mean) ** 2 for one in ink) / len(ink)


def _pgm(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PPM")
    return out.getvalue()


def frames(path: Path) -> int:
    """Return the number of pictures in the file at ``path``; a TIFF may hold a page in each."""
    with Image.open(path) as picture:
        return int(getattr(picture, "n_frames", 1))


def _text(tsv: str) -> tuple[str, float]:
    """Return text and mean confidence in 0..1, by letters, of Tesseract's table of words."""
    rows = [
        row for row in csv.reader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 12
    ]
    words = [row for row in rows[1:] if row[0] == "5" and row[11].strip()]
    if not words:
        return "", 0.0
    letters = sum(len(row[11]) for row in words)
    confidence = sum(max(0.0, float(row[10])) * len(row[11]) for row in words) / letters / 100
    return "\n".join(_lines(words)), confidence


def _lines(words: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines; a blank one parts paragraphs."""
    paragraph = None
    for (block, part, _), line in groupby(words, key=lambda row: (row[2], row[3], row[4])):
        if paragraph not in (None, (block, part)):
            yield ""
        paragraph = block, part
        yield " ".join(row[11] for row in line)
