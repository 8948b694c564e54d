"""The data directory that a command works on."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import IndexMissingError
from indexer.settings import Settings


def existing_data(settings: Settings) -> Path:
    """Return the data directory; raises IndexMissingError where there is none, rather than make one of a slip in its name."""
    if not settings.data.is_dir():
        raise IndexMissingError(settings.data)
    return settings.data
