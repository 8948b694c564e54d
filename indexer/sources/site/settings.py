"""What an operator says of a site to be crawled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlsplit

from indexer.errors import UsageError
from indexer.sources.attachments import web_address

_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site: where its pages begin, which are wanted, and how gently they are fetched."""

    start: tuple[str, ...]
    """Addresses of start pages, sitemaps or feeds: what each is, its content says."""
    name: str = ""
    """Of the source; empty: scheme and host of the first start."""
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

    def __post_init__(self) -> None:
        """Raise UsageError for what can't be used."""
        if not self.start:
            raise UsageError("a site needs an address to start from")
        for address in self.start:
            if web_address(address) is None:
                raise UsageError(f"{address[:200]!a} is no http or https address of a site")
        if self.delay < 0 or self.concurrency < 1 or self.max_pages < 1 or self.max_page_mb < 1:
            raise UsageError("delay may not be below 0; concurrency, max_pages and max_page_mb not below 1")
        if self.seconds <= 0:
            raise UsageError("seconds must be above 0")
        if self.hours and _HOURS.fullmatch(self.hours) is None:
            raise UsageError(f"hours {self.hours[:40]!a} are no time of day; write them as 22:00-05:00")

    @property
    def source(self) -> str:
        """The name under which the catalog has its articles."""
        first = urlsplit(self.start[0])
        return self.name or f"{first.scheme}://{first.netloc.lower()}"

    def open_at(self, moment: datetime) -> bool:
        """Tell whether pages may be fetched at ``moment``, a local time."""
        given = _HOURS.fullmatch(self.hours)
        if given is None:
            return True
        first, last = time(int(given[1]), int(given[2])), time(int(given[3]), int(given[4]))
        now = moment.time()
        return first <= now < last if first <= last else now >= first or now < last
