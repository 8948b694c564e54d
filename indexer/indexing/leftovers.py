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
from indexer.engine.folders import existing_folders, forget_folders, is_folder, read_folders
from indexer.engine.opening import remove_index
from indexer.errors import ClusterError, DamagedError, FilesUnreachableError
from indexer.files.opening import open_files
from indexer.replication.membership import Writing
from indexer.settings import ENGINES, EngineName, Settings

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
    """Remove unfinished indexes of all engines, and those that are neither current nor previous; see above."""
    kept: set[str] = set()
    with durable.storage_errors(settings.data, "cleaned of the leftovers of a killed process"):
        for engine in ENGINES:
            own = engine == settings.engine
            kept |= _in_use(settings.data, engine, own)
            for name in existing_folders(settings.data, engine) - kept:
                try:
                    remove_index(settings, settings.data / name)
                except ClusterError as error:
                    if own:
                        raise
                    # A service on one machine goes on without the cluster it once tried.
                    _log.warning("%s; %s is removed later", error, name)
                    kept.add(name)
        # In the indexes as well: a writer that was killed when all was committed leaves the next one nothing to open them for.
        half_written = [one for name in ("", *kept) for one in _half_written(settings.data / name)]
        for leftover in (*half_written, settings.data / HALF_COPIED):
            durable.remove(leftover)
    for name in catalog.applied.readers():
        if name not in kept and any(is_folder(engine, name) for engine in ENGINES):
            catalog.applied.forget(name)


def remove_other_engines(settings: Settings, catalog: Catalog) -> list[EngineName]:
    """Remove the indexes of all engines but that of the settings; return which had some. See above.

    One whose machines do not answer stays.
    """
    removed: list[EngineName] = []
    for engine in ENGINES:
        names = existing_folders(settings.data, engine) if engine != settings.engine else set()
        try:
            for name in names:
                remove_index(settings, settings.data / name)
                catalog.applied.forget(name)
        except ClusterError as error:
            _log.warning("%s; the index of %s is kept", error, engine)
            continue
        if names:
            with durable.storage_errors(settings.data, "cleaned of the index of another engine"):
                forget_folders(settings.data, engine)
            removed.append(engine)
    return removed


def _in_use(data: Path, engine: EngineName, own: bool) -> set[str]:
    """Return the folders of an engine that stay. One of its ``own`` engine need not be there: it is made anew."""
    try:
        folders = read_folders(data, engine)
    except DamagedError:
        if own:
            raise
        return existing_folders(data, engine)
    names = {folders.current, *filter(None, [folders.previous])}
    return names if own else names & existing_folders(data, engine)
