"""Files that people and programs edit: changed by one at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.disk import durable


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Keep others who ask for it from changing ``path`` through the block, by a lock beside it; raises StorageError."""
    with durable.storage_errors(path, "written"), path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
