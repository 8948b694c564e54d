"""The phrases that only one article has, as hashes in SQLite: two thirds of all. None is suggested until a second article has it.

Hashes have 52 bits: the first 12 select one of 4,096 groups, in which the other 40 are stored as 5 bytes each, in order.
Storing the same phrases as rows would take six times as much space. The probability that two of a million phrases share a hash
is 1 in 9,000; each of the two would then count as the other.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection

SCHEMA = "CREATE TABLE once (bucket INTEGER PRIMARY KEY, hashes BLOB) STRICT;"
_REST = 5
_BUCKET_BITS = 12


class Once:
    """A set of texts that can be queried and changed, in the caller's transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def holds(self, texts: Iterable[str]) -> set[str]:
        """Return those of ``texts`` that are in the set."""
        found: set[str] = set()
        for bucket, some in _by_bucket(texts).items():
            held = self._held(bucket)
            found.update(text for rest, text in some if rest in held)
        return found

    def change(self, out: Iterable[str], into: Iterable[str]) -> None:
        """Remove the texts ``out`` from the set, then add ``into``."""
        gone, added = _by_bucket(out), _by_bucket(into)
        for bucket in sorted(gone.keys() | added.keys()):
            hashes = self._held(bucket).difference(rest for rest, _ in gone.get(bucket, ()))
            hashes.update(rest for rest, _ in added.get(bucket, ()))
            if hashes:
                row = (bucket, b"".join(sorted(hashes)))
                self._db.execute("INSERT OR REPLACE INTO once VALUES (?, ?)", row)
            else:
                self._db.execute("DELETE FROM once WHERE bucket = ?", (bucket,))

    def _held(self, bucket: int) -> set[bytes]:
        row = self._db.execute("SELECT hashes FROM once WHERE bucket = ?", (bucket,)).fetchone()
        hashes: bytes = row[0] if row else b""
        return {hashes[start : start + _REST] for start in range(0, len(hashes), _REST)}


def _by_bucket(texts: Iterable[str]) -> dict[int, list[tuple[bytes, str]]]:
    """Return ``texts`` by bucket, each with the rest of its hash."""
    buckets: dict[int, list[tuple[bytes, str]]] = defaultdict(list)
    for text in texts:
        digest = hashlib.blake2b(text.encode(), digest_size=2 + _REST).digest()
        buckets[int.from_bytes(digest[:2]) >> (16 - _BUCKET_BITS)].append((digest[2:], text))
    return buckets
