"""The owner of the attachments under a prefix of a bucket: only one data directory may add and remove files there."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.disk import durable
from indexer.errors import StorageError

if TYPE_CHECKING:
    from indexer.files.bucket import Bucket

OWNER = "files.owner"
"""File in a data directory that holds its unique name."""
KEY = "owner"
"""Object under the prefix that holds the name of the directory that owns the files."""


class Owner:
    """Knows whether the data directory ``data`` is the owner; safe to use from several threads."""

    def __init__(self, bucket: Bucket, prefix: str, data: Path) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._prefix = prefix
        self._data = data
        self._turn = threading.Lock()
        self._known = False

    def check(self) -> None:
        """Claim the files if they have no owner; raises StorageError if another directory owns them, since our removals would
        delete its files."""
        with self._turn:
            if self._known:
                return
            key, name = f"{self._prefix}{KEY}", directory_name(self._data).encode()
            if not self._bucket.create(key, name) and self._bucket.read(key, 0, len(name)) != name:
                raise StorageError(
                    f"s3://{self._bucket.name}/{self._prefix} holds the attachments of another data directory;"
                    f" name another prefix in files, or delete the object {key} if that directory is gone for good"
                )
            self._known = True


def directory_name(data: Path) -> str:
    """Return the name that distinguishes the data directory ``data`` from all others; raises StorageError."""
    path = data / OWNER
    with durable.storage_errors(path, "written"):
        durable.make_folder(data)
        if not path.is_file():
            durable.write(path, secrets.token_hex(16).encode())
        return path.read_text(encoding="ascii", errors="replace")
