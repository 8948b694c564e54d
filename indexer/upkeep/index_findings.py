"""The files of an index, and what it holds against the catalog."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from indexer.catalog.catalog import Catalog, Change
from indexer.disk import durable
from indexer.engine.folders import read_folders
from indexer.engine.opening import index_damage, open_engine
from indexer.engine.protocol import Engine
from indexer.errors import EngineError, IndexMissingError, IndexVersionError, StorageError
from indexer.settings import Settings
from indexer.upkeep.finding import REBUILD, Finding

_BATCH = 500
_NAMED = 20
"""Articles that are named; beyond them they are counted."""


def index_findings(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """Yield what is wrong with the current index: its files, and every article against the catalog."""
    yield from previous_findings(settings)
    with durable.storage_errors(settings.data, "read"):
        folder = read_folders(settings.data, settings.engine).current
    damaged = False
    if (settings.data / folder).is_dir():
        for problem in index_damage(settings, folder):
            damaged = True
            yield Finding(folder, problem, REBUILD)
    if damaged:
        return
    try:
        engine = open_engine(settings, folder=folder)
    except IndexMissingError:
        if catalog.count():
            yield Finding(folder, "there is no index", REBUILD)
        return
    except IndexVersionError as error:
        yield Finding(folder, f"it has version {error.found}", REBUILD)
        return
    except EngineError as error:
        yield Finding(folder, str(error), REBUILD)
        return
    except StorageError as error:
        if os.access(settings.data / folder, os.W_OK):
            yield Finding(folder, f"it can't be opened ({error})", "fix that and run `tracuu verify` again")
        else:
            # tantivy locks even what it only reads.
            found = (
                f"its files are not damaged, but it can't be opened to compare it with the catalog ({error})"
            )
            yield Finding(folder, found, "run `tracuu verify` as the owner of the data directory")
        return
    with closing(engine):
        differing = _differing(catalog, engine, catalog.applied.of(folder))
        for problem in islice(differing, _NAMED):
            yield Finding(folder, problem, REBUILD)
        if more := sum(1 for _ in differing):
            yield Finding(folder, f"and {more:,} more articles", REBUILD)
        # While changes wait it is not known how many it should hold.
        indexed, accepted = engine.snapshot().count(), catalog.count()
        if not catalog.applied.waiting(folder) and indexed != accepted:
            yield Finding(folder, f"it has {indexed:,} articles, but the catalog has {accepted:,}", REBUILD)


def previous_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the files of the index before the current one."""
    with durable.storage_errors(settings.data, "read"):
        previous = read_folders(settings.data, settings.engine).previous
    if previous and (settings.data / previous).is_dir():
        for problem in index_damage(settings, previous):
            yield Finding(previous, f"{problem}, so a rollback to it is not possible", REBUILD)


def _differing(catalog: Catalog, engine: Engine, applied: int) -> Iterator[str]:
    """Yield a sentence for every article that the index should hold up to change ``applied``, and does not."""
    after = 0
    while batch := [change for change in catalog.changes(after, _BATCH) if change.seq <= applied]:
        after = batch[-1].seq
        held = engine.snapshot().documents(change.id for change in batch)
        for change in batch:
            if not change.damaged and (problem := _problem(change, held.get(change.id))):
                yield f"article {change.id!r} {problem}"


def _problem(change: Change, held: bytes | None) -> str | None:
    if change.record is None:
        return None if held is None else "was removed, but is still in the index"
    if held is None:
        return "is not in the index"
    return None if held == change.record.stored else "is in the index without its last change"
