"""Machines that share a store of objects in tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from indexer.files.owner import directory_name
from indexer.replication.follower import Follower
from indexer.replication.manifest import Audience, Manifest
from indexer.replication.membership import open_shared
from indexer.replication.publisher import Publisher
from indexer.replication.term import Term
from indexer.settings import Settings
from indexer.upkeep.copied_files import copied_files

ALL: tuple[Audience, ...] = ("web", "standby")


def machine(settings: Settings, name: str) -> Settings:
    """Return the settings of another machine beside that of ``settings``."""
    return replace(settings, data=settings.data.with_name(name))


def begin(settings: Settings) -> Term:
    """Make a machine the writer."""
    terms = open_shared(settings)[0]
    return terms.begin(directory_name(settings.data), terms.current())


def publisher(
    settings: Settings, term: Term, published: Callable[[Manifest], None] = lambda manifest: None
) -> Publisher:
    """Return a publisher that has begun."""
    terms, store = open_shared(settings)
    made = Publisher(settings.data, terms, term, store, copied_files(settings), published)
    made.begin()
    return made


def publish_all(one: Publisher, settings: Settings) -> int:
    """Publish everything once; return how many objects were sent."""
    return sum(sent.objects for source in copied_files(settings) if (sent := one.publish(source.name)))


def follower(settings: Settings, audiences: tuple[Audience, ...] = ALL) -> Follower:
    """Return a follower."""
    return Follower(settings.data, *open_shared(settings), audiences)


def content(data: Path, name: str) -> str:
    """Return what the table ``t`` of a database contains."""
    with closing(sqlite3.connect(f"file:{data / name}?mode=ro", uri=True)) as db:
        return " ".join(row[0] for row in db.execute("SELECT v FROM t ORDER BY v"))


def change(data: Path, name: str, value: str, size: int = 0) -> None:
    """Insert a value into the table ``t`` of a database with a log."""
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(data / name, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE IF NOT EXISTS t (v TEXT, filler BLOB)")
        db.execute("INSERT INTO t VALUES (?, randomblob(?))", (value, size))
