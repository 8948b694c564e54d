"""Backups of everything that must not be lost, made while others read and write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer import __version__
from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.disk.locks import ALERTS, BACKUP, COPIES, REBUILD, WRITER, backup_lock, writer_lock
from indexer.disk.locks import SITES as SITES_LOCK
from indexer.disk.sqlite.snapshots import snapshots
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.engine.opening import index_files, index_path
from indexer.errors import BackupError, DamagedError, UsageError
from indexer.files.owner import OWNER
from indexer.indexing.outcome import Progress, unseen
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.query_log.outbox import FILE_NAME as OUTBOX
from indexer.query_log.steady import FILE_NAME as POPULAR
from indexer.register.file import FILE_NAME as REGISTER
from indexer.replication.held import FILE_NAME as HELD
from indexer.settings import ENGINES, Settings, settings_file
from indexer.sources.site.state_file import FILE_NAME as SITES
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.attachment_copies import AttachmentCopies
from indexer.upkeep.backup_folder import BackupFolder
from indexer.upkeep.manifest import NAME, Manifest, write_manifest

SETTINGS = "settings"
"""Folder in a restored data directory with the settings used when the backup was made."""
_PRIVATE = 0o700
"""A backup contains staff-only articles and searches; whoever creates its folder in advance decides who may read it."""
_TRIES = 5
"""Number of attempts to copy a catalog without any of its files being removed in the meantime."""
_NOT_COPIED = {
    FILE_NAME, INBOX, SUGGESTIONS, DUPLICATES, STATUSES, REGISTER, SITES, WRITER, REBUILD, SITES_LOCK, ALERTS, COPIES,
    POPULAR, OWNER, HELD, OUTBOX,  # who is restored elsewhere is another one
    *(f"{engine}.current" for engine in ENGINES),
}  # fmt: skip
"""Files of a data directory that are copied in another way, or recreated."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    articles: int
    files: int
    copied: int
    """Number of attachments that were not in the folder before."""
    problems: tuple[str, ...] = ()
    """Attachments that are not included because they are missing or damaged in the data directory."""


def back_up(
    settings: Settings,
    folder: Path,
    config: Sequence[Path] = (),
    with_index: bool = False,
    quick: bool = False,
    progress: Progress = unseen,
) -> BackedUp:
    """Write a backup into ``folder``, new or with an earlier backup, which stays valid until this one is complete.

    Everything in it is read again; with ``quick``, what an earlier backup left is trusted. ``config`` has files to include.
    Raises UsageError if the folder contains something else, BackupError if the catalog is damaged, IndexBusyError if an index
    is to be included while another process writes, and StorageError.
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
            f"{folder} and the data directory {settings.data} contain one another; name another folder"
        )
    if folder.is_dir():
        names = {path.name for path in folder.iterdir()}
        if names and not names & {BACKUP, NAME}:
            raise UsageError(
                f"{folder} contains files that are not a backup; name another folder, or an empty one"
            )


class _BackUp:
    """One run."""

    def __init__(self, settings: Settings, folder: Path, quick: bool, progress: Progress) -> None:
        self._settings = settings
        self._data = settings.data
        self._path = folder
        self._folder = BackupFolder(folder)
        self._attachments = AttachmentCopies(settings, self._folder, quick, progress)
        self._index: str | None = None

    def run(self, config: Sequence[Path], with_index: bool) -> BackedUp:
        """Make the backup; see :func:`back_up`."""
        self._folder.remove_leftovers()
        for path in config:
            self._folder.keep(f"{SETTINGS}/{path.name}", path)
        for path in sorted(self._data.iterdir()):
            if path.is_file() and not _is_passing(path.name):
                self._folder.keep_whole(path.name, path)
        others = dict(self._folder.files)
        for _ in range(_TRIES):
            self._folder.files = dict(others)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            articles, carried = self._keep_catalog(with_index)
            problems, removed = self._attachments.keep(carried)
            if not removed:
                break
        else:
            raise BackupError(
                "no backup was made: attachments were removed faster than they could be copied; the previous backup is still valid;"
                " run the command again to continue"
            )
        files = self._folder.files
        engine = self._settings.engine if self._index else None
        self._folder.read_again()
        write_manifest(self._path, Manifest(made, __version__, articles, files, self._index, engine))
        self._folder.remove_old()
        return BackedUp(articles, len(files), self._attachments.copied, tuple(problems))

    def _keep_catalog(self, with_index: bool) -> tuple[int, set[str]]:
        """Store the catalog together with waiting changes and the index of the same moment; return its articles and files.

        If they were from different moments, a waiting change could overwrite a later one to the same article.
        """
        scratch = self._folder.scratch("catalog")
        durable.remove(scratch)
        durable.make_folder(scratch)
        with ExitStack() as stack:
            if with_index:
                # An index must not contain changes that the catalog lacks.
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
            self._folder.adopt(source.name, scratch / source.name)
        durable.remove(scratch)
        return articles, carried

    def _keep_index(self) -> None:
        """Store the index and its companions, without which every article would be indexed again."""
        files = index_files(self._settings)
        if not files:
            return  # it lies on other machines, and is built anew
        path = index_path(self._settings)
        self._index = path.name
        for file in files:
            self._folder.keep(f"{path.name}/{file.name}", file)
        for name in (SUGGESTIONS, DUPLICATES, STATUSES, REGISTER):
            if (self._data / name).is_file():
                self._folder.keep_whole(name, self._data / name)


def _is_passing(name: str) -> bool:
    """Tell whether a file of a data directory is copied in another way, or not worth copying."""
    return name in _NOT_COPIED or name.startswith(".") or name.endswith(("-wal", "-shm", "-journal"))


def settings_files(settings: Settings, config: Path | None) -> Iterator[Path]:
    """Yield the files with settings: the one given or found, and the lexicon named in it."""
    path = settings_file(config)
    if path is not None and path.is_file():
        yield path
    if settings.lexicon:
        yield Path(settings.lexicon)
