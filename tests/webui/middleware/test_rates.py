"""How many requests are answered: by address and by key, by all processes of a server together."""

from __future__ import annotations

import dataclasses
import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.settings import Settings
from webui import create_app
from webui.middleware.shared_counts import Counters


def client_of(search: Any, **settings: Any) -> FlaskClient:
    search.settings = dataclasses.replace(search.settings, **settings)
    return create_app(search).test_client()


def statuses(client: FlaskClient, number: int, url: str = "/api/v1/search", **options: Any) -> list[int]:
    return [client.get(url, **options).status_code for _ in range(number)]


def test_too_many_requests_are_told_when_to_come_again(search: Any) -> None:
    client = client_of(search, rate_limit=3)
    assert statuses(client, 4) == [200, 200, 200, 429]
    refused = client.get("/api/v1/suggest?q=a")
    assert refused.status_code == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.content_type == "application/problem+json" and refused.get_json()["status"] == 429
    page = client.get("/search", headers={"Accept-Language": "en"})
    assert page.status_code == 429 and "Retry-After" in page.headers
    assert page.content_type.startswith("text/html")
    assert "quá nhanh" in client.get("/search").text


def test_what_is_watched_and_what_pages_are_made_of_is_free(search: Any) -> None:
    client = client_of(search, rate_limit=1)
    for url in ("/healthz", "/readyz", "/static/style.css"):
        assert statuses(client, 3, url) == [200] * 3
    assert statuses(client, 2) == [200, 429]


def test_lists_count_for_many(search: Any) -> None:
    assert statuses(client_of(search, rate_limit=60), 2, "/search.csv") == [200, 429]


def test_no_limit(search: Any) -> None:
    assert statuses(client_of(search, rate_limit=0), 30) == [200] * 30


def test_a_key_has_its_own_limit_and_a_wrong_one_none(search: Any) -> None:
    client = client_of(search, rate_limit=1, key_rate_limit=3)
    _, given = KeyStore(search.settings.data).create("a", ["staff"])
    assert statuses(client, 4, headers={"Authorization": f"Bearer {given}"}) == [200, 200, 200, 429]
    assert statuses(client, 2) == [200, 429]
    other = client_of(search, rate_limit=2)
    assert statuses(other, 3, headers={"Authorization": "Bearer x"}) == [401, 401, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "allowed"),
    [
        pytest.param(0, ["1.1.1.1", "2.2.2.2"], [200, 429], id="not read without a proxy"),
        pytest.param(1, ["1.1.1.1", "2.2.2.2"], [200, 200], id="the proxy's word counts"),
        pytest.param(1, ["6.6.6.6, 1.1.1.1", "7.7.7.7, 1.1.1.1"], [200, 429], id="what the client adds does not"),
        pytest.param(1, ["2001:db8:0:1::1", "2001:db8:0:1::2"], [200, 429], id="one network of IPv6"),
        pytest.param(1, ["2001:db8:0:1::1", "2001:db8:0:2::1"], [200, 200], id="two networks"),
        pytest.param(1, ["::ffff:1.1.1.1", "1.1.1.1"], [200, 429], id="IPv4 in IPv6"),
        pytest.param(1, ["no address", "x"], [200, 200], id="nonsense breaks nothing"),
    ],
)  # fmt: skip
def test_who_asks(search: Any, proxies: int, forwarded: list[str], allowed: list[int]) -> None:
    client = client_of(search, rate_limit=1, trusted_proxies=proxies)
    answers = [client.get("/", headers={"X-Forwarded-For": value}).status_code for value in forwarded]
    assert answers == allowed


def _count(counters: Counters, times: int) -> None:
    for _ in range(times):
        counters.add("a", 60, 1)


def test_forked_processes_count_together() -> None:
    counters, fork = Counters(), multiprocessing.get_context("fork")
    children = [fork.Process(target=_count, args=(counters, 500)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert counters.seen("a")[0] == 2000


def test_windows_end_and_many_callers_take_no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    counters, now = Counters(), 1000.0
    monkeypatch.setattr("webui.middleware.shared_counts.time.time", lambda: now)
    assert [counters.add("a", 60, 2), counters.add("a", 60, 2), counters.seen("a")] == [2, 4, (4, 1060.0)]
    now = 1061.0
    assert counters.seen("a")[0] == 0 and counters.add("a", 60, 1) == 1
    for i in range(100_000):
        counters.add(str(i), 60, 1)
    assert counters.add("b", 60, 1) >= 1
    counters.forget("b")
    assert counters.seen("b")[0] == 0


def test_the_header_of_a_proxy_needs_a_proxy(tmp_path: Path) -> None:
    from indexer.errors import SettingsError
    from indexer.settings import load_settings

    with pytest.raises(SettingsError, match="trusted_proxies"):
        load_settings(flags={"staff_header": "X-Staff"}, environ={})
    with pytest.raises(SettingsError, match="must be a header"):
        load_settings(flags={"staff_header": "X Staff", "trusted_proxies": 1}, environ={})
    assert load_settings(flags={"staff_header": "X-Staff", "trusted_proxies": 1}, environ={}) == Settings(
        staff_header="X-Staff", trusted_proxies=1
    )


def test_every_answer_says_what_is_left(search: Any) -> None:
    client = client_of(search, rate_limit=3)
    urls = ("/api/v1/search", "/api/v1/search?x=1", "/search", "/api/v1/none")
    answers = [client.get(url) for url in urls]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert answers[3].status_code == 429 and answers[3].headers["RateLimit-Limit"] == "3"
    assert 0 < int(answers[3].headers["RateLimit-Reset"]) <= 60
    assert "RateLimit-Limit" not in client.get("/healthz").headers
