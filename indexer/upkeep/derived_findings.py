"""Compares files derived from the catalog with the catalog, and checks the memory of crawled sites."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from sqlite3 import Connection

from indexer.catalog.catalog import Catalog
from indexer.catalog.derived import reading
from indexer.disk.scratch import scratch_folder
from indexer.disk.sqlite.damage import damage_of_file, differing_tables
from indexer.duplicates import store as duplicates
from indexer.duplicates.shingles import shingles_of_stored
from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT, SAME_TEXT
from indexer.engine.opening import index_path, open_engine
from indexer.engine.protocol import Engine, EngineRequest, Snapshot
from indexer.indexing import statuses
from indexer.register import file as register
from indexer.register.writer import fill, held_commits
from indexer.settings import Settings
from indexer.sources.site import state_file as sites
from indexer.stored.article import unpack
from indexer.suggest import store as suggestions
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.suggest.store import SuggestionWriter
from indexer.upkeep.finding import DELETE, Finding

CRAWL_AGAIN = "delete this file; the next crawl then fetches every page again"
_BATCH = 500
_SUM = (1 << 64) - 1


def suggestions_findings(data: Path, catalog: Catalog | None) -> Iterator[Finding]:
    """Yield what is wrong with the suggestions: as a file, and compared with new ones made from ``catalog``."""
    path = data / SUGGESTIONS
    if not path.is_file():
        return
    with reading(path) as found:
        problems = list(_damage(found, path, suggestions.SCHEMA, suggestions.VERSION))
        if not problems and catalog is not None:
            (applied,) = found.execute("SELECT seq FROM applied").fetchone()
            last = catalog.last()
            if applied > last:
                problems.append("they are ahead of the catalog")
            elif catalog.applied.waiting(suggestions.APPLIED) == 0:
                problems += _differing_from_new(found, catalog, last)
    for problem in problems:
        yield Finding(SUGGESTIONS, problem, DELETE)


def _differing_from_new(found: Connection, catalog: Catalog, until: int) -> Iterator[str]:
    with scratch_folder() as folder:
        with closing(SuggestionWriter(folder)) as writer:
            writer.take_in(catalog, until)
        with reading(folder / SUGGESTIONS) as wanted:
            for table in ("articles", "titles", "phrases", "once", "numbers"):
                rows = f"SELECT * FROM {table} ORDER BY 1, 2"
                pairs = zip_longest(found.execute(rows), wanted.execute(rows))
                if any(one != other for one, other in pairs):
                    yield f"its {table} differ from the catalog"


def duplicates_findings(data: Path, catalog: Catalog | None, index: Settings | None) -> Iterator[Finding]:
    """Yield what is wrong with the store of copies: as a file, compared with ``catalog``, and with the current index."""
    path = data / duplicates.FILE_NAME
    if not path.is_file():
        return
    with reading(path) as found:
        problems = list(_damage(found, path, duplicates.SCHEMA, duplicates.VERSION))
        if not problems and catalog is not None:
            (applied,) = found.execute("SELECT seq FROM applied").fetchone()
            if applied > catalog.last():
                problems.append("it is ahead of the catalog")
            problems += _differing_shingles(found, catalog, applied)
            if index is not None and not catalog.applied.waiting(index_path(index).name):
                problems += _differing_texts(found, index)
    for problem in problems:
        yield Finding(duplicates.FILE_NAME, problem, DELETE)


def statuses_findings(data: Path, catalog: Catalog | None) -> Iterator[Finding]:
    """Yield what is wrong with the store of legal statuses: as a file, and compared with ``catalog``."""
    path = data / statuses.FILE_NAME
    if not path.is_file():
        return
    with reading(path) as found:
        problems = list(_damage(found, path, statuses.SCHEMA, statuses.VERSION))
        if not problems and catalog is not None:
            (applied,) = found.execute("SELECT seq FROM applied").fetchone()
            if applied > catalog.last():
                problems.append("it is ahead of the catalog")
    for problem in problems:
        yield Finding(statuses.FILE_NAME, problem, DELETE)


def register_findings(settings: Settings, indexed: bool) -> Iterator[Finding]:
    """Yield what is wrong with the register: as a file, and compared with a new one made from the current index, if that is
    intact."""
    path = settings.data / register.FILE_NAME
    if not path.is_file():
        return
    with reading(path) as found:
        problems = list(_damage(found, path, register.SCHEMA, register.VERSION))
        if not problems and indexed:
            with closing(open_engine(settings)) as engine:
                commit = engine.snapshot()
                if commit.content in held_commits(found)[:1]:
                    problems += _differing_entries(found, commit)
    for problem in problems:
        yield Finding(register.FILE_NAME, problem, DELETE)


def _differing_entries(found: Connection, commit: Snapshot) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as wanted:
        wanted.executescript(register.SCHEMA)
        fill(wanted, commit)
        for rows in register.COMPARED:
            if any(one != other for one, other in zip_longest(found.execute(rows), wanted.execute(rows))):
                yield "its documents differ from those of the index"
                return


def sites_findings(data: Path) -> Iterator[Finding]:
    """Yield what is wrong with the memory of crawled sites, as a file."""
    path = data / sites.FILE_NAME
    if path.is_file():
        with reading(path) as found:
            problems = list(_damage(found, path, sites.SCHEMA, sites.VERSION))
        yield from (Finding(sites.FILE_NAME, problem, CRAWL_AGAIN) for problem in problems)


def _damage(found: Connection, path: Path, schema: str, version: int) -> Iterator[str]:
    yield from damage_of_file(found, path)
    yield from differing_tables(found, schema)
    (written,) = found.execute("PRAGMA user_version").fetchone()
    if written != version:
        yield f"it has version {written}"


def _differing_shingles(found: Connection, catalog: Catalog, applied: int) -> Iterator[str]:
    """Compare the current shingles of articles by an order-independent sum; those of older states do not matter."""
    wanted, after, current = 0, 0, set[int]()
    while batch := catalog.changes(after, _BATCH):
        after = batch[-1].seq
        for change in batch:
            if change.record is not None and change.seq <= applied:
                current.add(change.seq)
                wanted += sum(
                    hash((one, change.seq)) for one in shingles_of_stored(unpack(change.record.stored))
                )
    held = sum(hash(row) for row in found.execute("SELECT print, seq FROM prints") if row[1] in current)
    if wanted & _SUM != held & _SUM:
        yield "its shingles differ from the catalog"


def _differing_texts(found: Connection, settings: Settings) -> Iterator[str]:
    """Compare which articles share a text with what the index says."""
    with closing(open_engine(settings)) as engine:
        held: dict[str, set[str]] = {}
        for article, text in found.execute("SELECT article, text FROM texts"):
            held.setdefault(text, set()).add(article)
        everyone = set[str]().union(*held.values())
        if _carriers(engine, ANY_TEXT, len(everyone)) != everyone:
            yield "the articles that share a text differ from the index"
        elif any(_carriers(engine, text, len(ids)) != ids for text, ids in held.items()):
            yield "the groups of articles with the same text differ from the index"


def _carriers(engine: Engine, text: str, number: int) -> set[str]:
    asked = EngineRequest(c.Term(SAME_TEXT, text), sort="newest", limit=number + 1)
    return {hit.id for hit in engine.snapshot().search(asked).hits}
