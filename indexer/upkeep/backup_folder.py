"""The folder of a backup in progress: contents stored by digest, and the names that refer to them."""

from __future__ import annotations

from pathlib import Path

from indexer.disk import durable
from indexer.disk.sqlite.damage import is_database
from indexer.disk.sqlite.snapshots import copy_database
from indexer.errors import BackupError, ItemError
from indexer.files.folder import FolderStore
from indexer.files.store import digest_of


class BackupFolder:
    """Adds files; those of an earlier backup stay until :meth:`remove_old`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store = FolderStore(path)
        self.files: dict[str, str] = {}
        """Names in a data directory -> digests."""
        self.written: set[str] = set()
        """Digests of the contents written by this object."""

    def scratch(self, name: str) -> Path:
        """Return the path for a temporary file or folder outside the backup; a killed process may leave it behind."""
        return self._path / f"{durable.TEMPORARY}{name}"

    def remove_leftovers(self) -> None:
        """Remove what a killed backup left incomplete."""
        for leftover in self._path.glob(f"{durable.TEMPORARY}*"):
            durable.remove(leftover)

    def keep(self, name: str, path: Path) -> None:
        """Store a copy of the file ``path`` as ``name``."""
        copy = self.scratch("file")
        durable.copy(path, copy, with_mode=True)
        self.adopt(name, copy)

    def keep_whole(self, name: str, path: Path) -> None:
        """Store a copy of ``path`` as ``name``; a database is copied at one point in time."""
        if not is_database(path):
            self.keep(name, path)
            return
        copy = self.scratch(name)
        copy_database(path, copy)
        copy.chmod(
            path.stat().st_mode & 0o777
        )  # whoever may read the one may read the other, and nobody else
        self.adopt(name, copy)

    def adopt(self, name: str, copy: Path) -> None:
        """Store the file ``copy``, which is in the folder already, as ``name``."""
        self.files[name] = self.store.adopt(copy)
        self.written.add(self.files[name])

    def has(self, digest: str) -> bool:
        """Tell, by reading it, whether the content with this digest is in the folder and undamaged."""
        try:
            return digest_of(self.store.path(digest)) == digest
        except ItemError:
            return False

    def read_again(self) -> None:
        """Read again what was written; raises BackupError if it is damaged."""
        for digest in sorted(self.written):
            if not self.has(digest):
                raise BackupError(
                    f"{self.store.path(digest)} was not written correctly; use another disk for backups"
                )

    def remove_old(self) -> None:
        """Remove contents that only earlier backups use."""
        kept = set(self.files.values())
        for path in self.store.all():
            if path.name not in kept:
                durable.remove(path)
