"""``files`` and ``[s3]`` of ``tracuu.toml``: which bucket holds the attachments, and how its store is reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError
from indexer.setting_tables import content_of, is_here, number, table_of, text, variable

_PLACE = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,8})/?")
"""Its bucket, named by the rules of S3, and what the keys in it begin with."""
_NUMBERS = {"connect_seconds": (0.1, 60), "request_seconds": (1, 3_600), "cache_mb": (0, 1_000_000)}
"""Keys that are numbers, with the least and the most that they may be."""
_TEXTS = ("endpoint", "region", "access_key", "secret_file", "secret_env", "ca_file")


@dataclass(frozen=True, slots=True)
class S3Settings:
    """An S3-compatible store of objects."""

    endpoint: str = ""
    """Its address, with http or https; empty: Amazon's of the region."""
    region: str = "us-east-1"
    """What requests are signed with; most stores of one's own take any."""
    access_key: str = ""
    secret_file: str = ""
    secret_env: str = ""
    ca_file: str = ""
    """Certificates (PEM) of who signs that of the store, beside those that the system trusts."""
    connect_seconds: float = 2.0
    request_seconds: float = 30.0
    """For one request, which moves some megabytes at most."""
    cache_mb: int = 500
    """Of files that were read or written last and are kept in the data directory; 0 keeps none."""

    def secret(self) -> str:
        """Return the secret of the access key; raises UsageError where it is not where the settings say."""
        if self.secret_file:
            return content_of(self.secret_file, "s3.secret_file")
        return variable(self.secret_env, "s3.secret_env")

    def certificates(self) -> str:
        """Return what ``ca_file`` holds, empty where there is none; raises UsageError."""
        return content_of(self.ca_file, "s3.ca_file") if self.ca_file else ""


def place_of(files: str) -> tuple[str, str]:
    """Return the bucket and the prefix that ``s3://bucket/prefix`` names; raises SettingsError where it names none."""
    found = _PLACE.fullmatch(files)
    if found is None or "//" in found[2]:
        raise SettingsError(
            f"files {files!r} is no place for attachments; write it as s3://bucket/prefix, or leave it out for the data directory"
        )
    return found[1], found[2].lstrip("/")


def check_files(files: str, s3: S3Settings) -> None:
    """Raise SettingsError unless ``files`` is empty, or names a place that ``s3`` tells how to reach."""
    if files:
        place_of(files)
        if not s3.access_key:
            raise SettingsError(
                "files is in an object store, and [s3] has no access_key; give it with its secret"
            )


def read_s3(table: object, origin: str) -> S3Settings:
    """Return what the table says; raises SettingsError naming the key, what is wrong with it, and where it came from."""
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
        raise SettingsError(f"{origin} has secret_file and secret_env; one of them is enough")
    if bool(settings.access_key) != bool(settings.secret_file or settings.secret_env):
        raise SettingsError(f"{origin}: an access_key and its secret belong together; give both or none")
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
            f"{origin}.endpoint = {told!r} is no address of a store, as https://s3.example:9000 is"
        )
    if parts.scheme == "http" and not is_here(host):
        raise SettingsError(f"{origin}: {told} would be told what is for staff in the clear; write https")
