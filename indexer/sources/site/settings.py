"""What is said of a site to be crawled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site: where its pages begin, which are wanted, and how gently they are fetched; :mod:`.options` reads and checks it."""

    start: tuple[str, ...]
    """Addresses of start pages, sitemaps or feeds: what each is, its content says."""
    name: str
    """Of the source."""
    hosts: tuple[str, ...] = ()
    """Further hosts that may be asked, as ``files.lamgiang.example``; those of ``start`` may anyway."""
    articles: tuple[str, ...] = ()
    """Patterns of addresses that may be articles, ``*`` for anything; empty: whatever reads like one."""
    leave_out: tuple[str, ...] = ()
    """Patterns of addresses that are not fetched."""
    contact: str = ""
    """Who answers for the crawl; named to the site."""
    delay: float = 1.0
    """Seconds between two requests to a host, on average; ``Crawl-delay`` of robots.txt may ask for more."""
    concurrency: int = 2
    """Requests to a host at once."""
    hours: str = ""
    """Time of day at which pages are fetched, as ``22:00-05:00``; empty: always."""
    max_pages: int = 100_000
    """Pages of one run."""
    max_page_mb: int = 16
    seconds: float = 30.0
    """For one answer."""

    def open_at(self, moment: datetime) -> bool:
        """Tell whether pages may be fetched at ``moment``, a local time."""
        given = HOURS.fullmatch(self.hours)
        if given is None:
            return True
        first, last = time(int(given[1]), int(given[2])), time(int(given[3]), int(given[4]))
        now = moment.time()
        return first <= now < last if first <= last else now >= first or now < last
