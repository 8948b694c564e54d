"""Fetches attachments given by address, with no more access than a stranger on the internet has.

Pushed addresses must not reach what only this machine can reach. Therefore, names are resolved once, every address must be
public, and the connection goes to exactly that address, without a second look-up that could give a different answer. Redirects
are new requests under the same rules. Proxies from the environment are not used.
"""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from indexer import __version__
from indexer.errors import ItemError
from indexer.network import Address, Reachable, is_public, resolve
from indexer.push.connecting import Connector, Resolver
from indexer.settings import Settings

_MOST_REDIRECTS = 3
_CHUNK = 1 << 16
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": f"tracuu/{__version__}", "Connection": "close"}
_DOCUMENTS = re.compile(
    r"application/(pdf|rtf|msword|zip|gzip|octet-stream|x-[a-z0-9.+-]+|vnd\.[a-z0-9.+-]+|pkcs7-[a-z]+)"
    r"|image/[a-z0-9.+-]+|text/(plain|csv|rtf)|message/rfc822|binary/octet-stream"
)
"""Media types of documents. A web page in place of one is a login or an error, and would be read as if it were the text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one attachment."""

    size: int
    """Maximum size in bytes."""
    seconds: float
    """Time limit, including all redirects."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched file; the type is as sent by the server, None if that is not useful."""

    media_type: str | None
    size: int


class Fetcher:
    """Fetches into files; safe to use from several threads.

    ``allowed`` tells which addresses are allowed, ``names`` which hosts are, whatever their address; only tests replace
    ``resolver``.
    """

    def __init__(
        self,
        limits: Limits,
        resolver: Resolver = resolve,
        allowed: Callable[[Address], bool] = is_public,
        names: Collection[str] = (),
    ) -> None:
        self._limits = limits
        self._connector = Connector(resolver, allowed, names)

    @classmethod
    def of(cls, settings: Settings) -> Fetcher:
        """Return a fetcher with the limits of the settings, for pushes and sources alike."""
        reachable = Reachable.parse(settings.fetch_allow)
        limits = Limits(settings.max_file_mb << 20, settings.fetch_seconds)
        return cls(limits, allowed=reachable.allows_address, names=reachable.names)

    def fetch(self, url: str, into: Path) -> Fetched:
        """Write the content of ``url`` to ``into``; raises ItemError with the reason if it is unavailable or not allowed."""
        deadline = time.monotonic() + self._limits.seconds
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = self._request(url, into, deadline)
                if isinstance(answer, Fetched):
                    return answer
                url = urljoin(url, answer)
        except TimeoutError:
            raise ItemError(f"it took more than {self._limits.seconds:g} s") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ItemError(f"it can't be fetched: {_reason(error)}") from None
        raise ItemError(f"it redirects more than {_MOST_REDIRECTS} times")

    def _request(self, url: str, into: Path, deadline: float) -> Fetched | str:
        """Return the fetched file, or the address of a redirect."""
        with self._connector.opened(url, deadline) as (connection, path):
            connection.request("GET", path, headers=_HEADERS)
            return self._answer(connection.getresponse(), into)

    def _answer(self, response: http.client.HTTPResponse, into: Path) -> Fetched | str:
        if response.status in (301, 302, 303, 307, 308):
            return response.headers.get("Location") or ""
        if response.status != 200:
            raise ItemError(f"the server answered with status {response.status}")
        media_type = response.headers.get_content_type() if "Content-Type" in response.headers else None
        if media_type and not _DOCUMENTS.fullmatch(media_type):
            raise ItemError(f"it is {media_type[:80]}, not a document")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise ItemError("the server compressed it without being asked to")
        size = 0
        with into.open("wb") as out:
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > self._limits.size:
                    raise ItemError(f"it is larger than {self._limits.size:,} bytes")
                out.write(chunk)
        if response.length:
            raise ItemError("the connection was lost")
        useful = media_type and not media_type.endswith("/octet-stream")
        return Fetched(media_type if useful else None, size)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
