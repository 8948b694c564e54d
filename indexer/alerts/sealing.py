"""Encryption of stored addresses: AES-256-GCM, plus a keyed digest for lookup, with the key in a separate file.

The database without the key file reveals no addresses. Anyone with the whole data directory, or a backup of it, has both; file
permissions protect against that.
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
"""As in NIST SP 800-38D; random nonces are safe for some 2^32 messages."""
_PRIVATE = 0o600


class Sealer:
    """Encrypts and decrypts texts with one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError(f"a key must have {_KEY_BYTES} bytes")
        self._cipher = AESGCM(_derived(key, b"seal"))
        self._digests = _derived(key, b"digest")

    def seal(self, text: str, purpose: str) -> bytes:
        """Return ``text`` encrypted; it can be decrypted only for the same ``purpose``."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Return the decrypted text; raises StorageError if it was encrypted with another key, or modified."""
        try:
            return self._cipher.decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode()
            ).decode()
        except InvalidTag:
            raise StorageError(
                f"the alerts are encrypted with another key, or damaged; restore the {FILE_NAME} that belongs to them"
            ) from None

    def digest(self, text: str, purpose: str) -> bytes:
        """Return a digest for looking up ``text`` without decryption; equal for equal text, purpose and key."""
        return hmac.digest(self._digests, f"{purpose}\n{text}".encode(), "sha256")


def open_sealer(data: Path, create: bool = False) -> Sealer:
    """Return the sealer of a data directory; with ``create``, a missing key is generated.

    Raises StorageError if the key is unreadable or invalid.
    """
    path = data / FILE_NAME
    with durable.storage_errors(path, "read or written"):
        if create and not path.exists():
            durable.make_folder(data)
            durable.create(path, os.urandom(_KEY_BYTES), _PRIVATE)
        key = path.read_bytes()
    try:
        return Sealer(key)
    except ValueError as error:
        raise StorageError(f"{path} is not a key for alerts ({error}); restore the right one") from None


def _derived(key: bytes, use: bytes) -> bytes:
    """Return a key for one use, as in the second step of HKDF for a single block."""
    return hmac.digest(key, use + b"\x01", "sha256")
