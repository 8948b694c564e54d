"""The settings of a site: keys of its section in ``tracuu.toml``, and options of ``tracuu crawl``, read and checked alike."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from indexer.errors import SettingsError
from indexer.network import Reachable
from indexer.settings import Settings
from indexer.source_settings import SourceSettings
from indexer.sources.attachments import web_address
from indexer.sources.site.addresses import cleaned, host_of
from indexer.sources.site.settings import HOURS, SiteSettings

_HOST = re.compile(r"(?:[a-z0-9_.-]+|\[[0-9a-f:]+\])(?::\d+)?")
_EXAMPLE = "https://lamgiang.example/"


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a site."""

    read: Callable[[Any], Any]
    """Of one value, from TOML or as it was typed; raises ValueError."""
    many: bool = False
    """Whether there may be several: a list in TOML, an option that is repeated."""
    flag: str = ""
    """Of ``tracuu crawl``; empty where a setting for all sources has one."""
    help: str = ""
    metavar: str = ""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} must be a string")
    return value.strip()


def _contact(value: object) -> str:
    if not _text(value).isascii() or not _text(value).isprintable():
        raise ValueError(
            f"{value!r} must be an email address such as vanthu@lamgiang.example, or the address of a page"
        )
    return _text(value)


def _address(value: object) -> str:
    if web_address(_text(value)) is None or cleaned(_text(value)) is None:
        raise ValueError(f"{value!r} must be an http or https address such as {_EXAMPLE}")
    return _text(value)


def _host(value: object) -> str:
    text = _text(value).lower()
    whole = cleaned(text if "://" in text else f"https://{text}/")
    if whole is None or _HOST.fullmatch(host_of(whole)) is None:
        raise ValueError(f"{value!r} must be a host name such as files.lamgiang.example")
    return host_of(whole)


def _pattern(value: object) -> str:
    text = _text(value)
    if not text.startswith(("/", "*", "http://", "https://")):
        raise ValueError(f"{value!r} must start with / or *, like '/tin-tuc/*'")
    return text


def _hours(value: object) -> str:
    if HOURS.fullmatch(_text(value)) is None:
        raise ValueError(f"{value!r} must be a time of day such as 22:00-05:00")
    return _text(value)


def _hosts_and_networks(value: object) -> str:
    text = " ".join(map(_text, value)) if isinstance(value, list) else _text(value)
    Reachable.parse(text)
    return text


def _number(kind: type[int] | type[float], least: float) -> Callable[[Any], Any]:
    def read(value: Any) -> int | float:
        try:
            number = math.nan if isinstance(value, bool) else kind(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number) or (kind is int and number != float(value)):
            raise ValueError(f"{value!r} must be a {'whole number' if kind is int else 'number'}")
        if number < least:
            raise ValueError(f"{value!r} must be at least {least:g}")
        return number

    return read


_USUAL = SiteSettings((), "")
OPTIONS: Mapping[str, Option] = {
    "hosts": Option(_host, True, "--host", "another host that may be crawled", "HOST"),
    "articles": Option(
        _pattern, True, "--articles", "only addresses like this are articles: '/tin-tuc/*'", "PATTERN"
    ),
    "contact": Option(
        _contact, False, "--contact", "contact address of the operator; it is sent to the site", "ADDRESS"
    ),
    "delay": Option(
        _number(float, 0),
        False,
        "--delay",
        f"seconds between requests (default: {_USUAL.delay:g})",
        "SECONDS",
    ),
    "concurrency": Option(
        _number(int, 1),
        False,
        "--concurrency",
        f"requests at the same time (default: {_USUAL.concurrency})",
        "N",
    ),
    "hours": Option(_hours, False, "--hours", "fetch only at this time of day: 22:00-05:00", "FROM-TO"),
    "max_pages": Option(
        _number(int, 1), False, "--max-pages", f"most pages per run (default: {_USUAL.max_pages})", "N"
    ),
    "max_page_mb": Option(_number(int, 1)),
    "max_file_mb": Option(_number(int, 1)),
    "fetch_seconds": Option(_number(float, 1)),
    "fetch_allow": Option(_hosts_and_networks),
}
ADDRESS = Option(_address, True, "", "start page, sitemap or feed", "ADDRESS")
LEAVE_OUT = Option(_pattern, True, "--leave-out", "don't fetch addresses like this", "PATTERN")
"""Settings of all sources, which have their own meaning here."""
INSTEAD = {
    "start": "address", "url": "address", "sitemap": "address", "feed": "address", "rss": "address", "host": "hosts",
    "domains": "hosts", "include": "articles", "patterns": "articles", "exclude": "leave_out", "user_agent": "contact",
    "crawl_contact": "contact", "rate": "delay", "timeout": "fetch_seconds", "max_size": "max_file_mb",
}  # fmt: skip
"""What else operators call them, and how they are called here."""
_MEANINGLESS = ("path", "field_map", "fetch")


def site_of(source: SourceSettings, settings: Settings) -> tuple[SiteSettings, Settings]:
    """Return the site that a source of the settings is, and the settings as they are for it.

    Raises SettingsError naming what is wrong and where.
    """
    where = f"[sources.{source.name}]"
    for key in _MEANINGLESS:
        if getattr(source, key):
            raise SettingsError(f"{where} {key} can't be used for a site")
    if not source.address:
        raise SettingsError(f"{where} needs an address")
    values: dict[str, Any] = {
        "start": tuple(_checked(where, "address", ADDRESS.read, one) for one in source.address),
        "leave_out": tuple(_checked(where, "leave_out", LEAVE_OUT.read, one) for one in source.leave_out),
    }
    for key, value in source.options.items():
        option = OPTIONS[key]
        if option.many:
            given = value if isinstance(value, (list, tuple)) else [value]
            values[key] = tuple(_checked(where, key, option.read, one) for one in given)
        else:
            values[key] = _checked(where, key, option.read, value)
    known = {field.name for field in fields(Settings)}
    own = replace(settings, **{key: values.pop(key) for key in [*values] if key in known})
    usual: dict[str, Any] = {"contact": own.crawl_contact, "seconds": own.fetch_seconds, "name": source.name}
    return SiteSettings(**{**usual, **values}), own


def site_above(addresses: Sequence[str], settings: Settings) -> SourceSettings | None:
    """Return the site of the settings that has the host of the first address; of several one for staff, else the first."""
    host = _host_of(addresses[0])
    found = [
        one
        for one in settings.sources.values()
        if one.kind == "site" and host in [_host_of(address) for address in one.address]
    ]
    return min(found, key=lambda one: one.audience != "staff", default=None)


def _host_of(address: str) -> str:
    return host_of(cleaned(address) or "")


def _checked(where: str, key: str, read: Callable[[Any], Any], value: object) -> Any:
    try:
        return read(value)
    except ValueError as error:
        raise SettingsError(f"{where} {key}: {error}") from None
