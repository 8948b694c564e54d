"""One file -> its pages of text, in this process: call it through :class:`Sandbox`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indexer.extract.archives import ARCHIVES
from indexer.extract.containers import ENCRYPTED_OFFICE
from indexer.extract.formats.content import Content, PasswordNeededError
from indexer.extract.formats.library import by_library, sniff
from indexer.extract.formats.odf.readers import open_slides, open_text
from indexer.extract.formats.odf.sheets import open_sheets
from indexer.extract.formats.ooxml.slides import open_xml_slides
from indexer.extract.formats.ooxml.word import word
from indexer.extract.formats.pdf import pdf
from indexer.extract.formats.pictures import pictures
from indexer.extract.formats.plain import plain
from indexer.extract.formats.rtf.reader import rtf
from indexer.extract.kinds import PDF, TEXT, UNKNOWN, media_type_of
from indexer.extract.properties import properties
from indexer.extract.signatures import signatures
from indexer.model import Extraction, FileState, Page

FormatReader = Callable[[Path, str], Content]
"""Path and media type -> content. Raises PasswordNeededError, MemoryError, and ValueError or OSError with what is wrong."""
_READERS: dict[str, FormatReader] = {
    PDF: pdf,
    TEXT: plain,
    "text/csv": plain,
    "text/tab-separated-values": plain,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": open_xml_slides,
    "application/rtf": rtf,
    "text/rtf": rtf,
    "application/vnd.oasis.opendocument.text": open_text,
    "application/vnd.oasis.opendocument.text-master": open_text,
    "application/vnd.oasis.opendocument.text-web": open_text,
    "application/vnd.oasis.opendocument.presentation": open_slides,
    "application/vnd.oasis.opendocument.graphics": open_slides,
    "application/vnd.oasis.opendocument.spreadsheet": open_sheets,
}
"""Media type -> what reads it; the library reads the others."""
_READERS_OF_KIND: dict[str, FormatReader] = {"image": pictures}
_LOST = 0.01
"""The share of unreadable characters from which a text is partial: a stray symbol in a PDF is not."""
_BY_PASSWORD = "it is protected by a password"


def read(path: Path, name: str, trust: Path | None = None) -> Extraction:
    """Return what can be read of the file at ``path`` and, of a PDF, who signed it.

    ``trust`` is a folder of root certificates. See :func:`_read` for the rest.
    """
    found = _read(path, name)
    if found.state not in (FileState.FAILED, FileState.PROTECTED):
        title, created = properties(path, found.media_type)
        found = replace(found, title=title, created=created)
    if found.media_type != PDF or found.state in (FileState.FAILED, FileState.PROTECTED):
        return found
    return replace(found, signatures=signatures(path, trust))


def _read(path: Path, name: str) -> Extraction:
    """Return what can be read of the file at ``path``; the type comes from its content.

    An archive is *pending*: its files are read one by one once it is unpacked (:mod:`archives`).
    ``name`` is asked only where the content does not tell (text, CSV). Never raises for what a
    file holds: the state and the problems say what is wrong with it. Raises OSError where the file
    itself can't be opened and MemoryError where the memory of this process did not suffice.
    """
    if path.stat().st_size == 0:
        return Extraction(UNKNOWN, FileState.EMPTY, problems=("the file has no bytes",))
    try:
        media_type = media_type_of(path, name, sniff)
    except ValueError as error:
        return _without_text(UNKNOWN, FileState.FAILED, f"it can't be read: {error}")
    if media_type == UNKNOWN:
        return _without_text(media_type, FileState.FAILED, "nothing here reads this kind of file")
    if media_type == ENCRYPTED_OFFICE:
        return _without_text(media_type, FileState.PROTECTED, _BY_PASSWORD)
    if media_type in ARCHIVES:
        # The library would give the list of their files as if it were text.
        return Extraction(media_type, FileState.PENDING)
    try:
        content = _reader_of(media_type)(path, media_type)
    except PasswordNeededError:
        return _without_text(media_type, FileState.PROTECTED, _BY_PASSWORD)
    except (ValueError, OSError) as error:
        return _without_text(media_type, FileState.FAILED, f"it can't be read: {str(error)[:300]}")
    return _extraction(media_type, content)


def _reader_of(media_type: str) -> FormatReader:
    kind = media_type.partition("/")[0]
    return _READERS.get(media_type) or _READERS_OF_KIND.get(kind, by_library)


def _without_text(media_type: str, state: FileState, reason: str) -> Extraction:
    return Extraction(media_type, state, problems=(reason,))


def _extraction(media_type: str, content: Content) -> Extraction:
    pages, unread = content.pages, content.unread
    if not any(page.text for page in pages):
        return _empty(media_type, content)
    problems = content.problems + _losses(pages) + (_scanned(pages, unread) if unread else ())
    state = FileState.PARTIAL if problems else FileState.TEXT
    return Extraction(media_type, state, pages, problems, content.encoding, unread=unread)


def _empty(media_type: str, content: Content) -> Extraction:
    damaged, unread = content.problems, content.unread
    if unread:
        reason = "no text layer; only OCR could read it"
        return Extraction(media_type, FileState.EMPTY, content.pages, (*damaged, reason), unread=unread)
    if damaged:
        return Extraction(media_type, FileState.FAILED, (), damaged)
    return Extraction(media_type, FileState.EMPTY, content.pages, ("it holds no text",))


def _losses(pages: tuple[Page, ...]) -> tuple[str, ...]:
    lost = sum(page.text.count("\ufffd") for page in pages)
    if lost <= _LOST * sum(len(page.text) for page in pages):
        return ()
    return (f"{lost} characters are in an encoding that is not read here",)


def _scanned(pages: tuple[Page, ...], unread: tuple[int, ...]) -> tuple[str, ...]:
    return (f"{len(unread)} of {len(pages)} pages are scans (first: {unread[0]}); only OCR could read them",)
