"""One writer at a time for a data directory; the kernel lets go of the lock of a dead process."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexBusyError, StorageError

_POLL = 0.1
_YIELDS = "yields"
"""What the lock of a writer says that lets others in as soon as they want."""
_YIELDED = 60.0
"""Seconds to wait at least for such a writer: it ends what it is at, which may be a scan."""
_WANTED = "writer.wanted"


@contextmanager
def writer_lock(data: Path, timeout: float, yields: bool = False) -> Iterator[None]:
    """Hold the data directory for writing, which it creates if need be; ``yields``: until it :func:`is_wanted`.

    Waits up to ``timeout`` seconds, then raises IndexBusyError; StorageError where it can't write.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = (data / "writer.lock").open("a")
    except OSError as error:
        raise StorageError(
            f"{data} can't be written: {error.strerror}; choose another --data or mend its permissions"
        ) from error
    with handle:
        start = time.monotonic()
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                patience = timeout
                if not yields and _holder_yields(data):
                    patience = max(timeout, _YIELDED)
                    (data / _WANTED).touch()
                if time.monotonic() - start >= patience:
                    raise IndexBusyError(data, patience) from None
                time.sleep(_POLL)
        handle.truncate(0)
        handle.write(_YIELDS if yields else "")
        handle.flush()
        (data / _WANTED).unlink(missing_ok=True)
        yield


def is_wanted(data: Path) -> bool:
    """Tell whether another process waits for the lock that the caller holds with ``yields``."""
    return (data / _WANTED).exists()


def _holder_yields(data: Path) -> bool:
    return (data / "writer.lock").read_text(encoding="utf-8", errors="replace") == _YIELDS
