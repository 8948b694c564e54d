"""Builds a new index beside the current one, which stays in use until the new one has passed its checks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace

from indexer.catalog.catalog import Catalog
from indexer.disk import durable
from indexer.disk.locks import rebuild_lock, writer_lock
from indexer.duplicates.store import DuplicateStore, with_text
from indexer.engine.folders import IndexFolders, existing_folders, next_folder, read_folders, write_folders
from indexer.engine.opening import index_damage, open_engine, remove_index
from indexer.errors import ClusterError, DamagedError, RejectedIndexError, StorageError, UsageError
from indexer.indexing.changes import COMMIT_ARTICLES
from indexer.indexing.leftovers import remove_indexes, remove_other_engines, remove_unused_files
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Progress, unseen
from indexer.indexing.replay import replayed
from indexer.indexing.statuses import StatusStore, with_status
from indexer.indexing.workers import analysis_workers
from indexer.register.writer import RegisterWriter
from indexer.replication.membership import Writing
from indexer.search.service import SearchService
from indexer.settings import EngineName, Settings
from indexer.upkeep.golden import GoldenQuery, failing, unfound
from indexer.upkeep.other_engines import kept_engines

_SHOWN = 10
"""Maximum number of problems listed for a new index."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The result of a rebuild."""

    index: str
    """The name of its folder."""
    articles: int
    problems: tuple[str, ...] = ()
    """Attachments whose texts are damaged in the catalog, so the index lacks them."""
    removed: tuple[EngineName, ...] = ()
    """Other engines whose indexes are gone now; they had been kept as a way back."""


def rebuild(
    settings: Settings,
    golden: Sequence[GoldenQuery] = (),
    progress: Progress = unseen,
    beside: bool = False,
) -> Rebuilt:
    """Build a new index from the catalog, check it, make it the current one of its engine, and keep the previous one.

    Others may write until shortly before the end; their changes are then replayed. ``beside``: the service still uses another
    engine, whose index is left alone; otherwise indexes of other engines are removed. Whatever goes wrong, the current index
    stays in use. Raises RejectedIndexError if a check or one of ``golden`` fails, RebuildRunningError, IndexBusyError, DamagedError
    or StorageError.
    """
    Catalog(settings.data).close()  # says so where there is nothing yet, before anything is made
    writing = Writing(settings)
    with rebuild_lock(settings.data):
        folder, placed = _begin(settings)
        problems: list[str] = []
        try:
            _fill(settings, folder, placed, progress, problems)
            # The work is done, so it is worth waiting for a current writer.
            with (
                open_pipeline(replace(settings, lock_timeout=math.inf), folder, progress) as pipeline,
                closing(Catalog(settings.data)) as catalog,
            ):
                problems += pipeline.damaged
                _check(settings, folder, catalog, golden, problems)
                with durable.storage_errors(settings.data, "switched to the new index"):
                    write_folders(settings.data, settings.engine, IndexFolders(folder, _current(settings)))
                removed = []
                if not beside:
                    _follow(settings)
                    removed = remove_other_engines(settings, catalog)
                remove_indexes(settings, catalog)
                remove_unused_files(settings, catalog, writing)
                return Rebuilt(folder, catalog.count(), tuple(dict.fromkeys(problems)), tuple(removed))
        except BaseException:
            _drop(settings, folder)
            raise


def roll_back(settings: Settings, progress: Progress = unseen, beside: bool = False) -> IndexFolders:
    """Make the previous index the current one of its engine again, brought up to date; return which is which now.

    ``beside``: see :func:`rebuild`. Raises UsageError if there is no previous one, and the errors of :func:`rebuild`.
    """
    Catalog(settings.data).close()
    with rebuild_lock(settings.data), durable.storage_errors(settings.data, "switched back"):
        folders = read_folders(settings.data, settings.engine)
        if folders.previous is None or not (settings.data / folders.previous).is_dir():
            raise UsageError(_no_way_back(settings))
        with open_pipeline(settings, folders.previous, progress):
            back = IndexFolders(folders.previous, folders.current)
            write_folders(settings.data, settings.engine, back)
            if not beside:
                _follow(settings)
        return back


def _no_way_back(settings: Settings) -> str:
    others = kept_engines(settings)
    if not others:
        return "there is no earlier index to go back to"
    return (
        f"there is no earlier index of {settings.engine} to go back to; to go back to {others[0]}, whose index is kept,"
        f' set engine = "{others[0]}" and reload the service'
    )


def _begin(settings: Settings) -> tuple[str, int]:
    """Return the folder of the new index, and the change up to which shared texts are known.

    From now on, the catalog knows the folder, so it keeps removals while the index is built.
    """
    with writer_lock(settings.data, settings.lock_timeout), closing(Catalog(settings.data)) as catalog:
        catalog.forget_damaged()
        # If the file that names the current index is damaged, none of them is certainly a leftover.
        with suppress(DamagedError):
            remove_indexes(settings, catalog)
        taken = existing_folders(settings.data, settings.engine) | set(catalog.applied.readers())
        folder = next_folder(settings.engine, taken)
        catalog.applied.set(folder, 0)
        with (
            closing(DuplicateStore(settings.data, catalog)) as duplicates,
            closing(StatusStore(settings.data, settings.today())) as statuses,
        ):
            return folder, min(duplicates.applied, statuses.applied)


def _fill(settings: Settings, folder: str, until: int, progress: Progress, problems: list[str]) -> None:
    """Put every article into the new index, in its state at or after change ``until``, without the writer's lock."""
    with (
        closing(Catalog(settings.data)) as catalog,
        closing(DuplicateStore(settings.data, catalog)) as duplicates,
        closing(StatusStore(settings.data, settings.today())) as statuses,
        closing(open_engine(settings, create=True, folder=folder)) as engine,
    ):
        number = uncommitted = 0
        with engine.writer() as writer:
            for batch in replayed(catalog, 0, until, analysis_workers(settings.workers), problems):
                for one in batch:
                    if one.entry is not None:
                        id = one.change.id
                        copied = with_text(one.entry, duplicates.text_of(id))
                        writer.put(with_status(copied, statuses.status_of(id)))
                number += len(batch)
                uncommitted += len(batch)
                if uncommitted >= COMMIT_ARTICLES:
                    writer.commit()
                    uncommitted = 0
                progress(number)
        catalog.applied.set(folder, until)


def _check(
    settings: Settings, folder: str, catalog: Catalog, golden: Sequence[GoldenQuery], problems: Sequence[str]
) -> None:
    """Raise RejectedIndexError unless the new index is complete and answers queries."""
    found = list(index_damage(settings, folder))
    if not found:
        with closing(open_engine(settings, folder=folder)) as engine:
            if (indexed := engine.snapshot().count()) != (accepted := catalog.count()):
                found += [f"it has {indexed:,} articles, but the catalog has {accepted:,}", *problems]
            found += unfound(catalog, engine)
            found += failing(SearchService(engine, settings), golden)
    if found:
        more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        raise RejectedIndexError([*found[:_SHOWN], *more])


def _follow(settings: Settings) -> None:
    """Let the register be of the index that is the current one now."""
    with closing(RegisterWriter(settings.data)) as register, closing(open_engine(settings)) as engine:
        register.follow(engine.snapshot())


def _current(settings: Settings) -> str | None:
    """Return the folder that was current until now; None if there was none or it is unknown."""
    with suppress(DamagedError):
        current = read_folders(settings.data, settings.engine).current
        if (settings.data / current).is_dir():
            return current
    return None


def _drop(settings: Settings, folder: str) -> None:
    """Remove the new index unless it is already the current one; if even that fails, the next writer does it."""
    with suppress(OSError, StorageError, DamagedError, ClusterError):
        if _current(settings) == folder:
            return
        with durable.storage_errors(settings.data / folder, "removed"):
            remove_index(settings, settings.data / folder)
        with closing(Catalog(settings.data)) as catalog:
            catalog.applied.forget(folder)
