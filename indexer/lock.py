"""Locks of a data directory that the kernel lets go of when their process dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import BackupError, IndexBusyError, RebuildRunningError, StorageError

WRITER = "writer.lock"
REBUILD = "rebuild.lock"
BACKUP = "backup.lock"
"""In the folder of a backup; what has it is one, or is about to be."""
_POLL = 0.1


@contextmanager
def writer_lock(data: Path, timeout: float) -> Iterator[None]:
    """Hold the data directory for writing, which it creates if need be.

    Waits up to ``timeout`` seconds, then raises IndexBusyError; StorageError where it can't write.
    """
    with _locked(data, WRITER, timeout) as held:
        if not held:
            raise IndexBusyError(data, timeout)
        yield


@contextmanager
def rebuild_lock(data: Path) -> Iterator[None]:
    """Be the one rebuild or restore of the data directory; raises RebuildRunningError, StorageError.

    Taken before the writer's lock by whoever takes both and waits.
    """
    with _locked(data, REBUILD, 0) as held:
        if not held:
            raise RebuildRunningError(data)
        yield


@contextmanager
def backup_lock(folder: Path) -> Iterator[None]:
    """Be the one process that writes a backup into ``folder``; raises BackupError, StorageError."""
    with _locked(folder, BACKUP, 0) as held:
        if not held:
            raise BackupError(f"{folder} is being written by another backup; let it finish")
        yield


@contextmanager
def no_rebuild(data: Path) -> Iterator[bool]:
    """Tell whether no rebuild runs, which none does until the block ends; raises StorageError."""
    with _locked(data, REBUILD, 0) as held:
        yield held


@contextmanager
def _locked(data: Path, name: str, timeout: float) -> Iterator[bool]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = (data / name).open("a")
    except OSError as error:
        raise StorageError(
            f"{data} can't be written: {error.strerror}; choose another --data or mend its permissions"
        ) from error
    with handle:
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(_POLL)
                    continue
                yield False
            else:
                yield True
            return
