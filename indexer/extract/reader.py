"""Converts a file to pages of text, in this process: call it through :class:`Sandbox`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indexer.extract.archives import ARCHIVES, MAILS
from indexer.extract.containers import ENCRYPTED_OFFICE, IWORK, XLSB, XPS
from indexer.extract.details import Details, Wanted, wanted, with_details
from indexer.extract.formats.annotations import annotation_words
from indexer.extract.formats.content import Content, PasswordNeededError, UnreadableError
from indexer.extract.formats.doc.reader import doc
from indexer.extract.formats.html import html
from indexer.extract.formats.iwork import iwork
from indexer.extract.formats.library import by_library, sniff
from indexer.extract.formats.mail.reader import mail
from indexer.extract.formats.odf.readers import open_slides, open_text
from indexer.extract.formats.odf.sheets import open_sheets
from indexer.extract.formats.office_xml import office_xml
from indexer.extract.formats.ooxml.slides import open_xml_slides
from indexer.extract.formats.ooxml.word import word
from indexer.extract.formats.paging import ALL_PAGES, Paging
from indexer.extract.formats.pdf import pdf
from indexer.extract.formats.pictures import pictures
from indexer.extract.formats.plain import plain
from indexer.extract.formats.ppt.reader import ppt
from indexer.extract.formats.rtf.reader import rtf
from indexer.extract.formats.sheets.biff.reader import xls
from indexer.extract.formats.sheets.xlsb.reader import xlsb
from indexer.extract.formats.sheets.xlsx import xlsx
from indexer.extract.formats.sheets.xml_2003 import xml_2003
from indexer.extract.formats.xps.reader import xps
from indexer.extract.kinds import PDF, TEXT, UNKNOWN, XML_2003, media_type_of
from indexer.extract.ocr import scanned
from indexer.extract.properties import properties
from indexer.extract.reasons import problem
from indexer.extract.signatures import signatures
from indexer.extract.states import settled, unsettled
from indexer.model import Extraction, FileState, Problem

FormatReader = Callable[[Path, str], Content]
"""Returns the content for path and media type. Raises PasswordNeededError, MemoryError, and ValueError or OSError with the
reason.
"""
_READERS: dict[str, FormatReader] = {
    PDF: pdf,
    TEXT: plain,
    "text/html": html,
    "application/xhtml+xml": html,
    "text/xml": office_xml,
    "application/xml": office_xml,
    "text/csv": plain,
    **dict.fromkeys(MAILS, mail),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx,
    "application/vnd.ms-excel": xls,
    XLSB: xlsb,
    XML_2003: xml_2003,
    "text/tab-separated-values": plain,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": open_xml_slides,
    "application/msword": doc,
    "application/vnd.ms-powerpoint": ppt,
    XPS: xps,
    IWORK: iwork,
    "application/rtf": rtf,
    "text/rtf": rtf,
    "application/vnd.oasis.opendocument.text": open_text,
    "application/vnd.oasis.opendocument.text-master": open_text,
    "application/vnd.oasis.opendocument.text-web": open_text,
    "application/vnd.oasis.opendocument.presentation": open_slides,
    "application/vnd.oasis.opendocument.graphics": open_slides,
    "application/vnd.oasis.opendocument.spreadsheet": open_sheets,
}
"""Media type -> its reader; the library reads all others."""
_READERS_OF_KIND: dict[str, FormatReader] = {"image": pictures}


def read(path: Path, name: str, trust: Path | None = None) -> Extraction:
    """Return everything that can be read of the file at ``path``: all that :class:`Sandbox` requests, step by step."""
    found = read_text(path, name)
    if found.state is not FileState.TEXT:
        return found
    found = settled(with_details(found, details(path, wanted(found))))
    if found.media_type != PDF or found.state is FileState.FAILED:
        return found
    return replace(found, signatures=signatures(path, trust))


def read_text(path: Path, name: str, paging: Paging = ALL_PAGES) -> Extraction:
    """Return the text of the file at ``path``, as in :func:`states.unsettled`; the content determines the type.

    Its ``unread`` pages may be blank, and its ``annotated`` ones are left to :func:`details`. An archive is *pending*: its
    files are read one by one after unpacking (:mod:`archives`). ``paging`` limits what is read of a PDF. ``name`` is used only
    if the content does not tell the type (text, CSV). Never raises because of the content of a file: state and problems
    describe what is wrong. Raises OSError if the file cannot be opened, and MemoryError if this process runs out of memory.
    """
    if path.stat().st_size == 0:
        return Extraction(UNKNOWN, FileState.EMPTY, problems=(problem("no_bytes"),))
    try:
        media_type = media_type_of(path, name, sniff)
    except ValueError as error:
        return _without_text(UNKNOWN, FileState.FAILED, problem("damaged", detail=str(error)))
    if media_type == UNKNOWN:
        return _without_text(media_type, FileState.FAILED, problem("unknown_kind"))
    if media_type == ENCRYPTED_OFFICE:
        return _without_text(media_type, FileState.PROTECTED, problem("password"))
    if media_type in ARCHIVES:
        # The library would return the list of their files as if it were text.
        return Extraction(media_type, FileState.PENDING)
    try:
        content = (
            pdf(path, media_type, paging) if media_type == PDF else _reader_of(media_type)(path, media_type)
        )
    except PasswordNeededError:
        return _without_text(media_type, FileState.PROTECTED, problem("password"))
    except UnreadableError as error:
        return _without_text(media_type, FileState.FAILED, error.problem)
    except (ValueError, OSError) as error:
        return _without_text(media_type, FileState.FAILED, problem("damaged", detail=str(error)))
    return unsettled(media_type, content)


def details(path: Path, wanted: Wanted) -> Details:
    """Return the details of the file at ``path``."""
    title, created = properties(path, wanted.media_type)
    if wanted.media_type != PDF:
        return Details(title, created)
    additions = tuple(annotation_words(path, wanted.annotated)) if wanted.annotated else ()
    return Details(title, created, scanned(path, wanted.doubted), additions)


def _reader_of(media_type: str) -> FormatReader:
    kind = media_type.partition("/")[0]
    return _READERS.get(media_type) or _READERS_OF_KIND.get(kind, by_library)


def _without_text(media_type: str, state: FileState, reason: Problem) -> Extraction:
    return Extraction(media_type, state, problems=(reason,))
