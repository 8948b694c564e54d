"""The folder of a backup while one is made: contents under their digests, and which names they go by."""

from __future__ import annotations

from pathlib import Path

from indexer.catalog.files import FileStore, digest_of
from indexer.disk import durable
from indexer.disk.sqlite.damage import is_database
from indexer.disk.sqlite.snapshots import copy_database
from indexer.errors import BackupError, ItemError


class BackupFolder:
    """Takes files in; those of an earlier backup stay until :meth:`remove_old`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store = FileStore(path)
        self.files: dict[str, str] = {}
        """Names in a data directory -> digests."""
        self.written: set[str] = set()
        """Digests of what was written since this was made."""

    def scratch(self, name: str) -> Path:
        """Return where a file or folder may be made that is none of the backup; a killed process leaves it."""
        return self._path / f"{durable.TEMPORARY}{name}"

    def remove_leftovers(self) -> None:
        """Remove what a killed backup left half written."""
        for leftover in self._path.glob(f"{durable.TEMPORARY}*"):
            durable.remove(leftover)

    def keep(self, name: str, path: Path) -> None:
        """Keep a copy of the file ``path`` as ``name``."""
        copy = self.scratch("file")
        durable.copy(path, copy, with_mode=True)
        self.adopt(name, copy)

    def keep_whole(self, name: str, path: Path) -> None:
        """Keep a copy of ``path`` as ``name``: where it is a database, as it is at one moment."""
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
        """Keep the file ``copy``, which is in the folder already, as ``name``."""
        self.files[name] = self.store.adopt(copy)
        self.written.add(self.files[name])

    def has(self, digest: str) -> bool:
        """Tell whether the content with this digest is in the folder and is what it should be, by reading it."""
        try:
            return digest_of(self.store.path(digest)) == digest
        except ItemError:
            return False

    def read_again(self) -> None:
        """Read what was written; raises BackupError where it is not what it should be."""
        for digest in sorted(self.written):
            if not self.has(digest):
                raise BackupError(
                    f"{self.store.path(digest)} was not written correctly; use another disk for backups"
                )

    def remove_old(self) -> None:
        """Remove what only earlier backups hold."""
        kept = set(self.files.values())
        for path in self.store.all():
            if path.name not in kept:
                durable.remove(path)
