"""The bytes of attachments, kept under their SHA-256: the same file once, however often it is carried."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from indexer.errors import ItemError, StorageError

_CHUNK = 1 << 20


class FileStore:
    """``<data>/files/ab/<sha256>``; a file appears there whole or not at all."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "files"

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
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    if isinstance(content, bytes):
                        out.write(content)
                    else:
                        with content.open("rb") as source:
                            shutil.copyfileobj(source, out, _CHUNK)
                    out.flush()
                    os.fsync(out.fileno())
                Path(temporary).replace(target)
                _sync_folder(target.parent)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StorageError(
                f"{target} can't be written: {error.strerror};"
                " free space or mend permissions and run the command again, nothing accepted is lost"
            ) from error
        return digest

    def remove(self, sha256: str) -> None:
        """Remove the file with this digest if it is there."""
        self.path(sha256).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a renaming in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(content: bytes | Path) -> str:
    """Return the SHA-256 of ``content``; raises ItemError where the file can't be read."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    try:
        with content.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise ItemError(f"can't be read: {error.strerror}") from error
