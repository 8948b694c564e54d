"""The spider: from address to address, each page read as it comes, its attachments fetched before it is handed over."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from indexer.errors import ItemError, TraCuuError
from indexer.sources.site.addresses import cleaned, host_of, joined, key_of
from indexer.sources.site.listings import Listing, read_listing
from indexer.sources.site.order import Order
from indexer.sources.site.reading import lines_of
from indexer.sources.site.scrapy_.failures import is_final, reason_of
from indexer.sources.site.scrapy_.frontier import LARGEST_LISTING, Frontier
from indexer.sources.site.scrapy_.outbox import Outbox
from indexer.sources.site.scrapy_.pages import Pages
from indexer.sources.site.scrapy_.robots import Rules
from indexer.sources.site.state import SiteState
from indexer.sources.site.visit import Became, Memory, Visit

_GONE = (404, 410)
_FAILURES = 20
"""Failures in a row after which a site is down, and left in peace."""
_SLOWEST = 60.0
"""Seconds between requests that robots.txt may ask for."""


class SiteSpider(Spider):
    """Visits the pages of one site."""

    name = "site"

    def __init__(self, order: Order, outbox: Outbox, state: SiteState) -> None:
        super().__init__()
        self._order = order
        self._outbox = outbox
        self._state = state
        self._frontier = Frontier(order, state, outbox.note)
        self._pages = Pages(order, state, outbox, self._download)
        self._read: set[str] = set()
        self._failures = 0
        self._expected = False
        self._unreached = ""
        self.why_not = self._frontier.why_not
        self.why_no_more = self._frontier.why_no_more

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        """Make it, and let it hear of an empty queue and of errors."""
        spider: SiteSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        crawler.signals.connect(spider.broken, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first requests, after a look at what the site says of an address that can't exist."""
        starts = [address for one in self._order.site.start if (address := cleaned(one))]
        for origin in dict.fromkeys(f"{urlsplit(one).scheme}://{host_of(one)}" for one in starts):
            await self._learn_error(origin)
        for request in self._frontier.requests(starts, "", listed=True):
            yield self._with_callbacks(request)

    async def page(self, response: Response) -> AsyncIterator[Request]:
        """Tell what an address is, and yield the requests for what it links to."""
        address, meta = cleaned(response.url) or response.url, response.meta
        key = key_of(address)
        shape = meta["shape"]
        self._frontier.fetched(shape)
        self._note_moves(meta, key)
        if key in self._read and not meta.get("again"):
            return
        self._read.add(key)
        self._frontier.saw(key)
        found = self._state.memory(key)
        memory = found[0] if found else None
        if response.status in _GONE:
            self._failures = 0
            self._tell(Became.GONE, address, f"the server answered with status {response.status}", memory)
        elif response.status == 304 and memory:
            self._failures = 0
            if memory.article and not await self._pages.is_unchanged(memory):
                yield self._with_callbacks(self._frontier.again(address, shape))
                return
            self._tell(Became.UNCHANGED if memory.article else Became.NO_ARTICLE, address, "", memory)
            if memory.article:
                self._frontier.led_to_article(shape, meta["from"])
            for request in self._followed(memory.links, shape):
                yield request
        elif response.status != 200:
            self._fail(first_of(meta, address), f"the server answered with status {response.status}")
        else:
            self._failures = 0
            async for request in self._visited(response, address, key, memory):
                yield request

    async def _visited(
        self, response: Response, address: str, key: str, memory: Memory | None
    ) -> AsyncIterator[Request]:
        shape, source = response.meta["shape"], response.meta["from"]
        try:
            listing = read_listing(response.body, LARGEST_LISTING)
        except ItemError as error:
            self._tell(Became.SKIPPED, address, str(error))
            return
        if listing:
            for request in self._listed(listing, address):
                yield request
            return
        read = await self._pages.visited(response, address, key, memory)
        if read.article:
            self._frontier.led_to_article(shape, source)
        for request in self._followed(read.links, shape):
            yield request

    def _listed(self, listing: Listing, address: str) -> Iterator[Request]:
        addresses = [one for link in listing.addresses if (one := joined(address, link))]
        reason = f"it is a {'feed' if listing.kind in ('rss', 'feed', 'RDF') else 'sitemap'}"
        self._tell(Became.NO_ARTICLE, address, reason)
        for request in self._frontier.requests(addresses, "", listed=True):
            yield self._with_callbacks(request)

    def _followed(self, addresses: Iterable[str], shape: str) -> Iterator[Request]:
        for request in self._frontier.requests(addresses, shape):
            yield self._with_callbacks(request)

    def _with_callbacks(self, request: Request) -> Request:
        return request.replace(callback=self.page, errback=self.failed)

    def failed(self, failure: Failure) -> None:
        """Tell why a request came to nothing."""
        request: Any = getattr(failure, "request", None)
        assert failure.value is not None
        address = first_of(request.meta, request.url) if request else ""
        reason = reason_of(failure.value, request.url if request else "")
        if is_final(failure.value):
            self._tell(Became.SKIPPED, address, reason)
        else:
            self._fail(address, reason)

    def broken(self, failure: Failure, response: Response) -> None:
        """Tell of a page that the reading failed at; where it was not the page's fault, nothing more is asked."""
        if isinstance(failure.value, TraCuuError):
            self._frontier.stop(str(failure.value))
        else:
            reason = f"it could not be read ({type(failure.value).__name__}: {str(failure.value)[:200]})"
            self._tell(Became.FAILED, response.url, reason)

    def closed(self, reason: str) -> None:
        """Note why the fetching ended, where it did not because all was visited."""
        if reason != "finished" and not self._frontier.stopped:
            self._frontier.stop(f"fetching ended early ({reason})")

    def _fail(self, address: str, reason: str) -> None:
        self._tell(Became.FAILED, address, reason)
        self._failures += 1
        if self._failures == _FAILURES:
            self._frontier.stop("the site does not answer")

    def _note_moves(self, meta: dict[str, Any], key: str) -> None:
        """Tell of pages that moved for good; they are gone where they were."""
        for old, status in zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=False):
            old_key = key_of(cleaned(old) or old)
            self._frontier.saw(old_key)
            found = self._state.memory(old_key)
            if old_key != key and found and found[0].article and status in (301, 308):
                self._tell(Became.GONE, old, "it moved to another address", found[0])

    def end_reason(self) -> str:
        """Return why not all was visited, ``""`` where it was."""
        return self._frontier.stopped or self._unreached

    def _tell(self, became: Became, address: str, reason: str, memory: Memory | None = None) -> None:
        self._outbox.note(Visit(became, address, reason, memory))

    async def _download(self, request: Request) -> Response:
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(request)

    async def _learn_error(self, origin: str) -> None:
        address = f"{origin}/khong-co-trang-nay-{secrets.token_hex(8)}"
        request = Request(address, callback=NO_CALLBACK, dont_filter=True, meta={"max_retry_times": 0})
        try:
            response = await self._download(request)
            if response.status == 200:
                self._pages.errors.append(lines_of(response.body))
        except Exception:  # whatever there is to tell about the site is told when its pages are asked
            return

    def rules_read(self, origin: str, rules: Rules) -> None:
        """Take the delay and the sitemaps that a robots.txt names; one that can't be had makes the run one that is not whole."""
        engine: Any = self.crawler.engine
        self._unreached = self._unreached or (rules.unreached and f"{origin}: {rules.unreached}")
        slot = engine.downloader.slots.get(urlsplit(origin).hostname)
        if slot is not None:
            slot.delay = max(slot.delay, min(rules.delay, _SLOWEST))
        addresses = [one for sitemap in rules.sitemaps if (one := cleaned(sitemap))]
        for sitemap in self._frontier.requests(addresses, "", listed=True):
            engine.crawl(self._with_callbacks(sitemap))

    def idle(self) -> None:
        """Ask once for articles of former runs that no page links to any more: they are there, or gone."""
        engine: Any = self.crawler.engine
        if self._expected or self._frontier.stopped:
            return
        self._expected = True
        asked = False
        for _, address in list(self._state.articles()):
            for request in self._frontier.requests([address], "", listed=True):
                engine.crawl(self._with_callbacks(request))
                asked = True
        if asked:
            raise DontCloseSpider


def first_of(meta: dict[str, Any], address: str) -> str:
    """Return the address that was asked before redirects led to ``address``."""
    redirects = meta.get("redirect_urls")
    return str(redirects[0]) if redirects else address
