"""Attachments that a push names by address: fetched as a stranger on the internet would, and no further.

Whoever may push must not reach what only this machine can: so names are resolved once, every address must be a public one, and the
connection goes to that very address (no second look-up that could answer otherwise). Redirects are new requests under
the same rules. Proxies of the environment are not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from indexer import __version__
from indexer.errors import ItemError
from indexer.network import Address, Reachable, is_public, resolve
from indexer.settings import Settings

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port -> addresses as texts; raises OSError."""
_MOST_REDIRECTS = 3
_CHUNK = 1 << 16
_LONGEST_ADDRESS = 2048
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": f"tracuu/{__version__}", "Connection": "close"}
_DOCUMENTS = re.compile(
    r"application/(pdf|rtf|msword|zip|gzip|octet-stream|x-[a-z0-9.+-]+|vnd\.[a-z0-9.+-]+|pkcs7-[a-z]+)"
    r"|image/[a-z0-9.+-]+|text/(plain|csv|rtf)|message/rfc822|binary/octet-stream"
)
"""Types of documents. A web page in place of one is a login or an error, and would be read as if it were the text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one attachment may cost."""

    size: int
    """Bytes."""
    seconds: float
    """All redirects included."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched; the type is what the server says, None where it says nothing useful."""

    media_type: str | None
    size: int


class Fetcher:
    """Fetches into files; safe to use from several threads.

    ``allowed`` says which addresses may be asked, ``names`` which hosts whatever their address; ``resolver`` is replaced
    in tests only.
    """

    def __init__(
        self,
        limits: Limits,
        resolver: Resolver = resolve,
        allowed: Callable[[Address], bool] = is_public,
        names: Collection[str] = (),
    ) -> None:
        self._limits = limits
        self._resolver = resolver
        self._allowed = allowed
        self._names = names

    @classmethod
    def of(cls, settings: Settings) -> Fetcher:
        """Return one that keeps to what the settings allow, for pushes and for sources alike."""
        reachable = Reachable.parse(settings.fetch_allow)
        limits = Limits(settings.max_file_mb << 20, settings.fetch_seconds)
        return cls(limits, allowed=reachable.allows_address, names=reachable.names)

    def fetch(self, url: str, into: Path) -> Fetched:
        """Write what is at ``url`` to ``into``; raises ItemError saying why it can't or may not be had."""
        deadline = time.monotonic() + self._limits.seconds
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = self._request(url, into, deadline)
                if isinstance(answer, Fetched):
                    return answer
                url = urljoin(url, answer)
        except TimeoutError:
            raise ItemError(f"it took longer than {self._limits.seconds:g} s") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ItemError(f"it can't be fetched: {_reason(error)}") from None
        raise ItemError(f"more than {_MOST_REDIRECTS} redirects")

    def _request(self, url: str, into: Path, deadline: float) -> Fetched | str:
        """Return what was fetched, or where it is said to be."""
        parts = _checked(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        pinned = socket.create_connection((self._address(host, port), port), _left(deadline))
        # A timeout of the socket begins anew with every byte: this ends a server that sends one a minute.
        sockets = [pinned]
        watch = threading.Timer(_left(deadline), _cut, [sockets])
        watch.start()
        connection = http.client.HTTPConnection(host, port)
        try:
            connection.sock = pinned
            if parts.scheme == "https":
                # It takes the socket over, and only then shakes hands: so that is cut as well.
                connection.sock = ssl.create_default_context().wrap_socket(
                    pinned, server_hostname=host, do_handshake_on_connect=False
                )
                sockets.append(connection.sock)
                connection.sock.do_handshake()
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("GET", path, headers=_HEADERS)
            answer = self._answer(connection.getresponse(), into)
        except (OSError, http.client.HTTPException):
            _left(deadline)  # if it was cut, that is why
            raise
        finally:
            watch.cancel()
            connection.close()
            pinned.close()
        _left(deadline)  # what was cut may look like an end
        return answer

    def _address(self, host: str, port: int) -> str:
        addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in self._resolver(host, port)]
        if not addresses:
            raise ItemError(f"{host} has no address")
        # One that is not public is enough: who answers with both hopes for the wrong one to be taken.
        if host.lower() not in self._names and not all(map(self._allowed, addresses)):
            raise ItemError(f"{host} is no address of the public internet")
        return str(addresses[0])

    def _answer(self, response: http.client.HTTPResponse, into: Path) -> Fetched | str:
        if response.status in (301, 302, 303, 307, 308):
            return response.headers.get("Location") or ""
        if response.status != 200:
            raise ItemError(f"the server answered {response.status}")
        media_type = response.headers.get_content_type() if "Content-Type" in response.headers else None
        if media_type and not _DOCUMENTS.fullmatch(media_type):
            raise ItemError(f"it is {media_type[:80]}, no document")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise ItemError("the server compressed it although it was not asked to")
        size = 0
        with into.open("wb") as out:
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > self._limits.size:
                    raise ItemError(f"it has more than {self._limits.size:,} bytes")
                out.write(chunk)
        if response.length:
            raise ItemError("the connection broke off")
        useful = media_type and not media_type.endswith("/octet-stream")
        return Fetched(media_type if useful else None, size)


def _cut(sockets: list[socket.socket]) -> None:
    # Below TLS, which has a state that another thread is at.
    with suppress(OSError):
        socket.socket.shutdown(sockets[-1], socket.SHUT_RDWR)


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ItemError("its address is too long or not written as one: percent-encode what is no ASCII")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ItemError("only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise ItemError("addresses with a name or password in them are not fetched")
    return parts


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
