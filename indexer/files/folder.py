"""Attachments in a local folder: those of a data directory, and those of a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.disk import durable
from indexer.errors import ItemError, StorageError
from indexer.files.store import SHA256, digest_of

FOLDER = "files"


@dataclass(frozen=True, slots=True)
class FileInFolder:
    """One file; see :class:`~indexer.files.store.KeptFile`."""

    path: Path
    sha256: str
    size: int
    modified: float

    def open(self) -> BinaryIO:
        """Return its bytes; raises OSError."""
        return self.path.open("rb")

    @contextmanager
    def at_hand(self) -> Iterator[Path]:
        """Yield its path."""
        yield self.path


class FolderStore:
    """``<data>/files/ab/<sha256>``; see :class:`~indexer.files.store.FileStore`."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / FOLDER

    def path(self, sha256: str) -> Path:
        """Return the path of the file with this digest, whether it exists or not."""
        return self._folder / sha256[:2] / sha256

    def called(self, sha256: str) -> str:
        """Return its path relative to the data directory."""
        return self.path(sha256).relative_to(self._data).as_posix()

    def add(self, content: bytes | Path) -> str:
        """Store ``content`` durably; return its SHA-256."""
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
                raise ItemError("the file changed while it was read")
        except OSError as error:
            raise StorageError(
                f"{target} can't be written: {error.strerror};"
                " free space or correct the permissions, then run the command again; nothing accepted is lost"
            ) from error
        return digest

    def claim(self) -> None:
        """Do nothing: nobody else has files here."""

    def take_over(self) -> None:
        """Do nothing: nobody else has files here."""

    def adopt(self, path: Path) -> str:
        """Move a file whose content is synced to its place; return its SHA-256. Raises ItemError, OSError."""
        digest = digest_of(path)
        durable.make_folder(self.path(digest).parent)
        durable.move(path, self.path(digest))
        return digest

    def find(self, sha256: str) -> FileInFolder | None:
        """Return the file with this digest; None if it does not exist."""
        path = self.path(sha256)
        if not path.is_file():
            return None
        try:
            status = path.stat()
        except OSError:  # removed in the meantime
            return None
        return FileInFolder(path, sha256, status.st_size, status.st_mtime)

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path]:
        """Yield the path of the file, whether it exists or not."""
        yield self.path(sha256)

    def damage(self, sha256: str) -> str | None:
        """Read the file; return what is wrong with it, or None."""
        path = self.path(sha256)
        try:
            if not path.is_file():
                return "it is missing"
            return None if digest_of(path) == sha256 else "it is damaged"
        except ItemError as error:
            return str(error)

    def copy_to(self, sha256: str, target: Path) -> str | None:
        """Copy the file to ``target``; return the digest of what was read, or None if the file does not exist."""
        source = self.path(sha256)
        try:
            return durable.copy(source, target) if source.is_file() else None
        except FileNotFoundError:  # removed in the meantime
            return None

    def remove(self, sha256: str) -> None:
        """Remove the file with this digest if it exists; raises StorageError."""
        with durable.storage_errors(self.path(sha256), "removed"):
            durable.remove(self.path(sha256))

    def all(self) -> Iterator[Path]:
        """Yield every file in the folder, including leftovers of killed processes."""
        return (path for path in self._folder.glob("*/*") if path.is_file())

    def digests(self) -> Iterator[str]:
        """Yield the digests of all complete files."""
        return (path.name for path in self.all() if SHA256.fullmatch(path.name))

    def unused(self, carried: set[str]) -> Iterator[str]:
        """Yield the paths, relative to the data directory, of files that are not among ``carried``."""
        return (path.relative_to(self._data).as_posix() for path in self._unused(carried))

    def remove_unused(self, carried: set[str]) -> None:
        """Remove files that are not among ``carried``, and half-written files while nobody writes."""
        with durable.storage_errors(self._data, "cleaned of unused files"):
            for path in self._unused(carried):
                durable.remove(path)

    def _unused(self, carried: set[str]) -> Iterator[Path]:
        return (path for path in self.all() if path.name not in carried or path != self.path(path.name))

    def total_size(self) -> int:
        """Return the total size of all files in bytes."""
        return sum(path.stat().st_size for path in self.all())
