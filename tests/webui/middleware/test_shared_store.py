"""Several web nodes that count requests together in a Redis server, and what happens while it is away."""

from __future__ import annotations

import dataclasses
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from indexer.errors import SettingsError, UsageError
from indexer.settings import load_settings
from webui import create_app
from webui.middleware import rates

pytestmark = pytest.mark.skipif(
    not (shutil.which("redis-server") and find_spec("redis")), reason="no redis-server, or no client of it"
)


class Store:
    """A Redis server on loopback that can be stopped and started again; it keeps nothing on disk."""

    def __init__(self, folder: Path, password: str = "") -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._folder, self._password = folder, password
        self.address = f"redis://{f':{password}@' if password else ''}127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        options += ["--requirepass", self._password] if self._password else []
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("redis-server does not answer")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    store.start()
    yield store
    store.stop()


@pytest.fixture
def node(search: Any) -> Callable[..., FlaskClient]:
    def node(address: str, **settings: Any) -> FlaskClient:
        search.settings = dataclasses.replace(search.settings, rate_limit_store=address, **settings)
        return create_app(search).test_client()

    return node


def statuses(client: FlaskClient, number: int) -> list[int]:
    return [client.get("/api/v1/search").status_code for _ in range(number)]


def test_nodes_count_together(store: Store, node: Callable[..., FlaskClient]) -> None:
    one, other = node(store.address, rate_limit=3), node(store.address, rate_limit=3)
    assert statuses(one, 2) == [200, 200]
    answer = other.get("/api/v1/search")
    assert (answer.status_code, answer.headers["RateLimit-Remaining"]) == (200, "0")
    refused = one.get("/api/v1/search")
    assert refused.status_code == 429 and 1 <= int(refused.headers["Retry-After"]) <= 60


def test_a_store_that_is_away_refuses_nobody_and_is_used_again(
    store: Store, node: Callable[..., FlaskClient]
) -> None:
    client = node(store.address, rate_limit=4)
    assert statuses(client, 2) == [200, 200]
    store.stop()
    assert statuses(client, 5) == [200] * 4 + [429], "counted by the process alone meanwhile"
    store.start()
    other = node(store.address, rate_limit=4)
    assert statuses(other, 4) == [200] * 4
    end = time.monotonic() + 30
    while client.get("/healthz") and time.monotonic() < end:
        remaining = client.get("/api/v1/search").headers.get("RateLimit-Remaining")
        if remaining == "0" and other.get("/api/v1/search").status_code == 429:
            return
        time.sleep(0.2)
    raise AssertionError("the store is not used again")


def test_a_store_that_dies_between_counting_and_answering(
    store: Store, node: Callable[..., FlaskClient]
) -> None:
    client = node(store.address, rate_limit=4)

    def stop_first(response: flask.Response) -> flask.Response:
        store.stop()
        return response

    client.application.after_request(stop_first)
    answer = client.get("/api/v1/search")
    assert answer.status_code == 200 and "RateLimit-Limit" not in answer.headers


def test_a_wrong_password_counts_by_process(tmp_path: Path, node: Callable[..., FlaskClient]) -> None:
    store = Store(tmp_path, "đúng")
    store.start()
    try:
        assert statuses(node(store.address.replace("đúng", "sai"), rate_limit=1), 2) == [200, 429]
    finally:
        store.stop()


def test_without_the_client_the_server_says_what_to_install(
    node: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'tracuu\[redis\]'"):
        node("redis://127.0.0.1:1/0")


@pytest.mark.parametrize("address", ["127.0.0.1:6379", "http://x", "redis://a b", "redis://:bí-mật@"])
def test_what_is_no_address_is_told_without_the_password(address: str) -> None:
    with pytest.raises(SettingsError, match="rate_limit_store must be an address") as told:
        load_settings(flags={"rate_limit_store": address}, environ={})
    assert address not in str(told.value)
