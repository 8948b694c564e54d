"""A PDF opened by PDFium, or why it can't be. In this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.content import PasswordNeededError, UnreadableError

_CATALOG = re.compile(rb"(?<!\d)(\d{1,8}) (\d{1,5}) obj\s{0,9}<<[^<>]{0,999}?/Type\s{0,9}/Catalog\b")
"""The object that a file begins with for its readers; its end says which that is, and may be cut off."""


def opened(path: Path) -> pypdfium2.PdfDocument:
    """Return the document at ``path``; raises PasswordNeededError, and ValueError where it can't be opened or has no pages."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if _opens(path):
            raise UnreadableError("no_pages") from error
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PasswordNeededError("it needs a password") from None
        if error.err_code == pdfium.FPDF_ERR_FORMAT and (document := _mended(path)):
            return document
        raise ValueError("it is a badly damaged PDF, or not a PDF") from error


def _opens(path: Path) -> bool:
    """Tell whether PDFium takes the file: one without pages is refused with the error of the file before it."""
    document = pdfium.FPDF_LoadDocument(str(path).encode() + b"\0", None)
    if document:
        pdfium.FPDF_CloseDocument(document)
    return bool(document)


def _mended(path: Path) -> pypdfium2.PdfDocument | None:
    """Return what is left of a document whose end is lost, None where that can't be told."""
    content = path.read_bytes()
    found = _CATALOG.findall(content)
    if not found:
        return None
    number, generation = found[-1]
    whole = content[: content.rfind(b"endobj") + len(b"endobj")]
    trailer = b"\ntrailer\n<< /Root %s %s R /Size 9999999 >>\nstartxref\n0\n%%%%EOF\n" % (number, generation)
    try:
        return pypdfium2.PdfDocument(whole + trailer)
    except pypdfium2.PdfiumError:
        return None
