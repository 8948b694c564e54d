"""What is sent to break in, against the real server: see SECURITY.md, whose threats these are."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import re
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path
from selectors import DefaultSelector

import pytest

from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.running.server import Server, serving
from tests.running.test_clients import PROMPT, whole
from tests.waiting import until
from webui.middleware.access_log import AccessLog
from webui.middleware.metrics import Metrics
from webui.serving.arrivals import Arrivals
from webui.serving.reloading import Operations, Reloading
from webui.serving.server import Server as WebServer


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("security")
    index(Settings(data=folder), ARTICLES)
    (folder / "secret.txt").write_text("not to be had")
    return folder


@pytest.fixture(scope="module")
def guarded(own: Path) -> Iterator[Server]:
    """A server that is pushed to, with small limits."""
    with serving(own, "--workers", "1", TRACUU_MAX_PUSH_MB="1") as server:
        yield server


@pytest.fixture(scope="module")
def key(own: Path) -> str:
    return KeyStore(own).create("security", ["write"])[1]


def raw(server: Server, sent: bytes) -> tuple[int, str, str]:
    """Send bytes as they are; return the status of the first answer, its head, and all behind it."""
    with server.connect(sent) as client:
        head, rest = whole(client)
    return int(head.split()[1]), head, rest


REFUSED = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "an address too long": (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {414}),
    "headers too large": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", {431}),
    "no such page": (b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {404}),
    "a bad parameter": (b"GET /search?page=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {400}),
    "no such method": (b"BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {405}),
    "no key": (b"DELETE /api/v1/articles/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {401}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusals_are_protected_and_say_nothing_of_the_inside(guarded: Server, own: Path, what: str) -> None:
    sent, statuses = REFUSED[what]
    status, head, body = raw(guarded, sent)
    assert status in statuses
    assert re.search(r"(?i)^content-security-policy: default-src 'none'", head, re.M)
    assert re.search(r"(?i)^x-content-type-options: nosniff", head, re.M)
    assert str(own) not in body and "Traceback" not in body and "site-packages" not in body
    # Of the programs behind it, nothing: what has which hole can be looked up.
    assert not re.search(r"(?i)^server: .*\d|werkzeug|python", head, re.M)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "/static/....//....//etc/passwd",
        "/static//etc/passwd",
        "/articles/..%2f..%2fsecret.txt",
        "/articles/../secret.txt",
        "/articles/a/files/..%2f..%2fsecret.txt",
        "/articles/a/files/0%00.pdf",
        "/articles/%2fetc%2fpasswd/files/0",
        "/search/values/..%2f..%2fsecret.txt",
        "/%5c..%5c..%5csecret.txt",
    ],
)
def test_no_path_leads_out(guarded: Server, path: str) -> None:
    status, _, body = raw(guarded, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert status in (400, 404)
    assert "root:" not in body and "not to be had" not in body and "[project]" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=a%0d%0aX-Injected:%20yes",
        "/search?q=%E5%98%8A%E5%98%8DX-Injected:%20yes",
        "/search?lang=vi%0d%0aX-Injected:%20yes",
        "/articles/a%0d%0aX-Injected:%20yes",
        "/directives/38%0d%0aX-Injected:%20yes",
        "/search.csv?q=a%0d%0aX-Injected:%20yes",
        "/feed?q=a%0d%0aX-Injected:%20yes",
        "/%0d%0aX-Injected:%20yes",
    ],
)
def test_no_address_adds_a_header(guarded: Server, path: str) -> None:
    sent = f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\r\nConnection: close\r\n\r\n"
    _, head, _ = raw(guarded, sent.encode())
    assert "\r\nx-injected:" not in head.lower()


@pytest.mark.parametrize("id", ["a\tb", "a b", "<script>", "x" * 5_000, "ă"])
def test_an_id_of_a_client_is_repeated_only_where_it_is_one(guarded: Server, id: str) -> None:
    sent = f"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: {id}\r\nConnection: close\r\n\r\n"
    _, head, _ = raw(guarded, sent.encode())
    (said,) = re.findall(r"(?im)^x-request-id: (.*)\r?$", head)
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", said.strip())


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/%2e%2e",
        "/%2f%2fevil.example",
        "/\\evil.example",
        "/articles//evil.example",
        "/search/?next=//evil.example",
        "/search?next=https://evil.example&url=https://evil.example&redirect=//evil.example",
        "/directives/https:%2f%2fevil.example",
        "/articles/a/files/0/pages?q=//evil.example",
        "http://evil.example/search",
    ],
)
def test_nobody_is_sent_elsewhere(guarded: Server, path: str) -> None:
    sent = f"GET {path} HTTP/1.1\r\nHost: here.example\r\nConnection: close\r\n\r\n"
    status, head, _ = raw(guarded, sent.encode())
    location = re.search(r"(?im)^location: (.*?)\r?$", head)
    assert status < 500
    # Where an address moved, it is one of ours: a path that browsers don't take for a host.
    assert location is None or re.match(r"/(?![/\\])", location[1]), location


def test_a_host_that_is_made_up_is_in_no_answer_that_others_may_get(guarded: Server) -> None:
    for path in ("/search?q=a", "/", "/api/v1/search?q=a"):
        sent = f'GET {path} HTTP/1.1\r\nHost: evil"><b>.example\r\nConnection: close\r\n\r\n'
        status, _, body = raw(guarded, sent.encode())
        assert status in (200, 400) and 'evil"><b>' not in body
    sent = (
        "GET /feed?q=a HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-For: 1.2.3.4\r\n"
    )
    _, _, body = raw(guarded, f"{sent}Connection: close\r\n\r\n".encode())
    assert "evil.example" not in body


_HIDDEN = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
SMUGGLED = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "a length and pieces": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + _HIDDEN,
    "pieces of a kind that is none": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "pieces behind a tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n\r\n" + _HIDDEN,
    "a blank before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
    "a length that is none": b"Content-Length: +5\r\n\r\nabcde",
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a line that goes on": b"X: a\r\n Content-Length: 5\r\n\r\n",
    "a size of a piece that is none": b"Transfer-Encoding: chunked\r\n\r\n5x\r\nabcde\r\n0\r\n\r\n",
    "a lone line feed": b"X: a\nContent-Length: 40\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("what", SMUGGLED)
def test_no_request_hides_behind_another(guarded: Server, what: str) -> None:
    sent = b"POST /search HTTP/1.1\r\nHost: x\r\n" + SMUGGLED[what]
    with guarded.connect(sent) as client:
        client.settimeout(PROMPT)
        received = b""
        try:
            while chunk := client.recv(65536):
                received += chunk
        except TimeoutError:
            pass
    statuses = re.findall(rb"HTTP/1\.1 (\d{3}) ", received)
    # One answer, and where what is behind it makes no sense one that says so: never one to what hides there.
    assert all(status == b"400" for status in statuses[1:]), received
    assert not statuses or 400 <= int(statuses[0]) < 500
    assert guarded.get("/healthz").status == 200


def put(server: Server, key: str, body: bytes, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    told = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    try:
        connection.request("PUT", "/api/v1/articles/bom", body, told)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


BOMBS = {
    "brackets": (b'{"title":' + b"[" * 400_000 + b"]" * 400_000 + b"}", 422),
    "objects": (b'{"title":"a","x":' + b'{"a":' * 60_000 + b"1" + b"}" * 60_000 + b"}", 422),
    "a number without end": (b'{"title":"a","x":' + b"9" * 900_000 + b"}", 422),
    "an exponent": (b'{"title":"a","x":1e999999999}', 422),
    "a name twice": (b'{"title":"a","title":"b"}', 422),
    "no number": (b'{"title":"a","x":NaN}', 422),
    "half a letter": (b'{"title":"\\ud800"}', 422),
    "no UTF-8": (b'{"title":"\xff\xfe"}', 422),
    "a million names": (b'{"title":"a",' + b",".join(b'"%d":1' % n for n in range(80_000)) + b"}", 202),
    "too large": (b'{"title":"' + b"a" * (1 << 20) + b'"}', 413),
    "not closed": (b'{"title":"a"', 422),
    "no object": (b'"title"', 422),
}


@pytest.mark.parametrize("what", BOMBS)
def test_no_json_is_a_bomb(guarded: Server, key: str, what: str) -> None:
    body, status = BOMBS[what]
    found, said = put(guarded, key, body)
    assert found == status or (status == 422 and found == 202), said[:300]
    if found >= 400:
        problem = json.loads(said)
        assert problem["status"] == found and len(said) < 2_000
    assert guarded.get("/api/v1/search?q=a").seconds < PROMPT


def test_a_compressed_body_is_not_unpacked(guarded: Server, key: str) -> None:
    bomb = zlib.compress(b'{"title":"' + b"a" * 50_000_000 + b'"}')
    for encoding in ("gzip", "deflate"):
        status, _ = put(guarded, key, bomb, **{"Content-Encoding": encoding})
        assert status in (415, 422)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/metrics",
        "http://localhost:{port}/metrics",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://0:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1.nip.example:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_GET",
        "http://user:pass@127.0.0.1:{port}/",
    ],
)
def test_nobody_makes_us_ask_our_own_network(guarded: Server, own: Path, key: str, url: str) -> None:
    address = url.replace("{port}", str(guarded.port))
    before = guarded.metric("tracuu_requests_total")
    article = {"title": "Tệp", "attachments": [{"name": "a.pdf", "url": address}]}
    status, said = put(guarded, key, json.dumps(article).encode())
    if status == 202:
        number, inbox = json.loads(said)["task"], Inbox(own)
        _until_done(inbox, int(number))
        task = inbox.task(int(number))
        assert task and any(problem.startswith("a.pdf: ") for problem in task.problems), task
    else:
        assert status == 422
    # What is asked here are the metrics, the push, and nothing that an attachment named.
    assert guarded.metric("tracuu_requests_total") - before <= 3


def _until_done(inbox: Inbox, number: int) -> None:
    until(lambda: (task := inbox.task(number)) is not None and task.result is not None)


def test_nobody_says_where_the_path_begins(server: Server) -> None:
    for name in ("SCRIPT_NAME", "Script-Name", "PATH_INFO"):
        assert server.get("/x/readyz", {name: "/x"}).status == 404
        assert server.get("/search?q=hoa", {name: "/x"}).status == 200


class _Connection:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock


def test_a_connection_that_made_room_is_not_read_any_more() -> None:
    arrived: list[object] = []
    ended: list[object] = []
    with DefaultSelector() as poller, contextlib.ExitStack() as sockets:
        arrivals = Arrivals(poller, Metrics(), lambda conn, *_: arrived.append(conn), ended.append)
        conns = []
        for _ in range(2):
            ours, theirs = map(sockets.enter_context, socket.socketpair())
            conns.append(_Connection(ours))
            arrivals.add(conns[-1])
            theirs.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        arrivals.make_room()
        for conn in conns:
            arrivals.read(conn, conn.sock)
    assert ended == conns[:1] and arrived == conns[1:]


class _FullOnce(io.StringIO):
    full = True

    def write(self, text: str) -> int:
        if self.full:
            self.full = False
            raise OSError(28, "No space left on device")
        return super().write(text)


def test_the_access_log_goes_on_when_there_is_room_again() -> None:
    stream = _FullOnce()
    log = AccessLog(stream)
    log.add(time=0.0, path="/lost")
    until(lambda: not stream.full)
    log.add(time=0.0, path="/kept")
    until(lambda: "/kept" in stream.getvalue())
    assert "/lost" not in stream.getvalue()


def test_files_are_sent_in_pieces_that_have_a_limit_of_time(own: Path) -> None:
    settings = Settings(data=own)
    nothing = Operations(lambda: settings, lambda _: {}, lambda _: None)
    assert not WebServer(Reloading(settings, nothing)).cfg.sendfile
