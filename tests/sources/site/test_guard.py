"""Which requests never leave: to hosts that nobody named, and to addresses that only this machine should reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from indexer.network import Reachable
from indexer.sources.site.order import Order
from indexer.sources.site.scrapy_.frontier import Frontier
from indexer.sources.site.scrapy_.guard import GuardedResolver
from indexer.sources.site.settings import SiteSettings
from indexer.sources.site.state import SiteState

HOSTS = ("https://lamgiang.example/", "http://10.0.0.7/", "http://127.0.0.1:8000/", "http://[::1]/")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[SiteState]:
    with closing(SiteState(tmp_path, "x", writes=True)) as state:
        yield state


def frontier(state: SiteState, allow: str) -> Frontier:
    site = SiteSettings(HOSTS, "x", hosts=("files.lamgiang.example",), leave_out=("/en/*",))
    order = Order(site, Path(), Path(), 0.0, "UTC", Reachable.parse(allow), 1)
    return Frontier(order, state, lambda _: None)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://lamgiang.example/tin", None),
        ("http://lamgiang.example/robots.txt", None),
        ("https://files.lamgiang.example/a.pdf", None),
        ("https://www.lamgiang.example/", "another host"),
        ("https://lamgiang.example:8443/", "another host"),
        ("https://lamgiang.example@khac.example/", "not an http or https"),
        ("https://lamgiang.example/en/about", "leave_out"),
        ("http://10.0.0.7/", "public internet"),
        ("http://127.0.0.1:8000/", "public internet"),
        ("http://[::1]/", "public internet"),
    ],
)
def test_only_named_hosts_with_public_addresses_are_asked(
    state: SiteState, address: str, reason: str | None
) -> None:
    found = frontier(state, "").why_not(address)
    assert found is None if reason is None else reason in (found or "")


def test_what_the_operator_allows_is_asked(state: SiteState) -> None:
    allowed = frontier(state, "10.0.0.0/8 127.0.0.1/32")
    assert allowed.why_not("http://10.0.0.7/") is None and allowed.why_not("http://127.0.0.1:8000/") is None
    assert allowed.why_not("http://[::1]/") is not None


@pytest.mark.parametrize(
    ("host", "addresses", "handed_on"),
    [
        ("open.example", ["93.184.215.14"], 1),
        ("inside.example", ["10.0.0.7"], 0),
        ("both.example", ["93.184.215.14", "192.168.1.1"], 0),
        ("cms.noi-bo.example", ["192.168.1.1"], 1),
    ],
)
def test_a_name_is_resolved_to_addresses_that_may_be_asked(
    host: str, addresses: list[str], handed_on: int
) -> None:
    def resolve(receiver: Any, *_: Any) -> Any:
        receiver.resolutionBegan(None)
        for address in addresses:
            receiver.addressResolved(IPv4Address("TCP", address, 443))
        receiver.resolutionComplete()
        return receiver

    found: list[Any] = []
    ended: list[bool] = []
    receiver: Any = SimpleNamespace(
        resolutionBegan=lambda _: None,
        addressResolved=found.append,
        resolutionComplete=lambda: ended.append(True),
    )
    reactor = SimpleNamespace(nameResolver=SimpleNamespace(resolveHostName=resolve))
    GuardedResolver(reactor, 0, Reachable.parse("cms.noi-bo.example")).resolveHostName(receiver, host, 443)
    assert (len(found), ended) == (handed_on, [True])
