"""``[opensearch]`` in ``tracuu.toml``: the cluster that holds the index of that engine, and how to reach it."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError
from indexer.setting_tables import content_of, is_here, number, table_of, text, variable

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
    shards: int = 1
    """Number of shards of a new index, about one for two million articles, since each search asks all of them. For an existing one,
    see ``tracuu rebuild``."""
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
            return f"ApiKey {content_of(self.api_key_file, 'opensearch.api_key_file')}"
        if not self.user:
            return ""
        if self.password_file:
            password = content_of(self.password_file, "opensearch.password_file")
        else:
            password = variable(self.password_env, "opensearch.password_env")
        return f"Basic {b64encode(f'{self.user}:{password}'.encode()).decode()}"


def read_opensearch(table: object, origin: str) -> OpenSearchSettings:
    """Return the settings in the table; raises SettingsError naming the key, the error and the origin."""
    known = ("hosts", *_TEXTS, *_NUMBERS)
    values: dict[str, Any] = {
        key: _value(key, value, origin)
        for key, value in table_of(table, known, origin, "[opensearch], with hosts").items()
    }
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
        return number(value, *_NUMBERS[key], key in ("shards", "replicas"), f"{origin}.{key}")
    said = text(value, f"{origin}.{key}")
    if key == "index" and not _NAME.fullmatch(said):
        raise SettingsError(
            f"{origin}.index must be lower-case letters, digits and hyphens, starting with a letter, not {value!r}"
        )
    return said


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
    clear = [
        host
        for host in settings.hosts
        if host.startswith("http:") and not is_here(urlsplit(host).hostname or "")
    ]
    if given and clear:
        raise SettingsError(f"{origin} would send the secret to {clear[0]} unencrypted; use https")
