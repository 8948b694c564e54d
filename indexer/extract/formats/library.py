"""Formats read by kreuzberg; no other module uses it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import kreuzberg

from indexer.extract.formats.content import Content, PasswordNeededError, in_pieces, in_unicode
from indexer.extract.kinds import UNKNOWN
from indexer.model import Page

_ERRORS = (kreuzberg.KreuzbergError, RuntimeError, ValueError, OSError)
"""The errors that it raises for files that are unknown or unreadable."""
_PROTECTED = re.compile(r"password[- ]protected|is encrypted|password (?:is )?required", re.IGNORECASE)
"""Complete phrases of its messages, since a message may also quote a name from the file."""


def _config(pages: kreuzberg.PageConfig, **more: Any) -> kreuzberg.ExtractionConfig:
    return kreuzberg.ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        disable_ocr=True,  # type: ignore[call-arg]  # the stub lags behind the library
        pages=pages,
        **more,
    )


_TEXT_ONLY = _config(kreuzberg.PageConfig(extract_pages=True))


def sniff(head: bytes) -> str:
    """Return the media type according to the first bytes of a file, or ``UNKNOWN``."""
    try:
        return str(kreuzberg.detect_mime_type(head))
    except _ERRORS:
        return UNKNOWN


def by_library(path: Path, media_type: str) -> Content:
    """Return what the library reads; raises PasswordNeededError, ValueError and MemoryError."""
    try:
        return in_unicode(_pages(path, media_type))
    except _ERRORS as error:
        reason = " ".join(str(error).split())
        if "out of memory" in reason:
            raise MemoryError(reason) from error
        if _PROTECTED.search(reason):
            raise PasswordNeededError(reason) from error
        raise ValueError(reason) from error


def _pages(path: Path, media_type: str) -> tuple[Page, ...]:
    result: Any = kreuzberg.extract_file_sync(path, mime_type=media_type, config=_TEXT_ONLY)
    # A merged cell appears once in the pages, but in `content` once for each column it spans.
    text = "\n".join(one["content"] for one in result.pages or ())
    text = text or result.content
    return in_pieces(text)
