"""Documents of Pages, Numbers and Keynote: their own form is not read, but older ones carry a PDF of themselves."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from indexer.extract.formats.content import Content, UnreadableError, in_unicode, numbered
from indexer.extract.formats.package import Package

_PREVIEW = "QuickLook/Preview.pdf"


def iwork(path: Path, _media_type: str) -> Content:
    """Return the text of the preview in the document at ``path``; raises ValueError where it has none."""
    preview = Package(path).read(_PREVIEW)
    try:
        document = pypdfium2.PdfDocument(preview) if preview else None
    except pypdfium2.PdfiumError:
        document = None
    if document is None:
        raise UnreadableError("iwork")
    try:
        texts = [str(page.get_textpage().get_text_range()) for page in document]
    except pypdfium2.PdfiumError as error:
        raise ValueError("the preview in the document is damaged") from error
    finally:
        document.close()
    return in_unicode(numbered(enumerate(texts, 1)))
