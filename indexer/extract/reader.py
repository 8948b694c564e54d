"""One file -> its pages of text, in this process: call it through :class:`Sandbox`."""

from __future__ import annotations

import mimetypes
import unicodedata
from pathlib import Path
from typing import Any

import kreuzberg

from indexer.extract.pieces import pieces
from indexer.model import Extraction, FileState, Page

_PDF = "application/pdf"
_PAGED = ("presentation", "powerpoint", "spreadsheet", "excel", _PDF)
"""Formats whose pages are the document's own; the page breaks of others depend on who prints them."""
_UNKNOWN = "application/octet-stream"
_LIBRARY_ERRORS = (kreuzberg.KreuzbergError, RuntimeError, ValueError)
"""It raises each of them for files that it does not know or can't read."""
_PROTECTED_WORDS = ("password", "encrypt")

_CONFIG = kreuzberg.ExtractionConfig(
    use_cache=False,
    enable_quality_processing=False,
    disable_ocr=True,  # type: ignore[call-arg]  # the stub lags behind the library
    pages=kreuzberg.PageConfig(extract_pages=True),
)


def read(path: Path, name: str) -> Extraction:
    """Return what can be read of the file at ``path``; the type comes from its content.

    ``name`` is asked only where the content does not tell (text, CSV). Never raises for what a
    file holds: the state and the problems say what is wrong with it.
    """
    if path.stat().st_size == 0:
        return Extraction(_UNKNOWN, FileState.EMPTY, problems=("the file has no bytes",))
    media_type = _media_type(path, name)
    if media_type is None:
        return Extraction(_UNKNOWN, FileState.FAILED, problems=("nothing here reads this kind of file",))
    try:
        result = kreuzberg.extract_file_sync(path, mime_type=media_type, config=_CONFIG)
    except _LIBRARY_ERRORS as error:
        return _unreadable(media_type, " ".join(str(error).split())[:300])
    pages = _pages(result, media_type)
    if any(page.text for page in pages):
        return Extraction(media_type, FileState.TEXT, pages)
    reason = "no text layer; it may be a scan" if media_type == _PDF else "it holds no text"
    return Extraction(media_type, FileState.EMPTY, pages if media_type == _PDF else (), (reason,))


def _media_type(path: Path, name: str) -> str | None:
    with path.open("rb") as file:
        head = file.read(8192)
    try:
        found = str(kreuzberg.detect_mime_type(_whole(path, head)))
    except _LIBRARY_ERRORS:
        found = _UNKNOWN
    return found if found != _UNKNOWN else mimetypes.guess_type(name)[0]


def _whole(path: Path, head: bytes) -> bytes:
    # Office formats are ZIPs that tell their kind only in a part further on.
    return path.read_bytes() if head[:2] == b"PK" else head


def _unreadable(media_type: str, reason: str) -> Extraction:
    protected = any(word in reason.lower() for word in _PROTECTED_WORDS)
    state = FileState.PROTECTED if protected else FileState.FAILED
    said = "it is protected by a password" if protected else f"it can't be read: {reason}"
    return Extraction(media_type, state, problems=(said,))


def _pages(result: Any, media_type: str) -> tuple[Page, ...]:
    if result.pages and any(kind in media_type for kind in _PAGED):
        return tuple(Page(page["page_number"], _clean(_page_text(page))) for page in result.pages)
    return tuple(Page(None, piece) for piece in pieces(_clean(result.content)))


def _page_text(page: dict[str, Any]) -> str:
    """Return the text of a page, or of its tables where there is none: sheets are tables only."""
    if page["content"].strip():
        return str(page["content"])
    rows = [row for table in page["tables"] for row in table.cells]
    return "\n".join("\t".join(cell for cell in row if cell) for row in rows)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\0", "").replace("\r\n", "\n")).strip()
