"""A copy of what may not be lost, made while others read and write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer import __version__
from indexer.catalog.catalog import Catalog
from indexer.catalog.files import FOLDER, FileStore, digest_of
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.disk.locks import BACKUP, REBUILD, WRITER, backup_lock, writer_lock
from indexer.disk.sqlite.damage import is_database
from indexer.disk.sqlite.snapshots import copy_database, snapshots
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.engine.opening import index_path
from indexer.errors import BackupError, DamagedError, ItemError, UsageError
from indexer.indexing.outcome import Progress, unseen
from indexer.push.inbox import FILE_NAME as INBOX
from indexer.settings import ENGINES, Settings, settings_file
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.manifest import NAME, Manifest, write_manifest

SETTINGS = "settings"
"""The folder of a restored data directory with the settings that the backup was made with."""
_PRIVATE = 0o700
"""A backup holds what is for staff, and what people searched for; who makes its folder beforehand says who may read it."""
_TRIES = 5
"""Copies of the catalog until one names no file that was removed while files were copied."""
_NOT_COPIED = {
    FILE_NAME, INBOX, SUGGESTIONS, DUPLICATES, WRITER, REBUILD, *(f"{engine}.current" for engine in ENGINES),
}  # fmt: skip
"""Files of a data directory that are copied by another way, or made anew."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    articles: int
    files: int
    copied: int
    """Attachments that were not in the folder before."""
    problems: tuple[str, ...] = ()
    """Attachments that are not in it because they are missing or damaged in the data directory."""


def back_up(
    settings: Settings,
    folder: Path,
    config: Sequence[Path] = (),
    with_index: bool = False,
    quick: bool = False,
    progress: Progress = unseen,
) -> BackedUp:
    """Write a backup into ``folder``, new or of an earlier backup, which counts until this one is whole.

    All that it consists of is read again; with ``quick`` what an earlier backup left there is trusted. ``config``
    are files that go along. Raises UsageError where the folder holds something else, BackupError where the catalog is
    damaged, IndexBusyError where an index goes along and another process writes, StorageError.
    """
    Catalog(settings.data).close()
    _check_folder(settings, folder)
    with durable.storage_errors(folder, "written"):
        durable.make_folder(folder, _PRIVATE)
        with backup_lock(folder):
            return _BackUp(settings, folder, quick, progress).run(config, with_index)


def _check_folder(settings: Settings, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder for the backup")
    inside = {settings.data.resolve(), *settings.data.resolve().parents}
    if folder.resolve() in inside or settings.data.resolve() in folder.resolve().parents:
        raise UsageError(
            f"{folder} and the data directory {settings.data} are in one another; name another folder"
        )
    if folder.is_dir():
        names = {path.name for path in folder.iterdir()}
        if names and not names & {BACKUP, NAME}:
            raise UsageError(
                f"{folder} holds something else than a backup; name another folder, or an empty one"
            )


class _BackUp:
    """One run."""

    def __init__(self, settings: Settings, folder: Path, quick: bool, progress: Progress) -> None:
        self._data = settings.data
        self._settings = settings
        self._folder = folder
        self._store = FileStore(folder)
        self._quick = quick
        self._progress = progress
        self._files: dict[str, str] = {}
        self._there: set[str] = set()
        """Digests of attachments that are in the folder for certain."""
        self._written: set[str] = set()
        """Digests of what this run wrote."""
        self._copied = 0
        self._index: str | None = None

    def run(self, config: Sequence[Path], with_index: bool) -> BackedUp:
        """Make the backup; see :func:`back_up`."""
        for leftover in self._folder.glob(f"{durable.TEMPORARY}*"):
            durable.remove(leftover)
        for path in config:
            self._keep(f"{SETTINGS}/{path.name}", path)
        for path in sorted(self._data.iterdir()):
            if path.is_file() and not _is_passing(path.name):
                self._keep_other(path)
        others = self._files
        for _ in range(_TRIES):
            self._files = dict(others)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            articles, carried = self._keep_catalog(with_index)
            problems, removed = self._keep_attachments(carried)
            if not removed:
                break
        else:
            raise BackupError(
                "no backup was made: attachments were removed faster than they could be copied, the backup before counts;"
                " run the command again, which goes on where it was"
            )
        manifest = Manifest(
            made,
            __version__,
            articles,
            self._files,
            self._index,
            self._settings.engine if self._index else None,
        )
        self._read_again()
        write_manifest(self._folder, manifest)
        self._remove_old()
        return BackedUp(articles, len(self._files), self._copied, tuple(problems))

    def _keep_other(self, path: Path) -> None:
        if not is_database(path):
            self._keep(path.name, path)
            return
        copy = self._folder / f"{durable.TEMPORARY}{path.name}"
        copy_database(path, copy)
        self._adopt(path.name, copy)

    def _keep_catalog(self, with_index: bool) -> tuple[int, set[str]]:
        """Keep the catalog, with what waits and the index as they are at the same moment; return its articles and files.

        Of another moment, what waits would be written over a later change of the same article.
        """
        scratch = self._folder / f"{durable.TEMPORARY}catalog"
        durable.remove(scratch)
        durable.make_folder(scratch)
        with ExitStack() as stack:
            if with_index:
                # An index must not know of changes that the catalog does not.
                stack.enter_context(writer_lock(self._data, self._settings.lock_timeout))
            sources = [path for name in (INBOX, FILE_NAME) if (path := self._data / name).is_file()]
            with snapshots(*sources) as taken:
                for source, one in zip(sources, taken, strict=True):
                    one.copy_to(scratch / source.name)
            if with_index:
                self._keep_index()
        try:
            with closing(Catalog(scratch)) as copy:
                damage = next(copy.damage(), None)
                articles, carried = copy.count(), copy.extractions.carried_files()
        except DamagedError as error:
            raise BackupError(f"no backup was made: {error}") from error
        if damage is not None:
            raise BackupError(
                f"no backup was made: the catalog is damaged ({damage.kind} {damage.name}); run `tracuu verify`"
            )
        for source in sources:
            self._adopt(source.name, scratch / source.name)
        durable.remove(scratch)
        return articles, carried

    def _keep_index(self) -> None:
        """Keep the index and what goes with it, without which every article would be put once more."""
        path = index_path(self._settings)
        self._index = path.name
        for file in sorted(path.iterdir()):
            if file.is_file() and not file.name.endswith((".lock", "WRITELOCK")):
                self._keep(f"{path.name}/{file.name}", file)
        for name in (SUGGESTIONS, DUPLICATES):
            if (self._data / name).is_file():
                self._keep_other(self._data / name)

    def _keep_attachments(self, carried: set[str]) -> tuple[list[str], bool]:
        """Keep the bytes of attachments; return what is missing, and whether any was removed meanwhile."""
        problems, removed = [], False
        with closing(Catalog(self._data)) as catalog:
            for number, digest in enumerate(sorted(carried), 1):
                source = FileStore(self._data).path(digest)
                name = f"{FOLDER}/{digest[:2]}/{digest}"
                if self._has(digest):
                    self._files[name] = digest
                elif (copied := self._copied_from(source, digest)) is None:
                    # The others are copied all the same, so that the next try has less to do.
                    if not catalog.extractions.carriers([digest]):
                        removed = True
                        continue
                    problems.append(f"{name} is missing, so it is not in the backup; run `tracuu verify`")
                elif copied == digest:
                    self._there.add(digest)
                    self._written.add(digest)
                    self._copied += 1
                    self._files[name] = digest
                else:
                    self._store.remove(digest)
                    problems.append(f"{name} is damaged, so it is not in the backup; run `tracuu verify`")
                self._progress(number)
        return problems, removed

    def _copied_from(self, source: Path, digest: str) -> str | None:
        """Copy an attachment and return the digest of what was read, None where there is none."""
        try:
            return durable.copy(source, self._store.path(digest)) if source.is_file() else None
        except FileNotFoundError:  # removed in between
            return None

    def _has(self, digest: str) -> bool:
        """Tell whether an attachment is in the folder already, as it should be."""
        path = self._store.path(digest)
        if digest not in self._there and path.is_file() and (self._quick or _is(path, digest)):
            self._there.add(digest)
        return digest in self._there

    def _keep(self, name: str, path: Path) -> None:
        copy = self._folder / f"{durable.TEMPORARY}file"
        durable.copy(path, copy, with_mode=True)
        self._adopt(name, copy)

    def _adopt(self, name: str, copy: Path) -> None:
        self._files[name] = self._store.adopt(copy)
        self._written.add(self._files[name])

    def _read_again(self) -> None:
        """Read what was written; raises BackupError where it is not what it should be."""
        for digest in sorted(self._written):
            if not _is(self._store.path(digest), digest):
                raise BackupError(
                    f"{self._store.path(digest)} can't be read as it was written; use another disk for backups"
                )

    def _remove_old(self) -> None:
        """Remove what only earlier backups hold."""
        kept = set(self._files.values())
        for path in self._store.all():
            if path.name not in kept:
                durable.remove(path)


def _is(path: Path, digest: str) -> bool:
    try:
        return digest_of(path) == digest
    except ItemError:
        return False


def _is_passing(name: str) -> bool:
    """Tell whether a file of a data directory is copied by another way, or not worth it."""
    return name in _NOT_COPIED or name.startswith(".") or name.endswith(("-wal", "-shm", "-journal"))


def settings_files(settings: Settings, config: Path | None) -> Iterator[Path]:
    """Yield the files that the settings are in: the one given or found, and the lexicon that it names."""
    path = settings_file(config)
    if path is not None and path.is_file():
        yield path
    if settings.lexicon:
        yield Path(settings.lexicon)
