"""Temporary folders; those of killed processes are removed when the next one is created."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.disk.durable import storage_errors

_PREFIX = ".tracuu-scratch-"
"""A prefix that nobody would use for something else."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a new empty folder among the system's temporary files, removed with the block; raises StorageError.

    Its process holds a lock on it, which the kernel releases when the process dies.
    """
    _remove_abandoned()
    with storage_errors(Path(tempfile.gettempdir()), "written"):
        folder, handle = _made()
        # A temporary data directory has a lock of its own.
        inner = folder / "scratch"
        inner.mkdir()
    try:
        yield inner
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _made() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        handle = _locked(folder, 0)
        if handle is not None:
            # Another process may have considered it abandoned before it was locked.
            if folder.is_dir():
                return folder, handle
            os.close(handle)


def _remove_abandoned() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        handle = _locked(folder, fcntl.LOCK_NB)
        if handle is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def _locked(folder: Path, flags: int) -> int | None:
    """Return a handle that holds the lock of ``folder``; None if it is gone, in use or not ours."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | flags)
    except OSError:
        os.close(handle)
        return None
    return handle
