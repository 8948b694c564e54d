"""``files`` and ``[s3]`` in ``tracuu.toml``: the bucket that holds the attachments, and access to its store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError
from indexer.setting_tables import content_of, is_here, number, table_of, text, variable

_PLACE = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,8})/?")
"""The bucket, named by the rules of S3, and the prefix of its keys."""
_NUMBERS = {"connect_seconds": (0.1, 60), "request_seconds": (1, 3_600), "cache_mb": (0, 1_000_000)}
"""Numeric keys with their minimum and maximum."""
_TEXTS = ("endpoint", "region", "access_key", "secret_file", "secret_env", "ca_file")


@dataclass(frozen=True, slots=True)
class S3Settings:
    """An S3-compatible object store."""

    endpoint: str = ""
    """Its address, with http or https; empty for Amazon's in the region."""
    region: str = "us-east-1"
    """The region that requests are signed for; most self-hosted stores accept any."""
    access_key: str = ""
    secret_file: str = ""
    secret_env: str = ""
    ca_file: str = ""
    """Certificates (PEM) that are trusted in addition to those of the system."""
    connect_seconds: float = 2.0
    request_seconds: float = 30.0
    """Limit for one request, which moves a few megabytes at most."""
    cache_mb: int = 500
    """Size of the cache in the data directory for recently used files; 0 disables it."""

    def secret(self) -> str:
        """Return the secret of the access key; raises UsageError if it is not where the settings say."""
        if self.secret_file:
            return content_of(self.secret_file, "s3.secret_file")
        return variable(self.secret_env, "s3.secret_env")

    def certificates(self) -> str:
        """Return the content of ``ca_file``, empty if there is none; raises UsageError if it can't be read."""
        return content_of(self.ca_file, "s3.ca_file") if self.ca_file else ""


def place_of(files: str) -> tuple[str, str]:
    """Return the bucket and the prefix of the keys in it, which is empty or ends with a slash, of ``s3://bucket/prefix``.

    Raises SettingsError if the form is different.
    """
    found = _PLACE.fullmatch(files)
    if found is None or "//" in found[2]:
        raise SettingsError(
            f"files must be written as s3://bucket/prefix, or left out for the data directory, not {files!r}"
        )
    prefix = found[2].removeprefix("/")
    return found[1], f"{prefix}/" if prefix else ""


def check_files(files: str, s3: S3Settings) -> None:
    """Raise SettingsError unless ``files`` is empty, or names a place and ``s3`` has access to it."""
    if files:
        place_of(files)
        if not s3.access_key:
            raise SettingsError(
                "files names an object store, but [s3] has no access_key; set it together with its secret"
            )


def read_s3(table: object, origin: str) -> S3Settings:
    """Return the settings in the table; raises SettingsError naming the key, the error and the origin."""
    values: dict[str, Any] = {}
    form = "[s3], with endpoint, access_key and secret_file"
    for key, value in table_of(table, (*_TEXTS, *_NUMBERS), origin, form).items():
        if key in _NUMBERS:
            values[key] = number(value, *_NUMBERS[key], key == "cache_mb", f"{origin}.{key}")
        else:
            values[key] = text(value, f"{origin}.{key}")
    values["endpoint"] = values.get("endpoint", "").rstrip("/")
    settings = S3Settings(**values)
    _check(settings, origin)
    return settings


def _check(settings: S3Settings, origin: str) -> None:
    if settings.secret_file and settings.secret_env:
        raise SettingsError(f"{origin} has both secret_file and secret_env; remove one of them")
    if bool(settings.access_key) != bool(settings.secret_file or settings.secret_env):
        raise SettingsError(f"{origin} must have both an access_key and its secret, or neither")
    if not settings.endpoint:
        return
    told = settings.endpoint.rpartition("@")[2]  # nobody's password
    try:
        parts = urlsplit(settings.endpoint)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        host = parts.hostname or ""
    except ValueError:
        sound, host = False, ""
    if not sound or told != settings.endpoint or parts.path or parts.query or parts.fragment:
        raise SettingsError(
            f"{origin}.endpoint must be an address such as https://s3.example:9000, not {told!r}"
        )
    if parts.scheme == "http" and not is_here(host):
        raise SettingsError(f"{origin} would send staff-only files to {told} unencrypted; use https")
