"""Copies the contents of a backup to where a restore assembles a data directory."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from indexer.disk import durable
from indexer.errors import BackupError
from indexer.files.folder import FOLDER, FolderStore
from indexer.files.store import FileStore, digest_of
from indexer.indexing.outcome import Progress
from indexer.upkeep.manifest import Manifest


def copy_back(
    folder: Path, manifest: Manifest, into: Path, far: FileStore | None, progress: Progress
) -> None:
    """Copy and verify everything, attachments to ``far`` if given; what an earlier run copied is skipped.

    Raises BackupError, StorageError, OSError.
    """
    if far:
        far.claim()
    durable.make_folder(into)
    for path in into.iterdir():
        if path.name != FOLDER:
            durable.remove(path)
    store, kept = FolderStore(folder), FolderStore(into)
    for number, (name, digest) in enumerate(manifest.files.items(), 1):
        target = _inside(into, name)
        if far and target == kept.path(digest):
            _bring_back(store, far, digest)
        elif target != kept.path(digest) or not target.is_file() or digest_of(target) != digest:
            source = store.path(digest)
            if not source.is_file():
                raise BackupError(f"{source} is missing from the backup; use another one")
            if durable.copy(source, target, with_mode=True) != digest:
                raise BackupError(f"{source} is damaged in the backup; use another one")
        progress(number)
    for path in list(kept.all()):
        if path.relative_to(into).as_posix() not in manifest.files:
            durable.remove(path)


def _inside(folder: Path, name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name.startswith(".") or not path.parts:
        raise BackupError(
            f"the backup names {name!r}, which does not belong in a data directory; use another one"
        )
    return folder / path


def _bring_back(backup: FolderStore, store: FileStore, digest: str) -> None:
    """Copy a file of a backup into ``store``, whatever it holds under that digest; raises BackupError, StorageError."""
    if store.damage(digest) is None:
        return
    if problem := backup.damage(digest):
        raise BackupError(f"{backup.path(digest)} of the backup can't be used: {problem}; use another one")
    store.remove(digest)
    store.add(backup.path(digest))
