"""Locks of a data directory, which the kernel releases when their process dies."""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.disk.durable import storage_errors
from indexer.errors import BackupError, HalfRestoredError, IndexBusyError, RebuildRunningError, StorageError

WRITER = "writer.lock"
REBUILD = "rebuild.lock"
SITES = "sites.lock"
ALERTS = "alerts.lock"
COPIES = "copies.lock"
BACKUP = "backup.lock"
"""In the folder of a backup; its presence means that the folder is a backup, or is about to be one."""
HALF_RESTORED = "restored"
"""Folder in a data directory from which a restore moves its files into place; until it is done, the directory is neither old
nor new.
"""
_POLL = 0.1
MOVING_SECONDS = 2.0
"""Seconds to wait for a restore that is moving files into place: it takes milliseconds unless it was killed."""
_COPYING_SECONDS = 10.0
"""Seconds to wait for another process that copies files."""
_WRITES, _YIELDS = "writes", "yields"
"""Content of a writer's lock: one that is working, or was killed; and one that yields to others."""
_YIELDED = 60.0
"""Minimum seconds to wait for a yielding writer: it finishes its current work, which may be a scan."""
_WANTED = "writer.wanted"
_PASSING = 2.0
"""Seconds within which a writer that only checks for a rebuild has released its lock."""


@contextmanager
def writer_lock(
    data: Path, timeout: float, yields: bool = False, cleaned: Callable[[], bool] | None = None
) -> Iterator[bool]:
    """Hold the data directory for writing, which it creates if need be; ``yields``: until it :func:`is_wanted`.

    Yields whether the writer before came to its end, rather than was killed or failed. Who has ``cleaned`` up after such a one
    by the end lets that be forgotten; else the next is told as well. Waits up to ``timeout`` seconds,
    then raises IndexBusyError; StorageError where it can't write.
    """
    with _locked(data, WRITER, timeout, asks=not yields) as held:
        if held is None:
            raise IndexBusyError(data, timeout)
        ended = _said(data) == ""
        with storage_errors(data / WRITER, "written"):
            # Both words have the same length, so that a partial write cannot occur, nor a state in between.
            os.pwrite(held, (_YIELDS if yields else _WRITES).encode(), 0)
            (data / _WANTED).unlink(missing_ok=True)
        yield ended
        if ended or (cleaned and cleaned()):
            with suppress(OSError):  # then the next writer looks for what this one left, in vain
                os.ftruncate(held, 0)


def leave_to_clean(data: Path) -> None:
    """Let the next writer clean up as after one that was killed; raises StorageError."""
    with storage_errors(data / WRITER, "written"):
        (data / WRITER).write_text(_WRITES, encoding="ascii")


def is_wanted(data: Path) -> bool:
    """Tell whether another process waits for the lock that the caller holds with ``yields``."""
    return (data / _WANTED).exists()


@contextmanager
def rebuild_lock(data: Path) -> Iterator[None]:
    """Take the lock for the only rebuild or restore of the data directory; raises RebuildRunningError or StorageError.

    Whoever takes both locks and waits takes this one before the writer's.
    """
    with _locked(data, REBUILD, _PASSING) as held:
        if held is None:
            raise RebuildRunningError(data)
        yield


@contextmanager
def backup_lock(folder: Path) -> Iterator[None]:
    """Take the lock for the only process that writes a backup into ``folder``; raises BackupError or StorageError."""
    with _locked(folder, BACKUP, 0) as held:
        if held is None:
            raise BackupError(f"another backup is writing {folder}; wait for it to finish")
        yield


@contextmanager
def site_lock(data: Path, name: str) -> Iterator[bool]:
    """Tell whether no other process crawls the site ``name``; none will until the block ends. Raises StorageError."""
    # One byte of a single file per site: separate files would accumulate for every name ever used.
    byte = zlib.crc32(name.encode("utf-8", "replace"))
    with storage_errors(data / SITES, "written"):
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / SITES, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def no_rebuild(data: Path) -> Iterator[bool]:
    """Tell whether no rebuild is running; none will until the block ends. Raises StorageError."""
    with _locked(data, REBUILD, 0) as held:
        yield held is not None


@contextmanager
def alerts_lock(data: Path) -> Iterator[bool]:
    """Tell whether no other process sends alerts; none will until the block ends. Raises StorageError."""
    with _locked(data, ALERTS, 0) as held:
        yield held is not None


@contextmanager
def copies_lock(data: Path, timeout: float = _COPYING_SECONDS) -> Iterator[None]:
    """Take the lock for the only process that publishes files of the data directory, or fetches some; raises IndexBusyError or
    StorageError.
    """
    with _locked(data, COPIES, timeout) as held:
        if held is None:
            raise IndexBusyError(data, timeout)
        yield


@contextmanager
def opening(data: Path) -> Iterator[None]:
    """Open files of the data directory in the block, without a restore moving any, so that all belong to one state.

    Does nothing if there is no directory. Raises HalfRestoredError if a restore was interrupted while doing so, or
    StorageError.
    """
    if not data.is_dir():
        yield
        return
    start = time.monotonic()
    while True:
        with _directory(data, fcntl.LOCK_SH):
            if not (data / HALF_RESTORED).is_dir():
                yield
                return
        if time.monotonic() - start >= MOVING_SECONDS:
            raise HalfRestoredError(data)
        time.sleep(_POLL)


@contextmanager
def moving_in(data: Path) -> Iterator[None]:
    """Move files of a restore into place in the block while nobody opens any; ``HALF_RESTORED`` stops those who come afterwards."""
    with _directory(data, fcntl.LOCK_EX):
        yield


@contextmanager
def _directory(data: Path, kind: int) -> Iterator[None]:
    """Lock the directory itself, which works even if it is read-only."""
    with storage_errors(data, "read"):
        handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


@contextmanager
def _locked(data: Path, name: str, timeout: float, asks: bool = False) -> Iterator[int | None]:
    """Yield a handle of the lock file, None if it is not free in time; ``asks`` a yielding holder for it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / name, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StorageError(
            f"{data} can't be written: {error.strerror}; choose another --data or fix its permissions"
        ) from error
    try:
        start, patience = time.monotonic(), timeout
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if asks and _said(data) == _YIELDS:
                    patience = max(timeout, _YIELDED)
                    with suppress(OSError):  # who asks in vain waits as for any other
                        (data / _WANTED).touch()
                if time.monotonic() - start >= patience:
                    yield None
                    return
                time.sleep(_POLL)
            else:
                yield handle
                return
    finally:
        os.close(handle)


def _said(data: Path) -> str:
    """Return the content of the writer's lock."""
    with suppress(OSError):
        return (data / WRITER).read_text(encoding="utf-8", errors="replace")
    return ""
