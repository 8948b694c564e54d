"""Files of SQLite as files: copied while others write, and whether they are what SQLite wrote."""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from indexer.errors import DamagedError, StorageError
from indexer.lock import opening

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What Python raises for a database; the second where SQLite names a table in its error and the name is damaged."""
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_CONSTANT = (
    # Offset and bytes that never change in our files; see "The Database Header" of the file format of SQLite.
    (0, _MAGIC),
    (20, bytes([0, 64, 32, 32])),
    (44, struct.pack(">I", 4)),
    (48, bytes(8)),
    (56, struct.pack(">I", 1)),
    (64, bytes(8)),
    (72, bytes(20)),
)
_FORMATS = {bytes([1, 1]), bytes([2, 2])}
"""Bytes 18 and 19: how the file is read and written, 2 with a log."""
_MOST = 20
"""Problems that SQLite is asked for; the first says enough."""
_TRIES, _POLL = 500, 0.01
"""For a moment in which nothing is written, and the seconds in between: writers commit some times a second."""
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = 0x377F0682
"""And one more where checksums are of big-endian numbers."""


def is_database(path: Path) -> bool:
    """Tell whether ``path`` is a file of SQLite; raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def reading_uri(path: Path) -> str:
    """Return the address by which SQLite reads ``path`` and never writes, where its folder can't be written as well."""
    log = Path(f"{path}-wal")
    # Without a log nobody has it open, so it may be read without the locks that can't be made there.
    locked = os.access(path.parent, os.W_OK) or (log.is_file() and log.stat().st_size > 0)
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if locked else "&immutable=1")


@contextmanager
def reading(path: Path, with_log: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the database ``path``, of a data directory, for reading only, where that can't be written as well.

    ``with_log``: what its log holds may be taken in, where that can be. Raises what SQLite does, HalfRestoredError and StorageError.
    """
    whole = with_log and os.access(path.parent, os.W_OK)
    uri = f"{path.absolute().as_uri()}?mode=rw" if whole else reading_uri(path)
    with opening(path.parent), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db:
        yield db


class ConnectionPerThread:
    """Keeps a connection of each thread to the file that is at ``path`` now: one that took its place is opened anew.

    ``connect`` opens the file at a path; it must not hold the owner of this, with which the connections are closed.
    """

    def __init__(self, path: Path, connect: Callable[[Path], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._local = threading.local()

    def current(self) -> sqlite3.Connection:
        """Return the connection of this thread; raises what ``connect`` does."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        # Before it is opened: where another file comes in between, the next call opens that.
        file = self._identity()
        if db is None or file != self._local.file:
            self.close()
            db = self._local.db = self._connect(self._path)
            self._local.file = file
        return db

    def close(self) -> None:
        """Close the connection of this thread."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is not None:
            self._local.db = None
            db.close()

    def _identity(self) -> tuple[int, int] | None:
        """Return what tells one file of this name from another, None where there is none."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Let the statements of the block be written together or not at all; ``db`` makes no transactions by itself."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def snapshots(*sources: Path) -> Iterator[list[Snapshot]]:
    """Yield databases of one directory as they are at one moment, whatever is written meanwhile; nobody is held off.

    Raises StorageError, and DamagedError where one can't be read as a database.
    """
    for _ in range(_TRIES):
        with ExitStack() as stack:
            # While they are opened only: what takes their place then are other files.
            with opening(sources[0].parent):
                probes = [stack.enter_context(_looked_at(path)) for path in sources[:-1]]
                before = [one.version() for one in probes]
                taken = [stack.enter_context(_looked_at(path)) for path in sources]
                for one in taken:
                    one.begin()
                # Nothing was written before the last of them began.
                agree = [one.version() for one in probes] == before
            if agree:
                yield taken
                return
        time.sleep(_POLL)
    raise StorageError(f"{sources[0]} is written without a pause; run the command again when less is pushed")


@contextmanager
def _looked_at(path: Path) -> Iterator[Snapshot]:
    with _copy_errors(path):
        db = sqlite3.connect(reading_uri(path), uri=True, isolation_level=None)
    with closing(db):
        yield Snapshot(path, db)


class Snapshot:
    """A database as it was at one moment."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db

    def begin(self) -> None:
        """Let it be this moment."""
        with _copy_errors(self.path):
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def version(self) -> int:
        """Return a number that is another one after each change that was made elsewhere."""
        with _copy_errors(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def copy_to(self, target: Path) -> None:
        """Write a copy to the new file ``target``; raises StorageError, DamagedError."""
        with _copy_errors(self.path), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self._db.backup(copy)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of ``source`` as it is at this moment to the new file ``target``; raises as :func:`snapshots`."""
    with snapshots(source) as (taken,):
        taken.copy_to(target)


@contextmanager
def _copy_errors(source: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"{source} can't be copied: {error}; free space or mend permissions and run the command again"
        ) from error
    except SQLITE_ERRORS as error:
        raise DamagedError(
            f"{source} can't be copied, it is damaged ({error}); run `tracuu verify`"
        ) from error


def is_unused(db: sqlite3.Connection) -> bool:
    """Tell whether nothing has been written into the database yet: whoever made it was stopped before that."""
    tables, version = "SELECT count(*) FROM sqlite_master", "PRAGMA user_version"
    return all(db.execute(asked).fetchone()[0] == 0 for asked in (tables, version))


def damage_of_file(db: sqlite3.Connection, path: Path) -> Iterator[str]:
    """Yield what is wrong with the header and the pages of the open file ``path``, its indexes included."""
    # SQLite writes some of the header with the first table only.
    if not is_unused(db) and _takes_log_in(db, path):
        with path.open("rb") as file:
            header = file.read(_HEADER)
        if header[18:20] not in _FORMATS or any(
            header[at : at + len(constant)] != constant for at, constant in _CONSTANT
        ):
            yield "its header is damaged"
    for (said,) in db.execute(f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield str(said)


def _takes_log_in(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether all of the log is in the file now; else that may be young, and its first page be in the log only."""
    try:
        busy, frames, taken_in = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.OperationalError:  # it may only be read
        log = Path(f"{path}-wal")
        return not log.is_file() or log.stat().st_size == 0
    return not busy and bool(frames == taken_in)


def differing_tables(db: sqlite3.Connection, schema: str) -> Iterator[str]:
    """Yield the tables and indexes of which the columns are not those that ``schema`` makes."""
    wanted = sqlite3.connect(":memory:")
    try:
        wanted.executescript(schema)
        expected, found = _tables(wanted), _tables(db)
    finally:
        wanted.close()
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield f"the columns of {name} are not what they were"


def _tables(db: sqlite3.Connection) -> dict[str, object]:
    """Return what holds of every table: its columns, its indexes and theirs, and its kind."""
    tables: dict[str, object] = {}
    for _, name, kind, _, without_rowid, strict in db.execute("PRAGMA main.table_list").fetchall():
        if name.startswith("sqlite_"):
            continue
        columns = db.execute("SELECT * FROM pragma_table_xinfo(?)", (name,)).fetchall()
        indexes = {
            row[1]: (row[2:], db.execute("SELECT * FROM pragma_index_xinfo(?)", (row[1],)).fetchall())
            for row in db.execute("SELECT * FROM pragma_index_list(?)", (name,)).fetchall()
        }
        tables[name] = (kind, without_rowid, strict, columns, indexes)
    return tables


def damage_of_log(path: Path) -> Iterator[str]:
    """Yield what is wrong with the log beside the database ``path``: SQLite itself passes over what it can't read.

    To be asked before the database is opened, which takes the log in. What a power cut tore off at the
    end counts as damage, too.
    """
    log = Path(f"{path}-wal")
    if not log.is_file() or log.stat().st_size == 0:
        return
    content = memoryview(log.read_bytes())
    if len(content) < _LOG_HEADER:
        yield "it is too short"
        return
    magic, _, page_size, _, _, _, *wanted = struct.unpack(">8I", content[:_LOG_HEADER])
    salts = bytes(content[16:24])
    order = ">" if magic == _LOG_MAGIC + 1 else "<"
    sums = _checksum(content[:24], order, (0, 0))
    if magic & ~1 != _LOG_MAGIC or list(sums) != wanted:
        yield "its header is damaged"
        return
    size = _FRAME_HEADER + page_size
    for number, at in enumerate(range(_LOG_HEADER, len(content), size), 1):
        frame = content[at : at + size]
        if frame[8:12] != salts[:4] and frame[12:16] != salts[4:]:
            # What an earlier use of the log left: both salts are of that.
            return
        sums = _checksum(frame[:8], order, sums)
        sums = _checksum(frame[_FRAME_HEADER:], order, sums)
        if len(frame) < size or frame[8:16] != salts or struct.unpack(">2I", frame[16:24]) != sums:
            yield f"frame {number} is damaged"
            return


def _checksum(content: memoryview, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """Go on with the checksum of a log; see "WAL File Format, Checksum Algorithm"."""
    first, second = sums
    usable = len(content) // 8 * 8
    for x, y in struct.iter_unpack(f"{order}2I", content[:usable]):
        first = (first + x + second) & 0xFFFFFFFF
        second = (second + y + first) & 0xFFFFFFFF
    return first, second
