"""What an operator may say of a site."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.errors import UsageError
from indexer.network import Reachable
from indexer.sources.site.settings import SiteSettings

START = ("https://lamgiang.example/",)


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [("22:00-05:00", (23, 4), (5, 12)), ("08:00-17:30", (8, 17), (18, 7)), ("", (3, 15), ())],
)
def test_pages_are_fetched_in_the_hours_of_the_site(
    hours: str, open_at: tuple[int, ...], closed_at: tuple[int, ...]
) -> None:
    site = SiteSettings(START, hours=hours)
    assert all(site.open_at(datetime(2026, 5, 1, hour)) for hour in open_at)
    assert not any(site.open_at(datetime(2026, 5, 1, hour)) for hour in closed_at)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": ()},
        {"start": ("lamgiang.example",)},
        {"start": ("file:///etc/passwd",)},
        {"hours": "tối"},
        {"delay": -1.0},
    ],
)
def test_what_can_not_be_used_is_told(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        SiteSettings(**{"start": START, **wrong})  # type: ignore[arg-type]


def test_private_hosts_are_reached_by_name_or_network_only() -> None:
    reachable = Reachable.parse("cms.noi-bo.example 10.20.0.0/16 fd00::/8")
    assert reachable.allows("cms.noi-bo.example", ["192.168.1.1"])
    assert reachable.allows("x.example", ["10.20.3.4", "fd00::1", "8.8.8.8"])
    assert not reachable.allows("x.example", ["8.8.8.8", "10.21.0.1"])
    assert not Reachable().allows("localhost", ["127.0.0.1"])
    for wrong in ("10.0.0.1/8", "a_b", "10.0.0.0/99"):
        with pytest.raises(ValueError):
            Reachable.parse(wrong)
