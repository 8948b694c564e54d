"""Whether files of SQLite are what SQLite wrote: headers, pages, tables and logs."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

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
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = 0x377F0682
"""And one more where checksums are of big-endian numbers."""


def is_database(path: Path) -> bool:
    """Tell whether ``path`` is a file of SQLite; raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


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
            yield f"the table {name} has unexpected columns"


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
