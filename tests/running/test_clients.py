"""Clients that are slow, large or too many take nothing from the others."""

from __future__ import annotations

import http.client
import json
import re
import select
import socket
from pathlib import Path

import pytest

from indexer.keys import KeyStore
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.running.server import Server, serving
from tests.waiting import SECONDS, until
from webui.serving.worker import BODIES

SEARCH = "/search?q=ke+hoach"
PROMPT = 5.0
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


def test_long_bodies_that_come_slowly_leave_threads_to_others(tmp_path: Path) -> None:
    index(Settings(data=tmp_path), ARTICLES)
    _, key = KeyStore(tmp_path).create("slow", ["write"])
    put = b"PUT /api/v1/articles/slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n"
    with serving(tmp_path, "--workers", "1", "--writer-command", "") as server:
        for header, read, refusals in (
            (b"", 0, {b"401", b"503"}),
            (f"Authorization: Bearer {key}\r\n".encode(), BODIES, {b"503"}),
        ):
            slow = [server.connect(put + header + b"\r\n{") for _ in range(12)]
            answers = [server.get(SEARCH) for _ in range(10)]
            assert {answer.status for answer in answers} == {200}
            assert max(answer.seconds for answer in answers) < PROMPT
            # Which of them are read, and not refused before their time is up, is a matter of chance.
            assert first_answers(slow, len(slow) - read) <= refusals
            for client in slow:
                client.close()


def first_answers(clients: list[socket.socket], number: int) -> set[bytes]:
    """Return the statuses that clients got, as soon as so many of them have one."""
    until(lambda: len(select.select(clients, [], [], 0)[0]) >= number)
    return {client.recv(20).split()[1] for client in select.select(clients, [], [], 0)[0]}


@pytest.mark.parametrize(("kilobytes", "kept"), [(500, True), (3000, False)])
def test_a_refusal_says_whether_the_connection_goes_on(server: Server, kilobytes: int, kept: bool) -> None:
    """A proxy would send the next request into one that is being closed, and call the service down."""
    body = b"x" * (kilobytes << 10)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    connection.request("PUT", "/api/v1/articles/a", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    assert response.status == 401 and (response.getheader("Connection") == "close") != kept
    if kept:
        assert connection.sock is not None
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
    connection.close()


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


@pytest.mark.parametrize("length", [20_000, 100_000])
def test_an_address_that_is_too_long_is_called_that(server: Server, length: int) -> None:
    with server.connect(b"GET /api/v1/search?q=" + b"a" * length) as client:
        client.sendall(b" HTTP/1.1\r\nHost: x\r\n\r\n")
        head, body = whole(client)
    assert head.split()[1] == "414" and json.loads(body)["status"] == 414


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
    with serving(data, "--workers", "1") as server:
        crowd = [server.connect() for _ in range(500)]
        for n, client in enumerate(crowd):
            path = SEARCH if n % 2 else "/api/v1/search?q=ke+hoach"
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert server.get("/healthz").seconds < PROMPT
        answers = list(map(whole, crowd))
        assert {head.split()[1] for head, _ in answers} == {"200", "503"}
        refused = [(head, body) for head, body in answers if head.split()[1] == "503"]
        assert len(answers) - len(refused) >= 50, "what fits is answered"
        assert all(re.search(r"\r\nRetry-After: [1-9]", head) for head, _ in refused)
        problems = [json.loads(body) for _, body in refused if body.startswith("{")]
        assert problems and all(problem["status"] == 503 for problem in problems)
        assert server.metric("tracuu_shed_total") == len(refused)
        until(lambda: server.get(SEARCH).status == 200)


def whole(client: socket.socket) -> tuple[str, str]:
    """Read an answer to its end; return its head and its body."""
    received = b""
    with client:
        while chunk := client.recv(65_536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return head.decode(), body.decode()
