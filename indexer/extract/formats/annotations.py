"""Words of a PDF in annotations and form fields: visible signatures, stamps, notes, values.

Runs in the calling process: use it through :class:`Sandbox`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.extract.formats.opening import opened
from indexer.extract.formats.placing import Addition, placed
from indexer.extract.page_words import box_of, words
from indexer.model import Box

_SILENT = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
"""Kinds without text of their own."""
_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
"""Fields whose value is text: that of a check box is a name that nobody sees."""
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13
"""A field that shows dots (ISO 32000-1, table 228)."""
_MOST = 2000
"""The most annotations examined on a page."""
_LONGEST = 20_000
"""UTF-16 units of a note."""


def kinds(page: pypdfium2.PdfPage) -> frozenset[int]:
    """Return the kinds of annotations that ``page`` shows, except those without words."""
    return frozenset(kind for _, kind in seen(page))


def annotation_words(path: Path, numbers: Collection[int]) -> Iterator[Addition]:
    """Yield what annotations add to the pages ``numbers`` of the PDF at ``path``, in any order."""
    document = opened(path)
    try:
        document.init_forms()
        for number in numbers:
            with suppress(pypdfium2.PdfiumError):
                yield from additions(document, number)
    finally:
        document.close()


def additions(document: pypdfium2.PdfDocument, number: int) -> list[Addition]:
    """Return what annotations add to page ``number`` of ``document``, whose forms are loaded. The page cannot be used
    afterwards.
    """
    page = document[number - 1]
    own = list(words(page))
    notes, values = _said(document, page)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    flat = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    drawn: list[tuple[str, Box]] = []
    if flat == pdfium.FLATTEN_SUCCESS:
        # What was flattened is read when the page is reopened: it follows the page's own text.
        page = document[number - 1]
        for at in range(count):
            pdfium.FPDFPageObj_SetIsActive(pdfium.FPDFPage_GetObject(page.raw, at), 0)
        drawn = list(words(page))
        page.close()
    return placed(number, own, drawn, values, notes)


def _said(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage
) -> tuple[list[str], list[tuple[str, Box]]]:
    """Return the text of notes, and the values of fields with their positions: some are not drawn."""
    notes: list[str] = []
    values: list[tuple[str, Box]] = []
    form = document.formenv.raw if document.formenv else None
    for annotation, kind in seen(page):
        if kind != pdfium.FPDF_ANNOT_WIDGET:
            notes.append(_text(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
        elif (
            form
            and pdfium.FPDFAnnot_GetFormFieldType(form, annotation) in _FIELDS
            and not pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
        ):
            around = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_GetRect(annotation, around):
                value = _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
                values.append((value, box_of(page, around)))
    return notes, values


def seen(page: pypdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_ANNOTATION, int]]:
    """Yield the annotations that ``page`` shows and that may contain words, with their kinds; each is open until the next."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind not in _SILENT and not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                yield annotation, kind
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _text(get: object, *of: object) -> str:
    """Return the text from a function of PDFium that fills a buffer."""
    assert callable(get)
    size = min(get(*of, None, 0), 2 * _LONGEST)
    buffer = (pdfium.FPDF_WCHAR * (size // 2 + 1))()
    get(*of, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").partition("\0")[0].strip()
