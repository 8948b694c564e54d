"""Restores a data directory from a backup: it is built completely beside the existing one, then moved into place.

Until one particular rename, nothing has happened. From then on, the directory is not opened until everything has been moved;
any later run continues that.
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.database import HALF_COPIED
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.disk.locks import COPIES, HALF_RESTORED, REBUILD, WRITER, moving_in, rebuild_lock, writer_lock
from indexer.disk.locks import SITES as SITES_LOCK
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.engine.folders import IndexFolders, existing_folders, is_folder, write_folders
from indexer.engine.opening import index_damage, open_engine, remove_index
from indexer.errors import BackupError, EngineError, StorageError, UsageError
from indexer.files.folder import FOLDER
from indexer.files.opening import open_files
from indexer.files.owner import OWNER
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Progress, unseen
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.register.file import FILE_NAME as REGISTER
from indexer.replication.held import FILE_NAME as HELD
from indexer.settings import ENGINES, Settings
from indexer.sources.site.state_file import FILE_NAME as SITES
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.access import LOST_AND_FOUND
from indexer.upkeep.backup import SETTINGS
from indexer.upkeep.copying_back import copy_back
from indexer.upkeep.golden import unfound
from indexer.upkeep.manifest import Manifest, read_manifest

_PLAN = ".plan.json"
"""In a completely built directory: which backup it came from, and the names of everything to move."""
_LOCKS = {WRITER, REBUILD, SITES_LOCK, COPIES}
_TASKS_MEANWHILE = 100_000
"""Number of changes that may be accepted during the final move: more than any disk handles in that time."""
_DATABASES = (FILE_NAME, SUGGESTIONS, DUPLICATES, STATUSES, REGISTER, SITES)
"""Databases that are removed if not in the backup: the memory of sites is newer than the restored articles, so these would
never be fetched again."""
_IGNORED = {*_LOCKS, HALF_COPIED, OWNER, HELD, "cache", "README.md", LOST_AND_FOUND}
"""Entries that a directory may contain and still count as empty."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore."""

    articles: int
    files: int
    problems: tuple[str, ...] = ()
    """Attachments that the backup lacks."""


def restore(
    settings: Settings, folder: Path, replacing: bool = False, progress: Progress = unseen
) -> Restored:
    """Build ``settings.data`` from the backup in ``folder``: check every digest, build the index, then move everything into place.

    Raises BackupError if the backup is incomplete, UsageError if the directory is not empty without ``replacing`` or contains
    something else, RebuildRunningError, IndexBusyError or StorageError.
    """
    manifest = read_manifest(folder)
    data = settings.data
    with (
        rebuild_lock(data),
        writer_lock(data, settings.lock_timeout),
        durable.storage_errors(data, "restored"),
    ):
        finished = _move_in(settings)
        if finished != manifest.digest:
            if not replacing and not _is_empty(data):
                raise UsageError(
                    f"{data} is not empty; add --replace to replace its contents with the backup"
                )
            if not _is_empty(data) and not _is_data_directory(data):
                raise UsageError(
                    f"{data} contains files that are not part of a data directory, so --replace would be unsafe; name another --data"
                )
            # Attachments in an object store are under their digests there, and none goes before all is moved in.
            made = replace(settings, data=data / HALF_COPIED, role="alone", files="", lock_timeout=0.0)
            _remove_made(made)
            copy_back(folder, manifest, made.data, open_files(settings) if settings.files else None, progress)
            _index(made, manifest, progress)
            _check(made)
            _go_on_numbering(data, made.data)
            _plan(made.data, manifest)
            durable.move(made.data, data / HALF_RESTORED)
            _move_in(settings)
        return _restored(settings)


def _is_empty(data: Path) -> bool:
    return all(path.name in _IGNORED or path.name.startswith(".") for path in data.iterdir())


def _is_data_directory(data: Path) -> bool:
    """Tell whether ``data`` contains anything with a name that only data directories use, however little remains of it."""
    return any(
        path.name in _DATABASES or any(is_folder(engine, path.name) for engine in ENGINES)
        for path in data.iterdir()
    )


def _remove_made(made: Settings) -> None:
    """Remove the index built by a killed restore, from other machines as well."""
    if made.data.is_dir():
        for name in existing_folders(made.data, made.engine):
            remove_index(made, made.data / name)


def _index(settings: Settings, manifest: Manifest, progress: Progress) -> None:
    """Use the index in the backup if it fits this program, otherwise build one."""
    folder = manifest.index if manifest.engine == settings.engine else None
    with closing(Catalog(settings.data)) as catalog:
        for name in catalog.applied.readers():
            if name != folder:
                catalog.applied.forget(name)
    if folder is not None:
        try:
            damage = list(index_damage(settings, folder))
            open_engine(settings, folder=folder).close()
        except EngineError:
            damage = ["it can't be opened"]
        if damage:
            remove_index(settings, settings.data / folder)
        else:
            write_folders(settings.data, settings.engine, IndexFolders(folder))
    with open_pipeline(settings, progress=progress) as pipeline:
        if pipeline.damaged:
            raise BackupError(f"the backup is damaged: {'; '.join(pipeline.damaged)}; use another one")


def _check(settings: Settings) -> None:
    with closing(Catalog(settings.data)) as catalog, closing(open_engine(settings)) as engine:
        problems = [f"{damage.kind} {damage.name} is damaged" for damage in catalog.damage()]
        if (indexed := engine.snapshot().count()) != (accepted := catalog.count()):
            problems.append(f"the index has {indexed:,} articles, but the catalog has {accepted:,}")
        problems += unfound(catalog, engine)
    if problems:
        raise BackupError(f"the backup was not restored: {'; '.join(problems)}; use another one")


def _go_on_numbering(data: Path, made: Path) -> None:
    """Prevent task numbers given out before from being reused, whatever is accepted until everything is in place."""
    if (data / INBOX).is_file() and (made / INBOX).is_file():
        before, restored = Inbox(data), Inbox(made)
        with closing(before), closing(restored), suppress(StorageError):  # which may be why it is restored
            restored.go_on_after(before.newest() + _TASKS_MEANWHILE)


def _plan(folder: Path, manifest: Manifest) -> None:
    for name in _LOCKS:
        durable.remove(folder / name)
    names = sorted(path.name for path in folder.iterdir())
    durable.write(folder / _PLAN, json.dumps({"backup": manifest.digest, "names": names}).encode())


def _move_in(settings: Settings) -> str | None:
    """Move a completely built directory into place, or continue doing so; return its backup, None if there is none."""
    new = settings.data / HALF_RESTORED
    if not new.is_dir():
        return None
    with moving_in(settings.data):
        return _moved_in(settings, new)


def _moved_in(settings: Settings, new: Path) -> str:
    data = settings.data
    plan = json.loads((new / _PLAN).read_bytes())
    # The logs of databases before the databases: old ones must not be taken for those of the new databases.
    logs = {f"{name}{log}" for name in plan["names"] for log in ("-wal", "-shm")}
    for path in list(data.iterdir()):
        if path.name not in plan["names"] and (path.name in logs or _is_replaced(path.name)):
            _remove(settings, path)
    for name in plan["names"]:
        if (new / name).exists():
            _remove(settings, data / name)
            durable.move(new / name, data / name)
    emptied = data / f"{durable.TEMPORARY}{HALF_RESTORED}"
    durable.remove(emptied)
    durable.move(new, emptied)
    durable.remove(emptied)
    return str(plan["backup"])


def _remove(settings: Settings, path: Path) -> None:
    """Remove the previous content; parts on machines that do not answer are abandoned rather than leaving the restore
    incomplete.
    """
    with suppress(EngineError):
        remove_index(settings, path)
    durable.remove(path)


def _is_replaced(name: str) -> bool:
    """Tell whether an entry with this name in a data directory belonged to its previous content."""
    return (
        name in (FOLDER, "cache", SETTINGS)
        or any(name in (database, f"{database}-wal", f"{database}-shm") for database in _DATABASES)
        or any(is_folder(engine, name) or name == f"{engine}.current" for engine in ENGINES)
    )


def _restored(settings: Settings) -> Restored:
    store = open_files(settings)
    with closing(Catalog(settings.data)) as catalog:
        carried = catalog.extractions.carried_files()
        if settings.files:
            store.remove_unused(carried)
        there = set(store.digests())
        missing = sorted(carried - there)
        problems = tuple(
            f"the backup lacks {FOLDER}/{digest[:2]}/{digest}; run `tracuu verify`" for digest in missing
        )
        return Restored(catalog.count(), len(carried) - len(missing), problems)
