"""What keeps every request inside: the named hosts only, and public addresses only, redirects and robots.txt included."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from indexer.network import Reachable
from indexer.sources.site.addresses import cleaned, host_of

REACHABLE = "TRACUU_REACHABLE"
"""Setting of Scrapy with what may be fetched from beside the public internet."""


NOT_PUBLIC = "its host is not on the public internet; add it to fetch_allow to allow it"


class Refused(IgnoreRequest):
    """A request that is not made."""


class Guard:
    """Looks at every request before it leaves: those of the spider, of redirects and for robots.txt."""

    def __init__(self, why_not: Callable[[str], str | None]) -> None:
        self._why_not = why_not

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """Make it for the spider of ``crawler``, whose ``why_not`` says which addresses are left."""
        spider: Any = crawler.spider
        return cls(spider.why_not)

    def process_request(self, request: Request) -> None:
        """Raise Refused for what is not to be asked."""
        if (reason := self._why_not(request.url)) is not None:
            raise Refused(reason)


def other_host(address: str, hosts: frozenset[str]) -> str | None:
    """Return why the host of ``address`` is not asked, None if it is one of ``hosts``."""
    clean = cleaned(address)
    if clean is None:
        return "it is not an http or https address"
    host = host_of(clean)
    return None if host in hosts else f"it is on another host ({host}); add it to hosts (--host) to allow it"


class GuardedResolver(CachingHostnameResolver):
    """Resolves names, and gives no address that may not be asked; the connection goes to the very address it gave."""

    def __init__(self, reactor: Any, cache_size: int, reachable: Reachable) -> None:
        super().__init__(reactor, cache_size)
        self._reachable = reachable

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Make it with the settings of the process."""
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), crawler.settings[REACHABLE])

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Hand on the addresses of a name when all are known and allowed, else none of them."""
        receiver: Any = _Held(resolutionReceiver, hostName, self._reachable)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


REFUSED: set[str] = set()
"""Hosts of this process whose addresses may not be asked."""


@implementer(IResolutionReceiver)
class _Held:
    def __init__(self, receiver: Any, host: str, reachable: Reachable) -> None:
        self._receiver = receiver
        self._host = host
        self._reachable = reachable
        self._found: list[Any] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        self._found.append(address)

    def resolutionComplete(self) -> None:
        if self._reachable.allows(self._host, [one.host for one in self._found]):
            for one in self._found:
                self._receiver.addressResolved(one)
        else:
            REFUSED.add(self._host)
        self._receiver.resolutionComplete()


def refused_address(host: str, reachable: Reachable) -> bool:
    """Tell whether ``host`` is itself an address, and one that may not be asked."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return not reachable.allows(host, [host.strip("[]")])
