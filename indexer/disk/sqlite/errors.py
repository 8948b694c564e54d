"""Converts SQLite errors to ours, which say what cannot be done and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import DamagedError, StorageError

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""Errors that Python raises for a database; the second if SQLite names a table in its message and the name is damaged."""
CANT_WRITE = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN))
_DISK = CANT_WRITE | {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
"""Codes for problems of the disk or the machine; all others mean that the file is damaged."""


@contextmanager
def sqlite_errors(path: Path, doing: str, then: str, damaged: str | None = None) -> Iterator[None]:
    """Convert SQLite errors about ``path`` in the block to ours: what cannot be done (``doing`` is a participle), and what to do.

    They become a StorageError whose advice ends with ``then``. If ``damaged`` says what to do about a damaged file, damage
    becomes a DamagedError.
    """
    try:
        yield
    except SQLITE_ERRORS as error:
        if damaged is not None and primary_code(error) not in _DISK:
            raise DamagedError(f"{path} is damaged ({error}); {damaged}") from error
        raise _storage_error(path, doing, error, then) from error
    except OSError as error:
        raise _storage_error(path, doing, error.strerror or error, then) from error


def primary_code(error: Exception) -> int:
    """Return the primary result code of SQLite, 0 if the error came from Python."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _storage_error(path: Path, doing: str, what: object, then: str) -> StorageError:
    return StorageError(f"{path} can't be {doing}: {what}; free up disk space or fix the permissions{then}")
