"""The data directory that a command works on."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import StorageError
from indexer.settings import Settings


def existing_data(settings: Settings) -> Path:
    """Return the data directory; raises StorageError if it does not exist, since a misspelt name must not create one."""
    if not settings.data.is_dir():
        raise StorageError(
            f"the directory {settings.data} does not exist; check --data, or create it with `tracuu index` or `tracuu serve`"
        )
    return settings.data
