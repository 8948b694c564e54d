"""Keys of programs: who may write, and who may read what is for staff.

A key is ``tracuu_<id>_<secret>``: the id is no secret and names the key in lists, the secret has 256 bits and is
kept as its scrypt hash only. The file beside the catalog is replaced as a whole and read again when it changes, so
every process sees a new or a revoked key with its next request.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from indexer.disk import durable
from indexer.errors import StorageError

FILE_NAME = "keys.json"
Scope = Literal["staff", "write"]
"""``staff`` reads what is for staff, too; ``write`` puts and deletes articles."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

_PRIVATE = 0o600
_KEY = re.compile(r"tracuu_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}
"""Of scrypt: 16 MB and some 30 ms. OWASP asks for more for passwords that people choose; these are random."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be listed."""

    id: str
    name: str
    """For people: which program it was given to."""
    scopes: tuple[Scope, ...]
    created: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class _Kept:
    key: Key
    salt: bytes
    hash: bytes


class KeyStore:
    """The keys of a data directory; safe to use from several threads and processes.

    The slow hash is computed once a key and process: then a digest under a secret of this process stands for it,
    one for each key that there is, so what is remembered is bounded and wrong secrets cost nothing.
    """

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._read: tuple[object, Mapping[str, _Kept]] = (None, {})
        self._pepper = secrets.token_bytes(32)
        self._verified: dict[tuple[str, bytes], bytes] = {}
        self._hashing = threading.Lock()

    def list(self) -> Sequence[Key]:
        """Return all keys, the oldest first; StorageError where the file can't be read."""
        return [kept.key for kept in self._kept().values()]

    def create(self, name: str, scopes: Sequence[Scope]) -> tuple[Key, str]:
        """Make a key; return it and what its owner sends, which is kept nowhere. StorageError where it can't be kept."""
        id, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_bytes(16)
        key = Key(id, name, tuple(scopes), datetime.now(UTC).isoformat(timespec="seconds"))
        with self._changing() as kept:
            kept[id] = _Kept(key, salt, _hash(secret, salt))
        return key, f"tracuu_{id}_{secret}"

    def revoke(self, id: str) -> bool:
        """Forget a key; tell whether it was there."""
        with self._changing() as kept:
            return kept.pop(id, None) is not None

    def verify(self, given: str) -> Key | None:
        """Return the key that ``given`` is, None where it is none or was revoked."""
        match = _KEY.fullmatch(given)
        kept = self._kept().get(match[1]) if match else None
        if match is None or kept is None:
            return None
        digest = hmac.digest(self._pepper, given.encode(), "sha256")
        known = self._verified.get((kept.key.id, kept.hash))
        if known is None:
            # One at a time: a burst of guesses must not take 16 MB each.
            with self._hashing:
                if not hmac.compare_digest(_hash(match[2], kept.salt), kept.hash):
                    return None
            self._verified[(kept.key.id, kept.hash)] = known = digest
        return kept.key if hmac.compare_digest(known, digest) else None

    def _kept(self) -> Mapping[str, _Kept]:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            if self._read[0] != stamp:
                self._read = (stamp, _read(self._path))
                ids = {(one.key.id, one.hash) for one in self._read[1].values()}
                self._verified = {id: digest for id, digest in self._verified.items() if id in ids}
            return self._read[1]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(
                f"{self._path} can't be read: {error.strerror or error}; run the command as its owner"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise StorageError(
                f"{self._path} can't be read ({error}); restore it, or delete it and make new keys"
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[dict[str, _Kept]]:
        """Give the keys to be changed, then put the file in place of the old one; one process at a time."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_suffix(".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                kept = dict(self._kept())
                yield kept
                _write(self._path, kept.values())
        except OSError as error:
            raise StorageError(f"{self._path} can't be written: {error.strerror or error}") from error


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, **_COST)


def _read(path: Path) -> dict[str, _Kept]:
    document = json.loads(path.read_text(encoding="utf-8"))
    rows = document["keys"]
    if _digest(rows) != document["digest"]:
        raise ValueError("it is not what was written")
    keys = [
        _Kept(
            Key(
                row["id"],
                row["name"],
                tuple(scope for scope in SCOPES if scope in row["scopes"]),
                row["created"],
            ),
            bytes.fromhex(row["salt"]),
            bytes.fromhex(row["hash"]),
        )
        for row in rows
    ]
    return {one.key.id: one for one in keys}


def _write(path: Path, kept: Iterable[_Kept]) -> None:
    rows = [{**asdict(one.key), "salt": one.salt.hex(), "hash": one.hash.hex()} for one in kept]
    document = {"digest": _digest(rows), "keys": rows}
    durable.write(path, json.dumps(document, ensure_ascii=False, indent=1).encode(), _PRIVATE)


def _digest(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
