"""What SQLite raises, told as ours: what can't be done, and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import DamagedError, StorageError

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What Python raises for a database; the second where SQLite names a table in its error and the name is damaged."""
CANT_WRITE = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN))
_DISK = CANT_WRITE | {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
"""Codes of what is wrong with the disk or the machine; the others say that the file is not what was written."""


@contextmanager
def sqlite_errors(path: Path, doing: str, then: str, damaged: str | None = None) -> Iterator[None]:
    """Turn what SQLite raises of ``path`` in the block into ours: what can't be done (``doing`` is a participle), and what to do.

    It becomes a StorageError, whose advice goes on with ``then``. Where ``damaged`` says what to do with a file that is
    not what was written, that becomes a DamagedError.
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
    """Return the primary result code of SQLite, 0 where the error came from Python's side."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _storage_error(path: Path, doing: str, what: object, then: str) -> StorageError:
    return StorageError(f"{path} can't be {doing}: {what}; free up disk space or fix the permissions{then}")
