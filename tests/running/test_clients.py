"""Clients that are slow, large or too many take nothing from the others."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.running.server import SECONDS, Server, serving, until

SEARCH = "/search?q=ke+hoach"
PROMPT = 2.0
"""Seconds, far below what a slow client could make others wait and far above what a busy machine needs."""


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET /search?q=a HTTP/1.1\r\nHost: x\r\nX-Slow: ", id="half of the headers"),
        pytest.param(
            b"POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\nabc", id="a bit of the body"
        ),
    ],
)
def test_slow_clients_take_no_thread(server: Server, sent: bytes) -> None:
    slow = [server.connect(sent) for _ in range(100)]
    try:
        for client in slow[::7]:
            client.sendall(b"x")
        answers = [server.get(SEARCH) for _ in range(10)]
        assert {answer.status for answer in answers} == {200}
        assert max(answer.seconds for answer in answers) < PROMPT
    finally:
        for client in slow:
            client.close()


def test_a_client_that_does_not_hang_up_stops_nobody(server: Server) -> None:
    open_still = [
        server.connect(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") for _ in range(40)
    ]
    answers = [server.get(SEARCH) for _ in range(10)]
    assert max(answer.seconds for answer in answers) < PROMPT
    for client in open_still:
        assert client.recv(100).startswith(b"HTTP/1.1 200")
        client.close()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"X-Big: " + b"a" * 100_000, b"431"),
        (b"X-Big: " + b"a" * 20_000, b"400"),
        (b"\r\n".join(b"X-%d: a" % n for n in range(3000)), b"400"),
    ],
    ids=["beyond all limits", "one field", "many fields"],
)
def test_huge_headers_are_refused(server: Server, head: bytes, status: bytes) -> None:
    with server.connect(b"GET /search?q=a HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n") as client:
        answered = client.recv(100)
    assert answered.split(b" ")[1] in (status, b"431")
    assert server.get(SEARCH).status == 200


def test_requests_in_pieces_and_several_at_once_are_answered(server: Server) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with server.connect() as client:
        for at in range(0, len(request), 7):
            client.sendall(request[at : at + 7])
        assert client.recv(1000).startswith(b"HTTP/1.1 200")
    with server.connect(request * 3) as client:
        received = b""
        while received.count(b"ok\n") < 3:
            chunk = client.recv(4096)
            assert chunk, received
            received += chunk


def test_ten_times_too_many_are_told_to_come_again(data: Path) -> None:
    with serving(data, "--workers", "1") as server, ThreadPoolExecutor(300) as crowd:
        together = threading.Barrier(300)

        def ask(n: int) -> tuple[int, str, str]:
            together.wait(SECONDS)
            answer = server.get(SEARCH if n % 2 else "/api/v1/search?q=ke+hoach")
            return answer.status, answer.headers.get("Retry-After", ""), answer.body

        asked = [crowd.submit(ask, n) for n in range(300)]
        assert server.get("/healthz").seconds < PROMPT
        answers = [one.result(SECONDS) for one in asked]
        statuses = [status for status, _, _ in answers]
        assert set(statuses) <= {200, 503}
        assert statuses.count(200) >= 50, "what fits is answered"
        refused = [(retry, body) for status, retry, body in answers if status == 503]
        assert refused and all(int(retry) > 0 for retry, _ in refused)
        assert any(json.loads(body)["status"] == 503 for _, body in refused if body.startswith("{"))
        assert server.metric("tracuu_shed_total") == len(refused)
        until(lambda: server.get(SEARCH).status == 200)
