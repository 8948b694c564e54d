"""The settings of a site to crawl."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site: where to start, which pages are wanted, and how gently to fetch them; :mod:`.options` reads and validates it."""

    start: tuple[str, ...]
    """Addresses of start pages, sitemaps or feeds; their content tells which."""
    name: str
    """Name of the source."""
    hosts: tuple[str, ...] = ()
    """Additional allowed hosts, such as ``files.lamgiang.example``; those of ``start`` are always allowed."""
    articles: tuple[str, ...] = ()
    """Patterns of addresses that may be articles, with ``*`` for anything; if empty, whatever looks like one."""
    leave_out: tuple[str, ...] = ()
    """Patterns of addresses that are not fetched."""
    contact: str = ""
    """Who is responsible for the crawl; sent to the site."""
    delay: float = 1.0
    """Average delay between two requests to a host, in seconds; ``Crawl-delay`` in robots.txt may ask for more."""
    concurrency: int = 2
    """Maximum number of concurrent requests to a host."""
    hours: str = ""
    """Time of day at which pages are fetched, such as ``22:00-05:00``; empty means always."""
    max_pages: int = 100_000
    """Maximum number of pages per run."""
    max_page_mb: int = 16
    seconds: float = 30.0
    """Time limit for a response."""

    def open_at(self, moment: datetime) -> bool:
        """Tell whether pages may be fetched at ``moment``, a local time."""
        given = HOURS.fullmatch(self.hours)
        if given is None:
            return True
        first, last = time(int(given[1]), int(given[2])), time(int(given[3]), int(given[4]))
        now = moment.time()
        return first <= now < last if first <= last else now >= first or now < last
