"""The result of visiting an address, as reported by the fetching process and as remembered."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from indexer.model import Article


class Became(enum.StrEnum):
    """The result of visiting a page."""

    ARTICLE = "article"
    """New or changed."""
    UNCHANGED = "unchanged"
    """An article that has not changed."""
    NO_ARTICLE = "not an article"
    """A list of other pages, or a page without content."""
    GONE = "gone"
    SKIPPED = "skipped"
    """Not wanted; the reason is reported."""
    FAILED = "failed"
    """Unavailable: the server or the network failed."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered about a page, so that the next run need not fetch it again."""

    key: str
    """See :func:`indexer.sources.site.addresses.key_of`."""
    address: str
    article: str | None = None
    """Id of its article."""
    etag: str = ""
    modified: str = ""
    """``Last-Modified`` as sent by the server."""
    digest: bytes = b""
    """Digest of its content."""
    links: tuple[str, ...] = ()
    """Addresses of the pages it links to."""
    documents: tuple[str, ...] = ()
    """Addresses of its attachments."""
    same_as: str = ""
    """Key of the page that has the same content."""


@dataclass(frozen=True, slots=True)
class FileMemory:
    """What is remembered about an attachment."""

    address: str
    etag: str
    modified: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Visit:
    """The result for one address."""

    became: Became
    address: str
    reason: str = ""
    memory: Memory | None = None
    article: Article | None = None
    files: tuple[FileMemory, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended."""

    reason: str
    """Empty if everything was visited."""
    requests: int
    received: int
    """Number of bytes received over the network."""


def conditions(known: Memory | FileMemory) -> dict[str, str]:
    """Return the request headers that ask for a page or file only if it has changed; none if nothing is known."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}
