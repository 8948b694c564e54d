"""``[opensearch]`` of ``tracuu.toml``: which cluster holds the index of the engine of that name, and how it is reached."""

from __future__ import annotations

import difflib
import os
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError, UsageError

HOSTS_VARIABLE = "TRACUU_OPENSEARCH_HOSTS"
"""Hosts with blanks between them, before those of the table: an image that runs in several places takes them from there."""
_HERE = "http://127.0.0.1:9200"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")
_NUMBERS = {
    "shards": (1, 1_000),
    "replicas": (0, 20),
    "connect_seconds": (0.1, 60),
    "search_seconds": (0.5, 600),
    "write_seconds": (1, 3_600),
}
"""Keys that are numbers, with the least and the most that they may be."""
_TEXTS = ("index", "user", "password_file", "password_env", "api_key_file", "ca_file")


def _given_hosts() -> tuple[str, ...]:
    return tuple(os.environ.get(HOSTS_VARIABLE, "").split())


@dataclass(frozen=True, slots=True)
class OpenSearchSettings:
    """A cluster of OpenSearch 2.11 or later; unless told otherwise one on this machine, without a password."""

    hosts: tuple[str, ...] = field(default_factory=lambda: _given_hosts() or (_HERE,))
    """Addresses of nodes, with http or https. Each answers for the whole cluster: the next is asked where one does not."""
    index: str = "tracuu"
    """What the names of our indexes begin with: several services share a cluster under different ones."""
    user: str = ""
    password_file: str = ""
    password_env: str = ""
    api_key_file: str = ""
    """In place of user and password."""
    ca_file: str = ""
    """Certificates (PEM) of who signs those of the nodes; empty: those that the system trusts."""
    shards: int = 2
    """Parts of a new index. Of one that is there nothing changes: see ``tracuu rebuild``."""
    replicas: int = 1
    """Further copies of each part, on other nodes; of a new index."""
    connect_seconds: float = 2.0
    search_seconds: float = 10.0
    write_seconds: float = 120.0

    def authorization(self) -> str:
        """Return the value of the header that says who we are, empty where nobody asks.

        Raises UsageError where the secret is not where the settings say.
        """
        if self.api_key_file:
            return f"ApiKey {_secret(self.api_key_file, 'api_key_file')}"
        if not self.user:
            return ""
        if self.password_file:
            password = _secret(self.password_file, "password_file")
        elif self.password_env in os.environ:
            password = os.environ[self.password_env]
        else:
            raise UsageError(
                f"opensearch.password_env: the environment variable {self.password_env} is not set"
            )
        return f"Basic {b64encode(f'{self.user}:{password}'.encode()).decode()}"


def read_opensearch(table: object, origin: str) -> OpenSearchSettings:
    """Return what the table says; raises SettingsError naming the key, what is wrong with it, and where it came from."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"{origin} must be a table; write it as [opensearch], with hosts")
    known = ("hosts", *_TEXTS, *_NUMBERS)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(str(key), known, 1)
            advice = f"did you mean {near[0]}?" if near else f"use {', '.join(known)}"
            raise SettingsError(f"{origin}.{key} is not a known setting; {advice}")
        values[key] = _value(key, value, origin)
    if given := _given_hosts():
        values["hosts"] = _hosts(given, HOSTS_VARIABLE)
    settings = OpenSearchSettings(**values)
    _check_secrets(settings, origin)
    return settings


def check_hosts(given: str) -> None:
    """Raise SettingsError unless ``given`` may stand in the variable that names hosts."""
    if given.strip():
        _hosts(given.split(), HOSTS_VARIABLE)


def _value(key: str, value: object, origin: str) -> object:
    if key == "hosts":
        return _hosts(value, f"{origin}.{key}")
    if key in _NUMBERS:
        least, most = _NUMBERS[key]
        whole = key in ("shards", "replicas")
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise SettingsError(f"{origin}.{key} must be a {'whole ' if whole else ''}number, not {value!r}")
        if not least <= value <= most:
            raise SettingsError(f"{origin}.{key} must be from {least:g} to {most:,g}, not {value!r}")
        return value
    if not isinstance(value, str):
        raise SettingsError(f"{origin}.{key} must be a string, not {value!r}")
    if key == "index" and not _NAME.fullmatch(value):
        raise SettingsError(
            f"{origin}.index must be lower-case letters, digits and hyphens, starting with a letter, not {value!r}"
        )
    return value.strip()


def _hosts(value: object, origin: str) -> tuple[str, ...]:
    hosts = [value] if isinstance(value, str) else value
    if not isinstance(hosts, (list, tuple)) or not hosts:
        raise SettingsError(f"{origin} must be a list of addresses such as [{_HERE!r}], not {value!r}")
    for host in hosts:
        if not isinstance(host, str) or not _is_address(host):
            told = str(host).rpartition("@")[2]  # nobody's password
            raise SettingsError(f"{origin} must contain addresses of nodes such as {_HERE}, not {told!r}")
    return tuple(host.rstrip("/") for host in hosts)


def _is_address(host: str) -> bool:
    try:
        parts = urlsplit(host)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and parts.username is None
            and not (parts.path.strip("/") or parts.query or parts.fragment)
        )
    except ValueError:
        return False


def _check_secrets(settings: OpenSearchSettings, origin: str) -> None:
    given = [name for name in ("password_file", "password_env", "api_key_file") if getattr(settings, name)]
    if len(given) > 1:
        raise SettingsError(f"{origin} has {' and '.join(given)}; keep only one of them")
    if bool(settings.user) != (bool(given) and given != ["api_key_file"]):
        raise SettingsError(f"{origin} must have both a user and a password, or neither")
    clear = [host for host in settings.hosts if host.startswith("http:") and not _is_here(host)]
    if given and clear:
        raise SettingsError(f"{origin} would send the secret to {clear[0]} unencrypted; use https")


def _is_here(host: str) -> bool:
    name = urlsplit(host).hostname or ""
    return name in ("localhost", "::1") or name.startswith("127.")


def _secret(path: str, key: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"opensearch.{key}: {path} can't be read: {reason}") from None
