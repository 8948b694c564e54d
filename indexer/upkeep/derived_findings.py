"""The files made of the catalog against the catalog that they were made of, and those that may be lost as well."""

from __future__ import annotations

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
from indexer.engine.protocol import Engine, EngineRequest
from indexer.indexing import statuses
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
    """Yield what is wrong with the suggestions: as a file, and against new ones made of ``catalog``."""
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
            for table, order in (("articles", "id"), ("phrases", "key, text"), ("numbers", "key, text")):
                rows = f"SELECT * FROM {table} ORDER BY {order}"
                pairs = zip_longest(found.execute(rows), wanted.execute(rows))
                if any(one != other for one, other in pairs):
                    yield f"its {table} differ from the catalog"


def duplicates_findings(data: Path, catalog: Catalog | None, index: Settings | None) -> Iterator[Finding]:
    """Yield what is wrong with the store of copies: as a file, against ``catalog``, and against the current index."""
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
    """Yield what is wrong with the store of legal statuses: as a file, and against ``catalog``."""
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


def sites_findings(data: Path) -> Iterator[Finding]:
    """Yield what is wrong with what is remembered of crawled sites, as a file."""
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
    """Compare the shingles of articles as they are now by a sum that knows no order; those of older states don't matter."""
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
    """Compare who carries which text with what the index says."""
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
