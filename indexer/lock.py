"""One writer at a time for a data directory; the kernel lets go of the lock of a dead process."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexBusyError, StorageError

_POLL = 0.1


@contextmanager
def writer_lock(data: Path, timeout: float) -> Iterator[None]:
    """Hold the data directory for writing, which it creates if need be.

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
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexBusyError(data, timeout) from None
                time.sleep(_POLL)
        yield
