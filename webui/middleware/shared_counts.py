"""Request counts in memory shared by the processes of one server: fixed windows in a table of fixed size.

Flask-Limiter's memory storage belongs to one process, and its shared storages are separate servers. This table needs neither if
it is created before the processes fork. It is lost with the server, which does no harm.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import secrets
import struct
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from limits.storage import Storage

SCHEME = "tracuu-counters"
_SLOT = struct.Struct("QdQ")
"""What is counted (a hash), the end of its window (seconds since 1970), and the count."""
_SLOTS = 1 << 15
"""32,768 callers per window, in 768 KB."""
_PROBES = 8


class Counters:
    """The table; safe to use from several threads, and from processes forked after it was created.

    If there are more callers than slots, the one whose window ends first is dropped.
    """

    def __init__(self) -> None:
        self._table = mmap.mmap(-1, _SLOTS * _SLOT.size)
        self._secret = secrets.token_bytes(16)
        self._threads = threading.Lock()
        # Record locks belong to a process: they exclude forked ones and end with a killed one.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the table
        weakref.finalize(self, self._file.close)

    def add(self, name: str, seconds: float, amount: int) -> int:
        """Add ``amount`` to the count of ``name`` in a window of ``seconds`` from its start; return the sum."""
        wanted, now = self._hash(name), time.time()
        with self._locked():
            place, count, end = self._find(wanted, now)
            count, end = (count + amount, end) if count else (amount, now + seconds)
            _SLOT.pack_into(self._table, place, wanted, end, count)
        return count

    def seen(self, name: str) -> tuple[int, float]:
        """Return the count of ``name`` in its window, and when the window ends (now if there is none)."""
        now = time.time()
        with self._locked():
            _, count, end = self._find(self._hash(name), now)
        return count, end if count else now

    def forget(self, name: str) -> None:
        """Start a new window for ``name``."""
        with self._locked():
            place, count, _ = self._find(self._hash(name), time.time())
            if count:
                _SLOT.pack_into(self._table, place, 0, 0.0, 0)

    def _find(self, wanted: int, now: float) -> tuple[int, int, float]:
        """Return the slot for ``wanted`` with its count and the end of its window, 0 if a new window starts."""
        best, first_end = 0, float("inf")
        for probe in range(_PROBES):
            place = (wanted + probe) % _SLOTS * _SLOT.size
            found, end, count = _SLOT.unpack_from(self._table, place)
            if found == wanted and end > now:
                return place, count, end
            if end < first_end:
                best, first_end = place, end
        return best, 0, now

    def _hash(self, name: str) -> int:
        digest = hashlib.blake2b(name.encode(), digest_size=8, key=self._secret).digest()
        return int.from_bytes(digest, "big")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


class CounterStorage(Storage):
    """The table as a storage for Flask-Limiter."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library reads it so

    def __init__(self, uri: str | None = None, *, counters: Counters, **options: float | str | bool) -> None:
        super().__init__(uri, **options)  # type: ignore[arg-type]
        self._counters = counters

    @property
    def base_exceptions(self) -> type[Exception]:
        """The exceptions that a lock may raise."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the count; return the total of the window."""
        return self._counters.add(key, expiry, amount)

    def get(self, key: str) -> int:
        """Return the total of the window."""
        return self._counters.seen(key)[0]

    def get_expiry(self, key: str) -> float:
        """Return the end of the window, in seconds since 1970."""
        return self._counters.seen(key)[1]

    def check(self) -> bool:
        """Return True: memory is always available."""
        return True

    def reset(self) -> int | None:
        """Do nothing: windows expire by themselves."""
        return None

    def clear(self, key: str) -> None:
        """Start a new window."""
        self._counters.forget(key)
