"""Pushed changes waiting for the writer, in SQLite beside the catalog, so that web processes never wait for its lock.

The database uses WAL with ``synchronous=FULL``: once :meth:`Inbox.accept` returns, a change survives a power cut. The writer
takes waiting changes, writes them to catalog and index, and records that here; if killed in between, it repeats this, which
changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from indexer.catalog.format import row_digest
from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import ConnectionPerThread, reading, transaction
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.errors import PreconditionError
from indexer.push.bulks import Bulks
from indexer.push.inbox_file import FILE_NAME, ROW, connect, damage_of_inbox
from indexer.push.inbox_rows import (
    TASK,
    forget,
    newest,
    refuse_beyond,
    take,
    task_of,
    waiting_change,
    waiting_of,
)
from indexer.push.kept import Accepted, AcceptedChange, Elsewhere, packed
from indexer.push.source_limit import Allowed, SourceLimitError
from indexer.push.task import RESULTS, Push, PushKind, Result, Task
from indexer.push.task_list import TaskList

MOST_WAITING = 100_000
"""Maximum number of waiting changes; beyond it, clients are asked to come back rather than filling the disk."""
_KEPT_SECONDS = 7 * 86_400.0
"""Time for which clients can ask for the outcome of a change."""
_MOST_BYTES = 32 << 20
"""Maximum total size of bodies loaded together."""


class Inbox:
    """Safe to use from several threads and processes, and while a restore replaces the file.

    Every method raises StorageError if the disk fails, or HalfRestoredError.
    """

    def __init__(self, data: Path, elsewhere: Elsewhere | None = None) -> None:
        """Accepted changes are kept ``elsewhere`` as well before they are acknowledged."""
        self._path = data / FILE_NAME
        self._connections = ConnectionPerThread(self._path, connect)
        self._elsewhere = elsewhere
        self.bulks = Bulks(data, self._used, elsewhere)
        self.tasks = TaskList(self._used)

    def accept(
        self,
        slug: str,
        kind: PushKind,
        digest: bytes = b"",
        body: bytes = b"",
        files: bool = False,
        check: Callable[[], None] | None = None,
        *,
        key: str | None = None,
        may: Allowed | None = None,
    ) -> Task:
        """Store a change durably and return its task; if the same change is waiting already, return that one's.

        A different waiting change to the article is superseded: the last one counts.

        ``digest`` distinguishes changes to an article; ``files`` tells that it has attachments.

        ``check`` raises PreconditionError if the article is not in the state that the client expects; it runs when no other
        change to the article is waiting, so the index has the final state. Raises BusyError if too many changes are waiting.

        ``key`` is the id of the key used. ``may`` says why the change is not allowed, given the waiting change to the article;
        then SourceLimitError is raised.
        """
        if self._elsewhere:
            self._elsewhere.check()
        task, accepted = self._accept(slug, kind, digest, body, files, check, key, may)
        if self._elsewhere and accepted:
            self._elsewhere.keep(task.number, packed(accepted))
        return task

    def _accept(
        self,
        slug: str,
        kind: PushKind,
        digest: bytes,
        body: bytes,
        files: bool,
        check: Callable[[], None] | None,
        key: str | None,
        may: Allowed | None,
    ) -> tuple[Task, Accepted | None]:
        """Return the task, and what is to be kept elsewhere: also if it was waiting already, since that may have failed."""
        with self._used("written") as db, transaction(db):
            if may and (reason := may(slug, waiting_of(db, slug))):
                raise SourceLimitError(reason)
            last, known = self._last(db, slug)
            if last and last.result is None:
                if (last.kind, known) == (kind, digest):
                    return last, waiting_change(db, last.number) if self._elsewhere else None
                if check:
                    raise PreconditionError(
                        f"task {last.number} is about to change this article; read the article again when that task is done"
                    )
            if check:
                check()
            refuse_beyond(db, MOST_WAITING, 1)
            number = newest(db) + 1
            change = AcceptedChange(
                number, slug, kind, digest, files, zlib.compress(body, 1) if body else b""
            )
            accepted = Accepted(number, time.time(), key, False, (change,))
            take(db, accepted)
            return Task(number, slug, kind, accepted.at), accepted

    def adopt(self, accepted: Accepted) -> bool:
        """Take in, in order, what another machine had accepted, under the same numbers; return False if it is here already."""
        with self._used("written") as db, transaction(db):
            if accepted.number <= newest(db):
                return False
            take(db, accepted)
            return True

    def task(self, number: int) -> Task | None:
        """Return a task, None if it is unknown or forgotten."""
        with self._used("read") as db:
            row = db.execute(f"SELECT {TASK} FROM pushes WHERE task = ?", (number,)).fetchone()
        return task_of(row) if row else None

    def waiting(self, limit: int, files: bool, but: Sequence[int] = ()) -> list[Push]:
        """Return up to ``limit`` waiting changes, oldest first, either with attachments or without.

        Excludes the tasks ``but``, and returns no more than fits into memory at once.
        """
        marks = ", ".join("?" * len(but))
        found: list[Push] = []
        with self._used("read") as db:
            rows = db.execute(
                f"SELECT {ROW}, written FROM pushes"
                f" WHERE finished IS NULL AND files = ? AND task NOT IN ({marks}) ORDER BY task LIMIT ?",
                (files, *but, limit),
            )
            size = 0
            for *row, written in rows:
                task, slug, kind, _, _, packed = row
                if row_digest(*row) != written:
                    found.append(Push(task, slug, kind, b"", damaged=True))
                    continue
                body = zlib.decompress(packed) if packed else b""
                found.append(Push(task, slug, kind, body))
                size += len(body)
                if size > _MOST_BYTES:
                    break
            rows.close()
        return found

    def count(self, until: int | None = None) -> int:
        """Return how many of the changes up to the task ``until`` are waiting."""
        with self._used("read") as db:
            row = db.execute(
                "SELECT count(*) FROM pushes WHERE finished IS NULL AND task <= coalesce(?, task)", (until,)
            )
            return int(row.fetchone()[0])

    def queue(self) -> tuple[int, float] | None:
        """Return the number of waiting changes, and for how many seconds the oldest has waited; None if nothing was ever pushed."""
        if not self._path.is_file():
            return None
        with self._used("read") as db:
            waiting, oldest = db.execute(
                "SELECT count(*), min(accepted) FROM pushes WHERE finished IS NULL"
            ).fetchone()
        return int(waiting), 0.0 if oldest is None else max(0.0, time.time() - oldest)

    def results(self, seconds: float) -> dict[Result, int]:
        """Return the outcomes of changes finished in the last ``seconds``, with counts; every kind is included."""
        found: dict[Result, int] = dict.fromkeys(RESULTS, 0)
        if self._path.is_file():
            with self._used("read") as db:
                found.update(
                    db.execute(
                        "SELECT result, count(*) FROM pushes WHERE finished > ? GROUP BY result",
                        (time.time() - seconds,),
                    )
                )
        return found

    def newest(self) -> int:
        """Return the number of the newest task, 0 if there was none."""
        with self._used("read") as db:
            return newest(db)

    def go_on_after(self, task: int) -> None:
        """Number the next tasks after ``task``, unless they are already."""
        with self._used("written") as db, transaction(db):
            last = max(task, newest(db))
            db.execute("DELETE FROM sqlite_sequence WHERE name = 'pushes'")
            db.execute("INSERT INTO sqlite_sequence VALUES ('pushes', ?)", (last,))

    def finish(self, results: Mapping[int, tuple[Result, Sequence[str]]]) -> None:
        """Record the outcome of tasks, and forget old ones."""
        now = time.time()
        with self._used("written") as db, transaction(db):
            db.executemany(
                "UPDATE pushes SET finished = ?, result = ?, problems = ?, body = NULL WHERE task = ?",
                [
                    (now, result, json.dumps(list(problems), ensure_ascii=False), task)
                    for task, (result, problems) in results.items()
                ],
            )
            forget(db, now - _KEPT_SECONDS)

    def damage(self) -> Iterator[str]:
        """Yield all damage: of the file, its tables, and the waiting changes.

        Raises StorageError if it cannot be read to the end.
        """
        with self._errors("read"), reading(self._path, with_log=True) as db:
            yield from damage_of_inbox(db, self._path)

    def close(self) -> None:
        """Close the connection of this thread."""
        self._connections.close()

    def _last(self, db: sqlite3.Connection, slug: str) -> tuple[Task | None, bytes]:
        """Return the latest change to an article, with the digest of its content."""
        row = db.execute(
            f"SELECT {TASK}, digest FROM pushes WHERE slug = ? ORDER BY task DESC LIMIT 1", (slug,)
        ).fetchone()
        return (task_of(row[:-1]), row[-1]) if row else (None, b"")

    @contextmanager
    def _used(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._errors(doing), opening(self._path.parent):
            yield self._connections.current()

    def _errors(self, doing: str) -> AbstractContextManager[None]:
        return sqlite_errors(self._path, doing, ", nothing accepted is lost")
