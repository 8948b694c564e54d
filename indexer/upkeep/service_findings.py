"""Files that serving adds to a data directory: waiting changes, keys, pins, the lexicon, logs and alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from indexer.alerts.sealing import FILE_NAME as ALERTS_KEY
from indexer.alerts.sealing import open_sealer
from indexer.alerts.store.schema import FILE_NAME as ALERTS
from indexer.alerts.store.schema import AlertDatabase
from indexer.curation.journal import FILE_NAME as CHANGES
from indexer.curation.journal import Journal
from indexer.keys import FILE_NAME as KEYS
from indexer.keys import KeyStore
from indexer.lexicon.loading import read_own
from indexer.lexicon.own import FILE_NAME as LEXICON
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.query_log.outbox import FILE_NAME as OUTBOX
from indexer.query_log.outbox import Outbox
from indexer.query_log.store import FILE_NAME as QUERIES
from indexer.query_log.store import QueryLog
from indexer.search.pins import FILE_NAME as PINS
from indexer.search.pins import read_pins
from indexer.upkeep.finding import RESTORE, Finding, guarded

PUSH_AGAIN = "have the pushing programs send their articles again, or restore it from a backup"
_FORGET = "delete it; only the log is lost"


def service_findings(data: Path) -> Iterator[Finding]:
    """Yield what is wrong with each existing one.

    Pins and lexicon are edited by people; they can only be checked for being readable.
    """
    checks: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
        INBOX: (PUSH_AGAIN, Inbox(data).damage),
        KEYS: (f"{RESTORE}, or delete it and create new keys", lambda: _unreadable(KeyStore(data).list)),
        PINS: (f"correct it, or {RESTORE}", lambda: _unreadable(partial(read_pins, data / PINS))),
        LEXICON: (f"correct it, or {RESTORE}", lambda: _unreadable(partial(read_own, data / LEXICON))),
        QUERIES: (_FORGET, QueryLog(data).damage),
        OUTBOX: (_FORGET, Outbox(data).damage),
        CHANGES: (RESTORE, Journal(data).damage),
        ALERTS: (RESTORE, AlertDatabase(data).damage),
        ALERTS_KEY: (RESTORE, lambda: _unreadable(partial(open_sealer, data))),
    }
    for name, (do, problems) in checks.items():
        if (data / name).is_file():
            yield from guarded(name, do, partial(_findings, name, do, problems))


def _findings(name: str, do: str, problems: Callable[[], Iterator[str]]) -> Iterator[Finding]:
    return (Finding(name, problem, do) for problem in problems())


def _unreadable(read: Callable[[], object]) -> Iterator[str]:
    """Yield nothing; anything unreadable raises."""
    read()
    yield from ()
