"""API keys: who may write, who may read staff-only articles, and who curates pins and the lexicon.

A key is ``tracuu_<id>_<secret>``. The id is not secret and identifies the key in lists; the secret has 256 random bits. Its
SHA-256 is stored: a secret that cannot be guessed needs no slow hash, which would only let anyone who knows an id keep the
server busy. Older keys have a scrypt hash, which is replaced on first use. The file beside the catalog is replaced as a whole
and re-read when it changes, so every process notices a new or revoked key with its next request.
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
"""``staff`` also reads staff-only articles; ``write`` puts and deletes articles; ``curate`` manages pins and the lexicon."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

_PRIVATE = 0o600
_KEY = re.compile(r"tracuu_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}
"""scrypt parameters of older keys: 16 MB and some 30 ms."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as shown in lists."""

    id: str
    name: str
    """A name for people: the program that uses it."""
    scopes: tuple[Scope, ...]
    created: str
    """ISO 8601, UTC."""
    source: str | None = None
    """The single source whose articles it may write; None means any."""
    ends: str | None = None
    """ISO 8601, UTC; the key is invalid from then on. None means never."""

    def has_ended(self, now: datetime) -> bool:
        """Tell whether the key has expired at the time ``now``."""
        return self.ends is not None and datetime.fromisoformat(self.ends) <= now


@dataclass(frozen=True, slots=True)
class _Kept:
    key: Key
    digest: bytes
    """SHA-256 of the whole key; for older keys, scrypt of the secret."""
    salt: bytes | None = None
    """The scrypt salt; None for SHA-256."""


class KeyStore:
    """The keys in a data directory; safe to use from several threads and processes."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._read: tuple[object, Mapping[str, _Kept]] = (None, {})
        self._verified: dict[bytes, bytes] = {}
        """scrypt digest -> SHA-256 digest, for keys that could not be converted in the file."""
        self._hashing = threading.Lock()

    def list(self) -> Sequence[Key]:
        """Return all keys, oldest first; raises StorageError if the file is unreadable."""
        return [kept.key for kept in self._kept().values()]

    def create(
        self, name: str, scopes: Sequence[Scope], source: str | None = None, ends: datetime | None = None
    ) -> tuple[Key, str]:
        """Create a key; return it together with the text that its owner sends, which is not stored. Raises StorageError."""
        id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        until = ends.astimezone(UTC).isoformat(timespec="seconds") if ends else None
        created = datetime.now(UTC).isoformat(timespec="seconds")
        key, given = Key(id, name, tuple(scopes), created, source, until), f"tracuu_{id}_{secret}"
        with self._changing() as kept:
            kept[id] = _Kept(key, _sha256(given))
        return key, given

    def revoke(self, id: str) -> bool:
        """Revoke a key; tell whether it existed."""
        with self._changing() as kept:
            return kept.pop(id, None) is not None

    def verify(self, given: str) -> Key | None:
        """Return the key for ``given``, None if it is invalid, revoked or expired."""
        match = _KEY.fullmatch(given)
        kept = self._kept().get(match[1]) if match else None
        if match is None or kept is None or kept.key.has_ended(datetime.now(UTC)):
            return None
        digest = kept.digest if kept.salt is None else self._verified.get(kept.digest)
        if digest is None:
            return self._convert(kept, match[2], given)
        return kept.key if hmac.compare_digest(digest, _sha256(given)) else None

    def _convert(self, kept: _Kept, secret: str, given: str) -> Key | None:
        """Verify an older key by its slow hash, and store its SHA-256 from now on."""
        # One at a time: a burst of guesses must not take 16 MB each.
        with self._hashing:
            scrypt = hashlib.scrypt(secret.encode(), salt=kept.salt or b"", **_COST)
        if not hmac.compare_digest(scrypt, kept.digest):
            return None
        self._verified[kept.digest] = _sha256(given)
        # If the file cannot be changed, the key is still valid.
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
        """Yield the keys for changing, then replace the file; one process at a time."""
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
