"""One file -> its pages of text, in this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import kreuzberg

from indexer.extract.archives import ARCHIVES
from indexer.extract.containers import ENCRYPTED_OFFICE
from indexer.extract.kinds import PDF, TEXT, UNKNOWN, media_type_of
from indexer.extract.ocr import unread_pages
from indexer.extract.page_image import frames
from indexer.extract.pdf_text import PasswordNeededError, page_texts
from indexer.extract.pieces import pieces
from indexer.extract.properties import properties
from indexer.extract.signatures import signatures
from indexer.extract.slides import new_mark, slides
from indexer.model import Extraction, FileState, Page
from indexer.vietnamese.legacy import decode, mend

_SLIDES = ("presentationml", "powerpoint")
_PAGED = ("spreadsheet", "excel")
"""Formats whose pages are the document's own; the page breaks of others depend on who prints them."""
_PLAIN = (TEXT, "text/csv", "text/tab-separated-values")
"""Read as they are: the library knows no TCVN3, and would write "Row 1:" and the heads of columns into each row of a table."""
_LIBRARY_ERRORS = (kreuzberg.KreuzbergError, RuntimeError, ValueError, OSError)
"""It raises each of them for files that it does not know or can't read."""
_PROTECTED = re.compile(r"password[- ]protected|is encrypted|password (?:is )?required", re.IGNORECASE)
"""Whole phrases of its messages, which can also quote a name from the file."""
_LOST = 0.01
"""The share of unreadable characters from which a text is partial: a stray symbol in a PDF is not."""

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xFEFF])
_CLEAN: dict[int, str | None] = {
    **_CONTROLS,
    # How PDFium writes a hyphen at the end of a line: 74/KH-<break>UBND.
    0x02: "-",
    0xFFFE: "-",
    **{ord(kept): kept for kept in "\n\t"},
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
}


def _config(pages: kreuzberg.PageConfig, **more: Any) -> kreuzberg.ExtractionConfig:
    return kreuzberg.ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        disable_ocr=True,  # type: ignore[call-arg]  # the stub lags behind the library
        pages=pages,
        **more,
    )


_TEXT_ONLY = _config(kreuzberg.PageConfig(extract_pages=True))


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
        media_type = media_type_of(path, name, _sniff)
    except ValueError as error:
        return _without_text(UNKNOWN, FileState.FAILED, f"it can't be read: {error}")
    if media_type == UNKNOWN:
        return _without_text(media_type, FileState.FAILED, "nothing here reads this kind of file")
    if media_type == ENCRYPTED_OFFICE:
        return _without_text(media_type, FileState.PROTECTED, "it is protected by a password")
    if media_type in ARCHIVES:
        # The library would give the list of their files as if it were text.
        return Extraction(media_type, FileState.PENDING)
    encoding: str | None
    damaged: tuple[str, ...] = ()
    try:
        if media_type in _PLAIN:
            found = decode(path.read_bytes())
            pages, encoding = _in_pieces(found.text), found.encoding
        elif media_type == PDF:
            texts = page_texts(path)
            damaged = _damaged(texts)
            pages, encoding = _mended(tuple(Page(n, _clean(text or "")) for n, text in enumerate(texts, 1)))
        else:
            pages, encoding = _mended(_pages(path, media_type))
    except PasswordNeededError:
        return _without_text(media_type, FileState.PROTECTED, "it is protected by a password")
    except _LIBRARY_ERRORS as error:
        return _unreadable(media_type, " ".join(str(error).split()))
    unread = unread_pages(path, pages) if media_type == PDF else ()
    if media_type.startswith("image/"):
        pages = tuple(Page(number, "") for number in range(1, frames(path) + 1))
        unread = tuple(page.number for page in pages if page.number)
    if not any(page.text for page in pages):
        return _empty(media_type, pages, unread, damaged)
    problems = damaged + _losses(pages) + (_scanned(pages, unread) if unread else ())
    state = FileState.PARTIAL if problems else FileState.TEXT
    return Extraction(media_type, state, pages, problems, encoding, unread=unread)


def _sniff(head: bytes) -> str:
    try:
        return str(kreuzberg.detect_mime_type(head))
    except _LIBRARY_ERRORS:
        return UNKNOWN


def _without_text(media_type: str, state: FileState, reason: str) -> Extraction:
    return Extraction(media_type, state, problems=(reason,))


def _unreadable(media_type: str, reason: str) -> Extraction:
    if "out of memory" in reason:
        raise MemoryError(reason)
    if _PROTECTED.search(reason):
        return _without_text(media_type, FileState.PROTECTED, "it is protected by a password")
    return _without_text(media_type, FileState.FAILED, f"it can't be read: {reason[:300]}")


def _empty(
    media_type: str, pages: tuple[Page, ...], unread: tuple[int, ...], damaged: tuple[str, ...]
) -> Extraction:
    if unread:
        reason = "no text layer; only OCR could read it"
        return Extraction(media_type, FileState.EMPTY, pages, (*damaged, reason), unread=unread)
    if damaged:
        return Extraction(media_type, FileState.FAILED, (), damaged)
    return Extraction(media_type, FileState.EMPTY, pages, ("it holds no text",))


def _damaged(texts: Sequence[str | None]) -> tuple[str, ...]:
    missing = [number for number, text in enumerate(texts, 1) if text is None]
    if not missing:
        return ()
    return (f"{len(missing)} of {len(texts)} pages are damaged (first: {missing[0]}) and can't be read",)


def _pages(path: Path, media_type: str) -> tuple[Page, ...]:
    if any(kind in media_type for kind in _SLIDES):
        return _slides(path, media_type)
    result: Any = kreuzberg.extract_file_sync(path, mime_type=media_type, config=_TEXT_ONLY)
    if result.pages and any(kind in media_type for kind in _PAGED):
        sheets = (result.metadata or {}).get("sheet_names") or []
        return tuple(Page(one["page_number"], _clean(_page_text(one, sheets))) for one in result.pages)
    # A merged cell stands once in the pages, but in `content` once for each column that it spans.
    text = "\n".join(one["content"] for one in result.pages or ())
    return _in_pieces(text or result.content)


def _in_pieces(text: str) -> tuple[Page, ...]:
    return tuple(Page(None, piece) for piece in pieces(_clean(text)))


def _mended(pages: tuple[Page, ...]) -> tuple[tuple[Page, ...], str | None]:
    """Return ``pages`` in Unicode, and the encoding that their fonts had left in them."""
    found = mend([page.text for page in pages])
    encoding = next((one.encoding for one in found if one.encoding), None)
    return tuple(replace(page, text=one.text) for page, one in zip(pages, found, strict=True)), encoding


def _slides(path: Path, media_type: str) -> tuple[Page, ...]:
    """Return one page for each slide: the library's own pages of a presentation are empty (4.10)."""
    mark = new_mark()
    pages = kreuzberg.PageConfig(insert_page_markers=True, marker_format=f"\n\n{mark}\n\n")
    result: Any = kreuzberg.extract_file_sync(path, mime_type=media_type, config=_config(pages))
    found = slides(result.content, mark)
    if found:
        return tuple(Page(number, _clean(text)) for number, text in found)
    return _in_pieces(result.content)


def _page_text(page: dict[str, Any], sheets: list[str]) -> str:
    """Return the text of a page; sheets are tables only, and begin with their name."""
    if page["content"].strip():
        return str(page["content"])
    rows = ["\t".join(filter(None, row)) for table in page["tables"] for row in table.cells]
    if any(rows) and page["page_number"] <= len(sheets):
        rows.insert(0, sheets[page["page_number"] - 1])
    return "\n".join(filter(None, rows))


def _losses(pages: tuple[Page, ...]) -> tuple[str, ...]:
    lost = sum(page.text.count("\ufffd") for page in pages)
    if lost <= _LOST * sum(len(page.text) for page in pages):
        return ()
    return (f"{lost} characters are in an encoding that is not read here",)


def _scanned(pages: tuple[Page, ...], unread: tuple[int, ...]) -> tuple[str, ...]:
    return (f"{len(unread)} of {len(pages)} pages are scans (first: {unread[0]}); only OCR could read them",)


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    return unicodedata.normalize("NFC", text).strip()
