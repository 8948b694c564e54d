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

from indexer.extract.formats.content import Content, PasswordNeededError, in_unicode, numbered
from indexer.extract.ocr import unread_pages


def pdf(path: Path, _media_type: str) -> Content:
    """Return the text layer of the PDF at ``path``, with the numbers of the pages that OCR must read."""
    texts = page_texts(path)
    found = in_unicode(numbered((n, text or "") for n, text in enumerate(texts, 1)), _damaged(texts))
    return replace(found, unread=unread_pages(path, found.pages))


def page_texts(path: Path) -> list[str | None]:
    """Return the text of each page of the PDF at ``path``, None for one that is damaged.

    Raises PasswordNeededError, and ValueError where the document can't be opened or has no pages.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise PasswordNeededError("it opens with a password only") from None
        raise ValueError("the PDF is damaged beyond its table of contents, or is none") from error
    try:
        if not len(document):
            raise ValueError("the PDF has no pages")
        return [_text(document, at) for at in range(len(document))]
    finally:
        document.close()


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


def _damaged(texts: Sequence[str | None]) -> tuple[str, ...]:
    missing = [number for number, text in enumerate(texts, 1) if text is None]
    if not missing:
        return ()
    return (f"{len(missing)} of {len(texts)} pages are damaged (first: {missing[0]}) and can't be read",)


def _text(document: pypdfium2.PdfDocument, at: int) -> str | None:
    try:
        page = document[at]
        try:
            return str(page.get_textpage().get_text_range())
        finally:
            page.close()  # of thousands each keeps what it was read from
    except pypdfium2.PdfiumError:
        return None
