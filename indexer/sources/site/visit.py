"""What became of an address: what the fetching process tells, and what is remembered of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from indexer.model import Article


class Became(enum.StrEnum):
    """What a visit of a page came to."""

    ARTICLE = "article"
    """New or changed."""
    UNCHANGED = "unchanged"
    """An article that is as it was."""
    NO_ARTICLE = "not an article"
    """A page that lists others, or says nothing to be found."""
    GONE = "gone"
    SKIPPED = "skipped"
    """Not wanted, for a reason that is told."""
    FAILED = "failed"
    """It could not be had: the server or the network failed."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a page, so that the next run need not fetch it again."""

    key: str
    """See :func:`indexer.sources.site.addresses.key_of`."""
    address: str
    article: str | None = None
    """Id of the article that it is."""
    etag: str = ""
    modified: str = ""
    """``Last-Modified`` as the server said."""
    digest: bytes = b""
    """Of what was read."""
    links: tuple[str, ...] = ()
    """Addresses of the pages that it links to."""
    documents: tuple[str, ...] = ()
    """Addresses of its attachments."""
    same_as: str = ""
    """Key of the page that it is another address of."""


@dataclass(frozen=True, slots=True)
class FileMemory:
    """What is remembered of an attachment."""

    address: str
    etag: str
    modified: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one address."""

    became: Became
    address: str
    reason: str = ""
    memory: Memory | None = None
    article: Article | None = None
    files: tuple[FileMemory, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """How a run came to its end."""

    reason: str
    """Empty where all was visited."""
    requests: int
    received: int
    """Bytes, as they came over the network."""


def conditions(known: Memory | FileMemory) -> dict[str, str]:
    """Return the headers that ask for a page or file only if it is another one by now; none where nothing tells."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}
