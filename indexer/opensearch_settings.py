"""``[opensearch]`` in ``tracuu.toml``: the cluster that holds the index of that engine, and how to reach it."""

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
"""Hosts separated by blanks; overrides those of the table, for an image that runs in several environments."""
_HERE = "http://127.0.0.1:9200"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")
_NUMBERS = {
    "shards": (1, 1_000),
    "replicas": (0, 20),
    "connect_seconds": (0.1, 60),
    "search_seconds": (0.5, 600),
    "write_seconds": (1, 3_600),
}
"""Keys with numeric values, and their minimum and maximum."""
_TEXTS = ("index", "user", "password_file", "password_env", "api_key_file", "ca_file")


def _given_hosts() -> tuple[str, ...]:
    return tuple(os.environ.get(HOSTS_VARIABLE, "").split())


@dataclass(frozen=True, slots=True)
class OpenSearchSettings:
    """A cluster of OpenSearch 2.11 or later; by default one on this machine, without a password."""

    hosts: tuple[str, ...] = field(default_factory=lambda: _given_hosts() or (_HERE,))
    """Addresses of nodes, with http or https. Each can answer for the whole cluster; if one does not, the next is asked."""
    index: str = "tracuu"
    """Prefix of our index names; several services can share a cluster with different prefixes."""
    user: str = ""
    password_file: str = ""
    password_env: str = ""
    api_key_file: str = ""
    """Used instead of user and password."""
    ca_file: str = ""
    """Certificates (PEM) of the authorities that sign those of the nodes; empty means those of the system."""
    shards: int = 2
    """Number of shards of a new index. For an existing one, see ``tracuu rebuild``."""
    replicas: int = 1
    """Number of additional copies of each shard, on other nodes; for a new index."""
    connect_seconds: float = 2.0
    search_seconds: float = 10.0
    write_seconds: float = 120.0

    def authorization(self) -> str:
        """Return the value of the authorization header, empty if none is needed.

        Raises UsageError if the secret is not where the settings say.
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
            raise UsageError(f"opensearch.password_env: the environment has no {self.password_env}")
        return f"Basic {b64encode(f'{self.user}:{password}'.encode()).decode()}"


def read_opensearch(table: object, origin: str) -> OpenSearchSettings:
    """Return the settings in the table; raises SettingsError naming the key, the error and the origin."""
    if not isinstance(table, Mapping):
        raise SettingsError(f"{origin} is no table; write it as [opensearch], with hosts")
    known = ("hosts", *_TEXTS, *_NUMBERS)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(str(key), known, 1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise SettingsError(f"{origin}.{key} is unknown; {advice}")
        values[key] = _value(key, value, origin)
    if given := _given_hosts():
        values["hosts"] = _hosts(given, HOSTS_VARIABLE)
    settings = OpenSearchSettings(**values)
    _check_secrets(settings, origin)
    return settings


def check_hosts(given: str) -> None:
    """Raise SettingsError unless ``given`` is a valid value of the hosts variable."""
    if given.strip():
        _hosts(given.split(), HOSTS_VARIABLE)


def _value(key: str, value: object, origin: str) -> object:
    if key == "hosts":
        return _hosts(value, f"{origin}.{key}")
    if key in _NUMBERS:
        least, most = _NUMBERS[key]
        whole = key in ("shards", "replicas")
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise SettingsError(f"{origin}.{key} = {value!r} is no {'whole ' if whole else ''}number")
        if not least <= value <= most:
            raise SettingsError(f"{origin}.{key} = {value!r} is not between {least:g} and {most:,g}")
        return value
    if not isinstance(value, str):
        raise SettingsError(f"{origin}.{key} = {value!r} is no text")
    if key == "index" and not _NAME.fullmatch(value):
        raise SettingsError(
            f"{origin}.index = {value!r} can't begin the name of an index: small letters, digits and hyphens do"
        )
    return value.strip()


def _hosts(value: object, origin: str) -> tuple[str, ...]:
    hosts = [value] if isinstance(value, str) else value
    if not isinstance(hosts, (list, tuple)) or not hosts:
        raise SettingsError(f"{origin} = {value!r} is no list of addresses, as [{_HERE!r}] is")
    for host in hosts:
        if not isinstance(host, str) or not _is_address(host):
            told = str(host).rpartition("@")[2]  # nobody's password
            raise SettingsError(f"{origin} = {told!r} is no address of a node, as {_HERE} is")
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
        raise SettingsError(f"{origin} has {' and '.join(given)}; one of them is enough")
    if bool(settings.user) != (bool(given) and given != ["api_key_file"]):
        raise SettingsError(f"{origin}: a user and a password belong together; give both or none")
    clear = [host for host in settings.hosts if host.startswith("http:") and not _is_here(host)]
    if given and clear:
        raise SettingsError(f"{origin}: {clear[0]} would be told the secret in the clear; write https")


def _is_here(host: str) -> bool:
    name = urlsplit(host).hostname or ""
    return name in ("localhost", "::1") or name.startswith("127.")


def _secret(path: str, key: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"opensearch.{key}: {path} can't be read: {reason}") from None
