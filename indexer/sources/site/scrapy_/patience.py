"""Avoids endless series of pages; decides when a request is about to be sent, since most is known by then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from indexer.sources.site.scrapy_.guard import Refused


class Patience:
    """Drops requests for kinds of pages that lead nowhere; pages in a sitemap are always requested."""

    def __init__(self, why_no_more: Callable[[str], str | None]) -> None:
        self._why_no_more = why_no_more

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        """Create it for the spider of ``crawler``."""
        spider: Any = crawler.spider
        return cls(spider.why_no_more)

    def process_request(self, request: Request) -> None:
        """Raise Refused for a page that is not worth a request."""
        if request.meta.get("page") and not request.meta.get("listed"):
            reason = self._why_no_more(request.meta["shape"])
            if reason is not None:
                raise Refused(reason)
