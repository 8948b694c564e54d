"""The text layer of a PDF, by PDFium. Runs in the calling process: use it through :class:`Sandbox`.

kreuzberg also reads PDF with PDFium, but unpacks its own library into the shared temporary folder, where the limits of a
reading process forbid it and any user could have put another one. It also joins words where the font size changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.annotations import kinds
from indexer.extract.formats.content import Content, UnreadableError, in_unicode, numbered
from indexer.extract.formats.opening import opened
from indexer.extract.formats.paging import ALL_PAGES, Paging
from indexer.extract.formats.tearing import may_be_torn
from indexer.extract.formats.xfa import form_text
from indexer.extract.ocr import doubtful
from indexer.extract.page_words import mended_text, parted_text
from indexer.extract.reasons import problem
from indexer.model import Problem
from indexer.vietnamese.spelling import is_syllable


@dataclass(slots=True)
class _Found:
    count: int
    texts: dict[int, str] = field(default_factory=dict)
    damaged: list[int] = field(default_factory=list)
    annotated: list[int] = field(default_factory=list)
    carries: bool = False

    def problems(self, paging: Paging) -> tuple[Problem, ...]:
        problems = []
        if self.damaged:
            first = self.damaged[0]
            problems.append(problem("pages_damaged", count=len(self.damaged), all=self.count, first=first))
        last = max([0, *self.texts, *self.damaged, *paging.left_out])
        if last < self.count:
            problems.append(problem("pages_left", read=last, all=self.count))
        return tuple(problems)


def pdf(path: Path, _media_type: str, paging: Paging = ALL_PAGES) -> Content:
    """Return the text layer of the PDF at ``path``, with the numbers of the pages that OCR may have to read.

    Raises PasswordNeededError, and ValueError if the document cannot be opened or has no pages.
    """
    found = _read(path, paging)
    pages = numbered((number, found.texts.get(number, "")) for number in range(1, found.count + 1))
    content = in_unicode(pages, found.problems(paging))
    return replace(
        content,
        unread=doubtful([page for page in content.pages if page.number in found.texts]),
        annotated=tuple(found.annotated),
        carries=found.carries,
    )


def _read(path: Path, paging: Paging) -> _Found:
    document = opened(path)
    try:
        found = _Found(len(document), carries=document.count_attachments() > 0)
        if not found.count:
            raise UnreadableError("no_pages")
        for number in paging.numbers(found.count):
            _read_page(document, number, found)
        if (form := form_text(document, found.texts)) is not None:
            found.texts = {1: form}
        return found
    finally:
        document.close()


def pdf_properties(path: Path) -> tuple[str, str]:
    """Return title and creation time stated in the PDF at ``path``, empty if it has none or cannot be opened."""
    try:
        document = opened(path)
    except ValueError:
        return "", ""
    try:
        return document.get_metadata_value("Title"), document.get_metadata_value("CreationDate")
    finally:
        document.close()


def _read_page(document: pypdfium2.PdfDocument, number: int, found: _Found) -> None:
    try:
        page = document[number - 1]
        try:
            found.texts[number] = _words(page)
            shown = kinds(page)
        finally:
            page.close()  # of thousands each keeps what it was read from
    except pypdfium2.PdfiumError:
        found.damaged.append(number)
        return
    if shown:
        found.annotated.append(number)
    found.carries |= pdfium.FPDF_ANNOT_FILEATTACHMENT in shown


def _words(page: pypdfium2.PdfPage) -> str:
    layer = page.get_textpage()
    text = str(layer.get_text_range())
    if may_be_torn(text):
        # If it is still torn, it is left unchanged for OCR to read.
        return max(text, mended_text(layer, page), key=_whole)
    parted = parted_text(layer, page)
    # Only blanks are added to the text.
    return parted if parted.split() != text.split() and _letters(parted) == _letters(text) else text


def _letters(text: str) -> str:
    return "".join(text.split())


def _whole(text: str) -> float:
    words = text.split()
    return sum(len(word) > 1 and is_syllable(word.lower()) for word in words) / max(1, len(words))
