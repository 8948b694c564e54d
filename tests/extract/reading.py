"""Reads bytes as a file of a given kind, for tests of formats."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.reader import read
from indexer.model import Extraction


def found_in(folder: Path, content: bytes, name: str) -> Extraction:
    """Return what is read from ``content`` under ``name``, in a file in ``folder``."""
    path = folder / "file"
    path.write_bytes(content)
    return read(path, name)


def text_in(folder: Path, content: bytes, name: str) -> str:
    """Return its text, pages joined by line."""
    return "\n".join(page.text for page in found_in(folder, content, name).pages)
