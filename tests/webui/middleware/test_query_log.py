"""Searches and clicks as browsers send them, and the page that shows them to staff."""

from __future__ import annotations

import dataclasses
import re
import time
from typing import Any

import flask.testing
import pytest

from indexer.query_log.store import Clicked, Proposal, QueryLog, Searched
from indexer.stored.address import readable_path
from tests.webui.conftest import TITLE, hit
from webui import create_app

PING = {"Content-Type": "text/ping", "Sec-Fetch-Site": "same-origin"}


class Noted:
    """Takes notes in lists."""

    def __init__(self) -> None:
        self.searches: list[tuple[Any, ...]] = []
        self.clicks: list[tuple[Any, ...]] = []

    def searched(self, *told: Any) -> None:
        self.searches.append(told)

    def clicked(self, *told: Any) -> None:
        self.clicks.append(told)


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def noting(search: Any, noted: Any) -> flask.testing.FlaskClient:
    return create_app(search, recorder=noted).test_client()


def test_a_search_is_noted_once(noting: flask.testing.FlaskClient, noted: Noted) -> None:
    for path in ("/search?q=a", "/search?q=a&page=2", "/api/v1/search?q=khong&source=x", "/", "/help"):
        noting.get(path)
    assert noted.searches == [("a", 1128, False, 4.1), ("khong", 0, True, 4.1)]


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_who_asks_not_to_be_followed_is_not(
    noting: flask.testing.FlaskClient, noted: Noted, header: str
) -> None:
    assert " ping=" not in noting.get("/search?q=a", headers={header: "1"}).text
    noting.post("/clicks?q=a&position=1", headers={**PING, header: "1"})
    assert noted.searches == noted.clicks == []


def test_results_say_where_they_stand_and_addresses_stay_clean(noting: flask.testing.FlaskClient) -> None:
    page = noting.get("/search?q=a%26b&page=2").text
    links = re.findall(r'<h3><a href="([^"]+)" ping="([^"]+)"', page)
    assert links[0] == (f"{readable_path('bai-0', TITLE)}?q=a%26b", "/clicks?q=a%26b&amp;position=11")
    assert links[9][1].endswith("position=20")


def test_without_a_log_nothing_is_sent(client: flask.testing.FlaskClient) -> None:
    assert " ping=" not in client.get("/search?q=a").text
    assert client.post("/clicks?q=a&position=1", headers=PING).status_code == 204


@pytest.mark.parametrize(
    ("position", "headers", "counts"),
    [
        ("3", PING, True),
        ("0", {**PING, "Ping-From": "http://localhost/search?q=a"}, True),
        ("3", {**PING, "Ping-From": "https://other.example/"}, False),
        ("3", {**PING, "Ping-From": "http://["}, False),
        ("3", {**PING, "Sec-Fetch-Site": "cross-site"}, False),
        ("3", {"Content-Type": "text/plain"}, False),
        ("x", PING, False),
        ("-1", PING, False),
        ("99999", PING, False),
        ("", PING, False),
    ],
)
def test_clicks_count_from_pages_of_results_only(
    noting: flask.testing.FlaskClient, noted: Noted, position: str, headers: dict[str, str], counts: bool
) -> None:
    assert noting.post(f"/clicks?q=a&position={position}", headers=headers, data=b"PING").status_code == 204
    assert noted.clicks == ([("a", int(position))] if counts else [])


def test_pinned_results_come_first_and_once(
    client: flask.testing.FlaskClient, search: Any, monkeypatch: Any
) -> None:
    plain = search.search

    def pinned(request: Any) -> Any:
        return dataclasses.replace(plain(request), pinned=(hit(3),))

    monkeypatch.setattr(search, "search", pinned)
    page = client.get("/search?q=a").text
    assert page.index("Nên xem") < page.index("--bai-3") < page.index("--bai-0")
    assert len(re.findall(r'<h3><a href="/articles/[a-z0-9-]+--bai-3\?', page)) == 1
    assert client.get("/api/v1/search?q=a").get_json()["pinned"][0]["id"] == "bai-3"


def test_the_page_for_staff_is_not_there_for_others(search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, staff_header="X-Staff")
    client = create_app(search).test_client()
    assert client.get("/staff/queries").status_code == 404
    client.environ_base["HTTP_X_STAFF"] = "nguyen.van.a"
    assert "Chưa ghi lại lượt tìm nào" in client.get("/staff/queries").text
    log = QueryLog(search.settings.data)
    now = int(time.time())
    log.add([Searched(now, "<b>lạ</b>", 0, False, 300.0)], [Clicked(now, "a", 1)])
    log.propose([Proposal("synonyms", "online", "trực tuyến")])
    page = client.get("/staff/queries").text
    assert "&lt;b&gt;lạ&lt;/b&gt;" in page and "online → trực tuyến" in page
    assert "no-store" in client.get("/staff/queries").headers["Cache-Control"]
