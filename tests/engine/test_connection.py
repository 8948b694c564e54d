"""Nodes of a cluster that answer, refuse, or are not there: what is told of it, and who is asked next."""

from __future__ import annotations

import json
import os
import socket
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
import urllib3

from indexer.engine.opensearch_.connection import Connection, Refused, SilentError
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.errors import ClusterError
from indexer.opensearch_settings import OpenSearchSettings
from tests.waiting import until

NOBODY = "http://127.0.0.1:9"
"""The port of the service that throws away; nothing listens on it."""


class Node:
    """Answers every request as told: status and JSON."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.bodies: list[bytes] = []
        waiting = list(answers)
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                node.bodies.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
                node.asked.append((self.command, self.path, self.headers.get("authorization", "")))
                status, said = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                content = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = answer

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def node() -> Iterator[Callable[..., Node]]:
    started: list[Node] = []

    def start(*answers: tuple[int, object]) -> Node:
        started.append(Node(*answers))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def in_this_order(*hosts: str) -> tuple[str, ...]:
    """Return the hosts so that this process asks the first one first: which it begins at follows from its number."""
    first = -os.getpid() % len(hosts)
    return (*hosts[first:], *hosts[:first])


def ask(*hosts: str, seconds: float = 5.0, **settings: str) -> object:
    given = OpenSearchSettings(hosts=in_this_order(*hosts), connect_seconds=1.0, **settings)  # type: ignore[arg-type]
    with closing(Connection(given)) as connection:
        return connection.ask("GET", "/x", seconds=seconds, q="a b")


class _Enough(Exception):
    pass


def test_a_node_that_hangs_gets_a_little_time_and_the_next_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def hanging(_: object, method: str, address: str, **how: Any) -> urllib3.BaseHTTPResponse:
        given.append(how["timeout"].read_timeout)
        if len(given) == 5:
            raise _Enough
        raise urllib3.exceptions.ReadTimeoutError(cast(Any, None), address, "hangs")

    monkeypatch.setattr(urllib3.PoolManager, "request", hanging)
    hosts = ("http://127.0.0.1:1", "http://127.0.0.1:2")
    with closing(Connection(OpenSearchSettings(hosts=hosts))) as connection, pytest.raises(_Enough):
        connection.ask("POST", "/x/_bulk", seconds=120.0)
    assert given == [5.0, 10.0, 20.0, 20.0, 20.0]


def test_an_answer(node: Callable[..., Node]) -> None:
    one = node((200, {"a": 1}))
    assert ask(one.address) == {"a": 1}
    assert one.asked == [("GET", "/x?q=a+b", "")]


def test_a_point_in_time_is_searched_where_it_is_held(node: Callable[..., Node]) -> None:
    one, other = (node((200, {"nodes": {id: {"name": id}}}), (200, {})) for id in ("first", "second"))
    with closing(
        Connection(OpenSearchSettings(hosts=in_this_order(one.address, other.address)))
    ) as connection:
        point = urlsafe_b64encode(b"index second shard").decode().rstrip("=")
        until(lambda: connection.holding(point))  # the nodes are asked in the background
        held = connection.holding(point)
        assert held == [other.address]
        connection.ask("POST", "/_search", near=held)
        connection.ask("POST", "/_search")
        assert connection.holding("no point") == []
    searches = [len([path for _, path, _ in each.asked if path == "/_search"]) for each in (one, other)]
    assert searches == [1, 1]


def test_the_next_host_is_asked_where_one_is_not_there(node: Callable[..., Node]) -> None:
    one = node((200, {"a": 1}))
    with closing(Connection(OpenSearchSettings(hosts=in_this_order(NOBODY, one.address)))) as connection:
        assert connection.ask("GET", "/1") == connection.ask("GET", "/2") == {"a": 1}
    assert len(one.asked) == 2


def test_the_next_host_is_asked_where_one_is_overloaded(node: Callable[..., Node]) -> None:
    busy, free = node((503, {"error": "starting"})), node((200, {}))
    assert ask(busy.address, free.address) == {}
    assert len(busy.asked) == len(free.asked) == 1


def test_one_that_is_overloaded_is_asked_again(node: Callable[..., Node]) -> None:
    one = node((429, {"error": "busy"}), (503, {}), (200, {"a": 1}))
    assert ask(one.address) == {"a": 1}
    assert len(one.asked) == 3


def test_no_host_that_answers_is_told_with_what_was_tried(node: Callable[..., Node]) -> None:
    with pytest.raises(ClusterError, match=rf"can't use OpenSearch at {NOBODY}: .*can't be reached"):
        ask(NOBODY, seconds=0.3)
    red = node(
        (503, {"error": {"type": "no_shard_available_action_exception", "reason": "all shards failed"}})
    )
    with pytest.raises(ClusterError, match="all shards failed"):
        ask(red.address, seconds=0.3)


def test_once_nobody_is_there_the_next_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    request = urllib3.PoolManager.request

    def noted(pool: urllib3.PoolManager, method: str, address: str, **more: Any) -> urllib3.BaseHTTPResponse:
        sent.append(address)
        return request(pool, method, address, **more)

    monkeypatch.setattr(urllib3.PoolManager, "request", noted)
    with closing(Connection(OpenSearchSettings(hosts=(NOBODY,)))) as connection:
        with pytest.raises(ClusterError):
            connection.ask("GET", "/x")
        assert len(sent) > 5
        sent.clear()
        with pytest.raises(ClusterError):
            connection.ask("GET", "/x")
    assert len(sent) == 1


def test_a_node_that_hangs_leaves_time_for_the_next(node: Callable[..., Node]) -> None:
    hanging, free = socket.create_server(("127.0.0.1", 0)), node((200, {"a": 1}))
    with hanging:
        address = f"http://127.0.0.1:{hanging.getsockname()[1]}"
        assert ask(address, free.address, seconds=2.0) == {"a": 1}


def test_a_search_is_not_sent_to_another_node_after_one_that_hangs(node: Callable[..., Node]) -> None:
    hanging, free = socket.create_server(("127.0.0.1", 0)), node((200, {"a": 1}))
    with hanging:
        hosts = in_this_order(f"http://127.0.0.1:{hanging.getsockname()[1]}", free.address)
        with closing(Connection(OpenSearchSettings(hosts=hosts))) as connection:
            with pytest.raises(SilentError, match="did not answer in time"):
                connection.ask("POST", "/_search", {}, each=0.2, others=False)
            assert free.asked == []
            # The next request goes to the other node first.
            assert connection.ask("POST", "/_search", {}, each=0.2, others=False) == {"a": 1}


def test_a_node_that_reports_another_one_gone_is_asked_again(node: Callable[..., Node]) -> None:
    gone = (500, {"error": {"type": "node_not_connected_exception", "reason": "Node not connected"}})
    one = node(gone, gone, (200, {"a": 1}))
    assert ask(one.address) == {"a": 1}
    with pytest.raises(ClusterError, match="Node not connected"):
        ask(node(gone).address, seconds=0.3)


def test_an_error_of_the_server_is_not_taken_for_a_node_that_is_gone(node: Callable[..., Node]) -> None:
    one = node((500, {"error": {"type": "null_pointer_exception", "reason": "null"}}))
    with pytest.raises(Refused):
        ask(one.address)
    assert len(one.asked) == 1


def test_a_full_disk_is_told_at_once_in_plain_words(node: Callable[..., Node]) -> None:
    reason = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has ...];"
    one = node((429, {"error": {"type": "cluster_block_exception", "reason": reason}}))
    with pytest.raises(ClusterError, match="the disk of a node is full"):
        ask(one.address)
    assert len(one.asked) == 1


def test_a_wrong_password_is_told_so_and_not_tried_elsewhere(
    node: Callable[..., Node], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    one, other = node((401, b"Unauthorized")), node((200, {}))
    with pytest.raises(
        ClusterError, match=r"rejects the credentials \(status 401\).*\[opensearch\]"
    ) as caught:
        ask(one.address, other.address, api_key_file=str(secret))
    assert one.asked[0][2] == "ApiKey geheim" and "geheim" not in str(caught.value)
    assert other.asked == []


@pytest.mark.parametrize(
    ("status", "error", "kind", "said"),
    [
        pytest.param(
            400,
            {
                "type": "x",
                "reason": "outer",
                "root_cause": [{"type": "parsing_exception", "reason": "no [x]"}],
            },
            "parsing_exception",
            "no \\[x\\]",
            id="of the request",
        ),
        pytest.param(
            503,
            {
                "type": "search_phase_execution_exception",
                "reason": "all shards failed",
                "root_cause": [],
                "failed_shards": [{"reason": {"type": "node_not_connected_exception", "reason": "gone"}}],
            },
            "node_not_connected_exception",
            "gone",
            id="of the shards of a point in time",
        ),
        pytest.param(404, "not found", "", "not found", id="of a proxy"),
    ],
)
def test_what_the_cluster_refuses_is_told_with_its_cause(
    node: Callable[..., Node], status: int, error: object, kind: str, said: str
) -> None:
    one = node((status, {"error": error}))
    with pytest.raises(Refused, match=said) as caught:
        ask(one.address)
    assert (caught.value.answered, caught.value.kind, len(one.asked)) == (status, kind, 1)


_MISSING = (
    404,
    {"error": {"type": "index_not_found_exception", "reason": "no such index [x]", "index": "x"}},
)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param((200, {"blocks": {"global": {"1": {"description": "not recovered"}}}}), id="starting"),
        pytest.param((200, {"blocks": {"global": {"2": {"description": "no manager"}}}}), id="no manager"),
        pytest.param((200, {"metadata": {"indices": {"x": {"state": "open"}}}}), id="it has just started"),
        pytest.param(
            (503, {"error": {"type": "cluster_manager_not_discovered_exception"}}), id="nobody knows"
        ),
    ],
)
def test_an_index_that_a_starting_cluster_does_not_find_is_asked_for_again(
    node: Callable[..., Node], state: tuple[int, object]
) -> None:
    one = node(_MISSING, state, (200, {"a": 1}))
    assert ask(one.address) == {"a": 1}
    assert [path.partition("?")[0] for _, path, _ in one.asked] == [
        "/x",
        "/_cluster/state/blocks,metadata/x",
        "/x",
    ]


@pytest.mark.parametrize(
    "state",
    [
        pytest.param((200, {}), id="missing"),
        pytest.param((403, {"error": {"type": "security_exception"}}), id="no right to know"),
    ],
)
def test_an_index_that_the_cluster_does_not_have_is_missing(
    node: Callable[..., Node], state: tuple[int, object]
) -> None:
    one = node(_MISSING, state)
    with pytest.raises(Refused, match="no such index") as caught:
        ask(one.address)
    assert (caught.value.answered, len(one.asked)) == (404, 2)


def test_what_speaks_no_http_is_told_so(node: Callable[..., Node]) -> None:
    one = node((200, {}))
    with pytest.raises(ClusterError, match="certificate is not trusted, or it does not use TLS"):
        ask(one.address.replace("http:", "https:"), seconds=0.3)


def test_an_engine_without_its_cluster_touches_nothing_else(tmp_path: Path) -> None:
    settings = OpenSearchSettings(hosts=(NOBODY,), connect_seconds=0.2, search_seconds=0.2)
    with pytest.raises(ClusterError):
        OpenSearchEngine(tmp_path / "index", settings, create=True)
    # The name that it has chosen is used by the next try.
    name = (tmp_path / "index" / "INDEX").read_text()
    with pytest.raises(ClusterError):
        OpenSearchEngine(tmp_path / "index", settings, create=True)
    assert (tmp_path / "index" / "INDEX").read_text() == name
