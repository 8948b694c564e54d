"""Which files of the writer's data directory other machines get copies of, and who needs which."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from indexer.alerts.sealing import FILE_NAME as ALERTS_KEY
from indexer.alerts.store.schema import FILE_NAME as ALERTS
from indexer.catalog.catalog import last_change
from indexer.catalog.format import FILE_NAME as CATALOG
from indexer.curation.journal import FILE_NAME as JOURNAL
from indexer.disk.sqlite.connections import reading
from indexer.disk.sqlite.damage import is_unused
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.engine.opening import pointer_files
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.keys import FILE_NAME as KEYS
from indexer.lexicon.own import FILE_NAME as LEXICON
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.push.inbox_rows import newest
from indexer.query_log.steady import FILE_NAME as POPULAR
from indexer.query_log.steady import write_steady
from indexer.query_log.store import FILE_NAME as QUERIES
from indexer.register.file import FILE_NAME as REGISTER
from indexer.replication.manifest import Audience
from indexer.replication.source import Source
from indexer.search.pins import FILE_NAME as PINS
from indexer.settings import Settings
from indexer.sources.site.state_file import FILE_NAME as SITES
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS


def copied_files(settings: Settings) -> list[Source]:
    """Return what the writer publishes, in the order in which it is put in place: the index comes last, since it makes a machine
    ready.
    """
    return [
        # Of one moment: if the inbox were older than the catalog, a waiting change could overwrite a later one. What is derived
        # from the catalog follows it by change number, so it must not be ahead of it either.
        _source("catalog", "standby", INBOX, CATALOG, DUPLICATES, STATUSES),
        _source("sites", "standby", SITES),
        _source("alerts", "standby", ALERTS_KEY, ALERTS),
        _source("journal", "standby", JOURNAL),
        _source("queries", "standby", QUERIES),
        _source("keys", "web", KEYS),
        _source("lexicon", "web", LEXICON),
        _source("pins", "web", PINS),
        Source("popular", "web", lambda: (POPULAR,), refresh=lambda: _write_popular(settings)),
        _source("suggestions", "web", SUGGESTIONS),
        _source("register", "web", REGISTER),
        Source("index", "web", lambda: pointer_files(settings)),
    ]


def _write_popular(settings: Settings) -> None:
    if settings.query_log and settings.popular_searches:
        write_steady(settings.data, settings.today(), settings.zone)


def newest_task(inbox: Path) -> int:
    """Return the number of the newest task in the copy of an inbox, 0 if there is none; raises StorageError, DamagedError."""
    with _errors(inbox), reading(inbox) as db:
        return 0 if is_unused(db) else newest(db)


def newest_change(catalog: Path) -> int:
    """Return the number of the last change in the copy of a catalog, 0 if there is none; raises StorageError, DamagedError."""
    with _errors(catalog), reading(catalog) as db:
        return 0 if is_unused(db) else last_change(db)


def _errors(path: Path) -> AbstractContextManager[None]:
    return sqlite_errors(path, "read", "", damaged="run `tracuu verify`")


_UPTO: dict[str, Callable[[Path], int]] = {INBOX: newest_task, CATALOG: newest_change}


def _source(name: str, audience: Audience, *names: str) -> Source:
    return Source(name, audience, lambda: names, _UPTO)
