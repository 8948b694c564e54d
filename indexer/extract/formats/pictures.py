"""Pictures: each is a page that only OCR can read."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from indexer.extract.formats.content import Content, UnreadableError
from indexer.extract.frames import frames, is_cut_off
from indexer.extract.reasons import problem
from indexer.model import Page, Problem


def pictures(path: Path, _media_type: str) -> Content:
    """Return an unread page for each picture in the file at ``path``; raises ValueError if it cannot be opened."""
    problems: tuple[Problem, ...] = ()
    try:
        count = frames(path)
        if count == 1 and is_cut_off(path):
            problems = (problem("picture_cut"),)
    except Image.DecompressionBombError:
        raise UnreadableError("picture_large") from None
    except UnidentifiedImageError:
        raise UnreadableError("unknown_kind") from None
    # The error raised for a damaged picture depends on its format.
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, EOFError):
        raise ValueError("the picture is damaged") from None
    pages = tuple(Page(number, "") for number in range(1, count + 1))
    return Content(pages, problems, unread=tuple(page.number for page in pages if page.number))
