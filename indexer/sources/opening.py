"""A place on the command line -> its source."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.errors import UsageError
from indexer.settings import Settings
from indexer.sources import Source
from indexer.sources.folder import FolderSource
from indexer.sources.folder_scan import PAGE_SUFFIXES
from indexer.sources.jsonl import JsonlSource
from indexer.sources.page import DOCUMENT_NAME

_JSONL = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


def open_source(path: str, settings: Settings) -> Source:
    """Return the source at ``path``: a folder, JSONL (``-`` on standard input), a page or a document.

    Raises UsageError where nothing is there, it may not be read, or it is nothing of these.
    """
    if path == "-":
        return JsonlSource(None, settings)
    place = Path(path)
    try:
        if not place.exists():
            raise UsageError(f"{path} is not there; name a folder, a .jsonl file, a page or a document")
        readable = os.access(place, os.R_OK | (os.X_OK if place.is_dir() else 0))
        is_folder, is_file = place.is_dir(), place.is_file()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path!a} can't be opened: {error}") from None
    if not readable:
        raise UsageError(f"{path} may not be read; give this user the right to read it")
    if is_folder:
        return FolderSource(place, settings)
    name = place.name.lower()
    if name.endswith(_JSONL):
        return JsonlSource(place, settings)
    if is_file and (name.endswith(PAGE_SUFFIXES) or DOCUMENT_NAME.fullmatch(name)):
        return FolderSource(place.parent, settings, only=place)
    raise UsageError(
        f"{path} is of no kind that can be indexed; known are folders, .jsonl, .jsonl.gz,"
        f" {', '.join(PAGE_SUFFIXES)} and documents such as .pdf and .docx"
    )
