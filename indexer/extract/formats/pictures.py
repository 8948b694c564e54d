"""Pictures: each is a page that only OCR can read."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content
from indexer.extract.page_image import frames
from indexer.model import Page


def pictures(path: Path, _media_type: str) -> Content:
    """Return an unread page for each picture in the file at ``path``; raises OSError or ValueError where it can't be opened."""
    pages = tuple(Page(number, "") for number in range(1, frames(path) + 1))
    return Content(pages, unread=tuple(page.number for page in pages if page.number))
