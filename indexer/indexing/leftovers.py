"""Removes what killed processes left in a data directory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.database import HALF_COPIED
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.disk.locks import no_rebuild
from indexer.engine.folders import existing_folders, is_folder, read_folders
from indexer.engine.opening import remove_index
from indexer.errors import FilesUnreachableError
from indexer.files.opening import open_files
from indexer.replication.membership import Writing
from indexer.settings import Settings

_log = logging.getLogger(__name__)


def remove_leftovers(settings: Settings, catalog: Catalog, writing: Writing, ended: bool) -> bool:
    """Remove indexes that a killed rebuild left and whatever else was never finished, unless a rebuild runs.

    Where the writer before has not ``ended`` but was killed, its files that no article carries go as well, which takes
    a look at every file. Returns whether all is done: not while the store of attachments can't be reached, which keeps no article
    out that has none, or while other machines may need these files. Under the writer's lock only. Raises StorageError, and
    DamagedError where it can't be told which index is current.
    """
    with no_rebuild(settings.data) as held:
        if held:
            remove_indexes(settings, catalog)
    if not ended:
        try:
            return remove_unused_files(settings, catalog, writing)
        except FilesUnreachableError as error:
            _log.warning("%s; what a killed process left there is removed later", error)
            return False
    return True


def remove_unused_files(settings: Settings, catalog: Catalog, writing: Writing) -> bool:
    """Remove the bytes of attachments that no article carries; see above. Return False, with none removed, while copies of the
    catalog for other machines may still have articles that carry them."""
    if not writing.is_copied(FILE_NAME, catalog.last()):
        return False
    open_files(settings).remove_unused(catalog.extractions.carried_files())
    return True


def _half_written(folder: Path) -> Iterator[Path]:
    return folder.glob(f"{durable.TEMPORARY}*")


def remove_indexes(settings: Settings, catalog: Catalog) -> None:
    """Remove unfinished indexes, and those that are neither current nor previous; see above."""
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
