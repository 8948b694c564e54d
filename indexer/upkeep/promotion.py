"""Makes this machine the writer: it takes over what the one before had published, and what that had acknowledged since.

Each step can be repeated, so a run that was killed is continued by the same command. Until the last one, neither this machine
nor the one before acknowledges anything.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.derived import applied_in
from indexer.disk import durable
from indexer.disk.locks import leave_to_clean, writer_lock
from indexer.engine.opening import take_over_index
from indexer.errors import DamagedError, EngineError, StorageError, UsageError
from indexer.files.opening import open_files
from indexer.files.owner import directory_name
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Progress, unseen
from indexer.push.inbox import Inbox
from indexer.push.kept import unpacked
from indexer.replication.copy_store import CopyStore
from indexer.replication.follower import Follower
from indexer.replication.held import hold, is_held, let_go
from indexer.replication.kept_changes import KeptChanges
from indexer.replication.manifest import Manifest
from indexer.replication.manifest import packed as packed_manifest
from indexer.replication.manifest import unpacked as unpacked_manifest
from indexer.replication.membership import open_shared, shared_place
from indexer.replication.term import Term
from indexer.settings import Settings
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.copied_files import copied_files

_AT_ONCE, _SOME = 8, 64
"""Kept changes that are fetched side by side, and that are in memory at once."""
_FIRST = 1
"""Number of the first term, which nobody took over."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """What was taken over."""

    term: int
    articles: int
    waiting: int
    """Number of pushed changes that the writer has still to write."""
    adopted: int
    """Number of requests, each a change or a bulk, that came after the copies."""
    differing: int
    """Number of articles whose last changes the copies of the catalog lacked; the index has what the catalog has now."""
    copied: float
    """When the copies were last seen to be up to date, in seconds since 1970 by the clock of the machine before."""
    problems: tuple[str, ...] = ()


Tell = Callable[[str], None]


def promote(
    settings: Settings,
    begun: Callable[[Term], None] = lambda before: None,
    tell: Tell = lambda step: None,
    progress: Progress = unseen,
) -> Promoted:
    """Make ``settings.data`` the directory of the writer. ``begun`` gets the term that ends; ``tell`` each step.

    Raises UsageError if there is nothing to take over, ReplacedError if yet another machine becomes the writer meanwhile,
    IndexBusyError, FilesUnreachableError, StorageError and EngineError.
    """
    if settings.role == "alone":
        raise UsageError(
            "a machine that is alone has no writer to take over from; set role to standby or writer"
        )
    data = settings.data
    terms, store = open_shared(settings)
    kept = KeptChanges(*shared_place(settings))
    term = terms.current()
    if term is None:
        raise UsageError(
            "there was no writer yet, so nothing can be taken over; set role to writer and start it"
        )
    if term.writer != directory_name(data):
        manifest, _ = _copies(store, kept, term)
        begun(term)
        with writer_lock(data, settings.lock_timeout):
            let_go(data)
            term = terms.begin(directory_name(data), term)
    elif is_held(data, term):
        raise UsageError("this machine is the writer already")
    manifest, folder = _copies(store, kept, term)
    tell("fetching the copies")
    Follower(data, terms, store, ("web", "standby")).fetch(manifest, term)
    terms.check(term)
    tell("taking over attachments and index")
    open_files(settings).take_over()
    # Until this directory holds the term, only this run writes in it.
    alone = replace(settings, role="alone")
    with writer_lock(data, settings.lock_timeout):
        _remove_old(settings, manifest)
    shared = take_over_index(settings)
    tell("adopting pushes")
    adopted, problems = _adopt(data, kept, folder, term, manifest)
    tell("bringing the index in line with the catalog")
    with open_pipeline(alone, progress=progress) as pipeline:
        # Also what a waiting push brings back: only what catalog and index agree on can be compared with it, or deleted.
        differing = pipeline.reconcile() if shared else 0
        problems += pipeline.damaged
    # Attachments of articles that the one before wrote after the copies.
    leave_to_clean(data)
    terms.check(term)
    hold(data, term)
    with closing(Catalog(data)) as catalog, closing(Inbox(data)) as inbox:
        return Promoted(
            term.number, catalog.count(), inbox.count(), adopted, differing, manifest.made, tuple(problems)
        )


def _copies(store: CopyStore, kept: KeptChanges, term: Term) -> tuple[Manifest, int]:
    """Return the copies to begin with, and the term whose folder of kept changes follows on them.

    Raises UsageError if there are none.
    """
    taken = kept.taken(term.number)
    newest = store.newest(term.number)
    folder = taken[0] if taken else _FIRST
    if taken and (newest is None or newest.term < folder):
        # The writer of that term had not published everything yet: what it began with itself.
        newest = unpacked_manifest(taken[1])
    if newest is None:
        raise UsageError(
            "the writer has published no copies yet, so there is nothing to take over; restore its newest backup"
            " with `tracuu restore`, with another prefix in files"
        )
    return newest, folder


def _remove_old(settings: Settings, manifest: Manifest) -> None:
    """Remove what an earlier life of this directory left, and suggestions of articles that the copies lack."""
    data = settings.data
    there = {copy.name for copy in manifest.files}
    old = [name for source in copied_files(settings) for name in source.names() if name not in there]
    with closing(Catalog(data, create=True)) as catalog:
        if _is_ahead(data / SUGGESTIONS, catalog.last()):
            old.append(SUGGESTIONS)
    with durable.storage_errors(data, "cleaned of old files"):
        for name in old:
            for log in ("", "-wal", "-shm"):
                durable.remove(data / f"{name}{log}")


def _is_ahead(path: Path, last: int) -> bool:
    """Tell whether a file derived from the catalog has changes after number ``last``, or can't be read."""
    try:
        return applied_in(path) > last
    except (StorageError, EngineError):
        return True


def _adopt(
    data: Path, kept: KeptChanges, folder: int, term: Term, manifest: Manifest
) -> tuple[int, list[str]]:
    """Take in what was acknowledged after the copies; return the number of requests, and what is damaged.

    What was taken in is kept in the folder of this term from then on: whoever takes over from this machine does not look into
    earlier ones.
    """
    adopted, problems, tasks = 0, [], kept.of(folder)
    with closing(Inbox(data)) as inbox, ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in (tasks[at : at + _SOME] for at in range(0, len(tasks), _SOME)):
            sound: list[tuple[int, bytes]] = []
            for task, content in zip(some, pool.map(partial(kept.get, folder), some), strict=True):
                if content is None:
                    continue
                try:
                    adopted += inbox.adopt(unpacked(content))
                    sound.append((task, content))
                except DamagedError as error:
                    problems.append(f"task {task}: {error}; send it again")
            if folder != term.number:
                list(pool.map(lambda one: kept.put(term.number, *one), sound))
    if folder != term.number:
        kept.take(term.number, packed_manifest(manifest))
    return adopted, problems
