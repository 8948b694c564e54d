"""Files that a PDF carries: attached to all of it (portfolios are PDF of this kind), or to a place on a page.

In this process: call it through :class:`Sandbox`.
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
"""Files and pages that are looked at."""


def attached_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the files that the PDF at ``path`` carries; one that is damaged has no bytes.

    Raises ValueError where it can't be opened.
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
