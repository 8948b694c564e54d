"""Files embedded in a PDF: attached to the whole document (as in portfolios) or to a position on a page.

Runs in the calling process: use it through :class:`Sandbox`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.annotations import seen
from indexer.extract.formats.opening import opened

_MOST = 10_000
"""The most files and pages examined."""


def attached_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the files embedded in the PDF at ``path``; a damaged one has no bytes.

    Raises ValueError if the PDF cannot be opened.
    """
    document = opened(path)
    try:
        for at in range(min(document.count_attachments(), _MOST)):
            with suppress(pypdfium2.PdfiumError):
                yield _file(document.get_attachment(at))
        for at in range(min(len(document), _MOST)):
            with suppress(pypdfium2.PdfiumError):
                yield from _on_page(document, at)
    finally:
        document.close()


def _on_page(document: pypdfium2.PdfDocument, at: int) -> Iterator[tuple[str, bytes]]:
    page = document[at]
    try:
        for annotation, kind in seen(page):
            if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                raw = pdfium.FPDFAnnot_GetFileAttachment(annotation)
                if raw:
                    yield _file(pypdfium2.PdfAttachment(raw, document))
    finally:
        page.close()


def _file(attachment: pypdfium2.PdfAttachment) -> tuple[str, bytes]:
    name = ""
    with suppress(pypdfium2.PdfiumError, UnicodeDecodeError):
        name = attachment.get_name()
    try:
        return name, bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return name, b""
