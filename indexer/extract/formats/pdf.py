"""The text layer of a PDF, by PDFium. In this process: call it through :class:`Sandbox`.

kreuzberg reads PDF by PDFium, too, but unpacks a library of its own into the shared temporary folder to do so, where the
limits of a reading process forbid it and any user could have put another, and it runs words together at a change of size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.annotations import is_annotated
from indexer.extract.formats.content import (
    Content,
    PasswordNeededError,
    UnreadableError,
    in_unicode,
    numbered,
)
from indexer.extract.formats.tearing import may_be_torn
from indexer.extract.ocr import doubtful
from indexer.extract.page_words import mended_text
from indexer.extract.reasons import problem
from indexer.model import Problem
from indexer.vietnamese.spelling import is_syllable


def pdf(path: Path, _media_type: str) -> Content:
    """Return the text layer of the PDF at ``path``, with the numbers of the pages that OCR may have to read."""
    texts, annotated = _texts(path)
    found = in_unicode(numbered((n, text or "") for n, text in enumerate(texts, 1)), _damaged(texts))
    return replace(found, unread=doubtful(found.pages), annotated=annotated)


def _texts(path: Path) -> tuple[list[str | None], tuple[int, ...]]:
    """Return the text of each page of the PDF at ``path``, None for one that is damaged, and the numbers of annotated ones.

    Raises PasswordNeededError, and ValueError where the document can't be opened or has no pages.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if _opens(path):
            raise UnreadableError("no_pages") from error
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise PasswordNeededError("it opens with a password only") from None
        raise ValueError("the PDF is damaged beyond its table of contents, or is none") from error
    try:
        if not len(document):
            raise UnreadableError("no_pages")
        texts: list[str | None] = []
        annotated: list[int] = []
        for at in range(len(document)):
            text, has_more = _text(document, at)
            texts.append(text)
            if has_more:
                annotated.append(at + 1)
        return texts, tuple(annotated)
    finally:
        document.close()


def _opens(path: Path) -> bool:
    """Tell whether PDFium takes the file: one without pages is refused with the error of the file before it."""
    document = pdfium.FPDF_LoadDocument(str(path).encode() + b"\0", None)
    if document:
        pdfium.FPDF_CloseDocument(document)
    return bool(document)


def pdf_properties(path: Path) -> tuple[str, str]:
    """Return title and moment of creation of the PDF at ``path`` as it has them, empty where it has none, or can't be opened."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return "", ""
    try:
        return document.get_metadata_value("Title"), document.get_metadata_value("CreationDate")
    finally:
        document.close()


def _damaged(texts: Sequence[str | None]) -> tuple[Problem, ...]:
    missing = [number for number, text in enumerate(texts, 1) if text is None]
    if not missing:
        return ()
    return (problem("pages_damaged", count=len(missing), all=len(texts), first=missing[0]),)


def _text(document: pypdfium2.PdfDocument, at: int) -> tuple[str | None, bool]:
    try:
        page = document[at]
        try:
            return _words(page), is_annotated(page)
        finally:
            page.close()  # of thousands each keeps what it was read from
    except pypdfium2.PdfiumError:
        return None, False


def _words(page: pypdfium2.PdfPage) -> str:
    layer = page.get_textpage()
    text = str(layer.get_text_range())
    if not may_be_torn(text):
        return text
    # Torn still, it is left as it was, for OCR to read.
    return max(text, mended_text(layer, page), key=_whole)


def _whole(text: str) -> float:
    words = text.split()
    return sum(len(word) > 1 and is_syllable(word.lower()) for word in words) / max(1, len(words))
