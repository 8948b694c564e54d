"""One frozen ``Settings`` object: options override ``TRACUU_*``, which override ``tracuu.toml`` and defaults; validated once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indexer.errors import SettingsError
from indexer.network import Reachable
from indexer.opensearch_settings import HOSTS_VARIABLE, OpenSearchSettings, check_hosts, read_opensearch
from indexer.role_settings import Role, check_role
from indexer.s3_settings import S3Settings, check_files, read_s3
from indexer.setting_forms import LAST_PORT, is_header, is_redis, site_path
from indexer.setting_kinds import Range, convert, kinds_of
from indexer.setting_tables import nearest, nearest_of
from indexer.smtp_settings import SmtpSettings, read_smtp
from indexer.source_settings import SourceSettings, check_field_map, read_sources

EngineName = Literal["tantivy", "whoosh", "opensearch"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, as ``tracuu.toml.example`` explains them: name in files, ``TRACUU_*`` and options, type, range, default."""

    data: Path = Path("index_data")
    engine: EngineName = "tantivy"
    role: Role = "alone"
    """See :mod:`indexer.role_settings`."""
    timezone: str = "Asia/Ho_Chi_Minh"
    lock_timeout: Annotated[float, Range(0)] = 0.0
    """Seconds to wait for another writer."""
    workers: Annotated[int, Range(0)] = 0
    """Processes that analyse and read files; 0 means one per processor, with at most four that analyse."""
    host: str = "127.0.0.1"
    port: Annotated[int, Range(0, LAST_PORT)] = 8000
    web_workers: Annotated[int, Range(1)] = 2
    writer_command: str = AUTO
    """Command kept running beside the web processes; ``auto``: ``tracuu write`` if available; empty: none."""
    json_logs: bool = False
    """Log a JSON object per line instead of text."""
    access_log: bool = False
    """Write a JSON line to stdout for each request, without query strings and addresses."""
    metrics_from: str = "127.0.0.0/8 ::1"
    """Networks that may read ``/metrics``, separated by blanks; empty means none."""
    query_log: bool = True
    """Whether searches are logged, without addresses and with apparent personal data masked."""
    query_log_days: Annotated[int, Range(1)] = 90
    """Number of days for which they are kept."""
    query_log_entries: Annotated[int, Range(1_000)] = 500_000
    """Maximum number of entries, some 60 MB."""
    popular_searches: bool = True
    """Whether the home page lists popular searches, by the rules in ``SECURITY.md``."""
    site_name: str = "Tra Cứu"
    site_url: str = ""
    """Public address of the site, for whatever leaves it: feeds, lists, snippets; empty means that of each request."""
    trusted_proxies: Annotated[int, Range(0)] = 0
    """Number of reverse proxies in front, which wrote that many of the last addresses in ``X-Forwarded-For``."""
    staff_header: str = ""
    """Header by which the reverse proxy identifies a member of staff; empty means none."""
    editors: str = ""
    """Values of that header, separated by blanks, that may also change pins and the lexicon at the desk; empty means all."""
    rate_limit: Annotated[int, Range(0)] = 6000
    """Requests a minute from one address; 0: any number. The next is of one key."""
    key_rate_limit: Annotated[int, Range(0)] = 12_000
    rate_limit_store: str = ""
    """Address of a Redis server in which several web nodes count together; empty: each counts for itself."""
    ocr: bool = True
    recency_weight: Annotated[float, Range(0)] = 0.0
    """Score added to an article from today; halved every ``recency_half_life`` days."""
    recency_half_life: Annotated[float, Range(1)] = 365.0
    extract_seconds: Annotated[float, Range(1)] = 120.0
    """Time limit for reading an attachment."""
    extract_memory_mb: Annotated[int, Range(200)] = 1500
    ocr_seconds: Annotated[float, Range(1)] = 60.0
    """Time limit for OCR of one page."""
    max_file_mb: Annotated[int, Range(1)] = 100
    max_characters: Annotated[int, Range(10_000)] = 10_000_000
    """Maximum text length of an attachment; the rest is left out and reported."""
    max_push_mb: Annotated[int, Range(1)] = 64
    """Maximum size of a pushed article, including inline attachments: of its body, or of its line in a bulk request."""
    max_bulk_mb: Annotated[int, Range(1)] = 256
    """Maximum decompressed size of the body of a bulk request."""
    fetch_seconds: Annotated[float, Range(1)] = 30.0
    """Time limit, including redirects, for fetching an attachment given by address, or a page or file of a crawled site."""
    fetch_allow: str = ""
    """Hosts and networks that are not public but may be fetched from, separated by blanks."""
    crawl_contact: str = ""
    """Contact address of the person responsible for crawls; sent to the site."""
    page_cache_mb: Annotated[int, Range(0)] = 500
    """Size of the cache for page pictures; 0 disables it."""
    trust_roots: str = ""
    """Folder of root certificates (PEM or DER) trusted for PDF signatures; empty means none."""
    lexicon: str = ""
    """TOML file with local abbreviations and names, in addition to the built-in ones; empty means none."""
    files: str = ""
    """Where attachments are kept, as ``s3://bucket/prefix``; empty: in the data directory."""
    field_map: Mapping[str, str] = field(default_factory=dict)
    """Field names of a foreign JSONL export -> ours, e.g. ``so_hieu = "number"``."""
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    """By name; see :mod:`indexer.source_settings`."""
    smtp: SmtpSettings = field(default_factory=SmtpSettings)
    """The mail server of alerts; see :mod:`indexer.smtp_settings`."""
    opensearch: OpenSearchSettings = field(default_factory=OpenSearchSettings)
    """The cluster of the engine ``opensearch``; see :mod:`indexer.opensearch_settings`."""
    s3: S3Settings = field(default_factory=S3Settings)
    """The object store that ``files`` names a bucket of; see :mod:`indexer.s3_settings`."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates."""
        return ZoneInfo(self.timezone)

    @property
    def site_path(self) -> str:
        """The path of ``site_url`` without a trailing slash, under which the site is mounted; empty at the root of the host."""
        return site_path(self.site_url) or ""

    def today(self) -> date:
        """Return today's date."""
        return datetime.now(self.zone).date()


_NEAREST = Path("tracuu.toml")
_PREFIX = "TRACUU_"
_MISSPELT = 0.75
"""Similarity to a setting from which a variable counts as misspelt; others may belong to other programs."""


def load_settings(
    config: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Merge the three layers and validate them; options with the value None count as not given.

    Without ``config``, ``tracuu.toml`` in the working directory is read if it exists. Raises SettingsError naming the setting,
    the error and the origin.
    """
    values = _from_file(config) | _from_environ(os.environ if environ is None else environ)
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = convert(_KINDS[name], value, f"--{name.replace('_', '-')}")
    settings = Settings(**values)
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if settings.engine not in ENGINES:
        raise SettingsError(f"engine must be one of {', '.join(ENGINES)}, not {settings.engine!r}")
    check_role(settings.role, settings.files, settings.engine, settings.lexicon)
    try:
        settings.zone  # noqa: B018 - reading it checks it
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(f"timezone {settings.timezone!r} is unknown: {error}") from None
    for name, read, what in (
        ("metrics_from", lambda text: [*map(ip_network, text.split())], "networks"),
        ("fetch_allow", Reachable.parse, "hosts and networks"),
    ):
        try:
            read(getattr(settings, name))
        except ValueError as error:
            raise SettingsError(f"{name} must be a list of {what}, separated by spaces: {error}") from None
    if settings.site_url and site_path(settings.site_url) is None:
        raise SettingsError(
            f"site_url must be the address of a site, such as https://example.gov.vn/tim-kiem, not {settings.site_url!r}"
        )
    if settings.rate_limit_store and not is_redis(settings.rate_limit_store):
        # It is not quoted, since it may hold a password.
        raise SettingsError(
            "rate_limit_store must be an address such as redis://10.0.0.5:6379/0 or rediss://…"
        )
    check_files(settings.files, settings.s3)
    if settings.smtp.host and not settings.site_url:
        raise SettingsError("smtp needs site_url for links in emails; set it to the address of the site")
    if settings.staff_header and not is_header(settings.staff_header):
        raise SettingsError(f"staff_header must be a header such as X-Staff, not {settings.staff_header!r}")
    if settings.staff_header and not settings.trusted_proxies:
        raise SettingsError("staff_header needs a proxy; set trusted_proxies to the number of proxies")


def settings_file(config: Path | None) -> Path | None:
    """Return the settings file: ``config`` if given, otherwise ``tracuu.toml`` in the working directory, or None."""
    try:
        return config or (_NEAREST if _NEAREST.is_file() else None)
    except PermissionError:  # a working directory that may not be entered: that of root, say
        return None


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of ``TRACUU_*``; other variables may have this prefix, unless they look like a misspelt setting."""
    values = {}
    known = tuple(name for name in _KINDS if name not in _TABLES)
    for key, raw in environ.items():
        name = key.removeprefix(_PREFIX).lower()
        if not key.startswith(_PREFIX):
            continue
        if key == HOSTS_VARIABLE:
            check_hosts(raw)  # the table itself takes them, where there is one
        elif name in known:
            values[name] = convert(_KINDS[name], raw, key)
        elif name in _KINDS:
            raise SettingsError(
                f"{key} can't be set by a variable, because {name} is a table; set it in tracuu.toml"
            )
        elif near := nearest_of(name, known, _MISSPELT):
            raise SettingsError(f"{key} is not a known setting; did you mean {_PREFIX}{near.upper()}?")
    return values


def _from_file(config: Path | None) -> dict[str, Any]:
    if (path := settings_file(config)) is None:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    unknown = sorted(table.keys() - _KINDS.keys())
    if unknown:
        mended = "; ".join(f"{word}: {nearest(word, tuple(_KINDS))}" for word in unknown)
        raise SettingsError(f"{path}: unknown setting {', '.join(unknown)}; {mended}")
    tables = {
        name: read(table.pop(name), f"{path}: {name}") for name, read in _READERS.items() if name in table
    }
    values = {name: convert(_KINDS[name], value, f"{path}: {name}") for name, value in table.items()}
    check_field_map(values.get("field_map", {}), f"{path}: field_map")
    return values | tables


_KINDS = kinds_of(Settings)
_READERS: Mapping[str, Callable[[object, str], Any]] = {
    "sources": read_sources,
    "smtp": read_smtp,
    "opensearch": read_opensearch,
    "s3": read_s3,
}
"""Tables with a reader of their own."""
_TABLES = ("field_map", *_READERS)
