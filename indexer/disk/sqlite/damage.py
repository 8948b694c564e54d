"""Checks SQLite files for damage: headers, pages, tables and logs."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_CONSTANT = (
    # Offsets and bytes that never change in our files; see "The Database Header" in SQLite's description of the file format.
    (0, _MAGIC),
    (20, bytes([0, 64, 32, 32])),
    (44, struct.pack(">I", 4)),
    (48, bytes(8)),
    (56, struct.pack(">I", 1)),
    (64, bytes(8)),
    (72, bytes(20)),
)
_FORMATS = {bytes([1, 1]), bytes([2, 2])}
"""Bytes 18 and 19: format for reading and writing, 2 with a log."""
_MOST = 20
"""Maximum number of problems to request from SQLite; the first says enough."""
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = 0x377F0682
"""Plus one if checksums use big-endian numbers."""


def is_database(path: Path) -> bool:
    """Tell whether ``path`` is an SQLite file; raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def is_unused(db: sqlite3.Connection) -> bool:
    """Tell whether nothing has been written to the database yet, because its creation was interrupted."""
    tables, version = "SELECT count(*) FROM sqlite_master", "PRAGMA user_version"
    return all(db.execute(asked).fetchone()[0] == 0 for asked in (tables, version))


def damage_of_file(db: sqlite3.Connection, path: Path) -> Iterator[str]:
    """Yield what is wrong with the header and pages of the open file ``path``, including its indexes."""
    # SQLite writes parts of the header only with the first table.
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
    """Tell whether the whole log has been merged into the file; otherwise, a young file may have its first page only in the log."""
    try:
        busy, frames, taken_in = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.OperationalError:  # it may only be read
        log = Path(f"{path}-wal")
        return not log.is_file() or log.stat().st_size == 0
    return not busy and bool(frames == taken_in)


def differing_tables(db: sqlite3.Connection, schema: str) -> Iterator[str]:
    """Yield the tables and indexes whose columns differ from ``schema``."""
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
    """Return a description of every table: its columns, its indexes with theirs, and its type."""
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
    """Yield what is wrong with the log beside the database ``path``, since SQLite itself skips what it cannot read.

    Call this before opening the database, which merges the log. A tail lost in a power cut counts as damage, too.
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
            # Left by an earlier use of the log, to which both salts belong.
            return
        sums = _checksum(frame[:8], order, sums)
        sums = _checksum(frame[_FRAME_HEADER:], order, sums)
        if len(frame) < size or frame[8:16] != salts or struct.unpack(">2I", frame[16:24]) != sums:
            yield f"frame {number} is damaged"
            return


def _checksum(content: memoryview, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """Continue the checksum of a log; see "WAL File Format, Checksum Algorithm"."""
    first, second = sums
    usable = len(content) // 8 * 8
    for x, y in struct.iter_unpack(f"{order}2I", content[:usable]):
        first = (first + x + second) & 0xFFFFFFFF
        second = (second + y + first) & 0xFFFFFFFF
    return first, second
