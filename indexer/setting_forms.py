"""The forms that some settings must have: the address of a site, of a Redis server, the name of a header."""

from __future__ import annotations

import re

LAST_PORT = 65_535
_SITE = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?"
    r"((?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*)/?"
)
"""With its port and its path."""
_REDIS = re.compile(r"rediss?://(?:[^\s/@]*@)?[^\s/@]+(?:/[0-9]*)?")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


def site_path(address: str) -> str | None:
    """Return the path of a site without a trailing slash, empty at the root of its host; None if this is no such address.

    >>> site_path("https://example.gov.vn/tim-kiem/")
    '/tim-kiem'
    """
    site = _SITE.fullmatch(address)
    return site[2] if site and int(site[1] or 0) <= LAST_PORT else None


def is_redis(address: str) -> bool:
    """Tell whether this is the address of a Redis server, such as ``redis://:password@10.0.0.5:6379/0``."""
    return _REDIS.fullmatch(address) is not None


def is_header(name: str) -> bool:
    """Tell whether a proxy may set a header of this name."""
    return _HEADER.fullmatch(name) is not None
