"""What was pushed and waits for the writer: in SQLite beside the catalog, so that web processes never wait for its lock.

WAL with ``synchronous=FULL``: once :meth:`Inbox.accept` returns, a change survives a power cut. The writer takes what
waits, brings it into catalog and index, and says so here; killed in between it does the same again, which changes nothing.
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
from indexer.errors import BusyError, PreconditionError
from indexer.push.inbox_file import FILE_NAME, ROW, connect, damage_of_inbox
from indexer.push.task import RESULTS, Push, PushKind, Result, Task

MOST_WAITING = 20_000
"""Changes that wait: beyond, clients are told to come again rather than the disk filled."""
_KEPT_SECONDS = 7 * 86_400.0
"""For which a client can still ask what became of a change."""
_MOST_BYTES = 32 << 20
"""Of bodies that are looked at together."""


class Inbox:
    """Safe to use from several threads and processes, and where a restore replaces the file meanwhile.

    Every method raises StorageError where the disk does not do, HalfRestoredError.
    """

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._connections = ConnectionPerThread(self._path, connect)

    def accept(
        self,
        slug: str,
        kind: PushKind,
        digest: bytes = b"",
        body: bytes = b"",
        files: bool = False,
        check: Callable[[], None] | None = None,
    ) -> Task:
        """Keep a change durably and return its task; that of the same change where it waits already.

        Another change of the article that waits is superseded: the last one counts.

        ``digest`` tells changes of one article apart; ``files``: it has attachments.

        ``check`` raises PreconditionError where the article is not as the client thinks; it is asked when nothing else
        waits for the article, so what it sees of the index is the last word. BusyError where too much waits.
        """
        with self._used("written") as db, transaction(db):
            last, known = self._last(db, slug)
            if last and last.result is None:
                if (last.kind, known) == (kind, digest):
                    return last
                if check:
                    raise PreconditionError(
                        f"another change of this article waits as task {last.number}; read the article when it is done"
                    )
            if check:
                check()
            waiting = db.execute("SELECT count(*) FROM pushes WHERE finished IS NULL").fetchone()[0]
            if waiting >= MOST_WAITING:
                raise BusyError(f"{waiting:,} changes wait for the writer; is `tracuu write` running?")
            now = time.time()
            # Here and not by the writer: of the changes of one article one waits at any moment, whenever it looks.
            db.execute(
                "UPDATE pushes SET finished = ?, result = 'superseded', body = NULL"
                " WHERE slug = ? AND finished IS NULL",
                (now, slug),
            )
            row = (slug, kind, digest, int(files), zlib.compress(body, 1) if body else None)
            number = db.execute(
                "INSERT INTO pushes (slug, kind, digest, files, body, accepted) VALUES (?, ?, ?, ?, ?, ?)",
                (*row, now),
            ).lastrowid
            db.execute("UPDATE pushes SET written = ? WHERE task = ?", (row_digest(number, *row), number))
            return Task(int(number or 0), slug, kind, now)

    def task(self, number: int) -> Task | None:
        """Return a task, None where there is none or it was forgotten."""
        with self._used("read") as db:
            row = db.execute(f"SELECT {_TASK} FROM pushes WHERE task = ?", (number,)).fetchone()
        return _task(row) if row else None

    def waiting(self, limit: int, files: bool, but: Sequence[int] = ()) -> list[Push]:
        """Return up to ``limit`` changes that wait, the oldest first: those with attachments or those without.

        Not those of the tasks ``but``, and no more than fit into some memory at once.
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
        """Return how many changes wait, of those up to the task ``until``."""
        with self._used("read") as db:
            row = db.execute(
                "SELECT count(*) FROM pushes WHERE finished IS NULL AND task <= coalesce(?, task)", (until,)
            )
            return int(row.fetchone()[0])

    def queue(self) -> tuple[int, float] | None:
        """Return how many changes wait, and for how many seconds the oldest has; None where nothing was pushed yet."""
        if not self._path.is_file():
            return None
        with self._used("read") as db:
            waiting, oldest = db.execute(
                "SELECT count(*), min(accepted) FROM pushes WHERE finished IS NULL"
            ).fetchone()
        return int(waiting), 0.0 if oldest is None else max(0.0, time.time() - oldest)

    def results(self, seconds: float) -> dict[Result, int]:
        """Return what became of how many of the changes that were finished in the last ``seconds``; all kinds are named."""
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
        """Return the number of the newest task, 0 where there was none."""
        with self._used("read") as db:
            return int(db.execute(f"SELECT {_NEWEST}").fetchone()[0])

    def go_on_after(self, task: int) -> None:
        """Number the next tasks from ``task`` on, unless that is done already."""
        with self._used("written") as db, transaction(db):
            newest = max(task, db.execute(f"SELECT {_NEWEST}").fetchone()[0])
            db.execute("DELETE FROM sqlite_sequence WHERE name = 'pushes'")
            db.execute("INSERT INTO sqlite_sequence VALUES ('pushes', ?)", (newest,))

    def finish(self, results: Mapping[int, tuple[Result, Sequence[str]]]) -> None:
        """Note what became of tasks, and forget those that nobody asks for any more."""
        now = time.time()
        with self._used("written") as db, transaction(db):
            db.executemany(
                "UPDATE pushes SET finished = ?, result = ?, problems = ?, body = NULL WHERE task = ?",
                [
                    (now, result, json.dumps(list(problems), ensure_ascii=False), task)
                    for task, (result, problems) in results.items()
                ],
            )
            db.execute("DELETE FROM pushes WHERE finished < ?", (now - _KEPT_SECONDS,))

    def damage(self) -> Iterator[str]:
        """Yield what is not as it was written: of the file, its tables, and the changes that wait.

        Raises StorageError where it can't be read to its end.
        """
        with self._errors("read"), reading(self._path, with_log=True) as db:
            yield from damage_of_inbox(db, self._path)

    def close(self) -> None:
        """Close the connection of this thread."""
        self._connections.close()

    def _last(self, db: sqlite3.Connection, slug: str) -> tuple[Task | None, bytes]:
        """Return the last change of an article with the digest of its content."""
        row = db.execute(
            f"SELECT {_TASK}, digest FROM pushes WHERE slug = ? ORDER BY task DESC LIMIT 1", (slug,)
        ).fetchone()
        return (_task(row[:-1]), row[-1]) if row else (None, b"")

    @contextmanager
    def _used(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._errors(doing), opening(self._path.parent):
            yield self._connections.current()

    def _errors(self, doing: str) -> AbstractContextManager[None]:
        return sqlite_errors(self._path, doing, ", nothing accepted is lost")


_NEWEST = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'pushes'), 0)"
_TASK = "task, slug, kind, accepted, finished, result, problems"


def _task(row: tuple[int, str, PushKind, float, float | None, Result | None, str]) -> Task:
    return Task(*row[:-1], tuple(json.loads(row[-1])))
