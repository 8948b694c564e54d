"""One frozen ``Settings``: flags over ``TRACUU_*`` over ``tracuu.toml`` over defaults, checked once."""

from __future__ import annotations

import os
import re
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
from indexer.setting_kinds import Range, convert, kinds_of
from indexer.smtp_settings import SmtpSettings, read_smtp
from indexer.source_settings import SourceSettings, check_field_map, nearest, nearest_of, read_sources

EngineName = Literal["tantivy", "whoosh", "opensearch"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
AUTO = "auto"
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting: its name in files, ``TRACUU_*`` and flags, its type, range and default.

    ``tracuu.toml.example`` explains them.
    """

    data: Path = Path("index_data")
    engine: EngineName = "tantivy"
    timezone: str = "Asia/Ho_Chi_Minh"
    lock_timeout: Annotated[float, Range(0)] = 0.0
    """Seconds to wait for another writer."""
    workers: Annotated[int, Range(0)] = 0
    """Processes that analyse and read files; 0 means one per processor, and at most four that analyse."""
    host: str = "127.0.0.1"
    port: Annotated[int, Range(0, _LAST_PORT)] = 8000
    web_workers: Annotated[int, Range(1)] = 2
    writer_command: str = AUTO
    """Kept running beside the web processes; ``auto``: ``tracuu write`` where there is such a command; empty: none."""
    json_logs: bool = False
    """Logs as one JSON object a line rather than text."""
    access_log: bool = False
    """A line of JSON on stdout for each request, without query strings and addresses."""
    metrics_from: str = "127.0.0.0/8 ::1"
    """Networks that may read ``/metrics``, with blanks between them; empty: nobody."""
    query_log: bool = True
    """Whether searches are noted, without addresses and with what looks like personal data masked."""
    query_log_days: Annotated[int, Range(1)] = 90
    """For which they are kept."""
    query_log_entries: Annotated[int, Range(1_000)] = 500_000
    """The most that are kept, some 60 MB."""
    popular_searches: bool = True
    """Whether the home page lists what is searched most, by the rules of ``SECURITY.md``."""
    site_name: str = "Tra Cứu"
    site_url: str = ""
    """Public address of the site, for what leaves it: feeds, lists, snippets; empty: that of each request."""
    trusted_proxies: Annotated[int, Range(0)] = 0
    """Reverse proxies in front: this many last addresses of ``X-Forwarded-For`` were written by them."""
    staff_header: str = ""
    """Header by which the reverse proxy says that it let a member of staff in; empty: none."""
    editors: str = ""
    """Its values, with blanks between them, that may also change pins and own words at the desk; empty: all."""
    rate_limit: Annotated[int, Range(0)] = 6000
    """Requests a minute from one address; 0: any number."""
    key_rate_limit: Annotated[int, Range(0)] = 12_000
    """Requests a minute with one key; 0: any number."""
    ocr: bool = True
    recency_weight: Annotated[float, Range(0)] = 0.0
    """Score added to an article of today, halved every ``recency_half_life`` days."""
    recency_half_life: Annotated[float, Range(1)] = 365.0
    extract_seconds: Annotated[float, Range(1)] = 120.0
    """Wall time one attachment may take before it is given up."""
    extract_memory_mb: Annotated[int, Range(200)] = 1500
    ocr_seconds: Annotated[float, Range(1)] = 60.0
    """For one page of a scan."""
    max_file_mb: Annotated[int, Range(1)] = 100
    max_characters: Annotated[int, Range(10_000)] = 10_000_000
    """Of one attachment's text: what is beyond is left out, and told."""
    max_push_mb: Annotated[int, Range(1)] = 64
    """Of one pushed article, attachments inline included: of its body, or of its line among many."""
    max_bulk_mb: Annotated[int, Range(1)] = 256
    """Of the body of many pushed articles, decompressed."""
    fetch_seconds: Annotated[float, Range(1)] = 30.0
    """For an attachment that a push names by address, redirects included; for a page or file of a crawled site."""
    fetch_allow: str = ""
    """Hosts by name, and networks, that are fetched from although they are not of the public internet; blanks between them."""
    crawl_contact: str = ""
    """An address of who answers for a crawl, told to the site."""
    page_cache_mb: Annotated[int, Range(0)] = 500
    """For pictures of pages; 0 keeps none."""
    trust_roots: str = ""
    """Folder of root certificates (PEM or DER) that signatures of PDF are trusted by; empty: none."""
    lexicon: str = ""
    """TOML file with abbreviations and names of one's own, beside ours; empty: none."""
    field_map: Mapping[str, str] = field(default_factory=dict)
    """Names of a foreign JSONL export -> ours, e.g. ``so_hieu = "number"``."""
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    """By name; see :mod:`indexer.source_settings`."""
    smtp: SmtpSettings = field(default_factory=SmtpSettings)
    """The mail server of alerts; see :mod:`indexer.smtp_settings`."""
    opensearch: OpenSearchSettings = field(default_factory=OpenSearchSettings)
    """The cluster of the engine ``opensearch``; see :mod:`indexer.opensearch_settings`."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of civil days."""
        return ZoneInfo(self.timezone)

    @property
    def site_path(self) -> str:
        """The path of ``site_url`` without a slash at its end: what the site is mounted under; empty at the root of its host."""
        site = _SITE.fullmatch(self.site_url)
        return site[2] if site else ""

    def today(self) -> date:
        """Return the civil day that it is."""
        return datetime.now(self.zone).date()


_NEAREST = Path("tracuu.toml")
_PREFIX = "TRACUU_"
_MISSPELT = 0.75
"""How like a setting a variable is that was meant to be one; others may have names for what is theirs."""
_SITE = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?"
    r"((?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*)/?"
)
"""Its port and its path."""
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


def load_settings(
    config: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Merge the three layers and check them; ``flags`` of None value count as not given.

    Without ``config``, ``tracuu.toml`` of the working directory is read if it is there.
    Raises SettingsError naming the setting, what is wrong with it, and where it came from.
    """
    values: dict[str, Any] = {}
    values.update(_from_file(config))
    values.update(_from_environ(os.environ if environ is None else environ))
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = convert(_KINDS[name], value, f"--{name.replace('_', '-')}")
    settings = Settings(**values)
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if settings.engine not in ENGINES:
        raise SettingsError(f"engine must be one of {', '.join(ENGINES)}, not {settings.engine!r}")
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
    site = _SITE.fullmatch(settings.site_url)
    if settings.site_url and not (site and int(site[1] or 0) <= _LAST_PORT):
        raise SettingsError(
            f"site_url must be the address of a site, such as https://example.gov.vn/tim-kiem, not {settings.site_url!r}"
        )
    if settings.smtp.host and not settings.site_url:
        raise SettingsError("smtp needs site_url for links in mails; set it to the address of the site")
    if settings.staff_header and not _HEADER.fullmatch(settings.staff_header):
        raise SettingsError(f"staff_header must be a header such as X-Staff, not {settings.staff_header!r}")
    if settings.staff_header and not settings.trusted_proxies:
        raise SettingsError("staff_header needs a proxy; set trusted_proxies to the number of proxies")


def settings_file(config: Path | None) -> Path | None:
    """Return the file of settings: ``config`` where one is named, else ``tracuu.toml`` in the working directory, or None."""
    try:
        return config or (_NEAREST if _NEAREST.is_file() else None)
    except PermissionError:  # a working directory that may not be entered: that of root, say
        return None


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what ``TRACUU_*`` set; other variables may begin so, but none that is nearly a setting: it was meant to be one."""
    values = {}
    known = tuple(name for name in _KINDS if name not in _TABLES)
    for key, raw in environ.items():
        name = key.removeprefix(_PREFIX).lower()
        if not key.startswith(_PREFIX):
            continue
        if key == HOSTS_VARIABLE:
            check_hosts(raw)  # the table itself takes them, where there is one
            continue
        if name in known:
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
}
"""Tables that have a reader of their own."""
_TABLES = ("field_map", *_READERS)
