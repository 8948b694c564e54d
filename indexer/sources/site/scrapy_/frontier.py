"""Which addresses are asked, and in which order; each once in a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from scrapy import Request

from indexer.sources.site.addresses import Patterns, key_of, no_page
from indexer.sources.site.order import Order
from indexer.sources.site.scrapy_.guard import NOT_PUBLIC, other_host, refused_address
from indexer.sources.site.shapes import Shapes, shape_of
from indexer.sources.site.state import SiteState
from indexer.sources.site.visit import Became, Memory, Visit, conditions

_LISTING = (".xml", ".gz", ".rss")
LARGEST_LISTING = 64 << 20
"""Bytes of a sitemap or feed, unpacked; the protocol allows 50 MB."""


class Frontier:
    """Makes requests of addresses: those that are wanted, were not made before, and were not visited since the run began."""

    def __init__(self, order: Order, state: SiteState, tell: Callable[[Visit], None]) -> None:
        self._order = order
        self._state = state
        self._tell = tell
        self._hosts = order.hosts
        self._left_out = Patterns(order.site.leave_out)
        self._seen: set[int] = set()
        self._shapes = Shapes()
        self._made = 0
        self.stopped = ""
        """Why nothing more is asked; empty while it is."""

    def requests(self, addresses: Iterable[str], source: str, listed: bool = False) -> Iterator[Request]:
        """Yield requests for ``addresses`` on a page of the shape ``source``; a ``listed`` one is asked whatever its shape.

        What was visited since the run began is not asked again: where it leads is followed.
        """
        waiting = [(iter(addresses), source)]
        while waiting:
            address = next(waiting[-1][0], None)
            if address is None:
                waiting.pop()
                continue
            key = key_of(address)
            if not self.saw(key):
                continue
            named = listed and len(waiting) == 1
            reason = other_host(address, self._hosts) or (None if named else no_page(address))
            if reason is not None:
                if reason:
                    self._tell(Visit(Became.SKIPPED, address, reason))
                continue
            found = self._state.memory(key)
            if found and found[1] >= self._order.since:
                shape = shape_of(address)
                if found[0].article:
                    self._shapes.led_to_article(shape, waiting[-1][1])
                waiting.append((iter(found[0].links), shape))
                continue
            yield self._request(address, waiting[-1][1], named, found[0] if found else None)

    def again(self, address: str, source: str) -> Request:
        """Return a request for all of a page, whatever is remembered of it."""
        request = self._request(address, source, True, None)
        request.meta["again"] = True
        return request

    def _request(self, address: str, source: str, listed: bool, memory: Memory | None) -> Request:
        self._made += 1
        shape = shape_of(address)
        headers = conditions(memory) if memory else {}
        largest = self._order.site.max_page_mb << 20
        if address.partition("?")[0].endswith(_LISTING):
            largest = LARGEST_LISTING
        meta = {
            "shape": shape, "from": source, "listed": listed or bool(memory and memory.article), "page": True,
            "download_maxsize": largest, "download_warnsize": 0,
        }  # fmt: skip
        # The next page of a list waits until what this one lists is known: else nothing tells that it is of no use.
        return Request(
            address, headers=headers, meta=meta, dont_filter=True, priority=-1 if shape == source else 0
        )

    def saw(self, key: str) -> bool:
        """Note that an address is known; tell whether it is new."""
        short = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
        if short in self._seen:
            return False
        self._seen.add(short)
        return True

    def why_not(self, address: str) -> str | None:
        """Return why a request for ``address`` may not leave at all, None if it may."""
        if reason := other_host(address, self._hosts):
            return reason
        if self._left_out.match(address) and urlsplit(address).path != "/robots.txt":
            return "its address matches a pattern in leave_out"
        if refused_address(_host(address), self._order.reachable):
            return NOT_PUBLIC
        return self.stopped or None

    def why_no_more(self, shape: str) -> str | None:
        """Return why no more pages of ``shape`` are asked, None if they are."""
        if self._made > self._order.site.max_pages:
            return f"there are more than max_pages = {self._order.site.max_pages}"
        if self._shapes.is_barren(shape):
            return f"pages like {shape} continue endlessly without leading to new articles"
        return None

    def fetched(self, shape: str) -> None:
        """Count a page."""
        self._shapes.fetched(shape)

    def led_to_article(self, *shapes: str) -> None:
        """Count an article for its own shape and that of the page that linked to it."""
        self._shapes.led_to_article(*shapes)

    def stop(self, reason: str) -> None:
        """Ask nothing more."""
        self.stopped = reason


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
