"""Keys of programs: who may write, who may read what is for staff, and who looks after pins and lexicon.

A key is ``tracuu_<id>_<secret>``: the id is no secret and names the key in lists, the secret has 256 random bits. Its SHA-256
is kept: what nobody can guess needs no slow hash, which only gives whoever knows an id a way to keep the server busy. Keys made
before have a scrypt hash, which is replaced at their first use. The file beside the catalog is replaced as a whole and read
again when it changes, so every process sees a new or a revoked key with its next request.
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
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from indexer.disk import durable
from indexer.errors import StorageError

FILE_NAME = "keys.json"
Scope = Literal["staff", "write", "curate"]
"""``staff`` reads what is for staff, too; ``write`` puts and deletes articles; ``curate`` looks after pins and lexicon."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

_PRIVATE = 0o600
_KEY = re.compile(r"tracuu_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}
"""Of scrypt, for keys made before: 16 MB and some 30 ms."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be listed."""

    id: str
    name: str
    """For people: which program it was given to."""
    scopes: tuple[Scope, ...]
    created: str
    """ISO 8601, UTC."""
    source: str | None = None
    """The one source whose articles it may write; None: any."""
    ends: str | None = None
    """ISO 8601, UTC: from then on it is no key any more; None: never."""

    def has_ended(self, now: datetime) -> bool:
        """Tell whether its end has come at the moment ``now``."""
        return self.ends is not None and datetime.fromisoformat(self.ends) <= now


@dataclass(frozen=True, slots=True)
class _Kept:
    key: Key
    digest: bytes
    """SHA-256 of the whole key; of one made before, scrypt of its secret."""
    salt: bytes | None = None
    """Of scrypt; None for SHA-256."""


class KeyStore:
    """The keys of a data directory; safe to use from several threads and processes."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._read: tuple[object, Mapping[str, _Kept]] = (None, {})
        self._verified: dict[bytes, bytes] = {}
        """Digest by scrypt -> that by SHA-256, where the file could not be changed."""
        self._hashing = threading.Lock()

    def list(self) -> Sequence[Key]:
        """Return all keys, the oldest first; StorageError where the file can't be read."""
        return [kept.key for kept in self._kept().values()]

    def create(
        self, name: str, scopes: Sequence[Scope], source: str | None = None, ends: datetime | None = None
    ) -> tuple[Key, str]:
        """Make a key; return it and what its owner sends, which is kept nowhere. StorageError where it can't be kept."""
        id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        until = ends.astimezone(UTC).isoformat(timespec="seconds") if ends else None
        created = datetime.now(UTC).isoformat(timespec="seconds")
        key, given = Key(id, name, tuple(scopes), created, source, until), f"tracuu_{id}_{secret}"
        with self._changing() as kept:
            kept[id] = _Kept(key, _sha256(given))
        return key, given

    def revoke(self, id: str) -> bool:
        """Forget a key; tell whether it was there."""
        with self._changing() as kept:
            return kept.pop(id, None) is not None

    def verify(self, given: str) -> Key | None:
        """Return the key that ``given`` is, None where it is none, was revoked or has ended."""
        match = _KEY.fullmatch(given)
        kept = self._kept().get(match[1]) if match else None
        if match is None or kept is None or kept.key.has_ended(datetime.now(UTC)):
            return None
        digest = kept.digest if kept.salt is None else self._verified.get(kept.digest)
        if digest is None:
            return self._convert(kept, match[2], given)
        return kept.key if hmac.compare_digest(digest, _sha256(given)) else None

    def _convert(self, kept: _Kept, secret: str, given: str) -> Key | None:
        """Verify a key made before by its slow hash, and keep its SHA-256 from now on."""
        # One at a time: a burst of guesses must not take 16 MB each.
        with self._hashing:
            scrypt = hashlib.scrypt(secret.encode(), salt=kept.salt or b"", **_COST)
        if not hmac.compare_digest(scrypt, kept.digest):
            return None
        self._verified[kept.digest] = _sha256(given)
        # A file that can't be changed is no reason to refuse a key.
        with suppress(StorageError), self._changing() as keys:
            if keys.get(kept.key.id) == kept:
                keys[kept.key.id] = _Kept(kept.key, _sha256(given))
        return kept.key

    def _kept(self) -> Mapping[str, _Kept]:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            if self._read[0] != stamp:
                self._read = (stamp, _read(self._path))
                there = {one.digest for one in self._read[1].values()}
                self._verified = {old: new for old, new in self._verified.items() if old in there}
            return self._read[1]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(
                f"{self._path} can't be read: {error.strerror or error}; run the command as its owner"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise StorageError(
                f"{self._path} can't be read ({error}); restore it, or delete it and create new keys"
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


def _sha256(given: str) -> bytes:
    return hashlib.sha256(given.encode()).digest()


def _read(path: Path) -> dict[str, _Kept]:
    document = json.loads(path.read_text(encoding="utf-8"))
    rows = document["keys"]
    if _digest(rows) != document["digest"]:
        raise ValueError("its content is damaged")
    return {row["id"]: _kept_of(row) for row in rows}


def _kept_of(row: Mapping[str, Any]) -> _Kept:
    scopes = tuple(scope for scope in SCOPES if scope in row["scopes"])
    key = Key(row["id"], row["name"], scopes, row["created"], row.get("source"), row.get("ends"))
    if "sha256" in row:
        return _Kept(key, bytes.fromhex(row["sha256"]))
    return _Kept(key, bytes.fromhex(row["hash"]), bytes.fromhex(row["salt"]))


def _row(one: _Kept) -> dict[str, object]:
    if one.salt is None:
        return {**asdict(one.key), "sha256": one.digest.hex()}
    return {**asdict(one.key), "salt": one.salt.hex(), "hash": one.digest.hex()}


def _write(path: Path, kept: Iterable[_Kept]) -> None:
    rows = list(map(_row, kept))
    document = {"digest": _digest(rows), "keys": rows}
    durable.write(path, json.dumps(document, ensure_ascii=False, indent=1).encode(), _PRIVATE)


def _digest(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
