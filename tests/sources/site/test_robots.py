"""What robots.txt allows, also where it can't be had."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from indexer.sources.site.scrapy_.robots import rules_of

HOST = "https://lamgiang.example"
TEXT = """\ufeffUser-agent: *
Disallow: /
User-agent: tracuu
Crawl-delay: 3
Disallow: /noi-bo/
Allow: /noi-bo/cong-khai/
Sitemap: https://lamgiang.example/sitemap.xml"""


def test_the_rules_for_this_crawler_hold() -> None:
    found = rules_of(Response(f"{HOST}/robots.txt", body=TEXT.encode()))
    assert found.why_not(f"{HOST}/tin/1") is None
    assert found.why_not(f"{HOST}/noi-bo/1") == "robots.txt forbids it"
    assert found.why_not(f"{HOST}/noi-bo/cong-khai/1") is None
    assert (found.delay, found.sitemaps) == (3.0, [f"{HOST}/sitemap.xml"])


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_nothing_is_asked_where_the_rules_can_not_be_had(status: int) -> None:
    found = rules_of(Response(f"{HOST}/robots.txt", status=status, body=TEXT.encode()))
    assert f"the server answered with status {status}" in (found.why_not(f"{HOST}/tin/1") or "")


@pytest.mark.parametrize(
    ("status", "body"), [(404, TEXT), (403, TEXT), (410, ""), (200, "<html><h1>Trang nhất</h1></html>")]
)
def test_where_there_are_no_rules_all_may_be_asked(status: int, body: str) -> None:
    found = rules_of(Response(f"{HOST}/robots.txt", status=status, body=body.encode()))
    assert found.why_not(f"{HOST}/noi-bo/1") is None
