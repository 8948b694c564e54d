"""Folders for what lives no longer than a process: those that killed processes left go when the next one is made."""

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
"""Like no name that anybody would give to something else."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a new empty folder among the temporary files of the system that goes with the block; raises StorageError.

    Its process holds a lock on it, which the kernel lets go of when the process dies.
    """
    _remove_abandoned()
    with storage_errors(Path(tempfile.gettempdir()), "written"):
        folder, handle = _made()
        # What is a data directory for a while has a lock of its own.
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
            # Another process may have taken it for abandoned before it was locked.
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
    """Return a handle that holds the lock of ``folder``; None where it is gone, in use or somebody else's."""
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
