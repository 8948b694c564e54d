"""What killed processes leave in a data directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.database import HALF_COPIED
from indexer.catalog.files import FileStore
from indexer.disk import durable
from indexer.disk.locks import no_rebuild
from indexer.engine.folders import existing_folders, is_folder, read_folders
from indexer.engine.opening import remove_index
from indexer.settings import Settings


def remove_leftovers(settings: Settings, catalog: Catalog, ended: bool) -> None:
    """Remove indexes that a killed rebuild left and whatever else was never finished, unless a rebuild runs.

    Where the writer before has not ``ended`` but was killed, its files that no article carries go as well, which takes
    a look at every file. Under the writer's lock only. Raises StorageError, and DamagedError where it can't be told
    which index is current.
    """
    with no_rebuild(settings.data) as held:
        if held:
            remove_indexes(settings, catalog)
    if not ended:
        remove_unused_files(settings, catalog)


def remove_unused_files(settings: Settings, catalog: Catalog) -> None:
    """Remove the bytes of attachments that no article carries; see above."""
    with durable.storage_errors(settings.data, "cleaned of unused files"):
        for path in FileStore(settings.data).unused(catalog.extractions.carried_files()):
            durable.remove(path)


def _half_written(folder: Path) -> Iterator[Path]:
    return folder.glob(f"{durable.TEMPORARY}*")


def remove_indexes(settings: Settings, catalog: Catalog) -> None:
    """Remove what was half written, and the indexes that are neither current nor previous; see above."""
    with durable.storage_errors(settings.data, "cleaned of the leftovers of a killed process"):
        folders = read_folders(settings.data, settings.engine)
        kept = {folders.current, folders.previous}
        for name in existing_folders(settings.data, settings.engine) - kept:
            remove_index(settings, settings.data / name)
        # In the indexes as well: a writer that was killed when all was committed leaves the next one nothing to open them for.
        half_written = [
            one for name in ("", *filter(None, kept)) for one in _half_written(settings.data / name)
        ]
        for leftover in (*half_written, settings.data / HALF_COPIED):
            durable.remove(leftover)
    for name in catalog.applied.readers():
        if is_folder(settings.engine, name) and name not in kept:
            catalog.applied.forget(name)
