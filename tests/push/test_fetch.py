"""The guarded client: what it may reach, and what it gives up."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from indexer.errors import ItemError
from indexer.network import is_public
from indexer.push.fetch import Fetcher, Limits
from indexer.settings import Settings

PDF = b"%PDF-1.7 " + b"x" * 100
LIMITS = Limits(size=100_000, seconds=1.0)


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def _send(
        self, body: bytes, media_type: str = "application/pdf", status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", media_type)
        told = {key.replace("_", "-"): value for key, value in headers.items()}
        for key, value in {"Content-Length": str(len(body)), **told}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _file(self, _: str) -> None:
        self._send(PDF)

    def _type(self, media_type: str) -> None:
        self._send(PDF, media_type)

    def _status(self, number: str) -> None:
        self._send(b"no", status=int(number))

    def _to(self, target: str) -> None:
        self._send(b"", status=302, Location=target.replace("~", "/"))

    def _hop(self, number: str) -> None:
        self._send(b"", status=301, Location=f"/hop/{int(number) - 1}" if int(number) else "/file")

    def _big(self, _: str) -> None:
        self._send(b"x" * (LIMITS.size + 1))

    def _endless(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _n in range(10_000):
            self.wfile.write(b"x" * 10_000)

    def _drip(self, where: str) -> None:
        if where == "body":
            self.send_response(200)
            self.end_headers()
        for _n in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def _short(self, _: str) -> None:
        self._send(PDF, Content_Length="5000")

    def _packed(self, _: str) -> None:
        self._send(PDF, Content_Encoding="gzip")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    ThreadingHTTPServer.handle_error = lambda *_: None  # type: ignore[method-assign]
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


NAMES = {
    "files.example": ["127.0.0.1"],
    "inside.example": ["10.0.0.7"],
    "metadata.example": ["169.254.169.254"],
    "both.example": ["127.0.0.1", "192.168.1.1"],
    "mapped.example": ["::ffff:10.0.0.7"],
    "nothing.example": [],
}


def here_only(address: object) -> bool:
    """The server of this test stands for the internet."""
    return str(address) == "127.0.0.1"


def resolver(host: str, _: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        raise OSError(-2, "Name or service not known") from None


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(LIMITS, resolver, here_only)


@pytest.mark.parametrize("path", ["file", "type/application~octet-stream", "hop/2", "to/~file"])
def test_documents_are_fetched(fetcher: Fetcher, port: int, tmp_path: Path, path: str) -> None:
    found = fetcher.fetch(f"http://files.example:{port}/{path.replace('~o', '/o')}", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == PDF and found.size == len(PDF)
    assert found.media_type == (None if "octet" in path else "application/pdf")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("hop/3", "redirects more than 3 times"),
        ("to/http:~~inside.example~a.pdf", "not on the public internet"),
        ("to/http:~~169.254.169.254~latest", "not on the public internet"),
        ("to/http:~~[::1]~a", "not on the public internet"),
        ("to/http:~~[::ffff:7f00:1]~a", "not on the public internet"),
        ("to/file:~~~etc~passwd", "only http and https"),
        ("to/gopher:~~files.example", "only http and https"),
        ("status/404", "status 404"),
        ("status/500", "status 500"),
        ("big", "larger than 100,000 bytes"),
        ("endless", "larger than 100,000 bytes"),
        ("drip/body", "more than 1 s"),
        ("drip/head", "more than 1 s"),
        ("short", "connection was lost"),
        ("packed", "compressed it"),
        ("type/text/html", "is text/html, not a document"),
    ],
)
def test_what_is_given_up(fetcher: Fetcher, port: int, tmp_path: Path, path: str, reason: str) -> None:
    start = time.monotonic()
    with pytest.raises(ItemError, match=reason):
        fetcher.fetch(f"http://files.example:{port}/{path}", tmp_path / "a")
    assert time.monotonic() - start < 5


@pytest.fixture(scope="module")
def tls_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The same server behind TLS, by a certificate that is trusted here and nowhere else."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("files.example")]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(path))
    with mock.patch("ssl.create_default_context", lambda: trusting):
        yield server.server_port
    server.shutdown()
    server.server_close()


def test_documents_are_fetched_over_tls(fetcher: Fetcher, tls_port: int, tmp_path: Path) -> None:
    fetcher.fetch(f"https://files.example:{tls_port}/file", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == PDF
    with pytest.raises(ItemError, match="certificate"):
        fetcher.fetch(f"https://127.0.0.1:{tls_port}/file", tmp_path / "a")


@pytest.mark.parametrize("path", ["drip/body", "drip/head"])
def test_who_sends_slowly_over_tls_is_given_up(
    fetcher: Fetcher, tls_port: int, tmp_path: Path, path: str
) -> None:
    start = time.monotonic()
    with pytest.raises(ItemError, match="more than 1 s"):
        fetcher.fetch(f"https://files.example:{tls_port}/{path}", tmp_path / "a")
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://inside.example/a", "public internet"),
        ("http://metadata.example/latest/meta-data", "public internet"),
        ("http://both.example/a", "public internet"),
        ("http://mapped.example/a", "public internet"),
        ("http://10.0.0.1/", "public internet"),
        ("http://nothing.example/", "has no address"),
        ("http://unknown.example/", "can't be fetched"),
        ("http://user:secret@files.example/", "user name or password"),
        ("ftp://files.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///a", "only http and https"),
        ("http://files.example:99999/", "can't be fetched"),
        ("http://files.example/a\r\nX: y", "too long or malformed"),
        ("http://files.example/ế", "percent-encode"),
        ("http://files.example/" + "a" * 3000, "too long"),
    ],
)
def test_addresses_that_are_never_asked(fetcher: Fetcher, tmp_path: Path, url: str, reason: str) -> None:
    with pytest.raises(ItemError, match=reason):
        fetcher.fetch(url, tmp_path / "a")


def test_a_name_that_changes_its_address_is_asked_once(port: int, tmp_path: Path) -> None:
    """DNS rebinding: what was checked is what is connected to."""
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    asked: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    Fetcher(LIMITS, rebinding, here_only).fetch(f"http://moving.example:{port}/file", tmp_path / "a")
    assert asked == ["moving.example"]
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    with pytest.raises(ItemError, match="public internet"):
        Fetcher(LIMITS, rebinding, here_only).fetch(f"http://moving.example:{port}/hop/1", tmp_path / "b")


def test_this_machine_is_not_reached_by_default(port: int, tmp_path: Path) -> None:
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1"):
        with pytest.raises(ItemError):
            Fetcher(LIMITS).fetch(f"http://{host}:{port}/file", tmp_path / "a")


def test_the_settings_say_which_private_machines_are_reached(port: int, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{port}/file"
    Fetcher.of(Settings(fetch_allow="127.0.0.0/8")).fetch(address, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == PDF
    with pytest.raises(ItemError, match="not on the public internet"):
        Fetcher.of(Settings(fetch_allow="10.0.0.0/8")).fetch(address, tmp_path / "b")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("198.18.0.1", False), ("::1", False), ("::", False),
        ("fe80::1", False), ("fd00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("2002:7f00:1::", False),
        ("2002:a9fe:a9fe::1", False), ("2001:0:1::1", False), ("fec0::1", False), ("fd00:ec2::254", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public
