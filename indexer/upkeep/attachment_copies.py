"""Copies the bytes of attachments into a backup."""

from __future__ import annotations

from contextlib import closing

from indexer.catalog.catalog import Catalog
from indexer.files.folder import FOLDER
from indexer.files.opening import open_files
from indexer.indexing.outcome import Progress
from indexer.settings import Settings
from indexer.upkeep.backup_folder import BackupFolder


class AttachmentCopies:
    """Copies attachments of a data directory that are not in the folder; one that is, is read once."""

    def __init__(self, settings: Settings, folder: BackupFolder, quick: bool, progress: Progress) -> None:
        """``quick``: trust what an earlier backup left in the folder, without reading it."""
        self._data = settings.data
        self._store = open_files(settings)
        self._folder = folder
        self._quick = quick
        self._progress = progress
        self._there: set[str] = set()
        """Digests of attachments that are certainly in the folder."""
        self.copied = 0

    def keep(self, carried: set[str]) -> tuple[list[str], bool]:
        """Store the bytes of the files ``carried``; return those missing, and whether any was removed in the meantime."""
        problems, removed = [], False
        with closing(Catalog(self._data)) as catalog:
            for number, digest in enumerate(sorted(carried), 1):
                name = f"{FOLDER}/{digest[:2]}/{digest}"
                if self._is_there(digest):
                    self._folder.files[name] = digest
                elif (copied := self._copied(digest)) is None:
                    # The others are copied nevertheless, so that the next attempt has less to do.
                    if not catalog.extractions.carriers([digest]):
                        removed = True
                        continue
                    problems.append(f"{name} is missing, so it is not in the backup; run `tracuu verify`")
                elif copied == digest:
                    self._there.add(digest)
                    self._folder.written.add(digest)
                    self._folder.files[name] = digest
                    self.copied += 1
                else:
                    self._folder.store.remove(digest)
                    problems.append(f"{name} is damaged, so it is not in the backup; run `tracuu verify`")
                self._progress(number)
        return problems, removed

    def _copied(self, digest: str) -> str | None:
        """Copy an attachment and return the digest of what was read, None if there is none."""
        return self._store.copy_to(digest, self._folder.store.path(digest))

    def _is_there(self, digest: str) -> bool:
        held = digest not in self._there and self._folder.store.path(digest).is_file()
        if held and (self._quick or self._folder.has(digest)):
            self._there.add(digest)
        return digest in self._there
