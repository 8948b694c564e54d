"""A bucket of an S3-compatible store, as obstore reaches it: objects by their keys, what goes wrong in words of ours.

Each request is bounded in time and moves :data:`PART` bytes at most, so that no transfer needs more memory or patience.
"""

from __future__ import annotations

import os
import re
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
from indexer.s3_settings import S3Settings

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Credential, S3Store

PART = 8 << 20
"""Bytes that one request reads or sends: S3 takes parts of 5 MB at least."""
_RETRIES = 2
_RETRY_SECONDS = 5.0
"""After which a request that failed is not tried again."""
DOWN_SECONDS = 5.0
"""For which a store that did not answer is not asked again: who waits for it would take all threads of a server."""
_KNOWN_SECONDS = 60.0
"""For which a bucket that was there is taken to be there still."""
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_REFUSED = "it refuses the access key; mend access_key, its secret, or what they may do there"
_REASONS = {
    "NoSuchBucket": "there is no such bucket; make it, or mend files in the settings",
    **dict.fromkeys(
        ("InvalidAccessKeyId", "XAdminUserNotFound", "SignatureDoesNotMatch", "AccessDenied"), _REFUSED
    ),
    **dict.fromkeys(("401 Unauthorized", "403 Forbidden"), _REFUSED),
}
"""Of what stands in an answer, whatever its status: stores differ in that."""


@dataclass(frozen=True, slots=True)
class ObjectInBucket:
    """What a bucket says of an object."""

    key: str
    size: int
    """Bytes."""
    modified: float
    """Seconds since 1970."""


class Bucket:
    """One bucket; nothing is connected until it is asked. Safe to use from several threads, and behind a fork.

    All methods raise FilesUnreachableError, and UsageError where the secret is not where the settings say.
    """

    def __init__(self, name: str, settings: S3Settings) -> None:
        """Raises UsageError where obstore is not installed."""
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
        """Return what there is of an object, None where there is none."""
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
        """Return up to ``length`` bytes of an object from ``start``, of which there is one; FileNotFoundError without an object."""
        import obstore

        with self._told():
            return bytes(obstore.get_range(self._store(), key, start=start, length=length))

    def create(self, key: str, content: bytes | Path) -> bool:
        """Make an object unless there is one; return whether there was none. It is there whole or not at all."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        with self._told():
            try:
                if size <= PART:
                    obstore.put(self._store(), key, content, mode="create", use_multipart=False)
                else:
                    # S3 has no parts with a condition. What may be replaced has the same digest.
                    obstore.put(self._store(), key, content, chunk_size=PART, max_concurrency=1)
            except AlreadyExistsError:
                return False
            except FileNotFoundError as error:
                raise self._failure(error) from error
        return True

    def remove(self, key: str) -> None:
        """Remove an object if it is there."""
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
        """Raise FilesUnreachableError where an object is missing because the bucket is."""
        if time.monotonic() - self._seen > _KNOWN_SECONDS:
            next(self.all("x"), None)
            self._seen = time.monotonic()

    def _failed(self, reason: str) -> FilesUnreachableError:
        return FilesUnreachableError(self.name, self._settings.endpoint or "Amazon", reason)

    def _store(self) -> S3Store:
        # The threads that obstore works with are not there behind a fork.
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
        # What AWS_* say to other programs of this machine must not lead ours elsewhere.
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
        """Turn what obstore raises into FilesUnreachableError, but for a FileNotFoundError."""
        from obstore.exceptions import BaseError

        until, reason = self._down
        if time.monotonic() < until:
            raise self._failed(reason)
        try:
            yield
        except FileNotFoundError as error:
            if _reason(str(error)):
                raise self._failure(error) from error
            raise
        except BaseError as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> FilesUnreachableError:
        """Return what is said of ``error``, for a while without asking again."""
        text = str(error)
        reason = (
            _reason(text)
            or f"it does not answer as it should ({_short(text)}); look after it and its address"
        )
        self._down = (time.monotonic() + DOWN_SECONDS, reason)
        return self._failed(reason)


def _reason(text: str) -> str:
    """Return which reason of ours stands in an answer, empty where there is none."""
    return next((reason for code, reason in _REASONS.items() if code in text), "")


def _short(text: str) -> str:
    """Return what obstore says behind the address that it asked."""
    code = _CODE.search(text)
    first = text.partition("\n")[0].rpartition(" - ")[2].partition(": <?xml")[0][:200]
    return f"{first}, {code[1]}" if code else first
