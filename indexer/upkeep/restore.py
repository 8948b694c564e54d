"""A data directory out of a backup: made whole beside what is there, then moved in.

Up to one renaming nothing has happened; from then on the directory is not opened until everything is moved, which
every later run goes on with.
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from indexer.catalog.catalog import Catalog
from indexer.catalog.database import HALF_COPIED
from indexer.catalog.files import FOLDER, FileStore, digest_of
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.disk.locks import HALF_RESTORED, REBUILD, WRITER, moving_in, rebuild_lock, writer_lock
from indexer.disk.locks import SITES as SITES_LOCK
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.engine.folders import IndexFolders, existing_folders, is_folder, write_folders
from indexer.engine.opening import index_damage, open_engine, remove_index
from indexer.errors import BackupError, EngineError, StorageError, UsageError
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Progress, unseen
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.settings import ENGINES, Settings
from indexer.sources.site.state_file import FILE_NAME as SITES
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.access import LOST_AND_FOUND
from indexer.upkeep.backup import SETTINGS
from indexer.upkeep.golden import unfound
from indexer.upkeep.manifest import Manifest, read_manifest

_PLAN = ".plan.json"
"""In a whole new directory: which backup it is, and the names of all that is moved in."""
_LOCKS = {WRITER, REBUILD, SITES_LOCK}
_TASKS_MEANWHILE = 100_000
"""Changes that may be accepted while a restore moves in: more than any disk takes in that time."""
_DATABASES = (FILE_NAME, SUGGESTIONS, DUPLICATES, STATUSES, SITES)
"""Those that are not in the backup go: what is remembered of sites is newer than the articles that are restored, so these
would never be fetched again."""
_IGNORED = {*_LOCKS, HALF_COPIED, "README.md", LOST_AND_FOUND}
"""What may lie in a directory that counts as empty."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore made."""

    articles: int
    files: int
    problems: tuple[str, ...] = ()
    """Attachments that the backup lacks."""


def restore(
    settings: Settings, folder: Path, replacing: bool = False, progress: Progress = unseen
) -> Restored:
    """Make ``settings.data`` of the backup in ``folder``: every digest is checked, then the index built, then all moved in.

    Raises BackupError where the backup is not whole, UsageError where the directory is not empty and not
    ``replacing``, or holds something else, RebuildRunningError, IndexBusyError, StorageError.
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
            made = replace(settings, data=data / HALF_COPIED, lock_timeout=0.0)
            _remove_made(made)
            _copy(folder, manifest, made.data, progress)
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
    """Tell whether something is in ``data`` that nobody else calls so, however little is left of it."""
    return any(
        path.name in _DATABASES or any(is_folder(engine, path.name) for engine in ENGINES)
        for path in data.iterdir()
    )


def _remove_made(made: Settings) -> None:
    """Remove the index that a killed restore made, from other machines as well."""
    if made.data.is_dir():
        for name in existing_folders(made.data, made.engine):
            remove_index(made, made.data / name)


def _copy(folder: Path, manifest: Manifest, into: Path, progress: Progress) -> None:
    """Copy everything, checked; files that an earlier run copied are not copied again."""
    durable.make_folder(into)
    for path in into.iterdir():
        if path.name != FOLDER:
            durable.remove(path)
    store, kept = FileStore(folder), FileStore(into)
    for number, (name, digest) in enumerate(manifest.files.items(), 1):
        target = _inside(into, name)
        if target != kept.path(digest) or not target.is_file() or digest_of(target) != digest:
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


def _index(settings: Settings, manifest: Manifest, progress: Progress) -> None:
    """Take the index that came along if it is one for this program, else build one."""
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
    """Let no task that was given out be the number of another one, whatever is accepted until all is moved in."""
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
    """Move a whole new directory in, or go on with it; return which backup it was of, None where there is none."""
    new = settings.data / HALF_RESTORED
    if not new.is_dir():
        return None
    with moving_in(settings.data):
        return _moved_in(settings, new)


def _moved_in(settings: Settings, new: Path) -> str:
    data = settings.data
    plan = json.loads((new / _PLAN).read_bytes())
    # The logs of databases before the databases: the old one's must not be taken for the new one's.
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
    """Remove what was there before; what of it lies on machines that don't answer is given up, rather than half a restore left."""
    with suppress(EngineError):
        remove_index(settings, path)
    durable.remove(path)


def _is_replaced(name: str) -> bool:
    """Tell whether what has this name in a data directory belongs to what was there before."""
    return (
        name in (FOLDER, "cache", SETTINGS)
        or any(name in (database, f"{database}-wal", f"{database}-shm") for database in _DATABASES)
        or any(is_folder(engine, name) or name == f"{engine}.current" for engine in ENGINES)
    )


def _restored(settings: Settings) -> Restored:
    store = FileStore(settings.data)
    with closing(Catalog(settings.data)) as catalog:
        carried = catalog.extractions.carried_files()
        missing = [digest for digest in sorted(carried) if not store.path(digest).is_file()]
        problems = tuple(
            f"the backup lacks {FOLDER}/{digest[:2]}/{digest}; run `tracuu verify`" for digest in missing
        )
        return Restored(catalog.count(), len(carried) - len(missing), problems)
