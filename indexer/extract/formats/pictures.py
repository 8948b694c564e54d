"""Pictures: each is a page that only OCR can read."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from indexer.extract.formats.content import Content, UnreadableError
from indexer.extract.page_image import frames
from indexer.model import Page


def pictures(path: Path, _media_type: str) -> Content:
    """Return an unread page for each picture in the file at ``path``; raises ValueError where it can't be opened."""
    try:
        count = frames(path)
    except Image.DecompressionBombError:
        raise UnreadableError("picture_large") from None
    except UnidentifiedImageError:
        raise UnreadableError("unknown_kind") from None
    # What a damaged picture raises depends on its format.
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, EOFError):
        raise ValueError("the picture is damaged") from None
    pages = tuple(Page(number, "") for number in range(1, count + 1))
    return Content(pages, unread=tuple(page.number for page in pages if page.number))
