"""robots.txt (RFC 9309): read once for each host before anything else of it is asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from indexer.sources.site.scrapy_.failures import reason_of
from indexer.sources.site.scrapy_.guard import Refused

AGENT = "tracuu"
"""What the rules call this crawler."""
PATH = "/robots.txt"
FORBIDDEN = "robots.txt forbids it"
_ASKS_FOR_RULES = "rules"
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host allows."""

    read: Any = None
    """The rules that were read; None where there are none."""
    unreached: str = ""
    """Why they can't be had: then nothing of the host may be asked (2.3.1.4)."""

    def why_not(self, address: str) -> str | None:
        """Return why ``address`` may not be asked, None if it may."""
        if self.unreached:
            return self.unreached
        return None if self.read is None or self.read.can_fetch(address, AGENT) else FORBIDDEN

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for; 0 where it does not."""
        return float(self.read.crawl_delay(AGENT) or 0) if self.read is not None else 0.0

    @property
    def sitemaps(self) -> list[str]:
        """Addresses of sitemaps that it names."""
        return list(self.read.sitemaps) if self.read is not None else []


class Robots:
    """Drops requests that robots.txt forbids, and all of a host whose robots.txt can't be had."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Make it; the spider of ``crawler`` is told what is read."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refused for what may not be asked."""
        if request.meta.get(_ASKS_FOR_RULES):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin))
        rules = await asyncio.shield(self._rules[origin])
        if (reason := rules.why_not(request.url)) is not None:
            raise Refused(reason)

    async def _read(self, origin: str) -> Rules:
        request = Request(
            origin + PATH, callback=NO_CALLBACK, dont_filter=True, priority=1000, meta={_ASKS_FOR_RULES: True}
        )
        engine: Any = self._crawler.engine
        try:
            rules = rules_of(await engine.download_async(request))
        except Exception as error:
            # Redirects without end count as none (2.3.1.2), whatever else fails as unreachable.
            endless = isinstance(error, IgnoreRequest) and not isinstance(error, Refused)
            rules = Rules() if endless else Rules(unreached=_unreached(reason_of(error, request.url)))
        spider: Any = self._crawler.spider
        spider.rules_read(origin, rules)
        return rules


def rules_of(response: Any) -> Rules:
    """Return the rules that a host answered with: none where it has none, and unreached where it failed."""
    if response.status == _TOO_MANY or response.status >= 500:
        return Rules(unreached=_unreached(f"the server answered with status {response.status}"))
    if response.status != 200:
        return Rules()
    return Rules(Protego.parse(response.body.decode("utf-8-sig", "replace")))


def _unreached(reason: str) -> str:
    return f"its robots.txt can't be read ({reason}), so the host is not crawled"
