"""Documents of Pages, Numbers and Keynote: their own format is not read, but older ones contain a PDF preview."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from indexer.extract.formats.content import Content, UnreadableError, in_unicode, numbered
from indexer.extract.formats.package import Package
from indexer.extract.reasons import problem

_PREVIEW = "QuickLook/Preview.pdf"


def iwork(path: Path, _media_type: str) -> Content:
    """Return the text of the preview in the document at ``path``; raises ValueError if there is none."""
    preview = Package(path).read(_PREVIEW)
    try:
        document = pypdfium2.PdfDocument(preview) if preview else None
    except pypdfium2.PdfiumError:
        document = None
    if document is None:
        raise UnreadableError("iwork")
    try:
        pages = len(document)
        texts = [_text(document, at) for at in range(pages)]
    finally:
        document.close()
    damaged = [at for at, text in enumerate(texts, 1) if text is None]
    if damaged and len(damaged) == pages:
        raise ValueError("the preview in the document is damaged")
    problems = (problem("pages_damaged", count=len(damaged), all=pages, first=damaged[0]),) if damaged else ()
    return in_unicode(numbered((at, text or "") for at, text in enumerate(texts, 1)), problems)


def _text(document: pypdfium2.PdfDocument, at: int) -> str | None:
    """Return the text of a page, counted from 0, None if it is damaged."""
    try:
        return str(document[at].get_textpage().get_text_range())
    except pypdfium2.PdfiumError:
        return None
