"""The bytes of attachments, kept under their SHA-256: the same file once, however often it is carried."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from indexer.disk import durable
from indexer.errors import ItemError, StorageError

FOLDER = "files"


class FileStore:
    """``<data>/files/ab/<sha256>``; a file appears there whole or not at all."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def path(self, sha256: str) -> Path:
        """Return where the file with this digest is, or would be."""
        return self._folder / sha256[:2] / sha256

    def add(self, content: bytes | Path) -> str:
        """Keep ``content`` durably; return its SHA-256.

        Raises ItemError where the original can't be read, StorageError where it can't be kept.
        """
        digest = digest_of(content)
        target = self.path(digest)
        if target.exists():
            return digest
        try:
            if isinstance(content, bytes):
                durable.make_folder(target.parent)
                durable.write(target, content)
            elif durable.copy(content, target) != digest:
                self.remove(digest)
                raise ItemError("it changed while being read")
        except OSError as error:
            raise StorageError(
                f"{target} can't be written: {error.strerror};"
                " free up disk space or fix the permissions, then run the command again; no accepted article is lost"
            ) from error
        return digest

    def adopt(self, path: Path) -> str:
        """Move a file, of which the content is synced, to its place; return its SHA-256. Raises ItemError, OSError."""
        digest = digest_of(path)
        durable.make_folder(self.path(digest).parent)
        durable.move(path, self.path(digest))
        return digest

    def remove(self, sha256: str) -> None:
        """Remove the file with this digest if it is there; raises StorageError."""
        with durable.storage_errors(self.path(sha256), "removed"):
            durable.remove(self.path(sha256))

    def all(self) -> Iterator[Path]:
        """Yield every file there is, what killed processes left included."""
        return (path for path in self._folder.glob("*/*") if path.is_file())

    def unused(self, carried: set[str]) -> Iterator[Path]:
        """Yield the files of which the name is none of ``carried``; what is half written counts while nobody writes."""
        return (path for path in self.all() if path.name not in carried or path != self.path(path.name))


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of ``content``; raises ItemError where the file can't be read."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    try:
        with content.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise ItemError(f"can't be read: {error.strerror}") from error
