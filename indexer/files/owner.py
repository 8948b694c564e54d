"""The owner of the attachments under a prefix of a bucket: only one data directory may add and remove files there."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.disk import durable
from indexer.errors import NotOwnerError

if TYPE_CHECKING:
    from indexer.files.bucket import Bucket

OWNER = "files.owner"
"""File in a data directory that holds its unique name."""
KEY = "owner"
"""Object under the prefix that holds the name of the directory that owns the files."""


def directory_name(data: Path) -> str:
    """Return the unique name of a data directory, which it gets with the first call; raises StorageError.

    It names the machine where several share the work: as the writer of a term, and in what a node hands in.
    """
    path = data / OWNER
    with durable.storage_errors(path, "written"):
        if not path.is_file():
            durable.make_folder(data)
            durable.create(path, secrets.token_hex(16).encode())
        return path.read_bytes().decode("ascii", "replace")


class Owner:
    """Knows whether the data directory ``data`` is the owner; safe to use from several threads."""

    def __init__(self, bucket: Bucket, prefix: str, data: Path) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._prefix = prefix
        self._data = data
        self._turn = threading.Lock()
        self._known = False

    def check(self, anew: bool = False) -> None:
        """Claim the files if they have no owner; raises NotOwnerError if another directory owns them, since our removals would
        delete its files.

        ``anew`` asks the store even if it said so before: another directory may have taken them over since.
        """
        with self._turn:
            if self._known and not anew:
                return
            key, name = f"{self._prefix}{KEY}", directory_name(self._data).encode()
            known = self._known and self._bucket.get(key)
            if known and known[0] == name:
                return
            self._known = False
            if not self._bucket.create(key, name) and self._bucket.read(key, 0, len(name)) != name:
                raise NotOwnerError(f"s3://{self._bucket.name}/{self._prefix}", key)
            self._known = True

    def take_over(self) -> None:
        """Make this directory the owner, whichever was before: its removals fail from now on."""
        with self._turn:
            self._bucket.put(f"{self._prefix}{KEY}", directory_name(self._data).encode())
            self._known = True
