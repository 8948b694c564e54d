"""Reading bytes as a file of a kind, as tests of formats do."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.reader import read
from indexer.model import Extraction


def found_in(folder: Path, content: bytes, name: str) -> Extraction:
    """Return what is read of ``content`` under ``name``, from a file in ``folder``."""
    path = folder / "file"
    path.write_bytes(content)
    return read(path, name)


def text_in(folder: Path, content: bytes, name: str) -> str:
    """Return its text, pages by line."""
    return "\n".join(page.text for page in found_in(folder, content, name).pages)
