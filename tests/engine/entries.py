"""Entries for the tests of engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.engine.clauses import Clause, Everything
from indexer.engine.opensearch_.administration import remove
from indexer.engine.protocol import Engine, EngineRequest, EngineResponse, Entry, PageEntry
from indexer.opensearch_settings import OpenSearchSettings
from indexer.stored.article import slug_of
from indexer.vietnamese.terms import term_streams

MakeEngine = Callable[[Path, bool], Engine]


def _tantivy(path: Path, create: bool) -> Engine:
    from indexer.engine.tantivy_ import TantivyEngine

    return TantivyEngine(path, create)


def _whoosh(path: Path, create: bool) -> Engine:
    from indexer.engine.whoosh_ import WhooshEngine

    return WhooshEngine(path, create)


def _opensearch(path: Path, create: bool) -> Engine:
    from indexer.engine.opensearch_ import OpenSearchEngine

    # More than one shard, so that counts and scores have to be put together.
    return OpenSearchEngine(path, OpenSearchSettings(shards=2), create)


FACTORIES: dict[str, MakeEngine] = {"tantivy": _tantivy, "whoosh": _whoosh, "opensearch": _opensearch}


def factory(name: str) -> MakeEngine:
    """Return the factory of an engine; skips the test if its library is not installed."""
    if name != "opensearch":  # that of which is a server: see tests/cluster
        pytest.importorskip(name)
    return FACTORIES[name]


def drop(path: Path) -> None:
    """Remove the index of the folder ``path`` if it is stored on other machines: deleting the folder would only delete its name."""
    remove(path, OpenSearchSettings())


def entry(
    id: str,
    body: str = "",
    title: str = "",
    files: str = "",
    day: int | None = None,
    pages: Iterable[str] = (),
    stored: bytes | None = None,
    **keywords: str | tuple[str, ...],
) -> Entry:
    """Analyse one article; ``pages`` are those of its attachment 0, from page 1."""
    return Entry(
        id=id,
        slug=slug_of(id),
        stored=f"stored {id}".encode() if stored is None else stored,
        title=term_streams(title),
        body=term_streams(body),
        files=term_streams(files),
        keywords={name: (v,) if isinstance(v, str) else v for name, v in keywords.items()},
        day=day,
        second=None if day is None else second_of(day),
        pages=tuple(
            PageEntry(0, number, term_streams(text).text, f"{id} page {number}".encode())
            for number, text in enumerate(pages, start=1)
        ),
    )


def second_of(day: int) -> int:
    """Return the first second of a day given as ``YYYYMMDD``, in UTC."""
    return int(datetime(day // 10000, day // 100 % 100, day % 100, tzinfo=UTC).timestamp())


def fill(engine: Engine, entries: Iterable[Entry]) -> None:
    """Commit ``entries``."""
    with engine.writer() as writer:
        for one in entries:
            writer.put(one)


def ids(engine: Engine, match: Clause) -> set[str]:
    """Return the ids of all articles that match."""
    return {hit.id for hit in ask(engine, match, limit=1000).hits}


def ask(engine: Engine, match: Clause | None = None, **request: object) -> EngineResponse:
    """Search, for everything by default."""
    return engine.snapshot().search(EngineRequest(match or Everything(), **request))  # type: ignore[arg-type]


def order(engine: Engine, match: Clause | None = None, **request: object) -> list[str]:
    """Return the ids on one page, in their order."""
    return [hit.id for hit in ask(engine, match, **request).hits]
