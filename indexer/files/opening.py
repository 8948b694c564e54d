"""Opens the store that keeps the attachments of a data directory."""

from __future__ import annotations

from indexer.files.folder import FolderStore
from indexer.files.store import FileStore
from indexer.s3_settings import check_files, place_of
from indexer.settings import Settings


def open_files(settings: Settings) -> FileStore:
    """Return the store of attachments named in ``settings``; nothing is read or written yet.

    Raises UsageError if the library for it is not installed.
    """
    return files_at(settings, settings.files)


def files_at(settings: Settings, files: str) -> FileStore:
    """Return the store at ``files``, a value of the setting with this name; raises SettingsError, UsageError."""
    if not files:
        return FolderStore(settings.data)
    check_files(files, settings.s3)
    # Imported only if an object store is used.
    from indexer.files.bucket import Bucket
    from indexer.files.object_store import ObjectStore

    bucket, prefix = place_of(files)
    return ObjectStore(Bucket(bucket, settings.s3), prefix, settings.data, settings.s3.cache_mb << 20)
