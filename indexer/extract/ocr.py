"""Pages that only OCR can read: which they are, and their text by Tesseract. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import csv
import io
import math
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from indexer.extract.formats.tearing import is_broken
from indexer.extract.page_image import drawn, frame, is_pdf, pdf_page
from indexer.extract.tesseract import LANGUAGE, tesseract_missing
from indexer.model import WHOLE, Box, OcrPage, Page
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


def doubtful(pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the numbers of those ``pages`` that OCR may have to read: they have no text, or garbage."""
    return tuple(
        page.number
        for page in pages
        if page.number and (not page.text or is_broken(page.text) or is_garbage(page.text))
    )


def scanned(path: Path, doubted: Mapping[int, bool]) -> tuple[int, ...]:
    """Return which pages of the PDF at ``path`` OCR must read, of those that are doubted: number -> whether there is text.

    They have no text but a picture (or letters drawn as shapes), or a picture of a page under a text layer that is
    garbage. Empty where the file can't be opened a second time.
    """
    if not doubted:
        return ()
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(
            number for number, has_text in doubted.items() if _is_picture(document, number, has_text)
        )
    finally:
        document.close()


def _is_picture(document: pypdfium2.PdfDocument, number: int, has_text: bool) -> bool:
    try:
        covered = _covered(document[number - 1])
    except (pypdfium2.PdfiumError, IndexError):
        return False  # a damaged page can't be drawn, either
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
    page = _image(path, number)
    angle = _skew(page)
    straight = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255) if angle else page
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DPI), "--psm", "1", "tsv"]
    try:
        # Pages are read side by side: a thread each is enough.
        done = subprocess.run(
            command, input=_pgm(straight), capture_output=True, timeout=seconds, check=False,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return OcrPage(None, f"page {number} took longer than {seconds:g} s to read")
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        return OcrPage(None, f"page {number} could not be read: {last[:200]}")
    words = _words(done.stdout.decode("utf-8", "replace"))
    if not words:
        return OcrPage(Page(number, "", ocr=True))
    confidence = _confidence(words)
    if confidence < _LEAST_CONFIDENCE:
        return OcrPage(None, f"page {number} is too poor a scan to read (confidence {confidence:.2f})")
    boxes = tuple(_boxes(words, straight.size, page.size, angle))
    return OcrPage(Page(number, "\n".join(_lines(words)), True, round(confidence, 3), boxes))


def _image(path: Path, number: int) -> Image.Image:
    """Return page ``number`` of a PDF or picture in grey."""
    if not is_pdf(path):
        return frame(path, number, _MOST_PIXELS, "L")
    with pdf_page(path, number) as page:
        return drawn(page, _DPI / _POINTS, _MOST_PIXELS, "L")


def _skew(page: Image.Image) -> float:
    """Return the degrees by which ``page`` must be turned for its lines to be level, or upright where it lies on its side.

    Tesseract loses lines from two degrees on.
    """
    small = page.copy()
    small.thumbnail((_LOOK, _LOOK))
    small = small.point(lambda grey: 255 if grey < _INK else 0)
    angles = [step / 4 for step in range(-4 * _MOST_SKEW, 4 * _MOST_SKEW + 1)]
    angle = max(
        angles, key=lambda angle: max(_contrasts(small.rotate(angle, resample=Image.Resampling.BILINEAR)))
    )
    return 0.0 if abs(angle) < _LEAST_SKEW else angle


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


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as Tesseract saw it: where it stands in the text and on the picture, and how sure it is, in percent."""

    paragraph: tuple[str, str]
    line: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


def _words(tsv: str) -> list[_Word]:
    """Return the words of Tesseract's table."""
    rows = csv.reader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for row in rows:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left, top, width, height = map(int, row[6:10])
            text = "".join(row[11].split())
            found.append(_Word((row[2], row[3]), row[4], left, top, width, height, float(row[10]), text))
    return found


def _confidence(words: Sequence[_Word]) -> float:
    """Return the mean confidence in 0..1, by letters."""
    letters = sum(len(word.text) for word in words)
    return sum(max(0.0, word.confidence) * len(word.text) for word in words) / letters / 100


def _lines(words: Iterable[_Word]) -> Iterator[str]:
    """Yield the lines; a blank one parts paragraphs."""
    before = None
    for (paragraph, _), line in groupby(words, key=lambda word: (word.paragraph, word.line)):
        if before not in (None, paragraph):
            yield ""
        before = paragraph
        yield " ".join(word.text for word in line)


def _boxes(
    words: Iterable[_Word], straight: tuple[int, int], page: tuple[int, int], angle: float
) -> Iterator[Box]:
    """Yield where ``words`` stand on the page before it was turned by ``angle`` degrees about its centre; both sizes in pixels.

    A box is moved, not turned: at six degrees a word is some pixels off at its ends.
    """
    turn = math.radians(angle)
    for word in words:
        x = word.left + (word.width - straight[0]) / 2
        y = word.top + (word.height - straight[1]) / 2
        centre = (
            x * math.cos(turn) - y * math.sin(turn) + page[0] / 2,
            x * math.sin(turn) + y * math.cos(turn) + page[1] / 2,
        )
        yield (
            _share(centre[0] - word.width / 2, page[0]),
            _share(centre[1] - word.height / 2, page[1]),
            _share(centre[0] + word.width / 2, page[0]),
            _share(centre[1] + word.height / 2, page[1]),
        )


def _share(pixels: float, of: int) -> int:
    return max(0, min(WHOLE, round(WHOLE * pixels / of)))
