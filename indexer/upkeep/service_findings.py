"""The files that serving adds to a data directory: pushes that wait, keys, pins, the lexicon, the query log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.errors import TraCuuError
from indexer.inbox import FILE_NAME as INBOX
from indexer.inbox import Inbox
from indexer.keys import FILE_NAME as KEYS
from indexer.keys import KeyStore
from indexer.lexicon.loading import read_own
from indexer.lexicon.own import FILE_NAME as LEXICON
from indexer.pins import FILE_NAME as PINS
from indexer.pins import read_pins
from indexer.query_log.store import FILE_NAME as QUERIES
from indexer.query_log.store import QueryLog
from indexer.upkeep.finding import RESTORE, Finding

PUSH_AGAIN = "let the programs that push send their articles again, or restore it from a backup"
_FORGET = "delete it, nothing but the log is lost"


def service_findings(data: Path) -> Iterator[Finding]:
    """Yield what is wrong with each of them that is there.

    Pins and lexicon are files for people to edit: of those it can only be told whether they can be read.
    """
    checks: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
        INBOX: (PUSH_AGAIN, lambda: Inbox(data).damage()),
        KEYS: (f"{RESTORE}, or delete it and make new keys", lambda: _unreadable(KeyStore(data).list)),
        PINS: (f"mend it, or {RESTORE}", lambda: _unreadable(lambda: read_pins(data / PINS))),
        LEXICON: (f"mend it, or {RESTORE}", lambda: _unreadable(lambda: read_own(data / LEXICON))),
        QUERIES: (_FORGET, lambda: QueryLog(data).damage()),
    }
    for name, (do, problems) in checks.items():
        if not (data / name).is_file():
            continue
        try:
            for problem in problems():
                yield Finding(name, problem, do)
        except TraCuuError as error:
            yield Finding(name, f"it can't be read to its end ({error})", do)


def _unreadable(read: Callable[[], object]) -> Iterator[str]:
    read()
    yield from ()
