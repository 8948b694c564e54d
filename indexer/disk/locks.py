"""Locks of a data directory that the kernel lets go of when their process dies."""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.disk.durable import storage_errors
from indexer.errors import BackupError, HalfRestoredError, IndexBusyError, RebuildRunningError, StorageError

WRITER = "writer.lock"
REBUILD = "rebuild.lock"
SITES = "sites.lock"
ALERTS = "alerts.lock"
BACKUP = "backup.lock"
"""In the folder of a backup; what has it is one, or is about to be."""
HALF_RESTORED = "restored"
"""The folder in a data directory that a restore moves its files in from, one by one: until then neither old nor new."""
_POLL = 0.1
MOVING_SECONDS = 2.0
"""Seconds for which others wait for a restore that moves its files in: some milliseconds, unless it was killed."""
_WRITES, _YIELDS = "writes", "yields"
"""What the lock of a writer says: of one that is at work, or was killed, and of one that lets others in when they want."""
_YIELDED = 60.0
"""Seconds to wait at least for such a writer: it ends what it is at, which may be a scan."""
_WANTED = "writer.wanted"
_PASSING = 2.0
"""Seconds in which a writer that only asks whether a rebuild runs has let go of its lock."""


@contextmanager
def writer_lock(data: Path, timeout: float, yields: bool = False, cleans: bool = False) -> Iterator[bool]:
    """Hold the data directory for writing, which it creates if need be; ``yields``: until it :func:`is_wanted`.

    Yields whether the writer before came to its end, rather than was killed or failed. Who ``cleans`` up after such a one lets
    that be forgotten; else the next is told as well. Waits up to ``timeout`` seconds,
    then raises IndexBusyError; StorageError where it can't write.
    """
    with _locked(data, WRITER, timeout, asks=not yields) as held:
        if held is None:
            raise IndexBusyError(data, timeout)
        ended = _said(data) == ""
        with storage_errors(data / WRITER, "written"):
            # Both words are of one length, so that none is half written, nor is there none in between.
            os.pwrite(held, (_YIELDS if yields else _WRITES).encode(), 0)
            (data / _WANTED).unlink(missing_ok=True)
        yield ended
        if ended or cleans:
            with suppress(OSError):  # then the next writer looks for what this one left, in vain
                os.ftruncate(held, 0)


def is_wanted(data: Path) -> bool:
    """Tell whether another process waits for the lock that the caller holds with ``yields``."""
    return (data / _WANTED).exists()


@contextmanager
def rebuild_lock(data: Path) -> Iterator[None]:
    """Be the one rebuild or restore of the data directory; raises RebuildRunningError, StorageError.

    Taken before the writer's lock by whoever takes both and waits.
    """
    with _locked(data, REBUILD, _PASSING) as held:
        if held is None:
            raise RebuildRunningError(data)
        yield


@contextmanager
def backup_lock(folder: Path) -> Iterator[None]:
    """Be the one process that writes a backup into ``folder``; raises BackupError, StorageError."""
    with _locked(folder, BACKUP, 0) as held:
        if held is None:
            raise BackupError(f"another backup is writing {folder}; wait for it to finish")
        yield


@contextmanager
def site_lock(data: Path, name: str) -> Iterator[bool]:
    """Tell whether no other process crawls the site ``name``, which none does until the block ends; raises StorageError."""
    # A byte of one file for each site: a file for each would be left behind by every name that there ever was.
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
    """Tell whether no rebuild runs, which none does until the block ends; raises StorageError."""
    with _locked(data, REBUILD, 0) as held:
        yield held is not None


@contextmanager
def alerts_lock(data: Path) -> Iterator[bool]:
    """Tell whether no other process sends alerts, which none does until the block ends; raises StorageError."""
    with _locked(data, ALERTS, 0) as held:
        yield held is not None


@contextmanager
def opening(data: Path) -> Iterator[None]:
    """Open files of the data directory in the block, and no restore moves any meanwhile: all are of one state.

    Where there is no directory there is nothing to open. Raises HalfRestoredError where a restore was stopped in the
    midst of that, StorageError.
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
    """Move files of a restore in during the block, while nobody opens any; ``HALF_RESTORED`` keeps those who come out."""
    with _directory(data, fcntl.LOCK_EX):
        yield


@contextmanager
def _directory(data: Path, kind: int) -> Iterator[None]:
    """Hold a lock on the directory itself, which is there where nothing may be written as well."""
    with storage_errors(data, "read"):
        handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


@contextmanager
def _locked(data: Path, name: str, timeout: float, asks: bool = False) -> Iterator[int | None]:
    """Yield a handle of the file of the lock, None where it can't be had in time; ``asks`` a holder that yields for it."""
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
    """Return what the lock of the writer says."""
    with suppress(OSError):
        return (data / WRITER).read_text(encoding="utf-8", errors="replace")
    return ""
