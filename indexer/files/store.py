"""What a store of attachments can do, wherever it keeps them; no one else asks for a path or a key."""

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
        """Its name: the digest that it was kept under, as hexadecimal digits."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def modified(self) -> float:
        """When it was kept, in seconds since 1970."""

    def open(self) -> BinaryIO:
        """Return its bytes to read and seek in; raises OSError where they are gone, StorageError where the store can't be asked."""

    def at_hand(self) -> AbstractContextManager[Path]:
        """Give it a path for a block; see :meth:`FileStore.at_hand`."""


class FileStore(Protocol):
    """Keeps files under their SHA-256; a file is there whole or not at all. Safe to use from several threads.

    Only the writer of a data directory adds and removes. Every method raises StorageError where the store fails.
    """

    def called(self, sha256: str) -> str:
        """Return where the file with this digest is, or would be, in words for people."""

    def add(self, content: bytes | Path) -> str:
        """Keep ``content`` durably; return its SHA-256. Raises ItemError where the original can't be read."""

    def claim(self) -> None:
        """Raise StorageError unless files may be added and removed: in a shared store others may have theirs."""

    def find(self, sha256: str) -> KeptFile | None:
        """Return the file with this digest, None where there is none."""

    def at_hand(self, sha256: str) -> AbstractContextManager[Path]:
        """Give the file with this digest a path for a block; nothing is at the path where there is no such file."""

    def damage(self, sha256: str) -> str | None:
        """Read the file with this digest; return what is wrong with it, None where it is what it should be."""

    def copy_to(self, sha256: str, target: Path) -> str | None:
        """Let ``target`` hold the file durably; return the SHA-256 of what was read, None where there is no such file.

        Raises OSError where ``target`` can't be written.
        """

    def remove(self, sha256: str) -> None:
        """Remove the file with this digest if it is there."""

    def digests(self) -> Iterator[str]:
        """Yield the digests of all files that are there whole."""

    def unused(self, carried: set[str]) -> Iterator[str]:
        """Yield where files are that are none of ``carried``, half written ones included; in words for people."""

    def remove_unused(self, carried: set[str]) -> None:
        """Remove what :meth:`unused` tells of; only while nobody else writes."""

    def total_size(self) -> int:
        """Return the bytes of all files."""


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of ``content``; raises ItemError where the file can't be read."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    try:
        with content.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise ItemError(f"can't be read: {error.strerror}") from error
