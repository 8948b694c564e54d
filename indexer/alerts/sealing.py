"""Addresses at rest: sealed by AES-256-GCM, found again by a keyed digest, under a key in a file of its own.

Whoever has the database without the key file learns no address from it. Whoever has the whole data directory, or a backup
of it, has both: that is what permissions are for.
"""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from indexer.disk import durable
from indexer.errors import StorageError

FILE_NAME = "alerts.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12
"""Of NIST SP 800-38D; random ones are fine for some 2^32 messages."""
_PRIVATE = 0o600


class Sealer:
    """Seals and opens texts under one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError(f"a key must have {_KEY_BYTES} bytes")
        self._cipher = AESGCM(_derived(key, b"seal"))
        self._digests = _derived(key, b"digest")

    def seal(self, text: str, purpose: str) -> bytes:
        """Return ``text`` sealed; it opens for the same ``purpose`` only."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Return what was sealed; raises StorageError where it was sealed by another key, or was changed."""
        try:
            return self._cipher.decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode()
            ).decode()
        except InvalidTag:
            raise StorageError(
                f"the alerts are encrypted with another key, or damaged; restore the {FILE_NAME} that belongs to them"
            ) from None

    def digest(self, text: str, purpose: str) -> bytes:
        """Return what ``text`` is known by without being read: the same for the same text, purpose and key."""
        return hmac.digest(self._digests, f"{purpose}\n{text}".encode(), "sha256")


def open_sealer(data: Path, create: bool = False) -> Sealer:
    """Return the sealer of a data directory; with ``create`` its key is made where there is none yet.

    Raises StorageError where the key can't be read or is none.
    """
    path = data / FILE_NAME
    with durable.storage_errors(path, "read or written"):
        if create and not path.exists():
            durable.make_folder(data)
            _make_key(path)
        key = path.read_bytes()
    try:
        return Sealer(key)
    except ValueError as error:
        raise StorageError(f"{path} is not a key for alerts ({error}); restore the right one") from None


def _make_key(path: Path) -> None:
    """Make the file unless another process was faster, whose key counts then."""
    aside = path.parent / f"{durable.TEMPORARY}{path.name}-{os.getpid()}"
    durable.write(aside, os.urandom(_KEY_BYTES), _PRIVATE)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
    durable.sync(path.parent)


def _derived(key: bytes, use: bytes) -> bytes:
    """One key for each use, as HKDF's second step does it for one block."""
    return hmac.digest(key, use + b"\x01", "sha256")
