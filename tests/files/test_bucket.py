"""Errors for an object store that does not answer correctly, without a real store."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import pytest

from indexer.errors import FilesUnreachableError, UsageError
from indexer.files.bucket import Bucket
from indexer.s3_settings import S3Settings
from tests.files.certificates import for_loopback

pytest.importorskip("obstore")


class Answering(ThreadingHTTPServer):
    """Answers everything the same."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answer = (200, b"")
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Who does not trust it hangs up."""


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        self.server.asked.append(self.command)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"a"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_PUT = do_DELETE = do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Answering]:
    with Answering() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def bucket(server: Answering, tmp_path: Path) -> Bucket:
    secret = tmp_path / "secret"
    secret.write_text("bi-mat")
    settings = S3Settings(
        f"http://127.0.0.1:{server.server_port}",
        access_key="khoa",
        secret_file=str(secret),
        request_seconds=5.0,
    )
    return Bucket("kho", settings)


def error(code: str) -> bytes:
    return f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>x</Message></Error>'.encode()


DO: dict[str, Callable[[Bucket], object]] = {
    "find": lambda bucket: bucket.find("a"),
    "read": lambda bucket: bucket.read("a", 0, 1),
    "create": lambda bucket: bucket.create("a", b"a"),
    "all": lambda bucket: list(bucket.all("")),
}


@pytest.mark.parametrize("do", DO.values(), ids=DO)
@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "SignatureDoesNotMatch", "access key was rejected"),
        (403, "AccessDenied", "access key was rejected"),
        (401, "Whatever", "access key was rejected"),
        (404, "NoSuchBucket", "bucket does not exist"),
        (501, "NotImplemented", "does not answer correctly"),
        (400, "MalformedXML", "does not answer correctly"),
    ],
)
def test_the_reason_is_told(
    server: Answering, bucket: Bucket, do: Callable[[Bucket], object], status: int, code: str, said: str
) -> None:
    server.answer = (status, error(code))
    with pytest.raises(FilesUnreachableError, match=said) as caught:
        do(bucket)
    assert str(caught.value).startswith(
        f"the attachments in bucket kho of http://127.0.0.1:{server.server_port}"
    )
    assert "<" not in str(caught.value) and "bi-mat" not in str(caught.value)


def test_it_is_left_alone_for_a_while(
    server: Answering, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer = (403, error("AccessDenied"))
    for _ in range(3):
        with pytest.raises(FilesUnreachableError, match="the access key was rejected"):
            bucket.read("a", 0, 1)
    assert server.asked == ["GET"]
    clock = mock.Mock(return_value=1e12)
    monkeypatch.setattr("indexer.files.bucket.time.monotonic", clock)
    with pytest.raises(FilesUnreachableError, match="the access key was rejected"):
        bucket.read("a", 0, 1)
    assert server.asked == ["GET", "GET"]


def test_nobody_is_there(bucket: Bucket, server: Answering) -> None:
    server.server_close()
    with pytest.raises(FilesUnreachableError, match="does not answer correctly"):
        bucket.find("a")


def test_a_certificate_of_ones_own_is_trusted_where_it_is_named(
    server: Answering, bucket: Bucket, tmp_path: Path
) -> None:
    trusted, served = for_loopback(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.answer = (200, b"abc")
    secret = tmp_path / "secret"
    settings = S3Settings(f"https://127.0.0.1:{server.server_port}", access_key="a", secret_file=str(secret))
    with pytest.raises(FilesUnreachableError):
        Bucket("kho", settings).read("a", 0, 3)
    assert server.asked == []
    Bucket("kho", replace(settings, ca_file=str(trusted))).create("a", b"abc")
    assert server.asked == ["PUT"]


def test_without_the_library_it_says_how_to_get_it() -> None:
    with (
        mock.patch("indexer.files.bucket.find_spec", return_value=None),
        pytest.raises(UsageError, match=r"pip install 'tracuu\[s3\]'"),
    ):
        Bucket("kho", S3Settings())
