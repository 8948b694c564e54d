"""What a store of attachments can do, wherever it keeps them. No other part uses paths or keys of files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from indexer.errors import ItemError

SHA256 = re.compile(r"[0-9a-f]{64}")


class KeptFile(Protocol):
    """One file of a store."""

    @property
    def sha256(self) -> str:
        """Its name: its digest in hexadecimal."""

    @property
    def size(self) -> int:
        """Size in bytes."""

    @property
    def modified(self) -> float:
        """When it was stored, in seconds since 1970."""

    def open(self) -> BinaryIO:
        """Return a seekable stream of its bytes; raises OSError if they are gone, StorageError if the store cannot be reached."""

    def at_hand(self) -> AbstractContextManager[Path]:
        """Provide a path for the duration of a block; see :meth:`FileStore.at_hand`."""


class FileStore(Protocol):
    """Keeps files under their SHA-256; a file is complete or absent. Safe to use from several threads.

    Only the writer of a data directory adds and removes files. Every method raises StorageError if the store fails.
    """

    def called(self, sha256: str) -> str:
        """Return where the file with this digest is or would be, in words for people."""

    def add(self, content: bytes | Path) -> str:
        """Store ``content`` durably; return its SHA-256. Raises ItemError if the original cannot be read."""

    def claim(self) -> None:
        """Raise StorageError unless files may be added and removed; in a shared store they may belong to somebody else."""

    def take_over(self) -> None:
        """Make this data directory the one that may remove files, whichever was before."""

    def find(self, sha256: str) -> KeptFile | None:
        """Return the file with this digest; None if it does not exist."""

    def at_hand(self, sha256: str) -> AbstractContextManager[Path]:
        """Provide a path of the file with this digest for a block; there is no file at the path if the store has none."""

    def damage(self, sha256: str) -> str | None:
        """Read the file with this digest; return what is wrong with it, or None."""

    def copy_to(self, sha256: str, target: Path) -> str | None:
        """Copy the file to ``target`` durably; return the SHA-256 of what was read, or None if the file does not exist.

        Raises OSError if ``target`` cannot be written.
        """

    def remove(self, sha256: str) -> None:
        """Remove the file with this digest if it exists."""

    def digests(self) -> Iterator[str]:
        """Yield the digests of all complete files."""

    def unused(self, carried: set[str]) -> Iterator[str]:
        """Yield where files are that are not among ``carried``, including half-written ones, in words for people."""

    def remove_unused(self, carried: set[str]) -> None:
        """Remove the files that :meth:`unused` yields; only while nobody else writes."""

    def total_size(self) -> int:
        """Return the total size of all files in bytes."""


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of ``content``; raises ItemError if the file cannot be read."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    try:
        with content.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise ItemError(f"can't be read: {error.strerror}") from error
