"""The version marker beside every index."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import IndexVersionError

MARKER = "VERSION"


def write_version(path: Path, version: str) -> None:
    """Record in the new index folder ``path`` that ``version`` wrote it."""
    (path / MARKER).write_text(version + "\n", encoding="utf-8")


def check_version(path: Path, version: str) -> None:
    """Raise IndexVersionError unless ``version`` wrote the index in ``path``."""
    try:
        found = (path / MARKER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        found = "unknown"
    if found != version:
        raise IndexVersionError(path, found, version)
