"""The site under a path of its host: nothing that a page, a feed, a list or the API gives leads out of it."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.smtp_settings import SmtpSettings
from tests.webui.conftest import FakeSearch
from webui import create_app

ROOT = "https://cong.example/tim-kiem"
PREFIX = "/tim-kiem"
_ADDRESSES = {"href", "src", "action", "formaction", "ping", "data-suggest", "data-filters", "poster"}
_EACH = 3
"""Addresses of one endpoint that are walked."""


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if value and name in _ADDRESSES]
        about = dict(attrs)
        if tag == "meta" and urlsplit(about.get("content") or "").scheme == "https":
            self.found.append(about["content"] or "")


@pytest.fixture(scope="module")
def service(demo: Settings) -> Iterator[SearchService]:
    smtp = SmtpSettings("mail.lamgiang.example", sender="tin@lamgiang.example")
    with_site = dataclasses.replace(demo, site_url=ROOT, smtp=smtp, rate_limit=0, key_rate_limit=0)
    service = open_search(with_site)
    yield service
    service.close()


def addresses_of(response: Any, here: str) -> Iterator[str]:
    """Whatever leads somewhere: links, forms, scripts, redirects, addresses in XML, JSON and lists."""
    if "Location" in response.headers:
        yield response.headers["Location"]
    if response.mimetype == "text/html":
        yield from _Links(response.text).found
    elif response.mimetype in ("application/json", "application/manifest+json"):
        yield from re.findall(
            r'"(?:url|page|src|start_url|scope|id)": "(/[^"]*|https://cong[^"]*)"', response.text
        )
    elif response.mimetype.endswith(("/xml", "+xml", "/csv", "/plain", "/gzip")):
        text = (
            gzip.decompress(response.data).decode() if response.mimetype.endswith("/gzip") else response.text
        )
        yield from re.findall(r"(?:https?://(?:cong\.example|localhost))[^\s\"<>,]*", text)


def test_no_address_leaves_the_path_that_the_site_is_mounted_under(service: SearchService) -> None:
    app = create_app(service)
    _, key = KeyStore(service.settings.data).create("cán bộ", ["staff", "write", "curate"])
    client, staff = app.test_client(), {"Authorization": f"Bearer {key}"}
    routes = app.url_map.bind("cong.example")
    starts = ["/", "/?lang=en", "/staff/queries", "/embed.js", "/api/v1/search?q=ke+hoach", "/search?q=ke+hoach&lang=en",
              "/api/v1/suggest?q=ke+h", "/opensearch/suggestions?q=ke+h", "/api/v1/openapi.json", "/search?q=15/CT-UBND",
              "/alerts/leave?token=x", "/directives/74/KH-UBND", "/search?page=0", "/khong-co", "/search.json?q=ke+hoach",
              "/directives/38-ct-tw",
              "/api/v1/directives/38-ct-tw", "/api/v1/directives?scope=all", "/robots.txt", "/sitemap.xml",
              "/list?id=bai-1", "/search/values/source?q=ke+hoach"]  # fmt: skip
    waiting, seen, walked = deque(PREFIX + start for start in starts), set[str](), Counter[str]()
    wrong: list[str] = []
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path.removeprefix(PREFIX) or "/"
        endpoint = routes.match(path)[0] if routes.test(path) else "none"
        if address in seen or walked[endpoint] >= _EACH + sum(start.startswith(path) for start in starts):
            continue
        seen.add(address)
        walked[endpoint] += 1
        response = client.get(address, headers=staff, base_url="https://cong.example", follow_redirects=False)
        assert response.status_code < 500, address
        for found in addresses_of(response, address):
            whole = urlsplit(urljoin(f"https://cong.example{address}", found))
            if whole.netloc in ("cong.example", "localhost"):
                if whole.netloc == "localhost" or not f"{whole.path}/".startswith(f"{PREFIX}/"):
                    wrong.append(f"{address}: {found}")
                else:
                    waiting.append(f"{whole.path}?{whole.query}".rstrip("?"))
    assert wrong == []
    pages = {"pages.article", "pages.page", "pages.file_text", "pages.values", "directives.directive", "register.listed",
             "feeds.of_search", "feeds.of_directive", "embed.instructions", "api_docs.page", "opensearch.description",
             "alerts.form", "compare.side_by_side", "register.as_list", "register.rss",
             "result_lists.results", "static", "picked.listed", "discovery.articles",
             "discovery.index", "discovery.manifest"}  # fmt: skip
    assert pages <= walked.keys()


def hrefs(client: FlaskClient, address: str, **options: Any) -> list[str]:
    found = client.get(address, **options)
    assert found.status_code == 200
    return [one for one in _Links(found.text).found if one.startswith("/")]


@pytest.mark.parametrize("path", ["/tim-kiem/help", "/help"])
def test_a_proxy_may_take_the_path_off_or_leave_it(search: FakeSearch, path: str) -> None:
    search.settings = dataclasses.replace(search.settings, site_url=ROOT)
    found = hrefs(create_app(cast(Any, search)).test_client(), path)
    assert found and all(one.startswith("/tim-kiem/") for one in found)


@pytest.mark.parametrize(
    ("proxies", "told", "prefix"),
    [
        (1, "/tim-kiem", "/tim-kiem"),
        (1, "/cong/tim-kiem/", "/cong/tim-kiem"),
        (2, "/tim-kiem, /trong", "/tim-kiem"),
        (0, "/tim-kiem", ""),
        (1, "//evil.example", ""),
        (1, "/a/../b", ""),
        (1, "/a\"onload='x'", ""),
        (1, "https://evil.example", ""),
        (2, "/tim-kiem", ""),
    ],
)
def test_only_a_trusted_proxy_says_where_the_site_is(
    search: FakeSearch, proxies: int, told: str, prefix: str
) -> None:
    search.settings = dataclasses.replace(search.settings, trusted_proxies=proxies)
    client = create_app(cast(Any, search)).test_client()
    found = hrefs(client, "/search?q=a", headers={"X-Forwarded-Prefix": told})
    assert f"{prefix}/help" in found and all(one.startswith(f"{prefix}/") for one in found)


def test_the_setting_counts_more_than_what_a_proxy_says(search: FakeSearch) -> None:
    search.settings = dataclasses.replace(search.settings, trusted_proxies=1, site_url="https://cong.example")
    found = hrefs(create_app(cast(Any, search)).test_client(), "/help", headers={"X-Forwarded-Prefix": "/x"})
    assert "/help" in found


def test_a_site_may_be_mounted_under_the_name_of_one_of_its_own_pages(search: FakeSearch) -> None:
    search.settings = dataclasses.replace(
        search.settings, trusted_proxies=1, site_url="https://cong.example/search"
    )
    client = create_app(cast(Any, search)).test_client()
    told = {"X-Forwarded-Prefix": "/search"}
    assert "Kết quả tìm kiếm" in client.get("/search?q=a", headers=told).text, "taken off by the proxy"
    assert "Kết quả tìm kiếm" in client.get("/search/search?q=a").text, "left there"


def test_programs_get_addresses_with_the_path(search: FakeSearch) -> None:
    search.settings = dataclasses.replace(search.settings, site_url=ROOT)
    client = create_app(cast(Any, search)).test_client()
    hit = json.loads(client.get("/api/v1/search?q=a").data)["hits"][0]
    assert hit["url"] == "/tim-kiem/articles/bai-0"
    assert client.get(hit["url"], follow_redirects=True).status_code == 200
    description = json.loads(client.get("/api/v1/openapi.json").data)
    assert description["servers"] == [{"url": "/tim-kiem/api/v1"}]
