"""A bucket of an S3-compatible store, accessed with obstore: objects by key, with errors in our own words.

Each request has a time limit and moves at most :data:`PART` bytes, which bounds the memory and the time of every transfer.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import FilesUnreachableError, UsageError
from indexer.files.answers import reason_in, short
from indexer.s3_settings import S3Settings

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Credential, S3Store

PART = 8 << 20
"""Number of bytes that one request reads or sends; parts in S3 have at least 5 MB."""
_RETRIES = 2
_RETRY_SECONDS = 5.0
"""Seconds after which a failed request is not tried again."""
DOWN_SECONDS = 5.0
"""Seconds for which a store that did not answer is not asked again; waiting for it would occupy all threads of a server."""
_KNOWN_SECONDS = 60.0
"""Seconds for which a bucket that was found is assumed to exist."""


@dataclass(frozen=True, slots=True)
class ObjectInBucket:
    """What a bucket reports about an object."""

    key: str
    size: int
    """Size in bytes."""
    modified: float
    """Time of the last change, in seconds since 1970."""


class Bucket:
    """One bucket; it connects with the first request. Safe to use from several threads, and after a fork.

    All methods raise FilesUnreachableError, and UsageError if the secret is not where the settings say.
    """

    def __init__(self, name: str, settings: S3Settings) -> None:
        """Raises UsageError if obstore is not installed."""
        if find_spec("obstore") is None:
            raise UsageError(
                "attachments in an object store need obstore; install it with: pip install 'tracuu[s3]'"
            )
        self.name = name
        self._settings = settings
        self._turn = threading.Lock()
        self._opened: tuple[int, S3Store] | None = None
        self._seen = float("-inf")
        self._down: tuple[float, str] = (float("-inf"), "")

    def find(self, key: str) -> ObjectInBucket | None:
        """Return the metadata of an object; None if it does not exist."""
        import obstore

        with self._told():
            try:
                found = obstore.head(self._store(), key)
            except FileNotFoundError:
                found = None
        if found is None:
            self._check_bucket()
            return None
        return ObjectInBucket(key, found["size"], found["last_modified"].timestamp())

    def read(self, key: str, start: int, length: int) -> bytes:
        """Return up to ``length`` bytes of an object from ``start``, which must be inside it; raises FileNotFoundError if there is
        no object."""
        import obstore

        with self._told():
            return bytes(obstore.get_range(self._store(), key, start=start, length=length))

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Return the content of a small object and its entity tag; None if it does not exist."""
        import obstore

        with self._told():
            try:
                found = obstore.get(self._store(), key)
                return bytes(found.bytes()), found.meta["e_tag"] or ""
            except FileNotFoundError:
                pass
        self._check_bucket()
        return None

    def replace(self, key: str, content: bytes, tag: str) -> bool:
        """Replace the version ``tag`` of an object; return False, and change nothing, if it is not the current one."""
        import obstore
        from obstore.exceptions import PreconditionError

        with self._told():
            try:
                obstore.put(self._store(), key, content, mode={"e_tag": tag}, use_multipart=False)
            except (PreconditionError, FileNotFoundError):
                return False
        return True

    def put(self, key: str, content: bytes) -> None:
        """Store a small object, in place of any other with this key."""
        import obstore

        with self._told():
            try:
                obstore.put(self._store(), key, content, use_multipart=False)
            except FileNotFoundError as error:
                raise self._failure(error) from error

    def create(self, key: str, content: bytes | Path) -> bool:
        """Create an object unless it exists; return whether it was created. An object is complete or absent."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        with self._told():
            try:
                if size <= PART:
                    obstore.put(self._store(), key, content, mode="create", use_multipart=False)
                else:
                    # Multipart uploads in S3 have no conditions. Any object that is overwritten has the same digest.
                    obstore.put(self._store(), key, content, chunk_size=PART, max_concurrency=1)
            except AlreadyExistsError:
                return False
            except FileNotFoundError as error:
                raise self._failure(error) from error
        return True

    def remove(self, key: str) -> None:
        """Remove an object if it exists."""
        import obstore

        with self._told():
            try:
                obstore.delete(self._store(), key)
            except FileNotFoundError:
                self._check_bucket()

    def all(self, prefix: str) -> Iterator[ObjectInBucket]:
        """Yield every object whose key begins with the folders of ``prefix``."""
        import obstore

        with self._told():
            for some in obstore.list(self._store(), prefix=prefix or None, chunk_size=1_000):
                for one in some:
                    yield ObjectInBucket(one["path"], one["size"], one["last_modified"].timestamp())

    def _check_bucket(self) -> None:
        """Raise FilesUnreachableError if an object is missing because its bucket is."""
        if time.monotonic() - self._seen > _KNOWN_SECONDS:
            next(self.all("x"), None)
            self._seen = time.monotonic()

    def _failed(self, reason: str) -> FilesUnreachableError:
        return FilesUnreachableError(self.name, self._settings.endpoint or "Amazon", reason)

    def _store(self) -> S3Store:
        # The threads of obstore do not exist after a fork.
        with self._turn:
            if self._opened is None or self._opened[0] != os.getpid():
                self._opened = (os.getpid(), self._connected())
            return self._opened[1]

    def _connected(self) -> S3Store:
        from obstore.store import S3Store

        given = self._settings
        key: S3Credential = {
            "access_key_id": given.access_key,
            "secret_access_key": given.secret(),
            "expires_at": None,
        }
        address = given.endpoint or f"https://s3.{given.region}.amazonaws.com"
        # AWS_* variables are meant for other programs on this machine and must not redirect ours.
        config: S3Config = {"endpoint": address, "aws_endpoint_url_s3": address, "skip_signature": False}
        return S3Store(
            self.name,
            config=config,
            region=given.region,
            credential_provider=lambda: key,
            checksum_algorithm="SHA256",
            client_options={
                "allow_http": given.endpoint.startswith("http:"),
                "connect_timeout": timedelta(seconds=given.connect_seconds),
                "timeout": timedelta(seconds=given.request_seconds),
                **({"root_certificate": given.certificates()} if given.ca_file else {}),
            },
            retry_config={
                "max_retries": _RETRIES,
                "retry_timeout": timedelta(seconds=_RETRY_SECONDS),
                "backoff": {
                    "init_backoff": timedelta(seconds=0.1),
                    "max_backoff": timedelta(seconds=1),
                    "base": 2,
                },
            },
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Convert exceptions of obstore to FilesUnreachableError, except FileNotFoundError."""
        from obstore.exceptions import BaseError

        until, reason = self._down
        if time.monotonic() < until:
            raise self._failed(reason)
        try:
            yield
        except FileNotFoundError as error:
            if reason_in(str(error)):
                raise self._failure(error) from error
            raise
        except BaseError as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> FilesUnreachableError:
        """Return the explanation of ``error``, and skip further requests for a while."""
        text = str(error)
        reason = (
            reason_in(text)
            or f"it does not answer correctly ({short(text)}); check the store and its address"
        )
        self._down = (time.monotonic() + DOWN_SECONDS, reason)
        return self._failed(reason)
